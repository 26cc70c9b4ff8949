"""Sessions as processes: starting them, talking to them in Textual's packets, and killing them."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import Any

import trainer
from trainer.errors import TrainerError
from trainer.web import limits

ENTRY = "trainer.web.forking:serve_trainer"
PRELOADED = (
    "trainer.app",
    "trainer.cards",
    "encodings.utf_8_sig",
    "textual.drivers.headless_driver",
    "textual.layouts",
    "textual.pilot",
    "textual.scrollbar",
    "rapidfuzz.distance",
    "rapidfuzz.fuzz",
    "rapidfuzz.process",
)
"""Modules, and packages whole, that are imported before the first session."""

_GREETING = b"__GANGLION__\n"
"""With this line a Textual app begins to speak in packets."""
_READ_AT_ONCE = 256 * 1024
_FROM_PARENT = ("TZ", "TMPDIR", "SSL_CERT_FILE")
"""What of the server's environment is no secret, and the sessions need."""
_NOT_STARTED = "trainer did not start. Try again in a minute; if it stays so, tell whoever runs this server."


class NoRoomError(TrainerError):
    """No session can be started now."""


class Process:
    """The process of one session."""

    def __init__(self, number: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.number = number
        self.pid: int | None = None
        self.ended: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()
        """Its status once it is gone."""
        self._reader, self._writer = reader, writer

    async def greeted(self) -> bool:
        """Wait until the app speaks; return whether it does."""
        try:
            return await self._reader.readuntil(_GREETING) == _GREETING
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, OSError):
            return False

    async def packet(self) -> tuple[bytes, bytes] | None:
        """Return what comes next, its kind and what it holds; None at the end."""
        try:
            head = await self._reader.readexactly(5)
            size = int.from_bytes(head[1:], "big")
            return (head[:1], await self._reader.readexactly(size)) if size <= limits.LARGEST_PACKET else None
        except (asyncio.IncompleteReadError, OSError):
            return None

    async def type(self, text: str) -> None:
        """Send what was typed. Raises ConnectionError when the process is gone."""
        await self._send(b"D", text.encode(errors="replace"))

    async def tell(self, **message: Any) -> None:
        """Send a message. Raises ConnectionError when the process is gone."""
        await self._send(b"M", json.dumps(message).encode())

    def ask(self) -> None:
        """Ask it for a sign of life, behind all that it has not taken yet."""
        self._write(b"M", b'{"type":"ping"}')

    async def _send(self, kind: bytes, payload: bytes) -> None:
        self._write(kind, payload)
        await self._writer.drain()

    def _write(self, kind: bytes, payload: bytes) -> None:
        self._writer.write(kind + len(payload).to_bytes(4, "big") + payload)

    def close(self) -> None:
        """Let it hear no more, which ends it unless it hangs."""
        self._writer.transport.abort()


