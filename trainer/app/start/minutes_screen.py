"""How many minutes a day?"""

from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from trainer.app.kit.entry import NumberEntry
from trainer.app.kit.layout import BLANK, hanging, text
from trainer.app.kit.phrases import said
from trainer.app.kit.row_list import Row, RowList
from trainer.app.kit.screen import RowScreen
from trainer.app.start.keys import MINUTES_KEYS
from trainer.memory.learner import MOST_MINUTES

OFFERED = {
    5: "a short break",
    10: "enough for most",
    15: "faster",
    20: "an interview is near",
}
"""Minutes a day that can be taken at once, with what speaks for them."""

_LONGEST_TYPED = 8


class MinutesScreen(RowScreen):
    """Has a number typed, or one of those offered taken; Enter leads to the first question."""

    CSS_PATH = "welcome_screen.tcss"
    AUTO_FOCUS = "NumberEntry"
    BINDINGS: ClassVar[list[BindingType]] = list(MINUTES_KEYS)

    class Chosen(Message):
        """So many minutes a day were chosen."""

        def __init__(self, minutes: int) -> None:
            self.minutes = minutes
            super().__init__()

    class Back(Message):
        """The roles are to be chosen again."""

    def __init__(self, minutes: int) -> None:
        self._minutes = minutes
        self._problem = ""
        self.entry = NumberEntry(_LONGEST_TYPED, placeholder="minutes")
        self.foot = RowList(self._foot_rows, id="foot")
        super().__init__()
        self.page.can_focus = self.foot.can_focus = False

    def parts(self) -> list[Widget]:
        """Put the number between the question and what is offered."""
        return [self.page, self.entry, self.foot]

    def on_mount(self) -> None:
        """Offer what is usual; typing takes its place."""
        self.top.show("trainer", "2 of 2")
        self._write(self._minutes)

    def on_input_changed(self) -> None:
        """Mark the line that says the same as what is typed."""
        self._problem = ""
        self._mark()

    def rows(self, width: int) -> list[Row]:
        """Lay the question out."""
        return [BLANK, *text("How many minutes a day?", width, "bold $strong"), BLANK]

    def action_step(self, step: int) -> None:
        """Take the next number that is offered."""
        offered = [*OFFERED]
        typed = self._typed() or self._minutes
        at = min(range(len(offered)), key=lambda i: abs(offered[i] - typed))
        self._write(offered[max(0, min(len(offered) - 1, at + step))])

    def action_go(self) -> None:
        """Take the number, if it is one."""
        if minutes := self._typed():
            self.lead_on(self.Chosen(minutes))
            return
        self._problem = f"Write a number of minutes, from 1 to {MOST_MINUTES}: 10 are enough for most."
        self._mark()

    def action_back(self) -> None:
        """Go back to the roles."""
        self.lead_on(self.Back())

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Take the number that was clicked."""
        self._write(int(message.target))

    def _typed(self) -> int | None:
        """Return what was typed, None if that is no number of minutes a day."""
        typed = self.entry.value.strip()
        minutes = int(typed) if typed.isascii() and typed.isdigit() else 0
        return minutes if 1 <= minutes <= MOST_MINUTES else None

    def _write(self, minutes: int) -> None:
        self.entry.value = str(minutes)
        self.entry.select_all()
        self._mark()

    def _mark(self) -> None:
        self.foot.show(self._foot_rows, cursor=str(self._typed() or ""))

    def _foot_rows(self, width: int) -> list[Row]:
        rows = []
        if self._problem:
            rows += [*hanging(Content.styled("! ", "$wrong"), said(self._problem, "$wrong"), width), BLANK]
        for minutes, words in OFFERED.items():
            line = Content.assemble("  ", f"{minutes:>4} minutes", (f"   {words}", "$quiet"))
            rows.append(Row(line.truncate(width, ellipsis=True), str(minutes)))
        told = "A session ends when they are over, however much is left. You can change it at any time."
        return [*rows, BLANK, *text(told, width, "$quiet")]
