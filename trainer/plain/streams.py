"""The two streams of text that a session line by line reads from and writes to."""

import os
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from threading import current_thread, main_thread
from typing import TextIO

from trainer.clean import printable
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
        shown = f"{wrapped(prompt, WIDTH)} " if len(prompt) > WIDTH else prompt
        self._show(shown)
        try:
            with self._shown_anew(shown):
                line = self._source.readline()
        except OSError as error:
            raise InputError(f"The input can't be read: {error.strerror or 'it is none'}.") from error
        if not line:
            raise Left
        return line.strip()

    def _show(self, prompt: str) -> None:
        self._out.write(prompt)
        self._out.flush()

    @contextmanager
    def _shown_anew(self, prompt: str) -> Iterator[None]:
        """Show the prompt again when it goes on after Ctrl+Z: what was typed is gone, and the shell wrote."""
        if sys.platform == "win32" or not self._out.isatty() or current_thread() is not main_thread():
            yield
            return
        before = signal.signal(signal.SIGCONT, lambda _number, _frame: self._show_from_handler(prompt))
        try:
            yield
        finally:
            signal.signal(signal.SIGCONT, before)

    def _show_from_handler(self, prompt: str) -> None:
        """Show a prompt unless the shell has the terminal, as after `bg`.

        It goes past the stream: another signal would find that in the midst of writing, and be refused.
        """
        shown = printable(prompt).encode(self._out.encoding, "replace")
        with suppress(OSError):  # the terminal is gone, and reading from it tells so
            terminal = self._out.fileno()
            if os.tcgetpgrp(terminal) == os.getpgrp():
                os.write(terminal, shown)

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
