"""Undo after an edit, a merge, a restore and 04:00; the same question again, as it was."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.clocks import FakeClock
from tests.commands import ran
from tests.learners import right
from trainer.cards.card import Answer, Question
from trainer.engine.engine import Engine
from trainer.home import Home
from trainer.memory.calendar import study_day


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def answer(engine: Engine, count: int) -> list[str]:
    """Answer so many new cards right; return their ids."""
    session, asked = engine.study((), new=count), []
    for _ in range(count):
        assert session.question
        asked.append(session.question.card.id)
        session.answer(right(session.question))
        session.next()
    return asked


def shown(question: Question | None) -> tuple[object, ...]:
    assert question
    return question.card.id, question.way.key, question.text, [option.text for option in question.options]


def test_over_the_beginning_of_a_study_day(home: Home) -> None:
    clock = FakeClock(datetime(2026, 11, 25, 3, 59, tzinfo=UTC))
    with Engine.open(home, "anna", clock=clock) as engine:
        first = study_day(clock.at)
        (card,) = answer(engine, 1)
        clock.forward(minutes=2)
        assert study_day(clock.at) > first
        session, told = engine.take_back()
        assert told.startswith("Taken back: your answer of 03:59.")
        assert session.question
        assert session.question.card.id == card
        assert engine.progress.history() == {}
        assert engine.progress.state(card) is None
        assert (
            engine.progress.totals(first).reviews == engine.progress.totals(study_day(clock.at)).reviews == 0
        )
        session.answer(right(session.question))
        (review,) = engine.progress.history().values()
        assert review.day == study_day(clock.at)


def test_in_a_session_that_goes_on_over_it(home: Home) -> None:
    clock = FakeClock(datetime(2026, 11, 25, 3, 59, tzinfo=UTC))
    with Engine.open(home, "anna", clock=clock) as engine:
        session = engine.study((), new=3)
        asked = shown(session.question)
        assert session.question
        session.answer(right(session.question))
        session.next()
        clock.forward(hours=1)
        assert session.undo()
        assert shown(session.question) == asked
        assert engine.progress.history() == {}


def test_after_a_restore(home: Home) -> None:
    clock = FakeClock()
    with Engine.open(home, "anna", clock=clock) as engine:
        before = answer(engine, 2)
    clock.forward(days=1)
    with Engine.open(home, "anna", clock=clock) as engine:
        answer(engine, 3)
    assert ran("backups", "restore", "1", "--yes", "--recruiter", "anna", "--home", home.root).status == 0
    with Engine.open(home, "anna", clock=clock) as engine:
        kept = engine.progress.history()
        assert {review.card for review in kept.values()} == set(before)
        session, _ = engine.take_back()
        assert session.question
        assert session.question.card.id == before[-1]
        assert len(engine.progress.history()) == len(kept) - 1


def test_after_a_merge(home: Home) -> None:
    clock = FakeClock()
    with Engine.open(home, "laptop", clock=clock) as engine:
        answer(engine, 2)
    clock.forward(hours=1)
    with Engine.open(home, "anna", clock=clock) as engine:
        answer(engine, 3)
    assert ran("merge", "laptop", "anna", "--yes", "--home", home.root).status == 0
    with Engine.open(home, "anna", clock=clock) as engine:
        left = list(engine.progress.history())
        assert len(left) == 5
        while left:
            session, _ = engine.take_back()
            assert session.question
            left.remove(max(left))
            assert list(engine.progress.history()) == left, "the newest goes first, whosever it was"


def test_after_an_edit_the_same_card_is_asked_anew(home: Home) -> None:
    with Engine.open(home, "anna", clock=FakeClock()) as engine:
        session = engine.study((), new=3)
        assert session.question
        card = session.question.card
        session.answer(right(session.question))
        draft = engine.edit(card)
        values = [field.value for field in draft.fields]
        position = next(i for i, value in enumerate(values) if isinstance(value, str) and value)
        values[position] = 'Edited """ \\ # here'
        saved = draft.save(values)
        assert saved
        engine.use(saved.library)
        session.replace_cards(engine.library.cards)
        assert session.undo()
        assert shown(session.question)[0] == card.id
        assert engine.progress.history() == {}
        assert not session.undo()


@pytest.mark.slow
@pytest.mark.parametrize("answers", ["", "0", "101", "0011", "1101100"])
def test_what_stood_when_it_was_killed_is_asked_in_the_same_way_again(home: Home, answers: str) -> None:
    clock = FakeClock()
    with Engine.open(home, "anna", clock=clock) as engine:
        session = engine.study((), new=12)
        for correct in answers:
            assert session.question
            session.answer(right(session.question) if correct == "1" else Answer(gave_up=True))
            session.next()
        stood = session.question
        assert stood
        killed = Home(shutil.copytree(home.root, home.root.with_name("killed")))
    if session.repeat:
        return  # it comes back tomorrow
    with Engine.open(killed, "anna", clock=clock) as engine:
        again = engine.study((), new=12)
        while again.question and again.question.card.id != stood.card.id:
            again.answer(right(again.question))
            again.next()
        assert shown(again.question) == shown(stood)


def test_once_more_and_back(home: Home) -> None:
    with Engine.open(home, "anna", clock=FakeClock()) as engine:
        session, seen = engine.study((), new=6), []
        for _ in range(9):
            if not session.question:
                break
            seen.append(shown(session.question))
            session.answer(Answer(gave_up=True))
            session.next()
        assert len(seen) == 9
        for expected in reversed(seen):
            assert session.undo()
            assert shown(session.question) == expected
        assert engine.progress.history() == {}
