"""A record can't be opened where nobody else's can be chosen: why, and what can be done."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from trainer.app.kit.layout import BLANK, hanging, text
from trainer.app.kit.phrases import said
from trainer.app.kit.row_list import Row, RowList
from trainer.app.kit.screen import RowScreen
from trainer.app.start.keys import REFUSED_KEYS

_AGAIN, _PRACTICE = "again", "practice"


class RefusedScreen(RowScreen):
    """Says why, and tries again; who can only not save may practise."""

    BINDINGS: ClassVar[list[BindingType]] = list(REFUSED_KEYS)

    def __init__(
        self, problem: str, again: Callable[[], object], practise: Callable[[], object] | None
    ) -> None:
        self._problem, self._again, self._practise = problem, again, practise
        super().__init__()

    def on_mount(self) -> None:
        """Mark trying again."""
        self.top.show("trainer", "")
        self.show(cursor=_AGAIN)

    def rows(self, width: int) -> list[Row]:
        """Lay out why, and what can be done."""
        rows = [
            BLANK,
            *text("Your record can't be opened just now.", width, "bold $strong"),
            *hanging(Content.styled("! ", "$wrong"), said(self._problem, "$wrong"), width),
            BLANK,
            Row(Content.assemble("  ", ("r", "$key"), "  Try again"), _AGAIN),
        ]
        if self._practise:
            words = "  Practise instead: everything works, nothing is saved"
            rows.append(Row(Content.assemble("  ", ("p", "$key"), words), _PRACTICE))
        return rows

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer practice only where it helps."""
        if action == "practice":
            return self._practise is not None
        return super().check_action(action, parameters)

    def action_again(self) -> None:
        """Try again."""
        self._again()

    def action_practice(self) -> None:
        """Train without saving."""
        if self._practise:
            self._practise()

    def action_go(self) -> None:
        """Take the line that is marked."""
        self._take(self.page.cursor)

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Take the line that was clicked."""
        self._take(message.target)

    def _take(self, target: str) -> None:
        if target == _PRACTICE:
            self.action_practice()
        else:
            self.action_again()
