"""What the coming days take, by the planner."""

import pytest

from tests.learners import Learner, right, run
from trainer.cards.outline import Outline
from trainer.cards.stage import stage_of
from trainer.memory.state import Marks
from trainer.study.pace import Kind
from trainer.study.plan import Planner

PROP, CUE = "theatre-vocabulary/meanings/prop", "theatre-vocabulary/meanings/cue"


@pytest.fixture
def learner() -> Learner:
    learner = Learner()
    run(learner.study("vocabulary/meanings/prop", "vocabulary/meanings/cue"), right)
    return learner


def forecast(learner: Learner, days: int = 14) -> list[float]:
    cards = [Outline.of(card) for card in learner.library.cards.values()]
    return Planner(learner.record, learner.schedule, learner.day).forecast(cards, days)


def cost(learner: Learner, card: str) -> float:
    planner = Planner(learner.record, learner.schedule, learner.day)
    state = learner.record.state(card)
    forms = Outline.of(learner.library.cards[card]).forms_at(stage_of(state))
    return planner.pace.cost(forms, Kind.REVIEW).expected(planner.pace.chance(Kind.REVIEW))


def test_a_new_card_takes_no_time_ahead() -> None:
    assert forecast(Learner()) == [0.0] * 14


def test_each_card_takes_what_it_costs_on_the_day_when_it_is_due(learner: Learner) -> None:
    expected = [0.0] * 14
    for card in (PROP, CUE):
        state = learner.record.state(card)
        assert state
        expected[(state.due - learner.day).days] += cost(learner, card)
    first = next(day for day, seconds in enumerate(expected) if seconds)
    assert forecast(learner)[: first + 1] == pytest.approx(expected[: first + 1])


def test_what_is_overdue_is_for_today(learner: Learner) -> None:
    learner.clock.forward(days=40)
    assert forecast(learner, 1) == pytest.approx([cost(learner, PROP) + cost(learner, CUE)])


def test_what_was_put_away_takes_no_time(learner: Learner) -> None:
    learner.record.mark(PROP, Marks(suspended=True))
    learner.clock.forward(days=40)
    assert forecast(learner, 1) == pytest.approx([cost(learner, CUE)])


def test_what_was_put_off_comes_tomorrow(learner: Learner) -> None:
    learner.clock.forward(days=40)
    learner.record.mark(PROP, Marks(buried=learner.day))
    today, tomorrow = forecast(learner, 2)
    assert today == pytest.approx(cost(learner, CUE))
    assert tomorrow >= cost(learner, PROP)
