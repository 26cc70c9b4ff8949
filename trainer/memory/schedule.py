"""When a card comes back: FSRS-6 in whole study days.

The model and its weights are those of py-fsrs (Ye, Su and Cao 2022,
https://doi.org/10.1145/3534678.3539081, in the version of
https://github.com/open-spaced-repetition/py-fsrs). Here stand only the unit of time
(a study day is midnight UTC of its date) and a spread that is the same every time.
"""

import random
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

import fsrs
import msgspec
from fsrs.scheduler import FUZZ_RANGES

from trainer.errors import TrainerError
from trainer.memory.state import CardState, Day, DayTotals, History, Rating, Review

LOWEST_RETENTION, HIGHEST_RETENTION = 0.70, 0.97


class Schedule:
    """Turns ratings into memory states and intervals.

    `retention` is the desired retention: the chance of recall, from 0.70 to 0.97, at
    which a card comes back. Raises TrainerError outside of that range.
    """

    def __init__(self, retention: float = 0.9) -> None:
        if not LOWEST_RETENTION <= retention <= HIGHEST_RETENTION:
            raise TrainerError(
                f"The desired retention {retention} is out of range: "
                f"use {LOWEST_RETENTION:.2f} to {HIGHEST_RETENTION:.2f}."
            )
        self._fsrs = fsrs.Scheduler(
            desired_retention=retention, enable_fuzzing=False, learning_steps=(), relearning_steps=()
        )

    def interval(self, card: str, state: CardState | None, day: Day, rating: Rating) -> int:
        """Return the days, at least 1, until the card is due again if rated so on `day`.

        A card rated Again is due tomorrow.
        """
        if rating is Rating.AGAIN:
            return 1
        reviewed = self._review(state, _not_before_last(state, day), rating)
        days = (reviewed.due - _instant(_not_before_last(state, day))).days
        return _spread(days, random.Random(f"{card}#{state.reps if state else 0}"))

    def advance(self, state: CardState | None, review: Review) -> CardState | None:
        """Return the card's state after a review, None as long as it was never met."""
        if review.repeat:
            return state and msgspec.structs.replace(state, seen=_seen(state, review))
        day = _not_before_last(state, review.day)
        reviewed = self._review(state, day, review.rating)
        assert reviewed.stability is not None
        assert reviewed.difficulty is not None
        return CardState(
            stability=reviewed.stability,
            difficulty=reviewed.difficulty,
            last=day,
            due=day + timedelta(days=review.given),
            reps=state.reps + 1 if state else 1,
            lapses=state.lapses + (review.rating is Rating.AGAIN) if state else 0,
            right_days=_right_days(state, day, review),
            seen=_seen(state, review),
        )

    def recall(self, state: CardState, day: Day) -> float:
        """Return the retrievability on `day`: the chance, 0 to 1, that the card is remembered."""
        return self._fsrs.get_card_retrievability(_fsrs_card(state), _instant(day))

    def replay(self, history: History) -> tuple[dict[str, CardState], dict[Day, DayTotals]]:
        """Return every card's state and every day's totals as the reviews give them."""
        states: dict[str, CardState] = {}
        days: dict[Day, DayTotals] = {}
        for review in _in_order(history):
            before = states.get(review.card)
            first = before is None and not review.repeat
            days[review.day] = days.get(review.day, DayTotals()).plus(review, first_meeting=first)
            if after := self.advance(before, review):
                states[review.card] = after
        return states, days

    def _review(self, state: CardState | None, day: Day, rating: Rating) -> fsrs.Card:
        card = _fsrs_card(state) if state else fsrs.Card(card_id=0)
        reviewed, _log = self._fsrs.review_card(card, fsrs.Rating(rating), _instant(day))
        return reviewed


def _in_order(history: History) -> Iterable[Review]:
    return (history[id_] for id_ in sorted(history))


def _instant(day: Day) -> datetime:
    return datetime.combine(day, time(), UTC)


def _not_before_last(state: CardState | None, day: Day) -> Day:
    """A clock that was set back must not give a negative interval."""
    return max(state.last, day) if state else day


def _fsrs_card(state: CardState) -> fsrs.Card:
    # Without an id the constructor sleeps to make one.
    return fsrs.Card(
        card_id=0,
        state=fsrs.State.Review,
        stability=state.stability,
        difficulty=state.difficulty,
        due=_instant(state.due),
        last_review=_instant(state.last),
    )


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


def _spread(days: int, rng: random.Random) -> int:
    """Spread intervals so that cards learned together don't stay together.

    The width is FSRS's own (FUZZ_RANGES); the chance is the caller's, so that the
    interval shown is the interval given.
    """
    if days < FUZZ_RANGES[0]["start"]:
        return days
    width = 1 + sum(part["factor"] * max(min(days, part["end"]) - part["start"], 0) for part in FUZZ_RANGES)
    return rng.randint(max(2, round(days - width)), round(days + width))
