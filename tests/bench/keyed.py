"""Header, Footer and one Static that a key changes. The peer for answering a key.

With the path of a file it brings a line to the disk before it shows the next number, as whoever keeps
answers has to. With `--typed` a text changes it: the peer for typing.
"""

import os
import sys
from pathlib import Path
from typing import IO, ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import Footer, Header, Input, Static

TYPED = "--typed"
_LINE = b"." * 399 + b"\n"
"""As long as the line of an answer."""


class Keyed(App[None]):
    """Counts how often a key was pressed."""

    BINDINGS: ClassVar[list[BindingType]] = [("1", "count", "Count")]

    def __init__(self, kept: IO[bytes] | None = None) -> None:
        super().__init__()
        self.count = 0
        self._kept = kept

    def compose(self) -> ComposeResult:
        """Put the count between header and footer."""
        yield Header()
        yield Static("count 0.")
        yield Footer()

    def action_count(self) -> None:
        """Show the next number."""
        self.count += 1
        if self._kept:
            self._kept.write(_LINE)
            os.fsync(self._kept.fileno())
        self.query_one(Static).update(f"count {self.count}.")


class Typed(App[None]):
    """Counts how often a text was changed: the peer for typing."""

    count = 0

    def compose(self) -> ComposeResult:
        """Put the text and the count between header and footer."""
        yield Header()
        yield Input()
        yield Static("count 0.")
        yield Footer()

    def on_input_changed(self) -> None:
        """Show the next number."""
        self.count += 1
        self.query_one(Static).update(f"count {self.count}.")


if __name__ == "__main__":
    if sys.argv[1:] == [TYPED]:
        Typed().run()
    elif sys.argv[1:]:
        with Path(sys.argv[1]).open("ab", buffering=0) as kept:
            Keyed(kept).run()
    else:
        Keyed().run()
