"""A disk that makes a change and does not confirm it: nothing is lost, doubled, or told untruly."""

import errno
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from trainer import disk
from trainer.errors import NotSavedError, NotWritableError, ProgressError
from trainer.progress import backup, records
from trainer.progress.records import Record

from .faults import FaultyOs, Loss, install
from .samples import CARDS, FakeClock, answer, at_work, kept, read, record_of, session

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="brings names to the disk by itself")
ASM, SIGNAL, PROPS, DSM = CARDS


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> FaultyOs:
    return install(monkeypatch)


def leave_unconfirmed(faulty: FaultyOs, folder: Path, times: int = 1, after: str = "") -> None:
    """Let bringing a folder to the disk fail so often, once a step that begins so was seen."""
    left, seen = [times], [not after]

    def fault(step: str) -> OSError | None:
        seen[0] = seen[0] or step.startswith(after)
        if step != f"fsync {folder.name}" or not seen[0] or not left[0]:
            return None
        left[0] -= 1
        return OSError(errno.EIO, os.strerror(errno.EIO))

    faulty._fault = fault


def cards(record: Record) -> list[str]:
    return sorted(review.card for review in kept(record)[0].values())


def remove(path: Path) -> None:
    disk.remove(path)


def move(path: Path) -> None:
    disk.move(path, path.with_name("moved"))


def replace(path: Path) -> None:
    disk.replace(path, [b"new"])


def create(path: Path) -> None:
    disk.create(path.with_name("created"), [b"new"])


def write_new(path: Path) -> None:
    disk.write_new(path.with_name("created"), [b"new"])


@pytest.mark.parametrize(
    ("change", "left"),
    [
        (remove, {}),
        (move, {"moved": b"old"}),
        (replace, {"a": b"new"}),
        (create, {"a": b"old", "created": b"new"}),
        (write_new, {"a": b"old", "created": b"new"}),
    ],
)
def test_what_is_done_is_told_from_what_failed(
    tmp_path: Path, faulty: FaultyOs, change: Callable[[Path], None], left: dict[str, bytes]
) -> None:
    def there() -> dict[str, bytes]:
        return {each.name: each.read_bytes() for each in tmp_path.iterdir()}

    path = tmp_path / "a"
    path.write_bytes(b"old")
    faulty._fault = lambda step: OSError(errno.EROFS, "read-only") if not step.startswith("fsync") else None
    with pytest.raises(OSError, match="read-only") as failed:
        change(path)
    assert not isinstance(failed.value, disk.UnconfirmedError)
    assert there() == {"a": b"old"}
    leave_unconfirmed(faulty, tmp_path)
    with pytest.raises(disk.UnconfirmedError) as told:
        change(path)
    assert told.value.errno == errno.EIO
    assert told.value.strerror == "the disk has not confirmed it: Input/output error"
    assert there() == left
    assert told.value.made == (disk.signature(path) if change is replace else None)


def test_a_log_whose_name_was_not_confirmed_is_brought_to_the_disk_by_the_next_opening(
    tmp_path: Path, faulty: FaultyOs
) -> None:
    log = tmp_path / "log"
    leave_unconfirmed(faulty, tmp_path)
    with pytest.raises(OSError, match="Input/output error"):
        disk.open_log(log)
    descriptor = disk.open_log(log)
    disk.write(descriptor, b"an answer")
    disk.sync(descriptor)
    faulty.die(Loss.DATA_AND_NAMES)
    assert log.read_bytes() == b"an answer"


def test_a_fold_that_was_not_confirmed_is_not_taken_for_another_programs(
    anna: Record, clock: FakeClock, faulty: FaultyOs
) -> None:
    progress = at_work(anna, clock)
    answer(progress, clock, SIGNAL)
    leave_unconfirmed(faulty, anna.path.parent)
    with pytest.raises(disk.UnconfirmedError):
        progress._storage.fold()  # type: ignore[attr-defined]  # a session has no practice storage
    assert cards(anna) == sorted([ASM, SIGNAL])
    answer(progress, clock, PROPS)
    progress.close()
    assert progress.notices == []
    assert [each.why for each in backup.existing(anna.backups)] == ["day"], "it made backups of itself"
    assert cards(anna) == sorted([ASM, SIGNAL, PROPS])
    with at_work(anna, clock) as again:
        assert again.notices == []


