"""When a card comes back: FSRS-6 in whole study days.

The model is in `model.py`. Here stand the rules around it: what a review does to a card's
state, what comes tomorrow, and a spread of intervals that is the same every time.
"""

import random
from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache

import msgspec

from trainer.errors import TrainerError
from trainer.memory import model
from trainer.memory.model import Memory
from trainer.memory.state import CardState, Day, DayTotals, History, Rating, Review

LOWEST_RETENTION, HIGHEST_RETENTION = 0.70, 0.97
DEFAULT_RETENTION = 0.9


class Schedule:
    """Turns ratings into memory states and intervals.

    `retention` is the desired retention: the chance of recall, from 0.70 to 0.97, at
    which a card comes back. Raises TrainerError outside of that range.
    """

    def __init__(self, retention: float = DEFAULT_RETENTION) -> None:
        if not LOWEST_RETENTION <= retention <= HIGHEST_RETENTION:
            raise TrainerError(
                f"The desired retention {retention} is out of range: "
                f"use {LOWEST_RETENTION:.2f} to {HIGHEST_RETENTION:.2f}."
            )
        self._retention = retention
        # An answer asks for its step twice: for the interval that is told, then for the state that is kept.
        self._step = lru_cache(maxsize=1)(_step)

    @property
    def retention(self) -> float:
        """The desired retention."""
        return self._retention

    def with_retention(self, retention: float) -> "Schedule":
        """Return the schedule with another desired retention, itself when that is its own."""
        return self if retention == self._retention else type(self)(retention)

    def interval(self, card: str, state: CardState | None, day: Day, rating: Rating) -> int:
        """Return the days, at least 1, until the card is due again if rated so on `day`.

        A card rated Again is due tomorrow.
        """
        if rating is Rating.AGAIN:
            return 1
        memory = self._stepped(state, _not_before_last(state, day), rating)
        days = model.interval(memory.stability, self._retention)
        return _spread(days, random.Random(f"{card}#{state.reps if state else 0}"))

    def interval_if_right(self, state: CardState, day: Day) -> int:
        """Return the days, at least 1, that a card gets if it is right on `day`, or when it is due later."""
        elapsed = (max(state.last, state.due, day) - state.last).days
        stability = model.next_stability(Memory(state.stability, state.difficulty), elapsed, Rating.GOOD)
        return model.interval(stability, self._retention)

    def advance(self, state: CardState | None, review: Review) -> CardState | None:
        """Return the card's state after a review, None as long as it was never met."""
        if review.anew:
            state = None
        if review.repeat:
            return state and msgspec.structs.replace(state, seen=_seen(state, review))
        day = _not_before_last(state, review.day)
        memory = self._stepped(state, day, review.rating)
        return CardState(
            stability=memory.stability,
            difficulty=memory.difficulty,
            last=day,
            due=day + timedelta(days=review.given),
            reps=state.reps + 1 if state else 1,
            lapses=state.lapses + (review.rating is Rating.AGAIN) if state else 0,
            right_days=_right_days(state, day, review),
            seen=_seen(state, review),
        )

    def recall(self, state: CardState, day: Day) -> float:
        """Return the retrievability on `day`: the chance, 0 to 1, that the card is remembered."""
        return model.retrievability(state.stability, (day - state.last).days)

    def known(self, state: CardState, day: Day) -> float:
        """Return the chance, 0 to 1, that the card is still known later on `day`, if it was answered then."""
        return model.retrievability(state.stability, max(model.SAME_DAY, (day - state.last).days))

    def replay(self, history: History) -> tuple[dict[str, CardState], dict[Day, DayTotals]]:
        """Return every card's state and every day's totals as the reviews give them."""
        states: dict[str, CardState] = {}
        days: dict[Day, DayTotals] = {}
        for _, review, before in self.replayed(history, states):
            first = before is None and not review.repeat
            days[review.day] = days.get(review.day, DayTotals()).plus(review, first_meeting=first)
        return states, days

    def replayed(
        self, history: History, states: dict[str, CardState]
    ) -> Iterator[tuple[int, Review, CardState | None]]:
        """Yield each review in order with its id and the card's state before it; `states` is moved along."""
        for id_ in sorted(history):
            review = history[id_]
            if review.anew:
                states.pop(review.card, None)
            before = states.get(review.card)
            if after := self.advance(before, review):
                states[review.card] = after
            yield id_, review, before

    def _stepped(self, state: CardState | None, day: Day, rating: Rating) -> Memory:
        """Return what a review on `day` makes of a card's memory; the state is None if it was never met."""
        if state is None:
            return self._step(None, 0, rating)
        return self._step(Memory(state.stability, state.difficulty), (day - state.last).days, rating)


def _step(memory: Memory | None, days: int, rating: Rating) -> Memory:
    return model.step(memory, days, rating) if memory else model.first(rating)


def _spread(days: int, rng: random.Random) -> int:
    """Spread intervals so that cards learned together don't stay together.

    The width is FSRS's own; the chance is the caller's, so that the interval shown is the
    interval given. By one chance the longer of two intervals stays the longer.
    """
    width = model.spread(days)
    if not width:
        return days
    shortest, longest = max(2, round(days - width)), round(days + width)
    return shortest + int(rng.random() * (longest - shortest + 1))


def _not_before_last(state: CardState | None, day: Day) -> Day:
    """A clock that was set back must not give a negative interval."""
    return max(state.last, day) if state else day


def _right_days(state: CardState | None, day: Day, review: Review) -> int:
    if review.missed:
        return 0
    before = state.right_days if state else 0
    first_try_of_day = state is None or state.last < day
    return before + (first_try_of_day and not review.guess)


def _seen(state: CardState | None, review: Review) -> dict[str, bool]:
    seen = (
        {variant: right for variant, right in state.seen.items() if variant != review.variant}
        if state
        else {}
    )
    if review.variant:
        seen[review.variant] = review.right and not review.guess
    return seen
