"""A file with something that no record can hold: an import, a copy, one's own, a backup, a journal."""

import json
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from trainer.errors import ProgressError
from trainer.memory.state import Marks
from trainer.progress import backup, records
from trainer.progress.doctor import repair
from trainer.progress.documents import Document, card_key
from trainer.progress.records import Record

from .faults import unsynced
from .samples import CARDS, SCHEDULE, FakeClock, answer, at_work, is_consistent, kept, record_of
from .spoiled import (
    BAD,
    SOUND,
    each_bad,
    generation_of,
    lines,
    problems,
    sealed,
    sealed_as_it_is,
    two_days,
    with_a,
)

ASM, SIGNAL, PROPS, DSM = CARDS


@pytest.fixture
def record(tmp_path: Path, clock: FakeClock) -> Record:
    return two_days(tmp_path / "home", clock)


@pytest.fixture
def whole(record: Record) -> Record:
    """The same, to be copied."""
    return record


@pytest.fixture(autouse=True)
def quick() -> Iterator[None]:
    with unsynced():
        yield


def test_an_import_refuses_it_with_the_name_of_the_file(
    whole: Record, clock: FakeClock, tmp_path: Path
) -> None:
    for bad, record in each_bad(whole):
        before = record.path.read_bytes()
        file = tmp_path / "export.json"
        for content in (with_a(bad, record), sealed(with_a(bad, record))):
            file.write_bytes(content)
            with pytest.raises(ProgressError, match=r"export\.json is not a progress file"):
                records.examined(Record("", file, file.parent, SCHEDULE))
        assert record.path.read_bytes() == before


@pytest.mark.parametrize("seal", [bytes, sealed])
def test_a_copy_with_it_is_left_out_and_told_and_the_record_opens(
    whole: Record, clock: FakeClock, seal: Callable[[bytes], bytes]
) -> None:
    for bad, record in each_bad(whole):
        before = kept(record)
        copy = record.path.with_name("anna (1).json")
        content = seal(with_a(bad, record, more=True))
        copy.write_bytes(content)
        with at_work(record, clock) as progress:
            assert progress.history() == before[0]
            (told,) = progress.notices
            assert str(copy) in told
            assert "doctor --fix" in told
        assert copy.read_bytes() == content
        (problem,) = [each for each in problems(record, clock) if "copy" in each]
        assert problem.startswith(f"{copy} is a copy that can't be read: ")


def test_the_doctor_takes_what_can_be_read_of_a_copy_with_it(whole: Record, clock: FakeClock) -> None:
    for bad, record in each_bad(whole):
        before = kept(record)[0]
        copy = record.path.with_name("anna (1).json")
        copy.write_bytes(with_a(bad, record, more=True))
        assert "4 reviews in it could be read; 1 had been missing here" in "".join(repair.fix(record, clock))
        after = kept(record)[0]
        assert after.keys() - before.keys() == {1772750000000000}
        assert before.items() <= after.items()
        assert not copy.exists()
        assert (record.path.parent / "merged" / copy.name).exists()
        assert [each for each in problems(record, clock) if "anna (1)" in each] == []


def test_an_answer_that_such_a_copy_tells_twice_counts_once(record: Record, clock: FakeClock) -> None:
    before = kept(record)[0]
    tree = json.loads(with_a("a negative interval", record))
    tree["reviews"]["1772750000000000"] = {**tree["reviews"][str(min(before))], "at": min(before)}
    record.path.with_name("anna (1).json").write_text(json.dumps(tree))
    repair.fix(record, clock)
    assert problems(record, clock) == []
    assert kept(record)[0] == before


def test_a_file_with_it_is_refused_named_and_mended(whole: Record, clock: FakeClock) -> None:
    for bad, record in each_bad(whole):
        before = kept(record)
        record.path.write_bytes(with_a(bad, record))
        with pytest.raises(ProgressError, match="doctor --fix") as refused:
            at_work(record, clock)
        assert str(record.path) in str(refused.value)
        (problem,) = [each for each in problems(record, clock) if "can't be read" in each]
        assert problem.startswith(str(record.path))
        repair.fix(record, clock)
        assert problems(record, clock) == []
        assert kept(record) == before


def test_a_file_with_it_that_the_last_version_sealed_is_found_and_mended(
    whole: Record, clock: FakeClock
) -> None:
    for bad, record in each_bad(whole):
        before = kept(record)
        record.path.write_bytes(sealed(with_a(bad, record)))
        assert any(each.startswith(f"{record.path} can't be read: ") for each in problems(record, clock))
        repair.fix(record, clock)
        assert problems(record, clock) == []
        assert kept(record) == before


def test_a_backup_puts_a_file_with_it_right_too(whole: Record, clock: FakeClock) -> None:
    for bad, record in each_bad(whole):
        before = kept(record)
        backup.keep_file(record.path, record.backups, "import", clock.now)
        for content in (with_a(bad, record), sealed(with_a(bad, record))):
            record.path.unlink()  # a backup is a link to the same content
            record.path.write_bytes(content)
            records.restore(record, backup.read(backup.existing(record.backups)[-1].path, SCHEDULE), clock)
            assert kept(record) == before
            for each in backup.existing(record.backups)[2:]:
                each.path.unlink()


