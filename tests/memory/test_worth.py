"""What a review now is worth at a later hour."""

from datetime import UTC, datetime, timedelta

import pytest
from fsrs import Card, Rating, Scheduler, State
from hypothesis import given
from hypothesis import strategies as st

from trainer.memory import model
from trainer.memory.model import Memory
from trainer.memory.worth import CAUTION, Cost, gain, recall, worth

COST = Cost(15.0, 35.0)
memories = st.builds(Memory, st.floats(0.1, 300), st.floats(1, 10))


@given(memories, st.integers(1, 200), st.integers(0, 60))
def test_the_gain_is_the_expected_rise_of_recall_a_second_by_py_fsrs(
    memory: Memory, elapsed: int, ahead: int
) -> None:
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    card = Card(
        card_id=1,
        state=State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        last_review=start,
    )
    after = start + timedelta(days=elapsed)
    stabilities = [
        scheduler.review_card(card, rating, after)[0].stability for rating in (Rating.Good, Rating.Again)
    ]
    now = model.retrievability(memory.stability / 2, elapsed)
    right, missed = (model.retrievability(each / 2, ahead) for each in stabilities if each)
    alone = model.retrievability(memory.stability / 2, elapsed + ahead)
    expected = (now * right + (1 - now) * missed - alone) / (now * 15 + (1 - now) * 35)
    assert gain(memory, elapsed, ahead, COST) == pytest.approx(expected)


def test_recall_counts_on_half_of_the_stability_and_knows_hours() -> None:
    assert CAUTION == 0.5
    assert recall(10.0, 5) == pytest.approx(0.9)
    assert 1 == recall(10.0, 0) > recall(10.0, 1 / 24) > recall(10.0, 0.5) > recall(10.0, 1)


def test_a_card_on_the_brink_is_worth_more_than_one_that_is_sure() -> None:
    brink = worth(Memory(3.0, 5.0), 2, 3, 30, COST)
    sure = worth(Memory(300.0, 5.0), 8, 3, 30, COST)
    assert brink > sure > 0


def test_a_card_asked_a_moment_ago_is_worth_nothing_and_a_short_gap_little() -> None:
    memory = Memory(2.0, 8.0)
    assert worth(memory, 5, 0, 30, COST) == 0
    assert worth(memory, 5, 4, 30, COST) == pytest.approx(gain(memory, 4, 30, COST) / 2)
    assert worth(memory, 5, 16, 30, COST) == gain(memory, 16, 30, COST)
    assert worth(memory, 10_000, 16, 30, COST) >= 0


def test_what_takes_longer_is_worth_less() -> None:
    memory = Memory(3.0, 5.0)
    assert worth(memory, 2, 3, 30, Cost(30.0, 70.0)) == pytest.approx(worth(memory, 2, 3, 30, COST) / 2)


def test_a_clock_set_back_counts_as_no_time() -> None:
    memory = Memory(3.0, 5.0)
    assert gain(memory, -5, -3, COST) == gain(memory, 0, 0, COST)
    assert worth(memory, 1, -5, 30, COST) == 0
