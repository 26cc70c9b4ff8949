"""A journal that is in the file and can't be emptied: what stands in both is there once, and told nobody."""

import errno
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from trainer import disk
from trainer.errors import NotSavedError, ProgressError
from trainer.memory.learner import Interview
from trainer.memory.state import Marks, Rating
from trainer.progress import journal, records
from trainer.progress.progress import Progress
from trainer.progress.records import Record

from .faults import FaultyOs, install
from .samples import CARDS, SCHEDULE, FakeClock, answer, at_work, is_consistent, record_of, review, session

ASM, SIGNAL, PROPS, DSM = CARDS
TALK = Interview(role="asm", level="junior", when=datetime(2026, 4, 1, 9, 30, tzinfo=UTC), minutes=15)
FAILURES = {
    "it can't be moved": ["rename anna.journal"],
    "it can't be moved or cut, as on Windows": ["rename anna.journal", "ftruncate"],
    "no new one can be made": ["open anna.journal"],
    "the new one is not confirmed": ["fsync progress"],
    "the old one can't be removed": ["unlink anna.journal."],
}
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="moves no file that is open")


@pytest.fixture
def anna(tmp_path: Path) -> Record:
    return record_of(tmp_path)


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> FaultyOs:
    return install(monkeypatch)


def journal_of(record: Record) -> Path:
    return record.path.with_suffix(".journal")


def keep_uncleared(faulty: FaultyOs, failure: str) -> None:
    """Let a journal not be emptied, whatever else succeeds: once the file was replaced by what is in it."""
    folded = [False]
    code = errno.EACCES if "Windows" in failure else errno.EIO

    def fault(step: str) -> OSError | None:
        if step == "rename anna.journal":
            folded[0] = True
        failing = folded[0] and any(step.startswith(each) for each in FAILURES[failure])
        return OSError(code, os.strerror(code)) if failing else None

    faulty._fault = fault


def held(progress: Progress) -> object:
    assert is_consistent(progress)
    said = {card: progress.marks(card) for card in CARDS}
    chosen = (progress.settings, dict(progress.interviews))
    return progress.history(), dict(progress.states), dict(progress.days), said, chosen


def at_all_it_can(progress: Progress, clock: FakeClock) -> None:
    """Answer, take back, count as right, mark, choose and forget."""
    answer(progress, clock, ASM)
    answer(progress, clock, SIGNAL, Rating.AGAIN)
    progress.undo()
    newest = answer(progress, clock, PROPS, Rating.AGAIN)
    clock.move(1)
    progress.record(review(progress, PROPS, Rating.GOOD, clock.now), clock.now, instead_of=newest)
    progress.mark(DSM, Marks(suspended=True))
    progress.mark(DSM, Marks())
    progress.set_setting("minutes", 20)
    clock.move(1)
    progress.set_setting("minutes", 5)
    progress.drop_interview(progress.keep_interview(TALK))
    progress.keep_interview(msgspec.structs.replace(TALK, level="senior"))
    answer(progress, clock, DSM)
    clock.move(1)
    progress.forget([ASM])
    answer(progress, clock, SIGNAL)


def looked_at(record: Record) -> Progress:
    return Progress.read(record.path, record.recruiter, SCHEDULE, FakeClock())


@pytest.mark.parametrize("failure", FAILURES)
def test_what_was_folded_and_not_cleared_is_there_once(
    anna: Record, clock: FakeClock, faulty: FaultyOs, failure: str
) -> None:
    session(anna, clock, DSM)
    progress = at_work(anna, clock)
    at_all_it_can(progress, clock)
    known = held(progress)
    keep_uncleared(faulty, failure)
    progress.close()
    assert progress.notices == [], "all of it is in the file"
    left = [journal_of(anna), *journal.moved_from(journal_of(anna))]
    assert any(disk.read(each) for each in left), "else nothing is tried here"
    assert held(looked_at(anna)) == known
    folded = anna.path.read_bytes()
    faulty.mend()
    with at_work(anna, clock) as again:
        assert again.notices == []
        assert held(again) == known
        again.undo()
        assert again.settings == progress.settings
        answer(again, clock, SIGNAL)
        known = held(again)
    assert anna.path.read_bytes() != folded
    assert (journal_of(anna).read_bytes(), journal.moved_from(journal_of(anna))) == (b"", [])
    assert held(looked_at(anna)) == known


