"""What Today tells: where the learner stands, and what is to be said once."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from trainer.memory.state import Day
from trainer.reports.overview import Overview
from trainer.reports.roles import RoleStanding


class Standing(Struct, frozen=True, kw_only=True):
    """All that Today tells."""

    overview: Overview
    now: datetime
    day: Day
    role: RoleStanding | None = None
    """The first role that is learned; None without one."""
    learned: tuple[str, ...] = ()
    """The ids of the roles that are learned, in the learner's order."""
    notices: Sequence[str] = ()
    """Sentences that are told once."""
    confusion: str = ""
    """What was taken for something else yesterday; found after the first paint."""
    can_undo: bool = False
    """Whether the last answer was given today, and can be taken back."""

    @property
    def more_due(self) -> bool:
        """Whether more is due, though today's portion is done."""
        return self.overview.due > 0 and not self.waiting

    @property
    def waiting(self) -> int:
        """Cards that Start would ask."""
        return self.overview.again + self.overview.reviews + self.overview.new
