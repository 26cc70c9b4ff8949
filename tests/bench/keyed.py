"""Header, Footer and one Static that a key changes. The peer for answering a key."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import Footer, Header, Static


class Keyed(App[None]):
    """Counts how often a key was pressed."""

    BINDINGS: ClassVar[list[BindingType]] = [("1", "count", "Count")]

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def compose(self) -> ComposeResult:
        """Put the count between header and footer."""
        yield Header()
        yield Static("count 0.")
        yield Footer()

    def action_count(self) -> None:
        """Show the next number."""
        self.count += 1
        self.query_one(Static).update(f"count {self.count}.")


if __name__ == "__main__":
    Keyed().run()
