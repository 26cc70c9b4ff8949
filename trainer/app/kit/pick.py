"""A question with a few answers, one of which is picked: where to cut a title, where a line belongs."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from trainer.app.kit.dialog import DialogScreen
from trainer.app.kit.keys import DIGITS, PICK_KEYS
from trainer.app.kit.layout import BLANK, hanging, text
from trainer.app.kit.row_list import Row, RowList


class PickScreen(DialogScreen[int | None]):
    """Ends with the position of the answer that was picked, or None."""

    BINDINGS: ClassVar[list[BindingType]] = list(PICK_KEYS)

    def __init__(self, question: str, answers: Sequence[Content], *, verb: str, first: int = 0) -> None:
        self._question = question
        self._answers = answers
        self._verb = verb
        self._first = first
        super().__init__()

    def on_mount(self) -> None:
        """Mark the answer to begin with."""
        self._page.show(self._rows, cursor=str(self._first))
        self._page.bring(str(self._first))

    def label(self, binding: Binding) -> str:
        """Say what Enter does here."""
        return self._verb if binding.action == "go" else binding.description

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out digits that stand for no answer."""
        return action != "pick" or int(str(parameters[0])) < len(self._answers)

    def action_move(self, step: int) -> None:
        """Mark another answer."""
        self._page.action_move(step)

    def action_pick(self, position: int) -> None:
        """Take an answer by its digit."""
        self.dismiss(position)

    def action_go(self) -> None:
        """Take the answer that is marked."""
        self.dismiss(int(self._page.cursor))

    def action_back(self) -> None:
        """Leave it as it is."""
        self.dismiss(None)

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Take the answer that was clicked."""
        self.dismiss(int(message.target))

    def _rows(self, width: int) -> list[Row]:
        rows = [*text(self._question, width, "bold $strong"), BLANK]
        for position, answer in enumerate(self._answers):
            digit = str(position + 1) if position < DIGITS else " "
            head = Content.assemble("  ", (digit, "$key"), "  ")
            rows += hanging(head, answer, width, target=str(position))
        return rows
