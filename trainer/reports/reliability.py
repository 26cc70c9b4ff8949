"""How true it was what readiness said: of the answers that were called nine in ten, how many were right.

What was said before an answer is what the answers until then told: the shift is found anew for each BATCH of
them. Where an answer may be right by luck, its luck was counted in.
"""

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

from msgspec import Struct

from trainer.memory.schedule import Schedule
from trainer.memory.state import CardState, History, Review
from trainer.reports.experience import NEWEST, chosen_unknowing, is_scored, try_of
from trainer.reports.readiness import ENOUGH
from trainer.reports.shift import Shift, Try, shift_of, sigmoid

LOOKED_AT = 300
"""The newest first tries that are looked at: older ones tell of what was said long ago."""
BATCH = 25
"""So many answers are told by the same shift."""
LEAST, MOST = 0.85, 0.95
"""What is called nine in ten."""
FEW = 40
"""Answers of that kind below which nothing is told."""


class Reliability(Struct, frozen=True):
    """What was said of some answers before they were given, and what they were."""

    answers: int
    said: int
    """Right in a hundred, by what was said; whole, 1 to 99."""
    were: int
    """Right in a hundred; whole, 0 to 100."""


class _Scored(NamedTuple):
    review: Review
    before: CardState
    place: int
    """Reviews before it."""


def reliability(history: History, schedule: Schedule) -> Reliability | None:
    """Return how true it was; None as long as too few answers were called nine in ten."""
    reviews: list[Review] = []
    scored: list[_Scored] = []
    for _, review, before in schedule.replayed(history, {}):
        if before and is_scored(review, before):
            scored.append(_Scored(review, before, len(reviews)))
        reviews.append(review)
    said: list[float] = []
    right = 0
    older = max(0, ceil((len(scored) - LOOKED_AT - ENOUGH) / BATCH))
    for start in range(ENOUGH + BATCH * older, len(scored), BATCH):
        chosen = chosen_unknowing(reviews[: scored[start].place])
        tries = [
            try_of(each.review, each.before, schedule, chosen)
            for each in scored[max(0, start - NEWEST) : start + BATCH]
        ]
        known = len(tries) - len(scored[start : start + BATCH])
        shift = shift_of(tries[:known])
        for each, chance in _said(tries[known:], shift):
            if LEAST <= chance <= MOST:
                said.append(chance)
                right += each.right
    if len(said) < FEW:
        return None
    return Reliability(len(said), round(100 * sum(said) / len(said)), round(100 * right / len(said)))


def _said(tries: Sequence[Try], shift: Shift) -> list[tuple[Try, float]]:
    """Return tries with the chance of being right that was said of each."""
    known = [(each, sigmoid(each.card.logit + shift.of(each.card.traits))) for each in tries]
    return [(each, each.luck + (1 - each.luck) * chance) for each, chance in known]


def in_words(told: Reliability) -> str:
    """Return it in a sentence."""
    return f"How true that has been: {in_brief(told)}, of {told.answers} answers."


def in_brief(told: Reliability) -> str:
    """Return it in a few words, for a row."""
    were = "all" if told.were == 100 else str(told.were)
    return f"where it said {told.said} in 100, you had {were}"
