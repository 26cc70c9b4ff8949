"""Readiness: how many cards of a role a learner would know at an hour, corrected by their own answers.

A model of memory is too hopeful for some learners and too gloomy for others. So the logit of what it says is
shifted by what the learner's own first tries tell (`shift`).

A count with a band is told, never a decimal. How true it is for memories that FSRS does not describe:
see docs/decisions/0011-readiness.md.
"""

import math
from collections.abc import Collection, Mapping
from datetime import datetime
from statistics import fmean
from typing import NamedTuple, Protocol

from msgspec import Struct

from trainer.cards.decks import DECKS
from trainer.humanize import count
from trainer.memory.calendar import microseconds
from trainer.memory.model import SAME_DAY, retrievability
from trainer.memory.state import CardState, Marks
from trainer.reports.experience import Experience
from trainer.reports.shift import Shift, Standing, sigmoid

ENOUGH = 20
"""First tries below which nothing is told."""
FEW = 4
"""Cards below which a part of a role has no band of its own."""

_TIMES, _BESIDES = 1.28, 0.19
"""The band: so many standard deviations, and as much besides, for what differs between cards otherwise."""

_DAY = 86_400 * 1_000_000
"""Microseconds of a day."""


class Band(Struct, frozen=True, kw_only=True):
    """How many of some cards would be known."""

    least: int
    likely: int
    most: int
    """Never all of them."""
    cards: int


class Readiness(Struct, frozen=True, kw_only=True):
    """How much of a role would be known at an hour."""

    cards: int
    """All of the role; where a level is named, without interview questions for other levels."""
    met: int
    """Cards that were met and not put away; of no other is anything known."""
    scored: int
    """First tries that tell it, at most `experience.NEWEST`."""
    whole: Band | None = None
    """Of all cards; None where it is too early to tell."""
    decks: dict[str, Band] = {}
    """By the deck's id, of those that have FEW cards or more; empty where it is too early to tell."""
    level: str = ""
    """The name of the level that is hired for, if one was named."""
    questions: Band | None = None
    """Of the cards on the interview questions of that level; None where they are fewer than FEW."""


class Hired(NamedTuple):
    """A level that is hired for."""

    level: str
    """Its name."""
    cards: Collection[str]
    """The ids of those on its interview questions."""


class Known(Protocol):
    """What a record has to tell of a card."""

    def state(self, card: str) -> CardState | None:
        """Return the memory of a card, None when it is new."""

    def marks(self, card: str) -> Marks:
        """Return what the recruiter said of a card."""


# What would be known


def readiness(
    cards: Collection[str],
    record: Known,
    known: Experience,
    at: datetime,
    hired: Hired | None = None,
) -> Readiness:
    """Return how many of a role's cards would be known at an hour, if nothing is asked until then.

    Where a level is hired for, `cards` are without the questions for other levels. What was not met or is
    put away is not known. Raises ValueError for an hour without a time zone.
    """
    if at.tzinfo is None:
        raise ValueError("an hour needs a time zone")
    standings = {card: its for card in cards if (its := _standing_at(card, record, known, at))}
    early = known.scored < ENOUGH

    def band(some: Collection[str], fewest: int) -> Band | None:
        return None if early or len(some) < fewest else _band(some, standings, known.shift)

    by_deck = {deck: [card for card in cards if _deck(card) == deck] for deck in DECKS}
    return Readiness(
        cards=len(cards),
        met=len(standings),
        scored=known.scored,
        whole=band(cards, 1),
        decks={deck: found for deck, some in by_deck.items() if (found := band(some, FEW))},
        level=hired.level if hired else "",
        questions=band(hired.cards, FEW) if hired else None,
    )


def _band(cards: Collection[str], standings: Mapping[str, Standing], shift: Shift) -> Band:
    met = [standings[card] for card in cards if card in standings]
    traits = [each.traits for each in met]
    half = _BESIDES
    if met:
        a, b, c, d = (fmean(column) for column in zip(*traits, strict=True))
        half += _TIMES * shift.deviation((a, b, c, d))
    logits = [each.logit + shift.of(its) for each, its in zip(met, traits, strict=True)]
    least, likely, most = (sum(sigmoid(logit + moved) for logit in logits) for moved in (-half, 0, half))
    not_all = len(cards) - 1
    return Band(
        least=math.floor(least),
        likely=min(not_all, round(likely)),
        most=min(not_all, math.ceil(most)),
        cards=len(cards),
    )


def _standing_at(card: str, record: Known, known: Experience, at: datetime) -> Standing | None:
    """Return where a card stands at an hour, None for one that was not met or is put away."""
    state = record.state(card)
    if state is None or record.marks(card).suspended:
        return None
    last = known.last.get(card, microseconds(at))
    days = max(SAME_DAY, (microseconds(at) - last) / _DAY)
    return Standing(retrievability(state.stability, days), not state.right_days, state.reps, days)


def _deck(card: str) -> str:
    return card.split("/")[1]


# In words


def in_words(told: Readiness, when: str = "now") -> str:
    """Return a readiness in a sentence."""
    if not told.met:
        return f"You have met none of its {_cards(told, told.cards)} yet." if told.cards else ""
    if told.whole is None:
        return (
            f"Too early to tell what you would know: it takes {ENOUGH} answers on cards that you met on an "
            f"earlier day, and there are {told.scored}."
        )
    return f"You would know {of_all(told.whole, _cards(told, told.whole.cards))} {when}."


def in_parts(told: Readiness) -> str:
    """Return what stands behind it, deck by deck and for the questions of the level; empty for nothing."""
    parts = [f"{DECKS[deck].short_name} {of_all(band)}" for deck, band in told.decks.items()]
    by_deck = f"{', '.join(parts)}." if len(parts) > 1 else ""
    questions = f"On the questions for {told.level}: {of_all(told.questions)}." if told.questions else ""
    return " ".join(part for part in (by_deck, questions) if part)


def in_brief(told: Readiness) -> str:
    """Return it in a few words, for a row."""
    if not told.met:
        return "nothing met yet"
    if told.whole is None:
        return f"too early to tell: {told.scored} of {ENOUGH} answers"
    return f"{of_all(told.whole)} cards"


def what_counts(told: Readiness) -> str:
    """Return which cards are counted where a level is hired for; else nothing."""
    if not told.level:
        return ""
    return f"Counted for {told.level}: all of the role but the interview questions for other levels."


def of_all(band: Band, cards: str = "") -> str:
    """Return a band as "41 to 55 of 80", or with what the cards are called."""
    some = f"{band.least} to {band.most}" if band.least < band.most else f"about {band.most}"
    return f"{some} of {cards or band.cards}"


def _cards(told: Readiness, cards: int) -> str:
    return f"{count(cards, 'card')}{f' for {told.level}' if told.level else ''}"
