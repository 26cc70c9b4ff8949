"""When a learner is caught up: the days until then, run through."""

from trainer.memory.model import Memory
from trainer.memory.worth import Cost
from trainer.study.backlog import LONGEST, Owed, days_to_catch_up

COST = Cost(right=25, missed=60)


def owed(count: int, due: int = 0) -> list[Owed]:
    """Young cards: met a few days ago, and due at once."""
    return [Owed(Memory(2.3, 5.0), 1, -3, due, COST) for _ in range(count)]


def days(cards: list[Owed], seconds: float, chance: float) -> int | None:
    return days_to_catch_up(cards, seconds, 0.9, lambda recall: recall * chance, ahead=30)


def test_what_is_right_stays_away_the_longer_each_time() -> None:
    """A young card comes back in a few days, and then in weeks."""
    found = days(owed(54), 600, 0.7)
    assert found is not None
    assert 2 < found < 30


def test_it_is_now_when_a_session_has_room_and_no_day_is_said_that_cannot_be_told() -> None:
    assert days(owed(5), 600, 0.9) == 0
    assert days(owed(60, due=5), 600, 0.9) == 0
    assert days(owed(400), 60, 0.5) is None
    assert LONGEST < 100


def test_more_minutes_and_better_answers_take_fewer_days() -> None:
    usual, longer, better = days(owed(80), 600, 0.8), days(owed(80), 900, 0.8), days(owed(80), 600, 0.95)
    assert usual is not None
    assert longer is not None
    assert better is not None
    assert longer < usual
    assert better < usual
