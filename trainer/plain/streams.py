"""The two streams of text that a session line by line reads from and writes to."""

from collections.abc import Iterable
from typing import TextIO

from trainer.errors import InputError
from trainer.plain.talks import Item
from trainer.plain.wrapping import wrapped

WIDTH = 78


class Left(Exception):  # noqa: N818 — no error: the learner leaves, or the input ends
    """The learner leaves, or the input ends."""


class Streams:
    """Reads lines behind a prompt, and writes without escape sequences."""

    def __init__(self, source: TextIO, out: TextIO) -> None:
        self._source = source
        self._out = out

    def read(self, prompt: str) -> str:
        """Return the next line, without blanks around it; the prompt breaks between words.

        Raises Left at the end of the input, and InputError if it can't be read.
        """
        self._out.write(f"{wrapped(prompt, WIDTH)} " if len(prompt) > WIDTH else prompt)
        self._out.flush()
        try:
            line = self._source.readline()
        except OSError as error:
            raise InputError(f"The input can't be read: {error.strerror or 'it is none'}.") from error
        if not line:
            raise Left
        return line.strip()

    def write(self, text: str) -> None:
        """Write a text as it is."""
        self._out.write(f"{text}\n")

    def write_wrapped(self, text: str, *, indent: str = "", hanging: str | None = None) -> None:
        """Write a text in lines of the width; for `indent` and `hanging` see `wrapped`."""
        self.write(wrapped(text, WIDTH, indent=indent, hanging=hanging))

    def write_items(self, items: Iterable[Item]) -> None:
        """Write texts, each behind what stands before it."""
        for indent, text in items:
            self.write_wrapped(text, indent=indent)
