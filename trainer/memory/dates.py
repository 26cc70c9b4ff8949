"""Dates and hours as people write them, as long as they can mean one thing only."""

import re
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from trainer.clean import clean_line
from trainer.errors import TrainerError
from trainer.humanize import LONG_MONTHS, LONG_WEEKDAYS, short_date
from trainer.memory.state import Day

_HOW = 'Write it as "2026-12-03", "3 Dec", "Thu", "today" or "tomorrow".'
TODAY, _TOMORROW = "today", "tomorrow"
_WITH_MONTH = re.compile(r"(?:(\d{1,2})\.? ([a-z]{3,9})|([a-z]{3,9}) (\d{1,2}))\.?,?(?: (\d{4}))?", re.ASCII)
_TO_THE_NEXT_LEAP_DAY = 9
"""Years in which every date comes once at least: 1900 and 2100 have no 29 February."""
_EARLY_OR_LATE = re.compile(r"([1-6])[:.]([0-5]\d)", re.ASCII)
_HOURS = ("%H:%M", "%H.%M", "%I %p", "%I%p", "%I:%M %p", "%I:%M%p")


class DateError(TrainerError):
    """A date is none, or can't be meant."""


class HourError(TrainerError):
    """An hour is none, or can't be meant on its day."""


def read_date(written: str, today: Day) -> Day:
    """Return the date that is meant on a day: 2026-12-03, 3 Dec, 3 December 2026, Thu, today, tomorrow.

    Without a year it is the next one of that date, and a day of the week is the next one after today. Raises
    DateError for what can mean two dates, or none.
    """
    wanted = " ".join(written.casefold().split())
    if wanted in {TODAY, _TOMORROW}:
        return today + timedelta(days=wanted == _TOMORROW)
    if (day := _weekday(wanted)) is not None:
        ahead = (day - today.weekday()) % 7
        if not ahead:
            raise DateError(f'Today is {short_date(today)}: write "today", or the date that you mean.')
        return today + timedelta(days=ahead)
    try:
        found = _with_month(wanted, today) or date.fromisoformat(wanted)
    except ValueError as error:
        raise DateError(f'"{clean_line(written)[:40]}" is no date that is sure. {_HOW}') from error
    return found


def read_hour(written: str) -> time:
    """Return the hour that is meant: 14:00, 14.00, 2 pm.

    Raises HourError for another, and for what may be an hour of the night or of the afternoon, as 2:30.
    """
    wanted = " ".join(written.casefold().split())
    if unclear := _EARLY_OR_LATE.fullmatch(wanted):
        hour, minute = int(unclear[1]), unclear[2]
        raise HourError(f'"{wanted}" may mean 0{hour}:{minute} or {hour + 12}:{minute}. Write which.')
    for form in _HOURS:
        with suppress(ValueError):
            return datetime.strptime(wanted, form).time()  # noqa: DTZ007 — no date is in it
    raise HourError(f'"{clean_line(written)[:40]}" is no hour: write it as "14:00".')


def at_hour(day: Day, hour: time, now: datetime) -> datetime:
    """Return the instant of an hour on a day by the wall clock of now, whatever its offset is by then.

    Of an hour that comes twice, when the clocks go back, it is the first. Raises HourError for one that is
    left out as they go forward.
    """
    wanted = datetime.combine(day, hour)
    if not _by_wall_clock(now):
        return wanted.replace(tzinfo=now.tzinfo)
    found = wanted.astimezone()
    if found.replace(tzinfo=None) != wanted:
        raise HourError(
            f"There is no {hour:%H:%M} on {short_date(day)} {day.year}: the clocks go forward in that hour. "
            "Write another one."
        )
    return found


def here(at: datetime, now: datetime) -> datetime:
    """Return an instant by the wall clock of now, whatever its offset is by then."""
    return at.astimezone(None if _by_wall_clock(now) else now.tzinfo)


def comes_twice(at: datetime, now: datetime) -> bool:
    """Return whether the hour of an instant comes twice by the wall clock of now: the clocks go back."""
    wanted = at.replace(tzinfo=None)
    second = wanted.replace(fold=1).astimezone()
    return _by_wall_clock(now) and wanted.astimezone().utcoffset() != second.utcoffset()


def _by_wall_clock(now: datetime) -> bool:
    """Return whether the clock tells the time of this machine."""
    return now.replace(tzinfo=None).astimezone().utcoffset() == now.utcoffset()


def _weekday(wanted: str) -> int | None:
    return _begun_by(wanted, LONG_WEEKDAYS)


def _with_month(wanted: str, today: Day) -> Day | None:
    found = _WITH_MONTH.fullmatch(wanted)
    month = _begun_by(found[2] or found[3], LONG_MONTHS) if found else None
    if not found or month is None:
        return None
    number = int(found[1] or found[4])
    if found[5]:
        return date(int(found[5]), month + 1, number)
    for year in range(today.year, today.year + _TO_THE_NEXT_LEAP_DAY):
        with suppress(ValueError):
            if (day := date(year, month + 1, number)) >= today:
                return day
    raise ValueError


def _begun_by(wanted: str, names: tuple[str, ...]) -> int | None:
    """Return the place of the name that is meant by three letters of its beginning, or more."""
    if len(wanted) < len("Mon"):
        return None
    found = [place for place, name in enumerate(names) if name.casefold().startswith(wanted)]
    return found[0] if len(found) == 1 else None
