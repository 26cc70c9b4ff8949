"""The app as a server runs it: a process that speaks in packets, and what its page shows.

By hand: `python -m tests.served FOLDER` serves somebody called Anna, with the sheets in FOLDER/decks, on
packets; a test drives it by `Page`.
"""

import json
import os
import select
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyte
from textual._binary_encode import load  # private, as its reader is elsewhere in Textual's own server

from trainer.app.kit.double_press import SECONDS
from trainer.app.kit.packets import packet
from trainer.home import Home

_GREETING = b"__GANGLION__\n"
_PROJECT = Path(__file__).parent.parent


class Page:
    """Runs the app for one person, and keeps what their page shows and what it was told."""

    def __init__(
        self,
        root: Path,
        *,
        recruiter: str = "Anna",
        lead: bool = False,
        team: Path | None = None,
        columns: int = 80,
        rows: int = 24,
        breaks: str = "",
    ) -> None:
        """Serve a person of the server's home `root`, in an app that `breaks` at a key."""
        self.home = person_home(root, recruiter)
        told = {
            "root": str(root),
            "recruiter": recruiter,
            "lead": lead,
            "team": str(team) if team else None,
            "size": [columns, rows],
            "breaks": breaks,
        }
        self.told: list[dict[str, Any]] = []
        """The messages that came, besides pictures."""
        self.chunks: list[tuple[str, bytes]] = []
        """Parts of files that came, each with the key of its file."""
        self._pressed, self._pressed_at, self._pending = "", 0.0, b""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        clean = {name: os.environ[name] for name in ("PYTHONPATH", "COVERAGE_FILE") if name in os.environ}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.served", json.dumps(told)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=_PROJECT,
            env=clean | {"HOME": str(self.home.root), "LANG": "C.UTF-8", "TEXTUAL_ANIMATIONS": "none"},
        )
        self._greeted = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream:
                with suppress(OSError):
                    stream.close()

    @property
    def text(self) -> str:
        """What the page shows now."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    @property
    def cursor(self) -> tuple[int, int]:
        """The column and the row of the cursor."""
        return self._screen.cursor.x, self._screen.cursor.y

    @property
    def ended(self) -> str | None:
        """What was said at the end, None as long as it goes on."""
        return next((str(each["message"]) for each in self.told if each["type"] == "ended"), None)

    def press(self, keys: str) -> None:
        """Type keys; the same one again not sooner than somebody who looks would."""
        if keys[:1] == self._pressed and keys[1:2] != "[":
            self.read_for(self._pressed_at + 2 * SECONDS - time.monotonic())
        self._pressed, self._pressed_at = keys[-1:], time.monotonic()
        self.send(packet(b"D", keys.encode()))

    def press_for(self, keys: str, text: str) -> str:
        """Type keys until `text` is on the page; return the page.

        A key that comes before a screen has been painted does nothing there, and a busy computer may be slow
        to paint.
        """
        for _ in range(6):
            self.press(keys)
            deadline = time.monotonic() + 4
            while text not in self.text and time.monotonic() < deadline and self._read():
                pass
            if text in self.text:
                break
        return self.wait_for(text)

    def tell(self, **message: object) -> None:
        """Send a message, such as `type="resize"`."""
        self.send(packet(b"M", json.dumps(message).encode()))

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        assert self.process.stdin
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the window."""
        self._screen.resize(rows, columns)
        self._screen.reset()
        self.tell(type="resize", width=columns, height=rows)

    def renew(self) -> None:
        """Forget what is shown, as a page that is loaded again, and ask for it."""
        self._screen.reset()
        self.tell(type="repaint")

    def click(self, text: str) -> None:
        """Press and let go the left button on the first place where `text` stands."""
        for y, line in enumerate(self._screen.display):
            if (x := line.find(text)) >= 0:
                self.press(f"\x1b[<0;{x + 1};{y + 1}M\x1b[<0;{x + 1};{y + 1}m")
                return
        raise AssertionError(f"{text!r} is not on the page:\n{self.text}")

    def wait_for(self, text: str, seconds: float = 20) -> str:
        """Read until `text` is on the page; return the page."""
        deadline = time.monotonic() + seconds
        while text not in self.text:
            if time.monotonic() > deadline or not self._read():
                raise AssertionError(f"{text!r} did not come:\n{self.text}\n{self._errors()}")
        while self._has_more(0.2):
            self._read()
        return self.text

    def wait_for_told(self, kind: str, seconds: float = 20) -> dict[str, Any]:
        """Read until a message of a kind came; return it, and forget it."""
        deadline = time.monotonic() + seconds
        while not any(each["type"] == kind for each in self.told):
            if time.monotonic() > deadline or not self._read():
                raise AssertionError(f"no {kind!r} came:\n{self.text}\n{self._errors()}")
        found = next(each for each in self.told if each["type"] == kind)
        self.told.remove(found)
        return found

    def fetch(self, key: str, size: int = 64 * 1024) -> bytes:
        """Fetch a file that was offered."""
        deadline = time.monotonic() + 20
        while not any(each == (key, b"") for each in self.chunks):
            asked = len(self.chunks)
            self.tell(type="deliver_chunk_request", key=key, size=size)
            while len(self.chunks) == asked:
                assert time.monotonic() < deadline, "the file did not come"
                assert self._read(), self._errors()
        return b"".join(chunk for each, chunk in self.chunks if each == key)

    def read_for(self, seconds: float) -> None:
        """Read what comes in some time."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            if not self._read(left):
                return

    def wait_for_end(self, seconds: float = 20) -> int:
        """Wait until the process ends; return its status."""
        deadline = time.monotonic() + seconds
        while self._read():
            assert time.monotonic() < deadline, "it goes on"
        return self.process.wait(seconds)

    def hang_up(self) -> None:
        """Close both ends, as a server does that is gone."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.stdout.close()

    def _errors(self) -> str:
        if self.process.poll() is None or not self.process.stderr:
            return ""
        return self.process.stderr.read().decode(errors="replace")

    def _has_more(self, seconds: float) -> bool:
        assert self.process.stdout
        return self.process.poll() is None and bool(select.select([self.process.stdout], [], [], seconds)[0])

    def _read(self, seconds: float = 0.5) -> bool:
        """Read what comes within some time; return False at the end."""
        assert self.process.stdout
        output = self.process.stdout.fileno()
        if not select.select([output], [], [], seconds)[0]:
            return True
        data = os.read(output, 65_536)
        self._pending += data
        self._take()
        return bool(data)

    def _take(self) -> None:
        if not self._greeted:
            if len(self._pending) < len(_GREETING):
                return
            assert self._pending.startswith(_GREETING), self._pending
            self._pending, self._greeted = self._pending[len(_GREETING) :], True
        while len(self._pending) >= 5:
            kind, size = self._pending[:1], int.from_bytes(self._pending[1:5], "big")
            if len(self._pending) < 5 + size:
                return
            payload, self._pending = self._pending[5 : 5 + size], self._pending[5 + size :]
            match kind:
                case b"D":
                    self._stream.feed(payload)
                case b"M":
                    self.told.append(json.loads(payload))
                case b"P":
                    packed: Any = load(payload)
                    self.chunks.append((packed[1], packed[2]))
                case _:
                    raise AssertionError(f"no packet: {kind!r}")


def person_home(root: Path, recruiter: str) -> Home:
    """Return the home of a person in a server's home."""
    home = root / "web" / "homes" / recruiter.casefold()
    home.mkdir(parents=True, exist_ok=True)
    return Home(home)


def _break_at(key: str) -> None:
    """Have the app meet what nobody foresaw at a key."""
    from trainer.app.served import ServedApp

    async def take(app: ServedApp, event: Any) -> None:
        if event.key == key:
            _ = 1 // 0
        await as_it_was(app, event)

    as_it_was = ServedApp._take_key
    ServedApp._take_key = take  # type: ignore[assignment] # it is broken on purpose


def main() -> int:
    """Serve a person, as the first argument says in JSON."""
    from trainer.app.served import Served, run_served

    told = json.loads(sys.argv[1])
    root = Path(told["root"])
    served = Served(
        home=person_home(root, told["recruiter"]),
        recruiter=told["recruiter"],
        lead=told["lead"],
        sheets=root / "decks",
        team=Path(told["team"]) if told["team"] else None,
        size=tuple(told["size"]),
    )
    if told["breaks"]:
        _break_at(told["breaks"])
    return run_served(served)


if __name__ == "__main__":
    sys.exit(main())
