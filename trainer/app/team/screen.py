"""How a team stands with its drills."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import BindingType

from trainer.app.kit.feature import Back
from trainer.app.kit.row_list import Row
from trainer.app.kit.screen import RowScreen
from trainer.app.team.keys import TEAM_KEYS
from trainer.app.team.view import team_page
from trainer.errors import TrainerError
from trainer.reports.team import DrillReport, TeamReport

_SECONDS = 8
"""How long it is told where a page was saved."""


class TeamScreen(RowScreen):
    """Shows the report on a team, a drill at a time; `hand_over` hands it over as a page, and says so.

    `again` makes the next drill of what was mixed up in one; None for who leads no team.
    """

    BINDINGS: ClassVar[list[BindingType]] = list(TEAM_KEYS)

    def __init__(
        self,
        report: TeamReport,
        hand_over: Callable[[TeamReport], str],
        again: Callable[[DrillReport], object] | None = None,
    ) -> None:
        self._report, self._hand_over, self._again, self._place = report, hand_over, again, 0
        super().__init__()

    def on_mount(self) -> None:
        """Show the drill that is due first."""
        self._show()

    def rows(self, width: int) -> list[Row]:
        """Lay the report out."""
        return team_page(self._report, self._place, width)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what there is nothing for: another drill, a drill on what was mixed up."""
        if action == "again":
            return bool(self._again and self._report.drills and self._report.drills[self._place].confusions)
        if action == "step":
            return len(self._report.drills) > 1
        return super().check_action(action, parameters)

    def action_step(self, step: int) -> None:
        """Show the drill before or after."""
        self._place = (self._place + step) % len(self._report.drills)
        self._show()

    def action_again(self) -> None:
        """Make the next drill of what was mixed up in this one."""
        if self._again:
            self._again(self._report.drills[self._place])

    def action_print(self) -> None:
        """Hand the report over as a page."""
        try:
            told = self._hand_over(self._report)
        except TrainerError as error:
            told = str(error)
        self.app.notify(told, markup=False, timeout=_SECONDS)

    def action_back(self) -> None:
        """Go back."""
        self.lead_on(Back())

    def _show(self) -> None:
        drills = len(self._report.drills)
        self.top.show(
            f"Team: {self._report.name}", f"drill {self._place + 1} of {drills}" if drills > 1 else ""
        )
        self.show()
