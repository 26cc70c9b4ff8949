"""When a card comes back: whole days, the same every time, and exact under replay."""

import random
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta

import fsrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.errors import TrainerError
from trainer.memory.schedule import Schedule
from trainer.memory.state import CardState, DayTotals, Rating, Review

from .reviews import CARDS, DAY, SCHEDULE, after, histories, review

RELAXED = settings(max_examples=60)
RATINGS = st.lists(st.tuples(st.sampled_from(Rating), st.integers(0, 60)), min_size=1, max_size=12)


@pytest.mark.parametrize("retention", [0.0, 0.5, 0.699, 0.971, 1.0, 5, -1, float("nan"), float("inf")])
def test_a_retention_out_of_range_is_refused_with_the_range(retention: float) -> None:
    with pytest.raises(TrainerError, match=r"0\.70 to 0\.97"):
        Schedule(retention)


@pytest.mark.parametrize("retention", [0.70, 0.85, 0.97])
def test_a_retention_in_range_is_taken_and_a_higher_one_asks_sooner(retention: float) -> None:
    state = after(Rating.GOOD, Rating.GOOD, every=5)
    given_ = [Schedule(each).interval("c", state, state.due, Rating.GOOD) for each in (0.70, retention, 0.97)]
    assert given_[0] >= given_[1] >= given_[2]
    assert given_[0] > given_[2]


def test_a_card_rated_again_is_due_tomorrow_whatever_it_was() -> None:
    for state in (None, after(Rating.GOOD), after(*[Rating.EASY] * 6, every=40)):
        assert SCHEDULE.interval("c", state, DAY + timedelta(days=400), Rating.AGAIN) == 1


@RELAXED
@given(RATINGS, st.sampled_from([0.7, 0.9, 0.97]))
def test_an_interval_is_a_day_at_least_and_a_better_rating_is_never_much_sooner(
    steps: list[tuple[Rating, int]], retention: float
) -> None:
    schedule = Schedule(retention)
    state: CardState | None = None
    day = DAY
    for rating, days in steps:
        day += timedelta(days=days)
        told = [schedule.interval("c", state, day, each) for each in Rating]
        assert min(told) >= 1
        assert told == sorted(told)
        state = schedule.advance(state, review(state, rating, day))


@pytest.mark.parametrize("seed", range(20))
def test_the_interval_told_is_the_interval_given(seed: int) -> None:
    card = f"s/levels/{seed}"
    state: CardState | None = None
    day = DAY
    for rating in (Rating.GOOD, Rating.HARD, Rating.AGAIN, Rating.EASY, Rating.GOOD):
        told = SCHEDULE.interval(card, state, day, rating)
        state = SCHEDULE.advance(state, review(state, rating, day, card=card))
        assert state
        assert (state.due - day).days == told
        day = state.due


def test_the_spread_is_the_same_in_another_process() -> None:
    program = (
        "from datetime import date; from trainer.memory.schedule import Schedule; "
        "from trainer.memory.state import *; "
        "s = CardState(stability=50.0, difficulty=5.0, last=date(2026, 3, 4), due=date(2026, 4, 4), "
        "reps=3, lapses=0, right_days=2); "
        "print([Schedule().interval(f'c{i}', s, date(2026, 4, 4), Rating.GOOD) for i in range(30)])"
    )
    runs = {
        subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout
        for _ in range(2)
    }
    assert len(runs) == 1


def test_cards_learned_together_do_not_stay_together() -> None:
    state = after(Rating.GOOD, Rating.GOOD, Rating.GOOD, every=10)
    told = [SCHEDULE.interval(f"s/levels/{i}", state, state.due, Rating.GOOD) for i in range(200)]
    plain = fsrs_after([(Rating.GOOD, 0), (Rating.GOOD, 10), (Rating.GOOD, 10)], state.due)
    assert len(set(told)) > 4
    assert abs(sum(told) / len(told) - plain) < 0.05 * plain
    assert max(abs(days - plain) for days in told) < 0.2 * plain


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _plain_fsrs() -> fsrs.Scheduler:
    return fsrs.Scheduler(desired_retention=0.9, enable_fuzzing=False, learning_steps=(), relearning_steps=())


def fsrs_after(steps: list[tuple[Rating, int]], then: date) -> int:
    """Return the interval without spread of a card rated Good after these steps."""
    scheduler, card, day = _plain_fsrs(), fsrs.Card(card_id=1), DAY
    for rating, days in steps:
        day += timedelta(days=days)
        card, _ = scheduler.review_card(card, fsrs.Rating(rating), _midnight(day))
    card, _ = scheduler.review_card(card, fsrs.Rating.Good, _midnight(then))
    return (card.due - _midnight(then)).days


@RELAXED
@given(RATINGS)
def test_stability_difficulty_and_recall_are_those_of_fsrs_on_whole_days(
    steps: list[tuple[Rating, int]],
) -> None:
    scheduler, card = _plain_fsrs(), fsrs.Card(card_id=1)
    state: CardState | None = None
    day = DAY
    for rating, days in steps:
        day += timedelta(days=days)
        card, _ = scheduler.review_card(card, fsrs.Rating(rating), _midnight(day))
        state = SCHEDULE.advance(state, review(state, rating, day))
        assert state
        assert (state.stability, state.difficulty) == (card.stability, card.difficulty)
        later = day + timedelta(days=9)
        assert SCHEDULE.recall(state, later) == scheduler.get_card_retrievability(card, _midnight(later))


