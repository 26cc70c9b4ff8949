"""What Today tells: where the learner stands, and what is to be said once."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from trainer.memory.state import Day
from trainer.reports.overview import Overview


class Standing(Struct, frozen=True, kw_only=True):
    """All that Today tells."""

    overview: Overview
    now: datetime
    day: Day
    notices: Sequence[str] = ()
    """Sentences that are told once."""
    confusion: str = ""
    """What was taken for something else yesterday; found after the first paint."""
    can_undo: bool = False
    """Whether the last answer was given today, and can be taken back."""

    @property
    def waiting(self) -> int:
        """Cards that Start would ask."""
        return self.overview.due + self.overview.new
