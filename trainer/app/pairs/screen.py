"""Pairs: titles and roles to be matched, as a warm-up."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType

from trainer.app.kit.feature import Back
from trainer.app.kit.row_list import Row, RowList
from trainer.app.kit.screen import RowScreen
from trainer.app.pairs.keys import PAIRS_KEYS
from trainer.app.pairs.view import AGAIN, pairs_page
from trainer.study.pairs import Pairs


class PairsScreen(RowScreen):
    """Asks round after round; nothing of it is kept."""

    BINDINGS: ClassVar[list[BindingType]] = list(PAIRS_KEYS)

    def __init__(self, pairs: Pairs, new_round: Callable[[], Pairs | None]) -> None:
        self._new_round = new_round
        self.pairs = pairs
        super().__init__()

    def on_mount(self) -> None:
        """Show the first title."""
        self._follow()

    def rows(self, width: int) -> list[Row]:
        """Lay the round out."""
        return pairs_page(self.pairs, width)

    def label(self, binding: Binding) -> str:
        """Say what a key does just now."""
        if binding.action == "go":
            return "Take it" if self.pairs.pair else "Another round"
        return "Role" if (binding.id or "").startswith("pairs.role") else binding.description

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what can't be done now."""
        if action == "role":
            return self.pairs.is_left(int(str(parameters[0])))
        if action == "go":
            return self.pairs.pair is None or bool(self.page.cursor)
        return super().check_action(action, parameters)

    def action_role(self, position: int) -> None:
        """Match the title with a role."""
        self.pairs.choose(position)
        self._follow()

    def action_go(self) -> None:
        """Take the role that is marked, or begin another round."""
        if self.pairs.pair is None:
            self.pairs = self._new_round() or self.pairs
            self._follow()
        elif self.page.cursor:
            self._choose(self.page.cursor)

    def action_back(self) -> None:
        """Go back."""
        self.lead_on(Back())

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Take the role that was clicked."""
        self._choose(message.target)

    def on_row_list_moved(self) -> None:
        """Show that Enter takes the role that is marked now."""
        self.bar.follow()

    def _choose(self, target: str) -> None:
        if target == AGAIN:
            self.action_go()
        else:
            self.action_role(int(target.rpartition(".")[2]))

    def _follow(self) -> None:
        found, of = len(self.pairs.found), len(self.pairs.roles)
        self.top.show("Warm-up: titles and roles", f"{found} of {of} · not scheduled", found / of)
        self.show(cursor="")
