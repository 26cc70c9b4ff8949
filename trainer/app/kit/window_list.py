"""A list of which only what fits the screen is laid out: it may be of any length."""

from collections.abc import Callable

from textual import events

from trainer.app.kit.row_list import Builder, RowList

_WHEEL = 3
"""Lines by a turn of the mouse wheel."""


class WindowList(RowList):
    """Takes the height that is left, and has its screen say which lines stand in it.

    The screen keeps which target is marked and which line is the first; the list tells it by how many targets
    a key or the wheel would go on.
    """

    def __init__(self, build: Builder, step: Callable[[int], None]) -> None:
        super().__init__(build)
        self._step = step

    def on_resize(self) -> None:
        """Lay the lines out for another height."""
        self.show(self._build, cursor=self.cursor)

    def _height_here(self) -> int:
        """Return the lines that the list takes, however many are laid out."""
        return self.size.height

    def action_move(self, step: int) -> None:
        """Have the next target marked in a direction."""
        self._step(step)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go on by the wheel."""
        event.stop()
        self._step(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go back by the wheel."""
        event.stop()
        self._step(-_WHEEL)
