"""Numbers and days in plain words, for the screens and for print."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from unicodedata import normalize

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LONG_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONG_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: "1 card", "2 cards"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(parts: Iterable[str]) -> str:
    """Return parts as a list in a sentence: "a, b and c"."""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def short_date(day: date) -> str:
    """Return a date as "Tue 24 Nov", in English whatever the locale."""
    return f"{weekday(day)} {day.day} {MONTHS[day.month - 1]}"


def dated(day: date, today: date) -> str:
    """Return a date as "Tue 24 Nov", with its year where that is another one than today's."""
    return short_date(day) if day.year == today.year else f"{short_date(day)} {day.year}"


def long_date(day: date) -> str:
    """Return a date as "Tuesday 24 November", in English whatever the locale."""
    return f"{LONG_WEEKDAYS[day.weekday()]} {day.day} {LONG_MONTHS[day.month - 1]}"


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


def before(hour: datetime, days: int) -> str:
    """Return "before Friday" for an hour so many days ahead, at least 1."""
    if days == 1:
        return f"tomorrow, before {hour:%H:%M}"
    return f"before {LONG_WEEKDAYS[hour.weekday()] if days < len(_WEEKDAYS) else short_date(hour)}"


def minutes(number: float) -> str:
    """Return a time in words, never none at all."""
    return "less than a minute" if number < 1 else f"about {count(round(number), 'minute')}"


def whole_minutes(seconds: float) -> int:
    """Return an expected time in whole minutes: at least 1 for anything, 0 for nothing."""
    return max(1, round(seconds / 60)) if seconds else 0


def moment(at: datetime) -> str:
    """Return a moment as "Tue 24 Nov 2026, 10:15"."""
    return f"{short_date(at)} {at.year}, {at:%H:%M}"


def size(number: int) -> str:
    """Return how much room bytes take: "12 kB", "3.4 MB"."""
    if number < 1_000_000:
        return f"{max(1, round(number / 1000))} kB"
    return f"{number / 1_000_000:.1f} MB"


_AS_A_CONSONANT = re.compile(
    r"eu|ewe|one\b|once|oui|uni(?!m|n|dent)|unan|ukr|u[bcfgkstr][aeiou]", re.IGNORECASE
)
"""Words that are written with a vowel at their beginning, and are not spoken so: a university, a European."""

_AS_A_VOWEL = re.compile(r"[aeiouœæø]|hour|honest|hono|heir|8|1[18](?:\d\d)?(?!\d)", re.IGNORECASE)
_LETTERS_AS_VOWELS = "AEFHILMNORSX"
"""Letters whose names begin with a vowel: an FOH manager."""
_BY_LETTERS = re.compile(r"(?:[A-Z]{1,3}|[B-DF-HJ-NP-TV-Z]{4})s?(?![A-Za-z])")
"""Abbreviations such as FOH, R&D, L2, F.O.H. and X-ray; a longer one that has a vowel is spoken as a word."""


def with_article(name: str) -> str:
    """Put "a" or "an" before a name, by the sound of its beginning; abbreviations go by their letters."""
    spoken = "".join(sign for sign in normalize("NFKD", name) if sign.isalnum() or sign in " ,.&/-")
    first = spoken.lstrip(" ,.&/-").split(maxsplit=1)[0] if spoken.strip(" ,.&/-") else ""
    if _BY_LETTERS.match(first):
        vowel = first[0] in _LETTERS_AS_VOWELS
    else:
        vowel = bool(_AS_A_VOWEL.match(first)) and not _AS_A_CONSONANT.match(first)
    return f"{'an' if vowel else 'a'} {name}"
