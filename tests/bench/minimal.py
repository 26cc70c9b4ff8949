"""The smallest Textual app: one Static. The floor for starting and for memory."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Minimal(App[None]):
    """Shows one word."""

    def compose(self) -> ComposeResult:
        """Put the word on the screen."""
        yield Static("painted")


if __name__ == "__main__":
    Minimal().run()
