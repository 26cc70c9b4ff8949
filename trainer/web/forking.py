"""The process from which sessions are forked: it has everything imported, the sheets read, and nothing else.

It is a program of its own, with a clean environment, so that a session inherits neither the server's
environment nor its sockets, cookies and links. The server says on a socket what to start, and hands over the
socket that becomes the session's standard input and output; it is told who ended. When the server is gone, so
are the sessions, in good order.
"""

import gc
import importlib
import json
import os
import pkgutil
import resource
import select
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from trainer.home import Home

Entry = Callable[[dict[str, Any]], int]
"""Runs a session on the standard input and output, from what the server says of it; returns its status."""

QUIT_PATIENCE = 5.0
"""Seconds in which sessions may put their records away once the server is gone."""
_LOOKED_AT = 2.0
"""Seconds without a start or an end, after which it is looked whether sheets were changed."""
_MOST_READ = 64 * 1024
_CONTROL = 0
_OPEN_FILES = 256
_LIMITS = {
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_NOFILE: _OPEN_FILES,
    resource.RLIMIT_DATA: 1024 * 1024 * 1024,
}
"""What a session may take of its system: of memory forty times what it does, in bytes."""


def main() -> None:
    """Import what sessions need, then fork them, until the server is gone."""
    entry, *packages = sys.argv[1:]
    run = _entry(entry)
    for package in packages:
        _import_all(package)
    gc.disable()
    sheets = _Sheets(Home(Path.cwd().parent))
    Forking(socket.socket(fileno=os.dup(_CONTROL)), run, sheets.look).serve()


class Forking:
    """Forks sessions as the server says."""

    def __init__(self, control: socket.socket, run: Entry, look: Callable[[], None]) -> None:
        self._control, self._run, self._look = control, run, look
        self._pending = b""
        self._sockets: list[int] = []
        self._children: dict[int, int] = {}
        """The server's number of a session, by its process."""
        self._woken, self._wake = os.pipe()
        os.set_blocking(self._wake, False)

    def serve(self) -> None:
        """Do what the server says, until it is gone."""
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, signal.SIG_IGN)  # it ends with the server, which has more to say first
        try:
            self._tell(ready=True)
            while self._listen():
                self._reap()
        except OSError:  # the server is gone
            pass
        self._end_all()

    def _listen(self) -> bool:
        """Wait for the server or the end of a session; return whether the server is there.

        Where nothing happens it is looked what else there is to do.
        """
        readable = select.select([self._control.fileno(), self._woken], [], [], _LOOKED_AT)[0]
        if not readable:
            self._look()
        if self._woken in readable:
            os.read(self._woken, _MOST_READ)
        if self._control.fileno() in readable:
            data, sockets, _flags, _address = socket.recv_fds(self._control, _MOST_READ, 16)
            if not data:
                return False
            self._sockets += sockets
            *lines, self._pending = (self._pending + data).split(b"\n")
            for line in lines:
                self._do(json.loads(line))
        return True

    def _do(self, said: dict[str, Any]) -> None:
        match said:
            case {"start": int(number), "session": dict(session)}:
                self._start(number, session, self._sockets.pop(0))
            case {"kill": int(number)}:
                for pid in [pid for pid, each in self._children.items() if each == number]:
                    os.kill(pid, signal.SIGKILL)  # not yet waited for: no other process has its id

    def _start(self, number: int, session: dict[str, Any], line: int) -> None:
        try:
            pid = os.fork()
        except OSError:  # there is no room for another
            os.close(line)
            self._tell(ended=number, status=None)
            return
        if pid == 0:
            _become_session(session, line, self._run)
        os.close(line)
        self._children[pid] = number
        self._tell(started=number, pid=pid)

    def _reap(self) -> None:
        for pid, status in _ended():
            if (number := self._children.pop(pid, None)) is not None:
                self._tell(ended=number, status=os.waitstatus_to_exitcode(status))

    def _tell(self, **message: Any) -> None:
        self._control.sendall(json.dumps(message).encode() + b"\n")

    def _end_all(self) -> None:
        """End the sessions: they put their records away, or are killed."""
        until = time.monotonic() + QUIT_PATIENCE
        for pid in self._children:
            os.kill(pid, signal.SIGTERM)
        while self._children and time.monotonic() < until:
            for pid, _status in _ended():
                self._children.pop(pid, None)
            time.sleep(0.02)
        for pid in self._children:
            os.kill(pid, signal.SIGKILL)


def serve_trainer(session: dict[str, Any]) -> int:
    """Run the app for a person (see `Served`); return its status."""
    from trainer.app.served import Served, run_served  # noqa: PLC0415 — only the parent of sessions needs it

    width, height = session["size"]
    return run_served(
        Served(
            home=Home(Path(session["home"])),
            recruiter=session["recruiter"],
            lead=session["lead"],
            sheets=Path(session["sheets"]),
            team=Path(session["team"]),
            title=session["title"],
            size=(width, height),
        )
    )


class _Sheets:
    """The sheets of the server, read for all sessions to come: each would do it for itself."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._seen = self._stamps()
        self._read()

    def look(self) -> None:
        """Read them once more where they were changed, once they are left alone."""
        stamps = self._stamps()
        if stamps == self._seen and stamps != self._last:
            self._read()
        self._seen = stamps

    def _read(self) -> None:
        """Read them; what all share is left alone by looking for garbage, which writes to it."""
        from trainer.cards.shared import share  # noqa: PLC0415 — nothing else here knows cards

        self._last = self._seen
        with suppress(Exception):  # a session that reads them says what is wrong
            share(self._home)
        gc.collect()
        gc.freeze()

    def _stamps(self) -> object:
        from trainer.cards.cache import stamps_of  # noqa: PLC0415 — as above

        return stamps_of(self._home)


def _become_session(session: dict[str, Any], line: int, run: Entry) -> None:
    """Be a session from here on, and nothing of what forked it; it does not return."""
    status = 1
    try:
        signal.set_wakeup_fd(-1)
        for each in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, signal.SIG_DFL)
        os.setsid()
        nothing = os.open(os.devnull, os.O_WRONLY)
        for number, stream in enumerate((line, line, nothing)):
            os.dup2(stream, number)
        os.closerange(3, _OPEN_FILES)
        for limit, most in _LIMITS.items():
            with suppress(OSError, ValueError):  # a system that knows it not, or allows less already
                resource.setrlimit(limit, (most, most))
        os.umask(0o077)
        home = session["home"]
        os.makedirs(home, mode=0o700, exist_ok=True)  # noqa: PTH103 — nothing more is imported for it
        os.chdir(home)
        os.environ["HOME"] = os.environ["TRAINER_HOME"] = home
        status = run(session)
    except BaseException:  # noqa: BLE001, S110 — the app has told what there was to tell
        pass
    finally:
        os._exit(status)


def _ended() -> Iterator[tuple[int, int]]:
    """Yield the processes that ended, each with its status."""
    with suppress(ChildProcessError):
        while (found := os.waitpid(-1, os.WNOHANG))[0]:
            yield found


def _entry(name: str) -> Entry:
    """Return the function that a "module:function" names."""
    module, _, function = name.partition(":")
    found: Entry = getattr(importlib.import_module(module), function)
    return found


def _import_all(package: str) -> None:
    """Import a module, or a package with all that is in it, so that no session has to."""
    found = importlib.import_module(package)
    for each in pkgutil.walk_packages(getattr(found, "__path__", ()), f"{package}."):
        importlib.import_module(each.name)


if __name__ == "__main__":
    main()
