"""The brief for a role, and for one of its levels."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from trainer.app.interview.brief_view import brief_rows
from trainer.app.interview.keys import BRIEF_KEYS
from trainer.app.interview.printing import print_brief
from trainer.app.kit.copying import copy
from trainer.app.kit.feature import Back
from trainer.app.kit.host import Host
from trainer.app.kit.phrases import said
from trainer.app.kit.pick import PickScreen
from trainer.app.kit.row_list import Row
from trainer.app.kit.screen import RowScreen
from trainer.engine.engine import Engine
from trainer.errors import TrainerError
from trainer.reports.brief import Brief
from trainer.reports.brief_page import brief_page
from trainer.reports.roles import RoleEntry

_SECONDS = 8
"""How long it is told where a page was saved."""


class BriefScreen(RowScreen):
    """Shows a brief; it is read from the top to the end."""

    BINDINGS: ClassVar[list[BindingType]] = list(BRIEF_KEYS)

    def __init__(
        self, host: Host, engine: Engine, roles: Sequence[RoleEntry], brief: Brief, *, over: bool = False
    ) -> None:
        """Show a brief first; `over` says whether it lies over another screen than a place."""
        self._host = host
        self._engine, self._roles, self._brief, self._over = engine, roles, brief, over
        super().__init__()

    def on_mount(self) -> None:
        """Show it from the top."""
        self._show(self._brief)

    def rows(self, width: int) -> list[Row]:
        """Lay the brief out."""
        return brief_rows(brief_page(self._brief), width)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what there is nothing for: another level, another role, a search string."""
        match action:
            case "step":
                return bool(self._brief.levels)
            case "role":
                return len(self._roles) > 1
            case "copy":
                return bool(self._brief.search)
        return super().check_action(action, parameters)

    def action_step(self, step: int) -> None:
        """Take the level before or after; before the first one stand all of them."""
        names = ["", *(level.id for level in self._brief.levels)]
        place = names.index(self._brief.level.id if self._brief.level else "")
        self._ask(self._brief.sheet, names[(place + step) % len(names)])

    def action_role(self) -> None:
        """Ask for which role it should be."""
        ids = [role.id for role in self._roles]

        def take(place: int | None) -> None:
            if place is not None:
                self._ask(ids[place])

        names = [said(role.name) for role in self._roles]
        first = ids.index(self._brief.sheet) if self._brief.sheet in ids else 0
        self.app.push_screen(PickScreen("The brief for which role?", names, verb="Show", first=first), take)

    def action_copy(self) -> None:
        """Copy the search string."""
        copy(self.app, self._brief.search, "The search string is copied.")

    def action_print(self) -> None:
        """Hand the brief over as a page."""
        self._tell(print_brief(self._host, self._engine, self._brief))

    def action_back(self) -> None:
        """Go back."""
        if self._over:
            self.dismiss(None)
        else:
            self.lead_on(Back())

    def _ask(self, role: str, level: str = "") -> None:
        try:
            self._show(self._engine.brief(role, level))
        except TrainerError as error:  # its sheet is gone meanwhile
            self._tell(str(error))

    def _show(self, brief: Brief) -> None:
        self._brief = brief
        self._note_read()
        self.top.show(f"Brief: {brief.role}", brief.level.name if brief.level else "all levels")
        self.show()

    def _note_read(self) -> None:
        try:
            self._engine.brief_was_read(self._brief.sheet)
        except TrainerError as error:  # then it only has no check mark
            self._tell(str(error))

    def _tell(self, words: str) -> None:
        self.app.notify(words, markup=False, timeout=_SECONDS)