class Processes:
    """Starts processes by the one from which they are forked."""

    def __init__(self, entry: str = ENTRY, preloaded: Sequence[str] = PRELOADED) -> None:
        self._command = [sys.executable, "-X", "utf8", "-P", "-m", "trainer.web.forking", entry, *preloaded]
        self._parent: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._line: asyncio.StreamWriter | None = None
        """To the same; who let go of it would close it."""
        self._listening: asyncio.Task[None] | None = None
        self._is_open = False
        self._running: dict[int, Process] = {}
        self._number = 0
        self._opening = asyncio.Lock()

    @property
    def parent(self) -> int | None:
        """The process from which they are forked."""
        return self._parent.pid if self._parent else None

    async def open(self, folder: Path) -> None:
        """Start the process from which they are forked, in a folder. Raises TrainerError."""
        async with self._opening:
            if not self._is_open:
                if self._listening:
                    await self._listening
                await self._open(folder)

    async def _open(self, folder: Path) -> None:
        with ExitStack() as undone:  # where it does not start, nothing of it is left
            try:
                reader = await self._begin(folder, undone)
            except OSError as error:  # of the system, or too late
                raise TrainerError("The process that sessions are made from does not start.") from error
            assert self._parent is not None
            self._listening = asyncio.create_task(self._listen(reader, self._parent))
            undone.pop_all()
        self._is_open = True

    async def _begin(self, folder: Path, undone: ExitStack) -> asyncio.StreamReader:
        """Start it; return what it says after it said that it is ready. Raises OSError."""
        self._control, theirs = socket.socketpair()
        undone.callback(self._control.close)
        with theirs:
            self._parent = self._forking_in(folder, theirs)
        undone.callback(_end, self._parent)
        self._control.setblocking(False)  # noqa: FBT003 — so it is called
        reader, self._line = await asyncio.open_unix_connection(sock=self._control.dup())
        undone.callback(self._line.transport.abort)
        async with asyncio.timeout(limits.START_PATIENCE):
            if not await reader.readline():
                raise ConnectionResetError
        return reader

    def _forking_in(self, folder: Path, control: socket.socket) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(  # noqa: S603 — this very program; it is forked at once
            self._command,
            stdin=control.fileno(),
            stdout=subprocess.DEVNULL,
            env=clean_environment(),
            cwd=folder,
        )

    async def start(self, session: Mapping[str, Any]) -> Process:
        """Start a session, of which the parent's entry is told; wait until it speaks.

        Raises NoRoomError where it does not.
        """
        assert self._control is not None
        self._number += 1
        try:
            ours, theirs = socket.socketpair()
        except OSError as error:
            raise NoRoomError(_NOT_STARTED) from error
        message = json.dumps({"start": self._number, "session": session}).encode() + b"\n"
        with theirs:
            try:
                socket.send_fds(self._control, [message], [theirs.fileno()])
            except OSError as error:
                ours.close()
                raise NoRoomError(_NOT_STARTED) from error
        reader, writer = await asyncio.open_unix_connection(sock=ours, limit=_READ_AT_ONCE)
        process = self._running[self._number] = Process(self._number, reader, writer)
        try:
            async with asyncio.timeout(limits.START_PATIENCE):
                if await process.greeted():
                    return process
        except TimeoutError:
            pass
        await self.kill(process)
        raise NoRoomError(_NOT_STARTED)

    async def stop(self, process: Process) -> None:
        """Have a process put its record away and end; kill it if it does not. It is gone on return."""
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(limits.QUIT_PATIENCE):
                await process.tell(type="quit")
                await asyncio.shield(process.ended)
        await self.kill(process)

    async def bury(self, process: Process) -> bool:
        """Wait for the end of a process that speaks no more; kill it if it stays. Return whether it did."""
        with suppress(TimeoutError):
            async with asyncio.timeout(limits.QUIT_PATIENCE):
                await asyncio.shield(process.ended)
        stayed = not process.ended.done()
        await self.kill(process)
        return stayed

    async def kill(self, process: Process) -> None:
        """Kill a process, whatever it does. It is gone on return."""
        process.close()
        if process.ended.done() or self._line is None:
            return
        self._line.write(json.dumps({"kill": process.number}).encode() + b"\n")
        with suppress(TimeoutError):
            async with asyncio.timeout(limits.QUIT_PATIENCE):
                await asyncio.shield(process.ended)

    async def close(self) -> None:
        """End the process from which they are forked; sessions that are left end with it."""
        if self._is_open and self._control and self._listening:
            self._control.shutdown(socket.SHUT_RDWR)
            await self._listening

    async def _listen(self, reader: asyncio.StreamReader, parent: "subprocess.Popen[bytes]") -> None:
        """Hear which processes ended, until the one from which they are forked is gone."""
        while line := await reader.readline():
            match json.loads(line):
                case {"started": int(number), "pid": int(pid)} if number in self._running:
                    self._running[number].pid = pid
                case {"ended": int(number), "status": status} if number in self._running:
                    self._running.pop(number).ended.set_result(status)
        self._is_open = False
        for process in self._running.values():
            _orphaned(process)
        self._running.clear()
        if self._line and self._control:
            self._line.close()
            self._control.close()
        await asyncio.to_thread(_wait_for, parent)


def _wait_for(parent: "subprocess.Popen[bytes]") -> None:
    try:
        parent.wait(2 * limits.QUIT_PATIENCE)
    except subprocess.TimeoutExpired:
        parent.kill()
        parent.wait()


def _end(parent: "subprocess.Popen[bytes]") -> None:
    parent.kill()
    parent.wait()


def _orphaned(process: Process) -> None:
    """End a process of which nobody will hear any more."""
    process.close()
    process.ended.set_result(None)
    if process.pid and (send := _signals_to(process.pid)):
        send(signal.SIGTERM)
        asyncio.get_running_loop().call_later(limits.QUIT_PATIENCE, send, signal.SIGKILL)


def _signals_to(pid: int) -> Callable[[int], None] | None:
    """Return what sends signals to a process until it is killed; None where it is gone.

    On Linux to no other process that is given its number later; elsewhere the number is all there is.
    """
    if sys.platform != "linux":
        return partial(_send, partial(os.kill, pid))
    try:
        handle = os.pidfd_open(pid)
    except OSError:
        return None

    def send(number: int) -> None:
        _send(partial(signal.pidfd_send_signal, handle), number)
        if number == signal.SIGKILL:
            os.close(handle)

    return send


def _send(how: Callable[[int], None], number: int) -> None:
    with suppress(ProcessLookupError):
        how(number)


def clean_environment() -> dict[str, str]:
    """Return an environment in which nothing stands of the server's own."""
    kept = {name: os.environ[name] for name in _FROM_PARENT if name in os.environ}
    return kept | {
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(Path(trainer.__file__).parents[1]),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "TEXTUAL_COLOR_SYSTEM": "truecolor",
        "TEXTUAL_FPS": "60",
    }