@RELAXED
@given(histories())
def test_step_by_step_gives_what_replay_gives(history: list[Review]) -> None:
    states: dict[str, CardState] = {}
    for answer in history:
        if now := SCHEDULE.advance(states.get(answer.card), answer):
            states[answer.card] = now
    replayed, days = SCHEDULE.replay(dict(enumerate(history)))
    assert replayed == states
    assert sum(totals.reviews for totals in days.values()) == len(history)
    assert sum(totals.new for totals in days.values()) == len(states)
    assert set(days) == {answer.day for answer in history}


@pytest.mark.slow
@RELAXED
@given(histories(), st.randoms(use_true_random=False))
def test_replay_goes_by_the_ids_not_by_the_order_in_which_reviews_are_held(
    history: list[Review], chance: random.Random
) -> None:
    items = list(enumerate(history))
    chance.shuffle(items)
    assert SCHEDULE.replay(dict(items)) == SCHEDULE.replay(dict(enumerate(history)))


@pytest.mark.slow
@RELAXED
@given(histories())
def test_states_stay_in_their_bounds(history: list[Review]) -> None:
    state: CardState | None = None
    for answer in history:
        before = state
        state = SCHEDULE.advance(state, answer)
        assert state
        assert state.stability > 0
        assert 1 <= state.difficulty <= 10
        assert state.due > state.last
        assert state.lapses < state.reps
        assert 0 <= state.right_days <= state.reps
        assert before is None or state.last >= before.last
        assert 0 <= SCHEDULE.recall(state, answer.day) <= 1


def test_a_day_set_back_counts_as_no_time_at_all() -> None:
    state = after(Rating.GOOD, Rating.GOOD, every=3)
    back = state.last - timedelta(days=30)
    same_day = SCHEDULE.advance(state, review(state, Rating.GOOD, state.last))
    earlier = SCHEDULE.advance(state, review(state, Rating.GOOD, back))
    assert earlier == same_day
    assert SCHEDULE.interval("c", state, back, Rating.GOOD) == SCHEDULE.interval(
        "c", state, state.last, Rating.GOOD
    )
    assert 0 <= SCHEDULE.recall(state, back) <= 1


def test_a_repeat_moves_no_memory_but_remembers_the_line() -> None:
    state = after(Rating.AGAIN)
    repeated = SCHEDULE.advance(state, review(state, Rating.GOOD, repeat=True, variant="v2"))
    assert repeated
    assert repeated.seen == {"v2": True}
    assert (repeated.stability, repeated.due, repeated.reps) == (state.stability, state.due, state.reps)
    assert (repeated.right_days, repeated.lapses) == (0, 0)


def test_a_repeat_of_a_card_never_met_leaves_it_unmet() -> None:
    assert SCHEDULE.advance(None, review(repeat=True)) is None


def _right_days(*answers: tuple[int, Rating, bool]) -> int:
    state: CardState | None = None
    for offset, rating, guess in answers:
        state = SCHEDULE.advance(state, review(state, rating, DAY + timedelta(days=offset), guess=guess))
    assert state
    return state.right_days


@pytest.mark.parametrize(
    ("answers", "days"),
    [
        ([(0, Rating.GOOD, False), (1, Rating.GOOD, False), (2, Rating.GOOD, False)], 3),
        ([(0, Rating.GOOD, False), (0, Rating.GOOD, False), (0, Rating.EASY, False)], 1),
        ([(0, Rating.GOOD, False), (1, Rating.HARD, False)], 2),
        ([(0, Rating.GOOD, False), (1, Rating.GOOD, True)], 1),
        ([(0, Rating.GOOD, True), (1, Rating.GOOD, True), (2, Rating.GOOD, True)], 0),
        ([(0, Rating.GOOD, False), (1, Rating.GOOD, False), (2, Rating.AGAIN, False)], 0),
        ([(0, Rating.AGAIN, False), (0, Rating.GOOD, False)], 0),
        ([(0, Rating.AGAIN, False), (0, Rating.GOOD, False), (1, Rating.GOOD, False)], 1),
        ([(5, Rating.GOOD, False), (3, Rating.GOOD, False), (4, Rating.GOOD, False)], 1),
    ],
    ids=[
        "three days",
        "one day three times",
        "hard counts",
        "a guess does not",
        "guesses alone",
        "a miss starts anew",
        "a miss and right on the same day",
        "right the day after a miss",
        "a clock set back makes no new days",
    ],
)
def test_learned_counts_different_days_of_a_right_first_try(
    answers: list[tuple[int, Rating, bool]], days: int
) -> None:
    assert _right_days(*answers) == days


def test_lapses_count_misses_after_the_first_meeting() -> None:
    assert after(Rating.AGAIN).lapses == 0
    assert after(Rating.AGAIN, Rating.AGAIN, Rating.GOOD, Rating.AGAIN).lapses == 2


def test_the_line_asked_last_stands_last_with_how_it_went() -> None:
    state: CardState | None = None
    for i, (variant, guess) in enumerate([("a", False), ("b", True), ("a", False), ("", False)]):
        state = SCHEDULE.advance(
            state, review(state, day=DAY + timedelta(days=i), variant=variant, guess=guess)
        )
    assert state
    assert list(state.seen.items()) == [("b", False), ("a", True)]


def test_the_totals_of_replay_are_kept_by_the_day_of_the_answer() -> None:
    first = review(card=CARDS[0], rating=Rating.AGAIN)
    state = SCHEDULE.advance(None, first)
    again = review(state, card=CARDS[0], repeat=True)
    tomorrow = review(state, card=CARDS[0], day=DAY + timedelta(days=1))
    _, days = SCHEDULE.replay({1: first, 2: again, 3: tomorrow})
    assert days == {
        DAY: DayTotals(reviews=2, new=1, repeats=1, ms=2000, new_ms=1000),
        DAY + timedelta(days=1): DayTotals(reviews=1, right=1, ms=1000),
    }
