"""The terminal's own cursor: it stands where something is marked or typed.

Screen readers read the line on which it stands, and magnifiers follow it.
"""

from typing import Any

from textual.app import App
from textual.geometry import Offset

from trainer.app.kit.row_list import RowList

SHOWN = "\x1b[?25h\x1b[4 q"
"""An underline: a block would make the cursor that Textual paints in an input invisible."""

AS_IT_WAS = "\x1b[0 q"


class CursorApp(App[int]):
    """Tells Textual, which puts the cursor somewhere with every paint, where that is."""

    _cursor_position = Offset(0, 0)

    @property
    def cursor_position(self) -> Offset:
        """Return the cell where what is marked begins, or where the next letter goes."""
        focused = self.focused
        if isinstance(focused, RowList):
            return focused.read_from
        typed_at = getattr(focused, "cursor_screen_offset", None)  # of Textual's inputs and text areas
        if isinstance(typed_at, Offset):
            return typed_at
        return focused.content_region.offset if focused else self._cursor_position

    @cursor_position.setter
    def cursor_position(self, position: Any) -> None:
        self._cursor_position = position