@pytest.mark.parametrize("failure", FAILURES)
def test_an_opening_that_folds_and_can_not_clear_goes_on(
    anna: Record, clock: FakeClock, faulty: FaultyOs, failure: str
) -> None:
    """It was refused, "Nothing in it was changed", though the file held more than before."""
    session(anna, clock, DSM)
    killed = at_work(anna, clock)
    at_all_it_can(killed, clock)
    known = held(killed)
    faulty.die()
    keep_uncleared(faulty, failure)
    with at_work(anna, clock) as progress:
        assert progress.notices == []
        assert held(progress) == known
        assert held(looked_at(anna)) == known
        if failure != "the old one can't be removed":
            with pytest.raises(NotSavedError):
                answer(progress, clock, ASM)
        faulty.mend()
        answer(progress, clock, ASM)
        known = held(progress)
        assert held(looked_at(anna)) == known
    with at_work(anna, clock) as again:
        assert again.notices == []
        assert held(again) == known
    assert (journal_of(anna).read_bytes(), journal.moved_from(journal_of(anna))) == (b"", [])


@pytest.mark.parametrize("failure", FAILURES)
def test_nothing_that_was_not_cleared_comes_back_into_what_is_put_in_its_place(
    anna: Record, clock: FakeClock, faulty: FaultyOs, failure: str
) -> None:
    session(anna, clock, DSM)
    before = records.look(anna)
    killed = at_work(anna, clock)
    answer(killed, clock, SIGNAL)
    known = held(killed)
    faulty.die()
    keep_uncleared(faulty, failure)
    with pytest.raises(ProgressError, match=r"(Input/output error|Permission denied)\. Nothing is lost"):
        records.restore(anna, before, clock)
    assert held(looked_at(anna)) == known
    faulty.mend()
    assert records.restore(anna, before, clock) == []
    with at_work(anna, clock) as again:
        assert [each.card for each in again.history().values()] == [DSM]


def test_what_was_moved_away_and_can_not_be_removed_does_not_come_back_either(
    anna: Record, clock: FakeClock, faulty: FaultyOs
) -> None:
    session(anna, clock, DSM)
    before = records.look(anna)
    with at_work(anna, clock) as killed:
        answer(killed, clock, SIGNAL)
        left = journal_of(anna).with_name("anna.journal.0123abcd.old")
        left.write_bytes(journal_of(anna).read_bytes())
    faulty._fault = lambda step: OSError(errno.EIO, "gone") if step == f"unlink {left.name}" else None
    with pytest.raises(ProgressError, match="Nothing is lost"):
        records.restore(anna, before, clock)
    faulty.mend()
    assert records.restore(anna, before, clock) == []
    assert not left.exists()
    with at_work(anna, clock) as again:
        assert [each.card for each in again.history().values()] == [DSM]


def test_a_put_finishes_what_could_not_be_cleared(anna: Record, clock: FakeClock, faulty: FaultyOs) -> None:
    session(anna, clock, DSM)
    before = records.look(anna)
    with records.opened(anna, clock) as storage:
        storage.append({"reviews": {str(storage.newest + 1): next(iter(storage.read()["reviews"].values()))}})
        keep_uncleared(faulty, "no new one can be made")
        storage.fold()
        faulty.mend()
        storage.put(lambda _: before, "restore")
    with at_work(anna, clock) as again:
        assert [each.card for each in again.history().values()] == [DSM]
