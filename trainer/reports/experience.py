"""What a history tells of a learner's memory: the shift by which the model is put right.

A first try is at a card that was met on an earlier day. It may be right by luck where there is something to
choose from, the less the more often this learner owns up to a guess, or says that they don't know.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from trainer.cards.stage import stage_of
from trainer.memory.schedule import Schedule
from trainer.memory.state import CardState, History, Review
from trainer.reports.shift import Shift, Standing, Try, shift_of

NEWEST = 500
"""First tries that tell the shift at most: older ones tell of another learner."""

_LUCK = {"tick": 0.1, "rate": 0.3}
"""By form, the chance to be right without knowing; none where nothing is there to choose from."""
_LUCK_OF_A_CHOICE = (0.35, 0.35, 0.28, 0.28)
"""By stage the same of a choice, on the mean of the shipped cards: the further a card, the more options."""
_CHOSEN_WRONG = 0.67
"""How often somebody who chooses without knowing is wrong."""
_PRIOR_OWNED, _PRIOR_CHOSEN = 1.0, 2.0
"""What is added to the times that somebody owned up, and that they chose instead, while there are few."""


class Experience(NamedTuple):
    """What a history tells of a learner's memory."""

    scored: int
    """First tries that tell the shift, at most NEWEST."""
    shift: Shift
    last: Mapping[str, int]
    """By card, when it was last asked with a step of memory, in microseconds since the epoch."""


def experience(history: History, schedule: Schedule) -> Experience:
    """Return what a history tells of a learner's memory."""
    chosen = chosen_unknowing(history.values())
    scored: deque[Try] = deque(maxlen=NEWEST)
    last: dict[str, int] = {}
    for id_, review, before in schedule.replayed(history, {}):
        if review.repeat:
            continue
        last[review.card] = review.at or id_
        if before and is_scored(review, before):
            scored.append(try_of(review, before, schedule, chosen))
    return Experience(len(scored), shift_of(scored), last)


def is_scored(review: Review, before: CardState) -> bool:
    """Return whether a review tells it: a first try, a day or more after the last one, without a hint."""
    return not (review.repeat or review.hint) and review.day > before.last


def try_of(review: Review, before: CardState, schedule: Schedule, chosen: float) -> Try:
    """Return what a review tells; `chosen` is how often this learner chooses what they don't know."""
    is_choice = review.form == "choose"
    luck = chosen * _LUCK_OF_A_CHOICE[stage_of(before)] if is_choice else _LUCK.get(review.form, 0.0)
    recall, days = schedule.recall(before, review.day), (review.day - before.last).days
    card = Standing(recall, not before.right_days, before.reps, days)
    return Try(card, luck, review.right and not review.guess)


def chosen_unknowing(reviews: Iterable[Review]) -> float:
    """Return how often, 0 to 1, a learner who doesn't know chooses all the same and says nothing of it."""
    owned, wrong = _PRIOR_OWNED, 0
    for review in reviews:
        if review.form == "choose" and not review.repeat:
            owned += review.guess or not (review.right or review.chosen)
            wrong += review.missed and bool(review.chosen)
    chosen = _PRIOR_CHOSEN + wrong / _CHOSEN_WRONG
    return chosen / (chosen + owned)
