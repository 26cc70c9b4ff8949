"""What screens share that stand over another: a page in a frame, the keys at the bottom, an outcome."""

from pathlib import Path
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Center, VerticalScroll
from textual.screen import ModalScreen

from trainer.app.kit.key_bar import KeyBar
from trainer.app.kit.painted_screen import PaintedScreen
from trainer.app.kit.row_list import Row, RowList
from trainer.app.kit.too_small import TooSmall

_Outcome = TypeVar("_Outcome")


class DialogScreen(ModalScreen[_Outcome], PaintedScreen[_Outcome]):
    """A page over the screen below; a subclass says what stands on it, and with what it ends."""

    CSS_PATH = Path(__file__).with_suffix(".tcss")  # else Textual looks for it beside a subclass
    AUTO_FOCUS = "RowList"
    BINDINGS: ClassVar[list[BindingType]] = []

    unread = ""
    """What is said of this screen where it can't be read."""

    def __init__(self) -> None:
        self._page = RowList(self._rows)
        super().__init__()

    def compose(self) -> ComposeResult:
        """Put the page over the screen below."""
        with VerticalScroll(can_focus=False):
            yield self._page
        with Center():
            yield KeyBar()
        yield TooSmall(self.unread)

    def _rows(self, width: int) -> list[Row]:
        raise NotImplementedError
