"""Statistics: a rater's profile."""

from typing import ClassVar

from textual.binding import BindingType

from trainer.app.kit.feature import Back
from trainer.app.kit.row_list import Row
from trainer.app.kit.screen import RowScreen
from trainer.app.statistics.keys import STATISTICS_KEYS
from trainer.app.statistics.view import statistics_page
from trainer.reports.profile import Profile


class StatisticsScreen(RowScreen):
    """Tells how near a learner's ratings come to the references."""

    BINDINGS: ClassVar[list[BindingType]] = list(STATISTICS_KEYS)

    def __init__(self, profile: Profile, recruiter: str) -> None:
        self._profile, self._recruiter = profile, recruiter
        super().__init__()

    def on_mount(self) -> None:
        """Show the figures."""
        self.top.show("Statistics", self._recruiter)
        self.show()

    def rows(self, width: int) -> list[Row]:
        """Lay the figures out."""
        return statistics_page(self._profile, width)

    def action_back(self) -> None:
        """Go back."""
        self.lead_on(Back())
