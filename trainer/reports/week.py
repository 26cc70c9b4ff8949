"""The days of this week with answers: four are the aim, and a missed one breaks nothing."""

from collections.abc import Collection
from datetime import timedelta

from msgspec import Struct

from trainer.humanize import count
from trainer.memory.state import Day

AIM = 4
"""Days a week."""


class Week(Struct, frozen=True, kw_only=True):
    """A week from Monday on, as far as it has come."""

    days: tuple[bool, ...]
    """Whether there was an answer, by day of the week: seven, those that a wrong clock put ahead left out."""
    today: int
    """Which of them is today, from 0 on."""
    last: int = 0
    """Days with answers in the week before."""

    @property
    def number(self) -> int:
        """Which of the week's days today is, if it is counted; from 1 on."""
        return sum(self.days) + (not self.days[self.today])

    @property
    def begins(self) -> str:
        """That the count starts over, in a sentence; empty once this week has an answer, and after none."""
        if any(self.days) or not self.last:
            return ""
        begun = "Nothing yet this week" if self.today else "A new week begins"
        return f"{begun}: last week you trained on {count(self.last, 'day')}."

    @property
    def words(self) -> str:
        """Where the week stands, in words."""
        return f"day {self.number} of {AIM}" if self.number <= AIM else f"day {self.number}, aim {AIM}"


def week_of(answered: Collection[Day], day: Day) -> Week:
    """Return the week of a day, of the days with answers."""
    monday = day - timedelta(days=day.weekday())
    week = [monday + timedelta(days=i) for i in range(7)]
    return Week(
        days=tuple(each <= day and each in answered for each in week),
        today=day.weekday(),
        last=sum(monday - timedelta(days=i) in answered for i in range(1, 8)),
    )
