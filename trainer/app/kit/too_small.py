"""What stands on a screen that is too small for all else."""

from textual.content import Content
from textual.widgets import Static

from trainer.app.kit.input import LEAST, bindings_of
from trainer.app.kit.keys import QUIT
from trainer.app.kit.phrases import said


class TooSmall(Static):
    """Covers a screen that can't be read, and says so."""

    def __init__(self, unread: str = "") -> None:
        super().__init__(classes="too-small")
        self._unread = unread

    def render(self) -> Content:
        """Say how large the window has to be, and which key still ends the app."""
        bindings = [binding for binding, _ in bindings_of(self.screen) if binding.id == QUIT.id]
        quits = [self.app.get_key_display(binding) for binding in bindings]
        told = f"This window is too small: make it {LEAST.width} by {LEAST.height} at least."
        return said(" ".join(filter(None, [told, self._unread, *(f"{key} quits." for key in quits[:1])])))
