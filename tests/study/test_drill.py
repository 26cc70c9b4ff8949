"""A session that is a drill: first answers, no helps, and a time that goes on."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.clocks import FakeClock
from tests.learners import Learner, right, wrong
from trainer.cards.card import Question, first_question
from trainer.errors import DrillError
from trainer.memory.state import Rating
from trainer.study.drill import DrillSession
from trainer.study.session import Session
from trainer.study.turns import Phase

CARDS = ("levels/show-running", "meanings/cue", "meanings/prop")


def questions(learner: Learner) -> list[Question]:
    return [first_question(learner.card(ending)) for ending in CARDS]


def drill(
    learner: Learner, *, minutes: float | None = None, ticking: Callable[[], float] = lambda: 0.0
) -> DrillSession:
    clock: FakeClock = learner.clock
    until = clock.at + timedelta(minutes=minutes) if minutes else None
    return DrillSession(
        questions(learner), learner.record, learner.schedule, clock, until=until, ticking=ticking
    )


def test_it_asks_just_what_was_set_once(learner: Learner) -> None:
    session, asked = drill(learner), []
    while question := session.question:
        asked.append(question)
        session.answer(wrong(question))
        session.next()
    assert asked == questions(learner)
    assert session.phase is Phase.DONE
    assert [session.given, session.to_go, session.total] == [3, 0, 3]


def test_a_first_meeting_scores_in_the_drill_and_not_in_the_record(learner: Learner) -> None:
    session = drill(learner)
    assert session.question
    assert not session.first_meeting
    feedback = session.answer(wrong(session.question))
    assert not feedback.first_meeting
    totals = learner.record.totals(learner.day)
    assert (totals.reviews, totals.new, totals.scored) == (1, 1, 0)


def test_neither_hint_nor_guess_is_known(learner: Learner) -> None:
    session = drill(learner)
    assert session.question
    feedback = session.answer(replace(right(session.question), hint=True, guess=True))
    assert (feedback.mark.rating, feedback.mark.lucky) == (Rating.GOOD, False)


_HELPS: dict[str, Callable[[Session], object]] = {
    "undo": lambda session: session.undo(),
    "right": lambda session: session.count_as(right=True),
    "wrong": lambda session: session.count_as(right=False),
    "guess": lambda session: session.was_guessing(),
    "easy": lambda session: session.too_easy(),
    "away": lambda session: session.suspend(),
    "later": lambda session: session.bury(),
    "edit": lambda session: session.replace_cards({}),
}


@pytest.mark.parametrize("help_", _HELPS)
@pytest.mark.parametrize("answer", [right, wrong])
def test_nothing_changes_an_answer_or_the_questions(
    learner: Learner, help_: str, answer: Callable[[Question], object]
) -> None:
    session = drill(learner)
    assert session.question
    session.answer(answer(session.question))  # type: ignore[arg-type]  # one of two functions
    before = (session.feedback, session.question, session.to_go, learner.record.history())
    assert not _HELPS[help_](session)
    assert not session.can_undo
    assert (session.feedback, session.question, session.to_go, learner.record.history()) == before


def test_an_answer_after_the_time_does_not_count(learner: Learner) -> None:
    session = drill(learner, minutes=10)
    assert session.question
    session.answer(right(session.question))
    session.next()
    learner.clock.forward(minutes=11)
    assert session.time_is_up
    with pytest.raises(DrillError, match="time is up"):
        session.answer(right(questions(learner)[1]))
    assert session.phase is Phase.DONE
    assert len(learner.record.history()) == 1


def test_time_goes_on_where_the_clock_is_set_back(learner: Learner) -> None:
    ticked = [0.0]
    session = drill(learner, minutes=10, ticking=lambda: ticked[0])
    learner.clock.forward(minutes=-60)
    assert session.time_left
    ticked[0] = 601.0
    assert session.time_left == timedelta()
    assert session.next() is None


def test_time_went_on_while_nobody_asked(learner: Learner) -> None:
    clock = learner.clock
    began = clock.at
    clock.forward(minutes=-60)
    session = DrillSession(
        questions(learner),
        learner.record,
        learner.schedule,
        clock,
        until=began + timedelta(minutes=10),
        latest=began + timedelta(minutes=9, seconds=59),
        ticking=iter(range(100)).__next__,
    )
    assert session.next() is None
    assert session.time_left == timedelta()
