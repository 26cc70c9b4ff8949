"""What all screens share: a line at the top, a list of rows, the keys at the bottom."""

from collections.abc import Callable
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget

from trainer.app.kit.active_keys import ActiveKey
from trainer.app.kit.input import is_too_small
from trainer.app.kit.key_bar import KeyBar
from trainer.app.kit.layout import fit
from trainer.app.kit.painted_screen import PaintedScreen
from trainer.app.kit.row_list import Column, Ground, Row, RowList
from trainer.app.kit.too_small import TooSmall
from trainer.app.kit.top_line import TopLine

_Outcome = TypeVar("_Outcome")


class OutcomeScreen(PaintedScreen[_Outcome], Ground):
    """A screen with one list of rows that ends with an outcome; a subclass says what stands on it."""

    AUTO_FOCUS = "RowList"
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self) -> None:
        super().__init__()
        self.top = TopLine()
        self.bar = KeyBar()
        self.page = self.list_rows()
        self.column = Column(*self.parts(), can_focus=False)

    def compose(self) -> ComposeResult:
        """Put the parts below one another."""
        yield self.top
        yield self.column
        yield self.bar
        yield TooSmall()

    def list_rows(self) -> RowList:
        """Return the list that the page is."""
        return RowList(self.fitted)

    def parts(self) -> list[Widget]:
        """Return what stands below the line at the top."""
        return [self.page]

    def fitted(self, width: int) -> list[Row]:
        """Lay the rows out, without empty lines where that saves the scrolling."""
        rows = self.rows(width)
        tight = fit(rows, self.room)
        return tight if len(tight) <= self.room else rows

    @property
    def room(self) -> int:
        """The lines that there is room for here."""
        return self.size.height - self.top.size.height - max(1, self.bar.size.height)

    def on_resize(self) -> None:
        """Lay the rows out anew: another height has other room."""
        self.page.show(self.fitted, cursor=self.page.cursor)

    def rows(self, width: int) -> list[Row]:
        """Lay the rows out for a width."""
        raise NotImplementedError

    @property
    def unsaved(self) -> bool:
        """Whether leaving would lose something that was written."""
        return False

    lost = ""
    """What leaving loses, as a sentence; of a screen that may have something `unsaved`."""
    stay = "Go on here"
    """What not to lose it is called."""

    def ask_to_lose(self, then: Callable[[], object]) -> None:
        """Do what loses something that was written, after asking.

        Who asks for it again where the question can't be read has to get out.
        """
        from trainer.app.kit.confirm import ConfirmScreen  # noqa: PLC0415 — only when it is asked

        if isinstance(self.app.screen, ConfirmScreen):
            if is_too_small(self.app.size):
                then()
            return  # it is asked already

        def lose(thrown: bool | None) -> None:  # noqa: FBT001 — the answer of the screen that asks
            if thrown:
                then()

        self.app.push_screen(ConfirmScreen(self.lost, no=self.stay, yes="Throw it away"), lose)

    def label(self, binding: Binding) -> str:
        """Return what a key does just now, empty to keep it out of the key bar."""
        return binding.description

    def explanation(self, binding: Binding) -> str:
        """Return what the help says of a key just now, beside what it is called."""
        return binding.tooltip

    def legend(self) -> tuple[tuple[str, str], ...]:
        """Return the words that have a meaning of their own here, with it, for the help."""
        return ()

    def show(self, *, cursor: str = "", bring: str = "") -> None:
        """Show the rows as they are now, and scroll to a place among them."""
        self.page.show(self.fitted, cursor=cursor)
        if bring:
            self.page.bring(bring)
        else:
            self.column.scroll_home(animate=False)
        self.unsee()
        # The rows are what the learner waits for: the keys follow with the next paint.
        self.call_after_refresh(self.bar.follow)

    def action_help(self) -> None:
        """Open the help."""
        from trainer.app.kit.help import HelpScreen  # noqa: PLC0415 — only when it is opened

        self.app.push_screen(HelpScreen(self, self.legend()), self._do)

    async def _do(self, key: ActiveKey | None) -> None:
        """Do what was chosen in the help."""
        if key:
            await self.app.run_action(key.action, key.node)


class RowScreen(OutcomeScreen[None]):
    """A screen with one list of rows from which the app leads on."""
