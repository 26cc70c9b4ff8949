"""The terminal's side of the app: what comes in is never an error, and its end is the app's end.

It stands in for Textual's driver on Linux and macOS; Windows keeps its own.
"""

import os
import re
import select
import sys
import time
from codecs import getincrementaldecoder
from collections.abc import Iterator
from io import TextIOWrapper
from threading import Event
from typing import IO, Any, cast

from textual import events
from textual._xterm_parser import XTermParser  # private, as the driver is put together from such parts
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from trainer.app.kit.cursor import AS_IT_WAS, SHOWN
from trainer.clean import seen

PASTE_FROM = 8
"""So many typed characters in one read were pasted: no hand is so fast, and no line so slow."""

PASTE_PAUSE = 0.3
"""Seconds in which what is typed after a paste belongs to it: a long one comes in several reads."""

_MOST_WAITED = 0.002
"""Seconds for which a paint waits at most until it is being written: the terminal may be slow, or gone."""

_READ_AT_ONCE = 4096
_LOOKED_AT = 0.1
"""Seconds between two looks whether the app has ended, or an escape sequence will not be completed."""

_SEQUENCE_STARTS = re.compile("(?=\x1b)")

_X10_MOUSE = b"\x1b[M"
_X10_BYTES = 3
"""A mouse report of the oldest kind goes on with a button and two coordinates, each a byte of any value."""


class Pasted(Message):
    """Keys came all at once: a text that was pasted, by a terminal that does not mark it as such."""

    def __init__(self, keys: list[events.Key]) -> None:
        self.keys = keys
        super().__init__()


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
        self._pasted_at = float("-inf")

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
        decoder, parser = InputDecoder(), _Parser(self._debug)
        while not self.exit_event.is_set():
            if select.select([self.fileno], [], [], _LOOKED_AT)[0]:
                data = _read(self.fileno)
                if not data:
                    # No key will come any more, and the system tells that to the leader of a session alone.
                    self._app.call_later(self._app.exit)
                    return
                self._pass_on(list(parser.feed(text)) if (text := decoder.decode(data)) else [])
            for message in parser.tick():
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

    def _pass_on(self, messages: list[Message]) -> None:
        """Post what came in one read, keys that were pasted together."""
        keys = [message for message in messages if isinstance(message, events.Key)]
        typed, now = sum(map(_is_typed, keys)), time.monotonic()
        if typed < PASTE_FROM and not (typed and now - self._pasted_at < PASTE_PAUSE):
            for message in messages:
                self.process_message(message)
            return
        self._pasted_at = now
        for message in messages:
            if not isinstance(message, events.Key):
                self.process_message(message)
        self.process_message(Pasted(keys))


class InputDecoder:
    """Decodes what a terminal sends, over the ends of reads: UTF-8, and a sign of doubt for all else."""

    def __init__(self) -> None:
        self._decode = getincrementaldecoder("utf-8")(errors="replace").decode
        self._matched = 0
        """Bytes of an old mouse report's beginning that came last."""
        self._left = 0
        """Bytes of such a report that are still to come."""

    def decode(self, data: bytes) -> str:
        """Return the characters that are complete by now."""
        return self._decode(self._without_coordinates(data))

    def _without_coordinates(self, data: bytes) -> bytes:
        """Put zeros, which are no key, in the place of an old mouse report's bytes.

        Textual passes such a report over. As text two of its bytes may be one character, and it would
        take the next key for its end.
        """
        if not (self._matched or self._left or b"\x1b" in data):
            return data
        plain = bytearray(data)
        for place, byte in enumerate(data):
            if self._left:
                plain[place] = 0
                self._left -= 1
            elif byte == _X10_MOUSE[self._matched]:
                self._matched += 1
                if self._matched == len(_X10_MOUSE):
                    self._matched, self._left = 0, _X10_BYTES
            else:
                self._matched = int(byte == _X10_MOUSE[0])
        return bytes(plain)


class _Parser(XTermParser):
    """Passes over sequences that mean nothing; Textual takes them for errors, or for keys."""

    def feed(self, data: str) -> Iterator[Message]:
        """Yield what the data stand for."""
        for piece in filter(None, _SEQUENCE_STARTS.split(data)):  # an empty one would be the end
            try:
                yield from super().feed(piece)
            except (ArithmeticError, ValueError):
                self._timeout_time = None
                self._gen = self.parse(self._tokens.append)
                self._awaiting = next(self._gen)

    def tick(self) -> Iterator[Message]:
        """Yield what a sequence was that did not go on: Escape, or keys after it.

        A sequence that Textual does not know is none of these; it would take each character for a key.
        """
        late = list(super().tick())
        if not (len(late) > 1 and isinstance(late[0], events.Key) and late[0].character == "["):
            yield from late


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


def _is_typed(key: events.Key) -> bool:
    return key.is_printable or key.character in {"\r", "\n", "\t"}
