"""What Today tells: where the learner stands, and what is to be said once."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from trainer.humanize import count, in_days
from trainer.memory.state import Day
from trainer.reports.overview import Overview
from trainer.reports.roles import RoleStanding
from trainer.reports.week import Week

_WELL_BELOW = 0.8
"""A portion of no more than this part of the minutes is one that somebody may wonder about."""
_CAUGHT_UP = ((2, "a few days"), (8, "a week or two"), (20, "a few weeks"))
"""By the most days that are expected, what is said of them."""
_BREAK = 3
"""From so many days without an answer on one speaks of a break."""


class Standing(Struct, frozen=True, kw_only=True):
    """All that Today tells."""

    overview: Overview
    now: datetime
    day: Day
    week: Week
    role: RoleStanding | None = None
    """The first role that is learned; None without one."""
    learned: tuple[str, ...] = ()
    """The ids of the roles that are learned, in the learner's order."""
    notices: Sequence[str] = ()
    """Sentences that are told once."""
    confusion: str = ""
    """What was taken for something else yesterday; found after the first paint."""
    away: int | None = None
    """Days since the last one before today with an answer; None when there was none: it is the first day."""
    tomorrow: int = 0
    """Minutes that tomorrow is expected to take; reckoned only when nothing is waiting any more."""
    further: int = 0
    """Cards that going on would ask where more is due though nothing is waiting; else 0."""

    @property
    def more_due(self) -> bool:
        """Whether more is due, though today's portion is done."""
        return self.overview.due > 0 and not self.waiting

    @property
    def waiting(self) -> int:
        """Cards that Start would ask."""
        return self.overview.to_see_again + self.overview.new

    @property
    def first_day(self) -> bool:
        """Whether there was no answer before today."""
        return self.away is None

    @property
    def done(self) -> str:
        """What stands in the place of the button when nothing is waiting; empty as long as something is."""
        if self.waiting:
            return ""
        if not self.overview.has_cards:
            return "There are no cards: no sheet could be read."
        if not self.overview.today.reviews:
            return "Nothing is due today."
        return f"Done for today: {self.overview.time_today}"

    @property
    def work(self) -> str:
        """What Start would ask, or what comes tomorrow when nothing is waiting."""
        seen = self.overview
        if self.waiting:
            parts = [f"{seen.see_again_told} to see again"] if seen.to_see_again else []
            return ", ".join([*parts, f"{seen.new} new"] if seen.new else parts)
        if self.tomorrow:
            return f"Tomorrow: about {count(self.tomorrow, 'minute')}."
        if seen.next_due:
            return f"The next card comes back {in_days((seen.next_due - self.day).days)}."
        return ""

    @property
    def more(self) -> str:
        """What going on would bring when nothing is waiting; empty when there is nothing."""
        seen = self.overview
        if self.waiting or not (seen.due or seen.more_new):
            return ""
        if seen.due:
            return f"Go on: {self.further} more to see again"
        return "Go on with new cards"

    @property
    def sentence(self) -> str:
        """The one sentence that Today has for the learner, empty for none."""
        seen = self.overview
        if self.first_day:
            return "A few minutes a day are enough: what you meet today comes back on other days."
        if seen.caught_up_in != 0 and self.waiting:
            soon = _soon(seen)
            if (self.away or 0) >= _BREAK:
                return f"Welcome back. This is today's portion: {soon}"
            return f"More is waiting than fits into one day: {soon}"
        if not self.waiting:
            return ""
        return " ".join(filter(None, (self.week.begins, self.confusion))) or self._room_left

    @property
    def _room_left(self) -> str:
        """Why a day's portion is well below its minutes though new cards are there; empty where it is not."""
        seen = self.overview
        if not seen.more_new or seen.today.reviews or seen.minutes > _WELL_BELOW * seen.minutes_a_day:
            return ""
        day = count(seen.minutes_a_day, "minute")
        new, more = ("Fewer", "more") if seen.new else ("No", "some")
        return f"{new} new cards today, so that the coming days stay within {day}. m brings {more}."


def _soon(seen: Overview) -> str:
    """Return when no more is due than a day takes; where nobody can tell, what is asked until then.

    In words: whoever answers a little better or worse than before needs half or twice the days.
    """
    for most, words in _CAUGHT_UP:
        if seen.caught_up_in is not None and seen.caught_up_in <= most:
            return f"at {count(seen.minutes_a_day, 'minute')} a day you are caught up in {words}."
    return "what matters most comes first."
