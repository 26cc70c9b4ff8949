"""The two lines at the top of a screen: where you are, and how far."""

from textual.content import Content
from textual.widget import Widget

from trainer.app.kit.phrases import said


class TopLine(Widget):
    """Shows a text at the left, one at the right, and a thin bar below."""

    def __init__(self) -> None:
        super().__init__()
        self._left = self._right = ""
        self._share = 0.0

    def show(self, left: str, right: str, share: float = 0.0) -> None:
        """Say something else; `share` from 0 to 1 is how much of the bar is full."""
        if (left, right, share) != (self._left, self._right, self._share):
            self._left, self._right, self._share = left, right, share
            self.refresh()

    def render(self) -> Content:
        """Paint both lines; the left text gives way where both don't fit."""
        width = self.size.width
        right = said(self._right, "$quiet").truncate(max(0, width - 2), ellipsis=True)
        room = max(0, width - right.cell_length - 4)
        left = said(self._left, "bold $strong").truncate(room, ellipsis=True)
        gap = " " * max(0, width - 2 - left.cell_length - right.cell_length)
        full = min(width, round(width * self._share))
        return Content.assemble(
            " ",
            left,
            gap,
            right,
            "\n",
            ("━" * full, "$key"),
            ("─" * (width - full), "$rest"),
        )
