"""The statistics in words and pictures: what stands in which section, for every front end."""

from collections.abc import Iterator

from trainer.humanize import short_date
from trainer.reports.profile import Profile
from trainer.reports.profile_words import NOTHING, profile_lines
from trainer.reports.statistics.contrast import HardCard, MixUp
from trainer.reports.statistics.days import Days
from trainer.reports.statistics.days_words import days_parts, minutes_parts
from trainer.reports.statistics.measured import MISTAKES_OF
from trainer.reports.statistics.parts import Entry, Figure, Part, Section, Told
from trainer.reports.statistics.rates_words import accuracy_parts, promise_parts
from trainer.reports.statistics.whole import Statistics
from trainer.study.turns import LEECH_LAPSES

SHORT = {
    "days": ("Days", "Days with answers"),
    "minutes": ("Minutes", "Minutes, and what is ahead"),
    "right": ("Right", "Right at first try"),
    "promised": ("Promised", "Promised beside measured"),
    "hard": ("Hard", "Hard cards"),
    "mixed": ("Mix-ups", "What you mix up"),
    "rating": ("Rating", "How you rate answers"),
}
"""The sections in their order: what each is called in a word or two, and its title."""

_WAYS_OUT = (
    "Practice alone may not help with these. Practise one beside what you take it for, rewrite it so that "
    "you see the difference, or put it away."
)
_NOT_HARD = (
    f"No card is hard. One that you miss on {LEECH_LAPSES} days after you met it is listed here, with ways "
    "out, until you know it."
)
_NOT_MIXED = (
    f"Nothing was mixed up in the last {MISTAKES_OF} days. The wrong choice is listed here when you "
    "miss a card that you met on an earlier day, so that you can practise the two side by side."
)


def section_of_days(days: Days) -> Section:
    """Return the section that needs no history."""
    return _section("days", days_parts(days))


def sections(found: Statistics) -> Iterator[Section]:
    """Yield all sections."""
    yield section_of_days(found.days)
    yield _section("minutes", minutes_parts(found.days, found.forecast))
    yield _section("right", accuracy_parts(found.accuracy))
    yield _section("promised", promise_parts(found.promise))
    yield _section("hard", _hard(found.hard))
    yield _section("mixed", _mixed(found.mix_ups))
    yield _section("rating", _rating(found.rating))


def _section(name: str, parts: Iterator[Part]) -> Section:
    return Section(name, *SHORT[name], tuple(parts))


def _hard(cards: tuple[HardCard, ...]) -> Iterator[Part]:
    if not cards:
        yield Told(_NOT_HARD)
        return
    yield Told(_WAYS_OUT)
    for place, card in enumerate(cards):
        more = f"{card.topic} · mostly you {card.mistake}" if card.mistake else card.topic
        yield Entry(f"hard {place}", card.asks, f"missed {card.misses} of {card.tries}", more)


def _mixed(found: tuple[MixUp, ...]) -> Iterator[Part]:
    if not found:
        yield Told(_NOT_MIXED)
        return
    yield Told(f"What you took for something else in the last {MISTAKES_OF} days, and do not know yet.")
    for place, each in enumerate(found):
        yield Entry(f"mix {place}", f"You {each.words}", _times(each.times), f"last {short_date(each.last)}")


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _rating(profile: Profile) -> Iterator[Part]:
    lines = profile_lines(profile)
    if not lines:
        yield Told(NOTHING)
    for label, words in lines:
        yield Figure(label, words)
