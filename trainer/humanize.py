"""Numbers and days in plain words, for the screens and for print."""

from datetime import date, datetime

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: "1 card", "2 cards"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def short_date(day: date) -> str:
    """Return a date as "Tue 24 Nov", in English whatever the locale."""
    return f"{weekday(day)} {day.day} {_MONTHS[day.month - 1]}"


def weekday(day: date) -> str:
    """Return the short name of a day of the week."""
    return _WEEKDAYS[day.weekday()]


def in_days(days: int) -> str:
    """Return when something comes, in so many days."""
    if days <= 0:
        return "later today"
    if days == 1:
        return "tomorrow"
    if days < 60:
        return f"in {days} days"
    return f"in about {round(days / 30.4)} months"


def minutes(number: float) -> str:
    """Return a time in words, never none at all."""
    return "less than a minute" if number < 1 else f"about {count(round(number), 'minute')}"


def moment(at: datetime) -> str:
    """Return a moment as "Tue 24 Nov 2026, 10:15"."""
    return f"{short_date(at)} {at.year}, {at:%H:%M}"


def size(number: int) -> str:
    """Return how much room bytes take: "12 kB", "3.4 MB"."""
    if number < 1_000_000:
        return f"{max(1, round(number / 1000))} kB"
    return f"{number / 1_000_000:.1f} MB"