def test_a_backup_with_it_is_not_put_back_and_the_doctor_names_it(whole: Record, clock: FakeClock) -> None:
    for bad, record in each_bad(whole):
        (kept_there,) = backup.existing(record.backups)
        for content in (with_a(bad, record), sealed(with_a(bad, record))):
            kept_there.path.write_bytes(content)
            with pytest.raises(ProgressError, match="is not a progress file") as refused:
                backup.read(kept_there.path, SCHEDULE)
            assert str(kept_there.path) in str(refused.value)
            assert f"{kept_there.path} is a backup that can't be read" in problems(record, clock)


def test_a_merge_refuses_it_and_leaves_both_as_they_are(whole: Record, clock: FakeClock) -> None:
    for bad, record in each_bad(whole):
        before = kept(record)
        other = record_of(record.path.parents[1], "bella")
        for content in (with_a(bad, record), sealed(with_a(bad, record))):
            other.path.write_bytes(content)
            with pytest.raises(ProgressError) as refused:
                records.merge(other, record, clock)
            assert str(other.path) in str(refused.value)
            assert kept(record) == before
            assert other.path.exists()


@pytest.mark.parametrize("foreign", [0, 1])
def test_a_line_of_a_journal_with_it_is_left_out_told_and_kept(
    whole: Record, clock: FakeClock, foreign: int
) -> None:
    for bad, record in each_bad(whole):
        before = kept(record)[0]
        id_, document = BAD[bad]
        state = {"card": DSM, "stability": 1e300, "difficulty": 5, "last": "9999-12-31", "due": "9999-12-31"}
        content = lines(
            record,
            generation_of(record) + foreign,
            {"reviews": {"1772750000000000": {**SOUND, "card": PROPS}}, "cards": {card_key(DSM): state}},
            {"reviews": {id_: document}, "days": {"09990101": {"reviews": 1}}},
        )
        record.path.with_suffix(".journal").write_bytes(content)
        assert any("is damaged in 2 places" in each for each in problems(record, clock))
        with at_work(record, clock) as progress:
            assert progress.history().keys() - before.keys() == {1772750000000000}
            assert progress.marks(DSM) == Marks(suspended=True)
            assert is_consistent(progress)
            assert "damaged in 2 place(s)" in progress.notices[0]
        (found,) = record.path.parent.glob("anna.journal.damaged-*")
        assert found.read_bytes() == content
        assert problems(record, clock) == []


@pytest.mark.parametrize(
    "body",
    [b"[1]", b'{"reviews":5}', b'{"format":1,"generation":-1}', b'{"format":"x"}', b'{"a":{"1":[]}}', b"{}}"],
)
def test_a_journal_that_says_something_else_keeps_nobody_from_the_record(
    record: Record, clock: FakeClock, body: bytes
) -> None:
    before = kept(record)
    record.path.with_suffix(".journal").write_bytes(b"%08x %b\n" % (zlib.crc32(body), body))
    assert problems(record, clock)
    with at_work(record, clock) as progress:
        assert progress.history() == before[0]
        assert "is damaged" in progress.notices[0]
    assert problems(record, clock) == []


def test_what_takes_the_place_of_the_file_during_a_session_is_kept_aside(
    record: Record, clock: FakeClock
) -> None:
    for bad in BAD:
        bad_file = sealed(with_a(bad, record))
        with at_work(record, clock) as progress:
            given_ = answer(progress, clock, ASM)
            record.path.unlink()
            record.path.write_bytes(bad_file)
        assert "can't be read any more" in "".join(progress.notices)
        assert given_ in kept(record)[0]


# States and totals follow from the reviews


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("cards", {"stability": 1e300}),
        ("cards", {"stability": 0}),
        ("cards", {"stability": -1}),
        ("cards", {"stability": "1"}),
        ("cards", {"difficulty": 11}),
        ("cards", {"last": "0001-01-01"}),
        ("cards", {"last": "9999-12-31"}),
        ("cards", {"due": "9999-12-31"}),
        ("cards", {"reps": -1}),
        ("cards", {"reps": True}),
        ("cards", {"lapses": 10**30}),
        ("days", {"reviews": 10**30}),
        ("days", {"ms": True}),
        ("days", {"right": "x"}),
    ],
)
def test_a_state_that_no_reviews_give_is_found_and_made_anew(
    record: Record, clock: FakeClock, table: str, change: Document
) -> None:
    before = kept(record)
    tree = json.loads(record.path.read_bytes())
    key = card_key(ASM) if table == "cards" else min(tree["days"])
    tree[table][key] |= change
    plain = json.dumps(tree).encode()
    record.path.write_bytes(sealed_as_it_is(tree))
    with pytest.raises(ProgressError, match="doctor --fix"):
        at_work(record, clock)
    assert any("does not fit together" in each for each in problems(record, clock))
    repair.fix(record, clock)
    assert problems(record, clock) == []
    assert kept(record) == before
    record.path.write_bytes(plain)
    with at_work(record, clock):  # another program changed it: its states are not believed anyway
        pass
    assert kept(record) == before


@pytest.mark.parametrize("key", ["9990101", "09990101", "99991231", "x", "20260230"])
def test_a_day_that_the_last_version_took_in_is_mended(record: Record, clock: FakeClock, key: str) -> None:
    before = kept(record)
    tree = json.loads(record.path.read_bytes())
    tree["days"][key] = {"reviews": 1, "new": 1}
    record.path.write_bytes(sealed_as_it_is(tree))
    with pytest.raises(ProgressError, match=r"anna\.json"):
        at_work(record, clock)
    assert problems(record, clock)
    repair.fix(record, clock)
    assert problems(record, clock) == []
    assert kept(record) == before
