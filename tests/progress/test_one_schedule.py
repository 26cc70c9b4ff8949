"""One schedule for all that a record goes through: whoever makes states anew makes them by the same."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from trainer.memory.schedule import Schedule
from trainer.memory.state import CardState, Review
from trainer.progress import backup, records
from trainer.progress.doctor import checks, repair
from trainer.progress.progress import Progress
from trainer.progress.records import Record

from .samples import CARDS, FakeClock, answer, at_work, record_of, session

ASM, SIGNAL, PROPS, DSM = CARDS


class Personal(Schedule):
    """Stands for one with parameters of its own: what is learned stays twice as long."""

    def advance(self, state: CardState | None, review: Review) -> CardState | None:
        after = super().advance(state, review)
        return after and msgspec.structs.replace(after, stability=2 * after.stability)


PERSONAL = Personal()


@pytest.fixture
def record(tmp_path: Path, clock: FakeClock) -> Record:
    """A record of somebody with parameters of their own, with a backup and a copy with more in it."""
    return _lived(tmp_path, "anna", clock)


def _lived(home: Path, name: str, clock: FakeClock) -> Record:
    record = _personal(record_of(home, name))
    session(record, clock, ASM, SIGNAL)
    clock.move(24 * 60)
    session(record, clock, ASM, PROPS)
    return record


def _personal(record: Record) -> Record:
    return Record(record.recruiter, record.path, record.backups, PERSONAL)


def changed_by_hand(record: Record, clock: FakeClock) -> None:
    record.path.write_bytes(record.path.read_bytes().replace(b'"lapses":0', b'"lapses":5'))


def merged(record: Record, clock: FakeClock) -> None:
    records.merge(_lived(record.path.parents[1], "bela", clock), record, clock)


def imported(record: Record, clock: FakeClock) -> None:
    theirs = records.examined(_lived(record.path.parents[1], "bela", clock))
    records.take_in(record, theirs, "import", clock)


def copied(record: Record, clock: FakeClock) -> None:
    before = record.path.read_bytes()
    session(record, clock, DSM)
    record.path.with_name("anna (1).json").write_bytes(record.path.read_bytes())
    record.path.write_bytes(before)


def put_back(record: Record, clock: FakeClock) -> None:
    (made,) = backup.existing(record.backups)
    made.path.write_bytes(made.path.read_bytes().replace(b'"lapses":0', b'"lapses":5'))
    records.restore(record, backup.read(made.path, record.schedule), clock)


def mended(record: Record, clock: FakeClock) -> None:
    assert checks.check(record, clock.now, CARDS) == [], "the doctor takes personal states for right"
    record.path.write_bytes(record.path.read_bytes()[: -len(b"}}}\n")])
    assert repair.fix(record, clock)


def taken_back(record: Record, clock: FakeClock) -> None:
    with at_work(record, clock) as progress:
        progress.undo()
        answer(progress, clock, DSM)


ACTS = [changed_by_hand, merged, imported, copied, put_back, mended, taken_back]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_whatever_a_record_goes_through_its_own_schedule_makes_its_states(
    record: Record, clock: FakeClock, act: Callable[[Record, FakeClock], None]
) -> None:
    act(record, clock)
    with at_work(record, clock) as progress:
        expected = PERSONAL.replay(progress.history())[0]
        assert progress.states
        assert dict(progress.states) == expected
    with Progress.read(record.path, "anna", PERSONAL, clock) as practice:
        assert dict(practice.states) == expected
