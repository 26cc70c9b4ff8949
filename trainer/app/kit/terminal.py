"""The terminal's side of the app: what comes in is never an error, and its end is the app's end.

It stands in for Textual's driver on Linux and macOS; Windows keeps its own.
"""

import os
import select
import sys
from io import TextIOWrapper
from threading import Event
from typing import IO, Any, cast

from textual import events
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from trainer.app.kit.cursor import AS_IT_WAS, SHOWN
from trainer.app.kit.terminal_reading import TerminalReading
from trainer.clean import seen

_MOST_WAITED = 0.002
"""Seconds for which a paint waits at most until it is being written: the terminal may be slow, or gone."""

_READ_AT_ONCE = 4096
_LOOKED_AT = 0.1
"""Seconds between two looks whether the app has ended, or an escape sequence will not be completed."""


class TerminalDriver(LinuxDriver):
    """Reads the terminal without ending at a byte that is no UTF-8.

    Textual decodes strictly: a Latin-1 letter or an old mouse report ends the app with a traceback, see
    https://github.com/Textualize/textual/issues/6456, https://github.com/Textualize/textual/issues/6668.
    `tests/app/test_terminal_input.py` tells when Textual has mended it.
    """

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self._output = _Enduring(sys.__stderr__)
        self._file = cast("TextIOWrapper", self._output)

    def start_application_mode(self) -> None:
        """Take the terminal; its cursor, which Textual hides, shows what is marked (see `CursorApp`)."""
        super().start_application_mode()  # type: ignore[no-untyped-call] # it has no types
        self.write(SHOWN)
        self.flush()

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        if self._writer_thread:
            self.write(AS_IT_WAS)
        super().stop_application_mode()

    def run_input_thread(self) -> None:
        """Read and pass on what comes until the app ends; if the terminal goes first, end the app."""
        reading = TerminalReading(debug=self._debug)
        while not self.exit_event.is_set():
            if select.select([self.fileno], [], [], _LOOKED_AT)[0]:
                data = _read(self.fileno)
                if not data:
                    # No key will come any more, and the system tells that to the leader of a session alone.
                    self._app.call_later(self._app.exit)
                    return
                for message in reading.feed(data):
                    self.process_message(message)
            for message in reading.tick():
                self.process_message(message)

    def process_message(self, message: Message) -> None:
        """Post a message, but no size that the terminal was never asked to tell in this way."""
        if self._in_band_window_resize or not isinstance(message, events.Resize):
            super().process_message(message)

    def write(self, data: str) -> None:
        """Have a picture written by the thread that writes, without signs that hide in a text."""
        self._output.reached.clear()
        super().write(seen(data))

    def flush(self) -> None:
        """Let the thread that writes go first.

        It would wait for what this thread does after a paint, which takes as long as the paint: Python
        runs one thread at a time, and changes it only every 5 ms.
        """
        self._output.reached.wait(_MOST_WAITED)


class _Enduring:
    """A file that takes what is written also when nobody reads it any more.

    Textual's thread that writes would end with an error, and the app wait for it for ever.
    """

    def __init__(self, file: IO[str] | None) -> None:
        assert file  # there is a terminal, or the app would not have been opened
        self._file = file
        self.reached = Event()
        """Set when all that was to be written is on its way to the terminal."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def write(self, text: str) -> int:
        """Write, as long as the terminal is there."""
        try:
            return self._file.write(text)
        except OSError:
            return len(text)

    def flush(self) -> None:
        """Flush, as long as the terminal is there."""
        self.reached.set()
        try:
            self._file.flush()
        except OSError:
            return


def _read(fileno: int) -> bytes:
    """Read what is there; nothing at the end, and where the terminal is gone."""
    try:
        return os.read(fileno, _READ_AT_ONCE)
    except OSError:
        return b""
