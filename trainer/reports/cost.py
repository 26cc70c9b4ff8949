"""What a desired retention costs: an estimate of the minutes that reviews take."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from trainer.memory import model
from trainer.memory.model import Memory
from trainer.memory.state import CardState, Rating

DAYS = 30
"""The estimate looks so many days ahead."""


class RetentionCost(Struct, frozen=True, kw_only=True):
    """The reviews that a retention brings, of the cards that were met so far."""

    retention: float
    cards: int
    """Cards that were met; with none there is nothing to estimate from."""
    reviews: float
    """Reviews a day, over the next 30 days on average."""
    minutes: float
    """Minutes a day that they take."""


def retention_cost(
    retention: float, states: Iterable[CardState], *, now: float, minutes: float
) -> RetentionCost:
    """Return what a retention, from 0.70 to 0.97, would cost in the next days with these cards.

    `minutes` a day are what reviews take by the plan of the sessions, at the retention `now`: others are
    told beside it. Each card is followed as if it were remembered; what is forgotten at that retention is
    added, as one more review the day after.
    """
    met = list(states)
    reviews = _reviews_a_day(met, retention)
    share = reviews / _reviews_a_day(met, now) if met else 0.0
    return RetentionCost(retention=retention, cards=len(met), reviews=reviews, minutes=minutes * share)


def _reviews_a_day(states: Sequence[CardState], retention: float) -> float:
    return sum(_reviews(state, retention) for state in states) * (2 - retention) / DAYS


def _reviews(state: CardState, retention: float) -> float:
    """Return how often a card comes up in the days looked at; a fraction for an interval beyond them."""
    memory = Memory(state.stability, state.difficulty)
    gap = model.interval(memory.stability, retention)
    if gap > DAYS:
        return DAYS / gap
    passed = reviews = 0
    while passed + gap <= DAYS:
        passed += gap
        reviews += 1
        memory = model.step(memory, gap, Rating.GOOD)
        gap = model.interval(memory.stability, retention)
    return reviews + (DAYS - passed) / gap
