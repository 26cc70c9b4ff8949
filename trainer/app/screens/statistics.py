"""Statistics: a rater's profile."""

from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from trainer.app.keys import STATISTICS_KEYS
from trainer.app.pages.statistics import statistics_page
from trainer.app.screens.base import PageScreen
from trainer.app.widgets.page import Row
from trainer.reports.profile import Profile


class StatisticsScreen(PageScreen):
    """Tells how near a learner's ratings come to the references."""

    BINDINGS: ClassVar[list[BindingType]] = list(STATISTICS_KEYS)

    class Back(Message):
        """Today is wanted."""

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
        """Go back to Today."""
        self.lead_on(self.Back())