def test_a_session_whose_last_fold_was_not_confirmed_says_where_the_answers_are(
    anna: Record, clock: FakeClock, faulty: FaultyOs
) -> None:
    progress = at_work(anna, clock)
    answer(progress, clock, SIGNAL)
    leave_unconfirmed(faulty, anna.path.parent)
    progress.close()
    assert "the disk has not confirmed it: Input/output error. No answer is lost" in progress.notices[0]
    assert anna.path.with_suffix(".journal").stat().st_size
    with at_work(anna, clock) as again:
        assert again.notices == []
    assert cards(anna) == sorted([ASM, SIGNAL])


@pytest.mark.parametrize("loss", [Loss.NOTHING, Loss.DATA_AND_NAMES])
def test_the_file_of_a_new_record_that_was_not_confirmed_is_gone_on_with(
    tmp_path: Path, clock: FakeClock, faulty: FaultyOs, loss: Loss
) -> None:
    record = record_of(tmp_path)
    progress = at_work(record, clock)
    leave_unconfirmed(faulty, record.path.parent)
    with pytest.raises(NotSavedError, match="the disk has not confirmed it"):
        answer(progress, clock, ASM)
    assert progress.history() == {}
    answer(progress, clock, SIGNAL)
    faulty.die(loss)
    with at_work(record, clock) as again:
        assert [each.card for each in again.history().values()] == [SIGNAL]
        assert loss is not Loss.NOTHING or again.notices == []


def test_an_opening_whose_fold_was_not_confirmed_does_not_say_that_nothing_was_changed(
    anna: Record, clock: FakeClock, faulty: FaultyOs
) -> None:
    killed = at_work(anna, clock)
    answer(killed, clock, SIGNAL)
    faulty.die()
    before = anna.path.read_bytes()
    leave_unconfirmed(faulty, anna.path.parent, after="replace anna.json")
    with pytest.raises(NotWritableError, match=r"has not confirmed it: .*It may be changed; nothing is lost"):
        at_work(anna, clock)
    assert anna.path.read_bytes() != before
    with at_work(anna, clock) as again:
        assert again.notices == []
        assert sorted(each.card for each in again.history().values()) == sorted([ASM, SIGNAL])


def test_what_is_put_in_place_and_not_confirmed_is_what_the_session_goes_on_with(
    anna: Record, clock: FakeClock, faulty: FaultyOs, tmp_path: Path
) -> None:
    bela = record_of(tmp_path, "bela")
    session(bela, clock, PROPS)
    theirs = records.examined(bela)
    with records.opened(anna, clock) as storage:
        leave_unconfirmed(faulty, anna.path.parent, after="replace anna.json")
        with pytest.raises(disk.UnconfirmedError):
            storage.put(lambda ours: records.united(ours, theirs, anna)[0], "import")
        assert len(storage.tables.reviews.history()) == 2
        storage.put(lambda ours: ours, "repair")
        assert storage.notices == []
    assert cards(anna) == sorted([ASM, PROPS])
    leave_unconfirmed(faulty, anna.path.parent, after="replace anna.json")
    session(bela, clock, DSM)
    with pytest.raises(ProgressError, match=r"has not confirmed it: Input/output error\. Nothing is lost"):
        records.take_in(anna, records.examined(bela), "import", clock)
    assert cards(anna) == sorted([ASM, PROPS, DSM])


def test_what_a_crash_left_and_can_not_be_removed_keeps_nobody_from_saving(
    anna: Record, clock: FakeClock, faulty: FaultyOs
) -> None:
    left = anna.path.with_name("anna.json.0123abcd.tmp")
    left.write_bytes(b"half")
    progress = at_work(anna, clock)
    answer(progress, clock, SIGNAL)
    faulty._fault = lambda step: OSError(errno.EIO, "gone") if step.startswith("unlink anna.json") else None
    with suppress(OSError):
        progress._storage.fold()  # type: ignore[attr-defined]  # a session has no practice storage
    faulty.mend()
    answer(progress, clock, PROPS)
    progress.close()
    assert progress.notices == []
    assert not left.exists()
    assert cards(anna) == sorted([ASM, SIGNAL, PROPS])


def test_a_copy_that_was_put_away_and_not_confirmed_is_told_where_it_is(
    anna: Record, clock: FakeClock, faulty: FaultyOs
) -> None:
    copy = anna.path.with_name("anna 2.json")
    copy.write_bytes(anna.path.read_bytes())
    leave_unconfirmed(faulty, anna.path.parent, after="rename anna 2.json")
    with at_work(anna, clock) as progress:
        assert "anna 2.json is kept as" in progress.notices[-1]
    assert not copy.exists()
    assert len(read(copy.parent / "merged" / copy.name).history()) == 1
