"""What the screens say: numbers, days and signs, in plain words."""

from datetime import datetime
from functools import lru_cache

from textual.content import Content

from trainer.clean import clean_text
from trainer.memory.state import Day

PRACTICE = "practice, nothing is saved"
_LONG = 40
"""A text of so many characters is not said twice on one screen."""


@lru_cache(maxsize=1024)
def said(text: str, style: str = "") -> Content:
    """Return a text from outside as content: never markup, never a control code."""
    return Content.styled(clean_text(text), style)


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: "1 card", "2 cards"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def without_end(answer: str, known: str) -> str:
    """Return an answer without what it ends with, if that is long and stands on the screen already."""
    if len(known) < _LONG or not answer.endswith(known):
        return answer
    return answer.removesuffix(known).rstrip(": ")


def minutes(number: float) -> str:
    """Return a time in words, never none at all."""
    return "less than a minute" if number < 1 else f"about {count(round(number), 'minute')}"


def in_days(days: int) -> str:
    """Return when something comes, in so many days."""
    if days <= 0:
        return "later today"
    if days == 1:
        return "tomorrow"
    if days < 60:
        return f"in {days} days"
    return f"in about {round(days / 30.4)} months"


def greeting(now: datetime) -> str:
    """Return the greeting for a time of the day."""
    if 4 <= now.hour < 12:
        return "Good morning."
    return "Good afternoon." if 12 <= now.hour < 18 else "Good evening."


def short_date(day: Day) -> str:
    """Return a date as "Tue 24 Nov", in English whatever the locale."""
    return f"{weekday(day)} {day.day} {_MONTHS[day.month - 1]}"


def weekday(day: Day) -> str:
    """Return the short name of a day of the week."""
    return _WEEKDAYS[day.weekday()]


_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
