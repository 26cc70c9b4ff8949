"""The closed form is FSRS-6 as py-fsrs 6 computes it, to the last bit."""

import math
from datetime import UTC, date, datetime, time, timedelta

import fsrs
import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.learners import Learner, right
from trainer.memory import model
from trainer.memory.model import Memory
from trainer.memory.schedule import Schedule
from trainer.memory.state import Rating, Review
from trainer.study.session import Session

from .reviews import CARDS, DAY, histories

MANY = settings(max_examples=300)
RETENTIONS = st.floats(0.70, 0.97)
STABILITIES = st.floats(model.LEAST_STABILITY, 1e6) | st.sampled_from([0.001, 0.5, 1.0, 36_500.0])
DIFFICULTIES = st.floats(1, 10) | st.sampled_from([1.0, 10.0])
GAPS = st.integers(0, 40_000) | st.sampled_from([0, 1, 2])


def _scheduler(retention: float = 0.9) -> fsrs.Scheduler:
    return fsrs.Scheduler(
        desired_retention=retention, enable_fuzzing=False, learning_steps=(), relearning_steps=()
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _card(memory: Memory, day: date) -> fsrs.Card:
    return fsrs.Card(
        card_id=1,
        state=fsrs.State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=_midnight(day),
        last_review=_midnight(day),
    )


def _memory(card: fsrs.Card) -> Memory:
    assert card.stability is not None
    assert card.difficulty is not None
    return Memory(card.stability, card.difficulty)


def test_the_weights_are_the_defaults_of_the_package() -> None:
    assert model.WEIGHTS == DEFAULT_PARAMETERS
    assert (model.LEAST_STABILITY, model.LEAST_DIFFICULTY, model.MOST_DIFFICULTY) == (
        fsrs.scheduler.STABILITY_MIN,
        fsrs.scheduler.MIN_DIFFICULTY,
        fsrs.scheduler.MAX_DIFFICULTY,
    )
    assert _scheduler().maximum_interval == model.LONGEST_INTERVAL


@MANY
@given(
    st.lists(st.tuples(st.sampled_from(Rating), st.integers(-3, 400)), min_size=1, max_size=25), RETENTIONS
)
def test_a_history_leaves_what_the_package_makes_of_it(
    history: list[tuple[Rating, int]], retention: float
) -> None:
    scheduler, card, day = _scheduler(retention), fsrs.Card(card_id=1), DAY
    memory: Memory | None = None
    for rating, gap in history:
        day += timedelta(days=gap)
        last = card.last_review.date() if card.last_review else day
        card, _ = scheduler.review_card(card, fsrs.Rating(rating), _midnight(day))
        memory = model.step(memory, (day - last).days, rating) if memory else model.first(rating)
        assert memory == _memory(card)
        assert model.interval(memory.stability, retention) == (card.due - _midnight(day)).days


@MANY
@given(STABILITIES, DIFFICULTIES, GAPS, st.sampled_from(Rating))
def test_any_memory_is_stepped_as_the_package_steps_it(
    stability: float, difficulty: float, gap: int, rating: Rating
) -> None:
    before = Memory(stability, difficulty)
    day = DAY + timedelta(days=gap)
    card, _ = _scheduler().review_card(_card(before, DAY), fsrs.Rating(rating), _midnight(day))
    assert model.step(before, gap, rating) == _memory(card)


@MANY
@given(STABILITIES, st.integers(-400, 40_000))
def test_retrievability_is_that_of_the_package_and_never_above_one(stability: float, days: int) -> None:
    card = _card(Memory(stability, 5.0), DAY)
    found = model.retrievability(stability, days)
    assert found == _scheduler().get_card_retrievability(card, _midnight(DAY + timedelta(days=days)))
    assert 0 <= found <= 1


def test_after_as_many_days_as_stability_says_nine_in_ten_are_remembered() -> None:
    assert model.retrievability(30.0, 30) == pytest.approx(0.9)
    assert model.interval(30.0, 0.9) == 30


@pytest.mark.parametrize(("stability", "days"), [(0.001, 1), (1e9, model.LONGEST_INTERVAL)])
def test_an_interval_is_a_day_at_least_and_a_century_at_most(stability: float, days: int) -> None:
    assert [model.interval(stability, retention) for retention in (0.7, 0.97)] == [days, days]


def test_stability_and_difficulty_stop_at_their_ends() -> None:
    worst, best = Memory(0.001, 9.9), Memory(100.0, 1.01)
    for _ in range(20):
        worst = model.step(worst, 0, Rating.AGAIN)
        best = model.step(best, 1, Rating.EASY)
    assert worst.stability == model.LEAST_STABILITY
    assert worst.difficulty <= model.MOST_DIFFICULTY
    assert best.difficulty == model.LEAST_DIFFICULTY
    assert model.first(Rating.EASY).difficulty == model.LEAST_DIFFICULTY


def test_a_review_on_the_same_day_moves_less_than_one_that_was_waited_for() -> None:
    before = Memory(5.0, 5.0)
    same, waited = (model.step(before, days, Rating.GOOD) for days in (0, 5))
    assert before.stability <= same.stability < waited.stability
    assert model.step(before, -3, Rating.GOOD) == same


@pytest.mark.parametrize("days", [0, 1, 2, 3, 7, 20, 400, 36_500])
def test_an_interval_is_spread_as_wide_as_in_the_package(days: int) -> None:
    parts = fsrs.scheduler.FUZZ_RANGES
    width = 1 + sum(part["factor"] * max(min(days, part["end"]) - part["start"], 0) for part in parts)
    assert model.spread(days) == (width if days >= 2.5 else 0)
    assert not math.isinf(model.spread(days))


@pytest.mark.slow
@settings(max_examples=100)
@given(histories())
def test_a_record_replays_to_the_states_that_the_package_gave_it(history: list[Review]) -> None:
    scheduler = _scheduler()
    cards = {id_: fsrs.Card(card_id=1) for id_ in CARDS}
    met: set[str] = set()
    for review in history:
        if review.repeat:
            continue
        met.add(review.card)
        last = cards[review.card].last_review
        at = max(_midnight(review.day), last or _midnight(review.day))
        cards[review.card], _ = scheduler.review_card(cards[review.card], fsrs.Rating(review.rating), at)
    states, _ = Schedule().replay(dict(enumerate(history)))
    assert states.keys() == met
    for id_, state in states.items():
        assert Memory(state.stability, state.difficulty) == _memory(cards[id_])


@pytest.mark.parametrize("days", [0, 400, -9], ids=["the same day", "much later", "a clock set back"])
def test_an_answer_steps_the_model_once(days: int, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[Rating] = []
    begin, go_on = model.first, model.step

    def first(rating: Rating) -> Memory:
        steps.append(rating)
        return begin(rating)

    def step(memory: Memory, days: int, rating: Rating) -> Memory:
        steps.append(rating)
        return go_on(memory, days, rating)

    monkeypatch.setattr(model, "first", first)
    monkeypatch.setattr(model, "step", step)
    learner = Learner()
    _answer(learner.study("meanings/cue"))
    assert steps == [Rating.GOOD]
    learner.clock.forward(days=days)
    _answer(learner.study("meanings/cue"))
    state = learner.record.state(learner.card("meanings/cue").id)
    assert state
    assert (state.reps, steps) == (2, [Rating.GOOD, Rating.GOOD])


def _answer(session: Session) -> None:
    assert session.question
    session.answer(right(session.question))


@given(st.floats(0.01, 5000), st.floats(0.1, 400))
def test_the_stability_for_a_chance_is_that_which_brings_it(stability: float, days: float) -> None:
    chance = model.retrievability(stability, days)
    assert model.stability_for(chance, days) == pytest.approx(stability, rel=1e-6)
