"""The days with answers over a year, and the minutes that they took: sums of what each day counted.

A missed day breaks nothing: what is told is on how many days of a week there were answers, never a streak.
"""

from collections.abc import Mapping
from datetime import timedelta

from msgspec import Struct

from trainer.memory.state import Day, DayTotals
from trainer.reports.week import AIM, Week, week_of

YEAR = 53
"""Weeks: this one, and those of the year before it."""
LATE = 4
"""Weeks, this one among them, that tell how it goes of late."""


class DayDone(Struct, frozen=True):
    """One study day."""

    answers: int = 0
    """0 for a day without any, or one that is still to come."""
    ms: int = 0
    """Milliseconds that its answers took, with their feedback."""

    @property
    def minutes(self) -> float:
        """The same in minutes."""
        return self.ms / 60_000


class WeekDone(Struct, frozen=True):
    """One week."""

    monday: Day
    days: tuple[DayDone, ...]
    """Seven of them."""

    @property
    def practised(self) -> int:
        """Days with answers, 0 to 7."""
        return sum(day.answers > 0 for day in self.days)

    @property
    def answers(self) -> int:
        """All its answers."""
        return sum(day.answers for day in self.days)

    @property
    def minutes(self) -> float:
        """What they took."""
        return sum(day.ms for day in self.days) / 60_000

    @property
    def seconds_an_answer(self) -> float | None:
        """What an answer took on the mean, with its feedback; None without an answer."""
        return self.minutes * 60 / self.answers if self.answers else None


class Days(Struct, frozen=True, kw_only=True):
    """The days of a learner."""

    today: Day
    week: Week
    goal: int
    """The minutes a day that are chosen now, from 1 on."""
    first: Day | None
    """The first day with answers; None without any."""
    practised: int
    """Days with answers, ever."""
    answers: int
    """Answers, ever."""
    minutes: float
    """What they took."""
    weeks: tuple[WeekDone, ...]
    """The weeks of a year, the oldest first; the last one is that of today."""

    @property
    def begun(self) -> tuple[WeekDone, ...]:
        """Those of the weeks since the first day with answers; the last one at least."""
        first = self.first or self.today
        return tuple(week for week in self.weeks if week.monday + timedelta(days=6) >= first)

    @property
    def late(self) -> tuple[WeekDone, ...]:
        """Of these the last four."""
        return self.begun[-LATE:]

    @property
    def full_weeks(self) -> int:
        """Weeks of the year with as many days as are the aim, or more."""
        return sum(week.practised >= AIM for week in self.weeks)


def days_of(totals: Mapping[Day, DayTotals], today: Day, goal: int) -> Days:
    """Return the days of a learner by the totals of each; what a clock put after today is left out."""
    present = list(totals.items())  # a copy: this may be read while somebody goes on answering
    told = {day: each for day, each in present if day <= today and each.reviews > 0}
    monday = today - timedelta(days=today.weekday())
    return Days(
        today=today,
        week=week_of(told, today),
        goal=goal,
        first=min(told, default=None),
        practised=len(told),
        answers=sum(each.reviews for each in told.values()),
        minutes=sum(each.spent_ms for each in told.values()) / 60_000,
        weeks=tuple(_week(told, monday - timedelta(weeks=back)) for back in reversed(range(YEAR))),
    )


def _week(totals: Mapping[Day, DayTotals], monday: Day) -> WeekDone:
    found = (totals.get(monday + timedelta(days=i), DayTotals()) for i in range(7))
    return WeekDone(monday, tuple(DayDone(each.reviews, each.spent_ms) for each in found))
