"""A text of several lines that survives being undone."""

from textual.geometry import Offset
from textual.widgets import TextArea


class TextBox(TextArea):
    """Textual's, with one of its faults mended; all texts of several lines are typed in one of these."""

    def scroll_cursor_visible(self, center: bool = False, animate: bool = False) -> Offset:  # noqa: FBT001, FBT002 — Textual's signature
        """Bring the cursor into view where there is one.

        An undo takes lines away, hides the scrollbar and only then moves the cursor: the hiding asks for the
        cursor in a line that is gone, and Textual ends in a ValueError
        (https://github.com/Textualize/textual/issues/6686). A test tells when that is mended there.
        """
        if self.cursor_location[0] >= self.document.line_count:
            return Offset(0, 0)
        return super().scroll_cursor_visible(center, animate)
