"""Another person's file in the place of a record, and a record that is gone: told, and never adopted."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands import ran
from trainer.errors import NotYoursError, ProgressError
from trainer.home import Home
from trainer.progress import backup, erasing, records
from trainer.progress.doctor import checks, folders, repair
from trainer.progress.progress import Progress
from trainer.progress.records import Record

from .samples import CARDS, SCHEDULE, FakeClock, answer, at_work, kept, record_of, session

ASM, SIGNAL, PROPS, DSM = CARDS


@pytest.fixture
def anna(tmp_path: Path, clock: FakeClock) -> Record:
    record = record_of(tmp_path)
    session(record, clock, ASM)
    session(record, clock, SIGNAL)
    return record


@pytest.fixture
def bela(tmp_path: Path, clock: FakeClock) -> Record:
    record = record_of(tmp_path, "bela")
    session(record, clock, PROPS)
    return record


def looked_at(record: Record) -> Progress:
    return Progress.read(record.path, record.recruiter, SCHEDULE, FakeClock(), record.backups)


def test_another_persons_file_over_yours_is_refused_and_yours_put_back(
    anna: Record, bela: Record, clock: FakeClock, tmp_path: Path
) -> None:
    theirs = bela.path.read_bytes()
    anna.path.write_bytes(theirs)
    for use in (lambda: at_work(anna, clock), lambda: looked_at(anna), lambda: repair.fix(anna, clock)):
        with pytest.raises(NotYoursError, match=r'of "bela", not of "anna".*trainer backups restore 1'):
            use()
    with pytest.raises(NotYoursError):
        erasing.erase(anna, clock)
    (finding,) = [each for each in checks.check(anna, clock.now, CARDS) if each.problem]
    assert (finding.where, finding.what) == (str(anna.path), "is somebody else's")
    assert anna.path.read_bytes() == theirs
    done = ran("backups", "restore", "1", "--yes", "--recruiter", "anna", "--home", tmp_path)
    assert done.status == 0
    assert len(kept(anna)[0]) == 1
    assert theirs in [path.read_bytes() for path in anna.path.parent.glob("anna.json.damaged-*")]
    assert [review.card for review in kept(bela)[0].values()] == [PROPS]


def test_another_persons_journal_is_refused(anna: Record, bela: Record, clock: FakeClock) -> None:
    with at_work(bela, clock) as progress:
        answer(progress, clock, DSM)
        left = bela.path.with_suffix(".journal").read_bytes()
    anna.path.with_suffix(".journal").write_bytes(left)
    with pytest.raises(NotYoursError, match=r'anna\.journal holds the progress of "bela"'):
        at_work(anna, clock)
    (finding,) = [each for each in checks.check(anna, clock.now, CARDS) if each.problem]
    assert (finding.where, finding.what) == (str(anna.path.with_suffix(".journal")), "is somebody else's")


def test_another_persons_file_during_a_session_is_put_aside(
    anna: Record, bela: Record, clock: FakeClock
) -> None:
    theirs = bela.path.read_bytes()
    with at_work(anna, clock) as progress:
        answer(progress, clock, DSM)
        anna.path.unlink()
        anna.path.write_bytes(theirs)
    assert "somebody else's progress" in progress.notices[0]
    assert [review.card for review in kept(anna)[0].values()] == [ASM, SIGNAL, DSM]
    assert theirs in [path.read_bytes() for path in anna.path.parent.glob("anna.json.damaged-*")]


def test_a_record_that_is_gone_while_backups_are_there_is_no_new_one(
    anna: Record, clock: FakeClock, tmp_path: Path
) -> None:
    anna.path.unlink()
    uses: tuple[Callable[[], object], ...] = (lambda: at_work(anna, clock), lambda: looked_at(anna))
    for use in uses:
        with pytest.raises(ProgressError, match=r'"anna" is gone.*1 backup of it.*trainer backups restore 1'):
            use()
    assert not anna.path.exists()
    done = ran("stats", "--home", tmp_path)
    assert (done.status, "is gone" in done.err) == (2, True)
    (finding,) = [each for each in folders.check(Home(tmp_path), []) if each.where == str(anna.backups)]
    assert finding.problem
    assert ran("backups", "restore", "1", "--yes", "--recruiter", "anna", "--home", tmp_path).status == 0
    assert len(kept(anna)[0]) == 1


def test_what_was_brought_into_another_record_is_not_missed(
    anna: Record, bela: Record, clock: FakeClock, tmp_path: Path
) -> None:
    records.merge(anna, bela, clock)
    assert backup.existing(anna.backups)
    assert not any(each.problem for each in folders.check(Home(tmp_path), [bela]))
