"""The days with answers, the minutes, and what is ahead, in words and pictures."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from trainer.humanize import MONTHS, count, short_date
from trainer.reports.statistics.days import Days, WeekDone
from trainer.reports.statistics.parts import Bar, Figure, Part, Told, Under, Year
from trainer.reports.week import AIM

_WEEKS = 8
"""Weeks whose minutes are told one by one."""
_LEAST = 12
"""Weeks of the calendar at least."""

_NO_DAY = "No answers yet. From your first session on, every day with answers is marked here."
_NO_MINUTES = "No answers yet. From your first session on, it says here how long you trained, week by week."
_NOTHING_AHEAD = (
    "Nothing comes back in the next two weeks. What you meet comes back after some days: then it says here "
    "how many minutes that takes."
)


def days_parts(days: Days) -> Iterator[Part]:
    """Yield what is told of the days with answers."""
    if days.first is None:
        yield Told(_NO_DAY)
        return
    weeks = days.weeks[-max(_LEAST, len(days.begun)) :]
    yield Year(weeks, days.today, max(1, days.goal // 2))
    yield Figure("This week", _of_aim(days.weeks[-1].practised))
    late = days.late
    if len(late) > 1:
        practised = sum(week.practised for week in late)
        told = f"{count(practised, 'day')}, {practised / len(late):.1f} a week"
        yield Figure(f"Last {len(late)} weeks", told)
    if days.full_weeks:
        yield Figure(f"Weeks with {AIM} days", f"{days.full_weeks} of {len(days.begun)}")
    since = f"{days.first.day} {MONTHS[days.first.month - 1]} {days.first.year}"
    yield Figure("In all", f"{count(days.practised, 'day')} since {since}, {count(days.answers, 'answer')}")


def minutes_parts(days: Days, forecast: Sequence[float]) -> Iterator[Part]:
    """Yield what is told of the minutes that went by, and of those that come."""
    yield from _gone_by(days)
    yield Under("The next two weeks")
    if not any(forecast):
        yield Told(_NOTHING_AHEAD)
        return
    yield Told(
        "What reviews are expected to take. New cards get what they leave of your "
        f"{count(days.goal, 'minute')}, which │ marks."
    )
    most = max(days.goal, *forecast)
    for ahead, minutes in enumerate(forecast):
        day = "Today" if not ahead else short_date(days.today + timedelta(days=ahead))
        yield Bar(day, minutes / most, _minutes(minutes), days.goal / most)


def _gone_by(days: Days) -> Iterator[Part]:
    if days.first is None:
        yield Told(_NO_MINUTES)
        return
    weeks = days.begun[-_WEEKS:]
    most = max(1.0, *(week.minutes for week in weeks))
    yield Told(f"In all {_long(days.minutes)}. Week by week, with the seconds of an answer and its feedback:")
    for week in weeks:
        label = "This week" if week is weeks[-1] else short_date(week.monday)
        yield Bar(label, week.minutes / most, _week(week))


def _week(week: WeekDone) -> str:
    if week.seconds_an_answer is None:
        return "0 min"
    pace = f"{week.seconds_an_answer:.0f} s each"
    return f"{_minutes(week.minutes)}, {count(week.practised, 'day')}, {pace}"


def _of_aim(practised: int) -> str:
    if practised > AIM:
        return f"{practised} days; {AIM} are the aim"
    return f"{practised} of {AIM} days"


def _minutes(minutes: float) -> str:
    """Return minutes in short; what is there is never told as none."""
    return "< 1 min" if 0 < minutes < 0.5 else f"{round(minutes)} min"


def _long(minutes: float) -> str:
    return _minutes(minutes) if minutes < 100 else f"{minutes / 60:.1f} hours"
