"""A question before something is thrown away; the safe answer is marked."""

from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from trainer.app.kit.dialog import DialogScreen
from trainer.app.kit.keys import CONFIRM_KEYS
from trainer.app.kit.layout import BLANK, hanging, text
from trainer.app.kit.phrases import said
from trainer.app.kit.row_list import Row, RowList

_NO, _YES = "no", "yes"


class ConfirmScreen(DialogScreen[bool]):
    """Ends with True if it was confirmed; Enter and Escape keep all as it is."""

    BINDINGS: ClassVar[list[BindingType]] = list(CONFIRM_KEYS)

    def __init__(self, question: str, *, no: str, yes: str) -> None:
        self._question = self.unread = question
        self._answers = {_NO: no, _YES: yes}
        super().__init__()

    def on_mount(self) -> None:
        """Mark the safe answer."""
        self._page.show(self._rows, cursor=_NO)

    def action_go(self) -> None:
        """Take the answer that is marked."""
        self._answered(yes=self._page.cursor == _YES)

    def action_answer(self, yes: bool) -> None:  # noqa: FBT001 — it comes from the binding
        """Take an answer by its digit, or leave all as it is."""
        self._answered(yes=yes)

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Take the answer that was clicked."""
        self._answered(yes=message.target == _YES)

    def _answered(self, *, yes: bool) -> None:
        self.dismiss(yes)

    def _rows(self, width: int) -> list[Row]:
        rows = [*text(self._question, width, "bold $strong"), BLANK]
        for digit, (target, words) in enumerate(self._answers.items(), start=1):
            head = Content.assemble("  ", (str(digit), "$key"), "  ")
            rows += hanging(head, said(words), width, target=target)
        return rows
