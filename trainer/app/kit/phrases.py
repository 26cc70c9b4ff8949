"""What the screens say: numbers, days and signs, in plain words."""

from functools import lru_cache

from textual.content import Content

from trainer.clean import clean_text
from trainer.humanize import count, in_days, long_date, minutes, short_date, weekday

__all__ = ["count", "in_days", "long_date", "minutes", "short_date", "weekday"]  # print uses them too

KNOW, SOON, TO_COME = "■", "▪", "·"
"""Cards that are known, that were met, and that are still to be met."""
PRACTICE = "practice, nothing is saved"


@lru_cache(maxsize=1024)
def said(text: str, style: str = "") -> Content:
    """Return a text from outside as content: never markup, never a control code."""
    return Content.styled(clean_text(text), style)
