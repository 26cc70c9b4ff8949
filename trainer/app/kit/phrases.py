"""What the screens say: numbers, days and signs, in plain words."""

from functools import lru_cache

from textual.content import Content

from trainer.clean import clean_text
from trainer.humanize import count, short_date, weekday

__all__ = ["count", "short_date", "weekday"]  # of a lower floor, which print uses too

PRACTICE = "practice, nothing is saved"
_LONG = 40
"""A text of so many characters is not said twice on one screen."""


@lru_cache(maxsize=1024)
def said(text: str, style: str = "") -> Content:
    """Return a text from outside as content: never markup, never a control code."""
    return Content.styled(clean_text(text), style)


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
