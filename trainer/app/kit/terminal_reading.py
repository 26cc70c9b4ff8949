"""What a terminal sends, read so that none of it is an error: bytes, keys, pastes, mouse reports."""

import re
import time
from codecs import getincrementaldecoder
from collections.abc import Iterator

from textual import events
from textual._time import get_time  # private: by it events are stamped
from textual._xterm_parser import XTermParser  # private, as Textual's drivers are put together from it
from textual.message import Message

PASTE_FROM = 8
"""So many typed characters in one read were pasted: no hand is so fast, and no line so slow."""

PASTE_PAUSE = 0.3
"""Seconds in which what is typed after a paste belongs to it: a long one comes in several reads."""

_SEQUENCE_STARTS = re.compile("(?=\x1b)")

_X10_MOUSE = b"\x1b[M"
_X10_BYTES = 3
"""A mouse report of the oldest kind goes on with a button and two coordinates, each a byte of any value."""


class Pasted(Message):
    """Keys came all at once: a text that was pasted, by a terminal that does not mark it as such."""

    def __init__(self, keys: list[events.Key]) -> None:
        self.keys = keys
        super().__init__()


class TerminalReading:
    """Turns what a terminal sends, read by read, into messages."""

    def __init__(self, *, debug: bool = False) -> None:
        self._decoder, self._parser = InputDecoder(), _Parser(debug)
        self._pasted_at = float("-inf")
        self._read_at = 0.0

    def feed(self, data: bytes) -> Iterator[Message]:
        """Yield what came in one read, keys that were pasted together."""
        self._read_at = get_time()
        text = self._decoder.decode(data)
        messages = list(self._parser.feed(text)) if text else []
        keys = [message for message in messages if isinstance(message, events.Key)]
        typed, now = sum(map(_is_typed, keys)), time.monotonic()
        if typed < PASTE_FROM and not (typed and now - self._pasted_at < PASTE_PAUSE):
            yield from messages
            return
        self._pasted_at = now
        yield from (message for message in messages if not isinstance(message, events.Key))
        yield Pasted(keys)

    def tick(self) -> Iterator[Message]:
        """Yield what an escape sequence was that did not go on, as of when it came."""
        for message in self._parser.tick():
            message.time = self._read_at
            yield message


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


def _is_typed(key: events.Key) -> bool:
    return key.is_printable or key.character in {"\r", "\n", "\t"}
