"""The model of memory: FSRS-6, as py-fsrs has it, in whole study days.

Ye, Su and Cao 2022, https://doi.org/10.1145/3534678.3539081; in the version and with the
weights of https://github.com/open-spaced-repetition/py-fsrs. A study day is midnight UTC of
its date.
"""

from datetime import UTC, datetime, time
from typing import NamedTuple

import fsrs
from fsrs.scheduler import FUZZ_RANGES

from trainer.memory.state import CardState, Day, Rating


class Memory(NamedTuple):
    """What a review leaves behind."""

    stability: float
    difficulty: float
    interval: int
    """Days, at least 1, until recall falls to the desired retention."""


class Model:
    """FSRS with a desired retention."""

    def __init__(self, retention: float) -> None:
        self._scheduler = fsrs.Scheduler(
            desired_retention=retention, enable_fuzzing=False, learning_steps=(), relearning_steps=()
        )

    def step(self, state: CardState | None, day: Day, rating: Rating) -> Memory:
        """Return what a review on `day` makes of a card's state, None for a card never met."""
        # Without an id the constructor sleeps to make one.
        card = _card(state) if state else fsrs.Card(card_id=0)
        reviewed, _log = self._scheduler.review_card(card, fsrs.Rating(rating), _instant(day))
        assert reviewed.stability is not None
        assert reviewed.difficulty is not None
        return Memory(reviewed.stability, reviewed.difficulty, (reviewed.due - _instant(day)).days)

    def recall(self, state: CardState, day: Day) -> float:
        """Return the retrievability on a day, 0 to 1."""
        return self._scheduler.get_card_retrievability(_card(state), _instant(day))

    @staticmethod
    def spread(days: int) -> float:
        """Return by how many days FSRS spreads an interval either way, 0 for short ones."""
        if days < FUZZ_RANGES[0]["start"]:
            return 0
        return 1 + sum(
            part["factor"] * max(min(days, part["end"]) - part["start"], 0) for part in FUZZ_RANGES
        )


def _instant(day: Day) -> datetime:
    return datetime.combine(day, time(), UTC)


def _card(state: CardState) -> fsrs.Card:
    return fsrs.Card(
        card_id=0,
        state=fsrs.State.Review,
        stability=state.stability,
        difficulty=state.difficulty,
        due=_instant(state.due),
        last_review=_instant(state.last),
    )
