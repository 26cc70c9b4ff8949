"""A real terminal: a process on a pty, and what its screen shows."""

import os
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import pexpect
import pyte

from trainer.app.kit.double_press import SECONDS


class Terminal:
    """Runs a Python program on a pty and keeps its screen."""

    def __init__(
        self,
        arguments: list[str],
        *,
        columns: int = 80,
        rows: int = 24,
        environment: dict[str, str] | None = None,
    ) -> None:
        clean = {
            key: value
            for key, value in os.environ.items()
            if not key.startswith(("TRAINER_", "NO_COLOR", "COLUMNS", "LINES"))
        }
        self._pressed, self._pressed_at = "", 0.0
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.process = pexpect.spawn(
            sys.executable,
            arguments,
            dimensions=(rows, columns),
            env=clean | {"TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": "none"} | (environment or {}),
            timeout=30,
        )
        self.process.delaybeforesend = None

    @classmethod
    def trainer(cls, *arguments: str | Path, columns: int = 80, rows: int = 24) -> "Terminal":
        """Run `trainer` with arguments."""
        return cls(["-m", "trainer", *map(str, arguments)], columns=columns, rows=rows)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.close(force=True)
        self.process.terminate(force=True)

    @property
    def text(self) -> str:
        """What the screen shows now."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    @property
    def cursor(self) -> tuple[int, int]:
        """The column and the row of the terminal's own cursor."""
        return self._screen.cursor.x, self._screen.cursor.y

    def press(self, keys: str) -> None:
        """Send keys as a terminal does; the same one again not sooner than somebody who looks would."""
        if keys[1:2] != "[":
            self._look_before(keys[:1])
        self._pressed, self._pressed_at = keys[-1:], time.monotonic()
        self.process.send(keys)

    def _look_before(self, pressed: str) -> None:
        if pressed == self._pressed:
            self.read_for(self._pressed_at + 2 * SECONDS - time.monotonic())

    def clear(self) -> None:
        """Forget what is shown, as when a shell has written over it."""
        self._screen.reset()

    def begin(self) -> None:
        """Take the name that stands there, and all that first run offers after it."""
        self.press("\r")
        self.take_what_is_offered()

    def take_what_is_offered(self) -> None:
        """Take all that first run offers after the name."""
        for question in ("What do you hire for?", "How many minutes a day?"):
            self.wait_for(question)
            self.press("\r")

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the window."""
        self._screen.resize(rows, columns)
        self._screen.reset()
        self.process.setwinsize(rows, columns)

    def click(self, text: str) -> None:
        """Press and let go the left button on the first place where `text` stands, as `press` does keys."""
        for y, line in enumerate(self._screen.display):
            if (x := line.find(text)) >= 0:
                place = f"0;{x + 1};{y + 1}"
                self._look_before(place)
                self.press(f"\x1b[<{place}M\x1b[<{place}m")
                self._pressed = place
                return
        raise AssertionError(f"{text!r} is not on the screen:\n{self.text}")

    def wait_for(self, text: str, seconds: float = 20) -> str:
        """Read until `text` is on the screen; return the screen."""
        return self.wait_for_any(text, seconds=seconds)

    def read_slowly(self, text: str, piece: int = 64, seconds: float = 20) -> None:
        """Read a few bytes at a time until `text` is on the screen, as over a slow connection."""
        deadline = time.monotonic() + seconds
        while text not in self.text:
            if time.monotonic() > deadline:
                raise AssertionError(f"{text!r} did not come:\n{self.text}")
            self._read(0.1, piece)

    def read_for(self, seconds: float) -> None:
        """Read what comes in some time."""
        deadline = time.monotonic() + seconds
        while self.process.isalive() and (left := deadline - time.monotonic()) > 0:
            self._read(left)

    def hang_up(self) -> None:
        """Close the terminal, as somebody does who closes the window."""
        pty = self.process.ptyproc
        pty.fileobj.close()
        pty.closed = self.process.closed = True

    def wait_for_any(self, *texts: str, seconds: float = 20) -> str:
        """Read until one of the texts is on the screen; return the screen."""
        began = time.monotonic()
        while not any(text in self.text for text in texts):
            if time.monotonic() > began + seconds:
                raise AssertionError(f"none of {texts} came:\n{self.text}")
            self._read()
        return self._settled(time.monotonic() - began)

    def wait_until_gone(self, text: str, seconds: float = 20) -> str:
        """Read until `text` is no longer on the screen; return the screen."""
        began = time.monotonic()
        while text in self.text:
            if time.monotonic() > began + seconds:
                raise AssertionError(f"{text!r} did not go:\n{self.text}")
            self._read()
        return self._settled(time.monotonic() - began)

    def wait_for_end(self, seconds: float = 20) -> int:
        """Wait until the process ends; return its status."""
        deadline = time.monotonic() + seconds
        while self.process.isalive():
            if time.monotonic() > deadline:
                raise AssertionError(f"it did not end:\n{self.text}")
            if self.process.closed:
                time.sleep(0.01)
            else:
                self._read()
        while not self.process.closed and self._read():  # what it wrote last may not have been read yet
            pass
        return int(self.process.exitstatus if self.process.exitstatus is not None else -1)

    def _settled(self, waited: float) -> str:
        """Read until nothing more comes: one picture may come in several pieces, slowly where all is slow."""
        while self._read(min(max(0.03, waited / 8), 0.25)):  # a cursor that blinks never comes to rest
            pass
        return self.text

    def _read(self, seconds: float = 0.1, most: int = 65536) -> bool:
        try:
            self._stream.feed(self.process.read_nonblocking(most, timeout=seconds))
        except pexpect.TIMEOUT:
            return False
        except pexpect.EOF:
            self.process.wait()
            return False
        return True
