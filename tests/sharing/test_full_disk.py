"""An answer of a drill that the record refuses: what is told of it is what holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from tests.learners import right, wrong
from tests.sharing.casting import Casting
from tests.sharing.drills import NOW
from trainer import disk
from trainer.engine.drills import DrillRun, begin, to_take
from trainer.engine.engine import Engine
from trainer.errors import NotSavedError
from trainer.study.turns import Phase


@pytest.fixture
def team(tmp_path: Path) -> Casting:
    return Casting(tmp_path)


@contextmanager
def full(engine: Engine, monkeypatch: pytest.MonkeyPatch, *, nothing_is_cut: bool = False) -> Iterator[None]:
    """Let the record take nothing, and of the attempt's log nothing be cut off."""

    def fail(*_: object, **__: object) -> int:
        raise NotSavedError("Not saved: no space left")

    def stuck(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    with monkeypatch.context() as patched:
        patched.setattr(engine.progress, "record", fail)
        if nothing_is_cut:
            patched.setattr(disk, "truncate", stuck)
        yield


def started(team: Casting, engine: Engine) -> DrillRun:
    return begin(engine, team.anna.team, to_take(team.anna.team))


def test_what_is_told_as_not_saved_does_not_count_in_the_drill(
    team: Casting, monkeypatch: pytest.MonkeyPatch
) -> None:
    with team.anna.trainer() as engine:
        run = started(team, engine)
        question = run.session.question
        assert question
        with full(engine, monkeypatch), pytest.raises(NotSavedError):
            run.session.answer(wrong(question))
        assert run.session.phase is Phase.QUESTION
    with team.anna.trainer() as engine:
        run = started(team, engine)
        assert run.resumed == 0
        assert run.session.question
        assert run.session.question.options == question.options
        assert run.session.answer(right(question)).mark.right
        assert [given.right for given in run.recorder.attempt.given] == [True]
        assert [each.right for each in engine.progress.history_of(question.card.id).values()] == [True]
    with team.anna.trainer() as engine:
        assert started(team, engine).resumed == 1
        assert len(engine.progress.history_of(question.card.id)) == 1


def test_what_was_cut_off_though_the_disk_says_it_failed_does_not_count_either(
    team: Casting, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut = disk.truncate

    def cut_and_fail(log: int, length: int) -> None:
        cut(log, length)
        raise OSError(5, "Input/output error")

    with team.anna.trainer() as engine:
        run = started(team, engine)
        question = run.session.question
        assert question
        with full(engine, monkeypatch), monkeypatch.context() as failing:
            failing.setattr(disk, "truncate", cut_and_fail)
            with pytest.raises(NotSavedError):
                run.session.answer(wrong(question))
        assert run.recorder.attempt.given == ()
    with team.anna.trainer() as engine:
        assert started(team, engine).resumed == 0


@pytest.mark.parametrize("answers", [1, 3])
def test_what_counts_already_is_told_so_and_is_in_the_record_later(
    team: Casting, monkeypatch: pytest.MonkeyPatch, answers: int
) -> None:
    """With the last answer of all, it is the end of the drill that brings it there."""
    with team.anna.trainer() as engine:
        run = team.anna.answer(engine, answers - 1, rightly=True)
        question = run.session.question
        assert question
        with full(engine, monkeypatch, nothing_is_cut=True):
            assert not run.session.answer(wrong(question)).mark.right
            if run.session.next():
                assert run.session.question
                with pytest.raises(NotSavedError):
                    run.session.answer(wrong(run.session.question))
        assert not engine.progress.history_of(question.card.id)
        if run.session.question:
            run.session.answer(right(run.session.question))
        else:
            assert run.finish().right == answers - 1
        assert [each.right for each in engine.progress.history_of(question.card.id).values()] == [False]
    assert [given.right for given in run.recorder.attempt.given][answers - 1] is False


def test_what_counted_before_stays_where_a_second_answer_is_refused(
    team: Casting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a card that another window asked too the attempt keeps the first answer alone."""
    with team.anna.trainer() as engine:
        run = started(team, engine)
        question = run.session.question
        assert question
        run.session.answer(wrong(question))
        kept, ((_, review),) = run.recorder.attempt, engine.progress.recent(1)
        with full(engine, monkeypatch), pytest.raises(NotSavedError):
            run.recorder.record(review, NOW + timedelta(minutes=9))
        assert run.recorder.attempt == kept
    with team.anna.trainer() as engine:
        assert started(team, engine).recorder.attempt.given == kept.given
