"""The clock, and which study day an instant belongs to."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo

ROLLOVER = timedelta(hours=4)
"""A study day begins at 04:00 by the local wall clock: a late evening belongs to its day."""

Clock = Callable[[], datetime]
"""Tells the present instant with its time zone."""


def system_clock() -> datetime:
    """Return the present instant in the local time zone."""
    return datetime.now().astimezone()


def study_day(at: datetime) -> date:
    """Return the study day of an instant, by the wall clock of the instant's own time zone.

    Raises ValueError for an instant without a time zone.
    """
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return (at.replace(tzinfo=None) - ROLLOVER).date()


def microseconds(at: datetime) -> int:
    """Return the whole microseconds from the epoch to an instant."""
    return round(at.timestamp() * 1_000_000)


def instant(microseconds: int, zone: tzinfo | None) -> datetime:
    """Return the instant so many microseconds after the epoch, by the clock of a time zone."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)).astimezone(zone)
