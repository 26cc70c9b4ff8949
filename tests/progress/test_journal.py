import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trainer import disk
from trainer.errors import NotSavedError, ProgressError
from trainer.progress import journal
from trainer.progress.documents import Changes, Meta, encode
from trainer.progress.journal import Entries, Journal
from trainer.progress.progress import Progress
from trainer.progress.records import Record

from .faults import install
from .samples import SCHEDULE, FakeClock, answer

NAME = Path("anna.journal")
META, LATER = (Meta(1, "anna", generation) for generation in (7, 8))
LINES: list[Changes] = [{"reviews": {str(id_): {"card": "é", "ms": id_}}} for id_ in range(1, 5)]


def written(path: Path, lines: list[Changes] = LINES) -> bytes:
    log = Journal(path)
    for line in lines:
        log.append(line, META)
    log.close()
    return path.read_bytes()


@pytest.fixture
def content(tmp_path: Path) -> bytes:
    return written(tmp_path / "anna.journal")


def kept(entries: Entries) -> list[Changes]:
    return list(entries.changes)


def test_what_was_appended_is_read(content: bytes) -> None:
    entries = journal.parse(content, NAME)
    assert (entries.generation, kept(entries), entries.torn, entries.damaged) == (7, LINES, False, 0)


def test_an_empty_journal_belongs_to_no_file() -> None:
    entries = journal.parse(b"", NAME)
    assert (entries.generation, kept(entries), entries.torn, entries.damaged) == (None, [], False, 0)


def test_a_line_torn_anywhere_is_dropped_and_told(content: bytes) -> None:
    before = content.rstrip(b"\n").rindex(b"\n") + 1
    for end in range(before + 1, len(content)):
        entries = journal.parse(content[:end], NAME)
        assert (kept(entries), entries.torn, entries.damaged) == (LINES[:-1], True, 0)
    assert not journal.parse(content[:before], NAME).torn


@pytest.mark.parametrize("junk", [b"\0" * 4096, b"junk", b"00000000 {}", b"deadbeef {\n", b"\xff\xfe\n\n"])
def test_junk_at_the_end_takes_nothing_with_it(content: bytes, junk: bytes) -> None:
    entries = journal.parse(content + junk, NAME)
    assert kept(entries) == LINES
    assert entries.torn or entries.damaged


def test_a_flipped_bit_costs_one_line_at_most_and_invents_none(content: bytes) -> None:
    header = content.index(b"\n") + 1
    for bit in range(len(content) * 8):
        flipped = bytearray(content)
        flipped[bit // 8] ^= 1 << bit % 8
        entries = journal.parse(bytes(flipped), NAME)
        found = kept(entries)
        assert all(line in LINES for line in found)
        assert len(found) >= len(LINES) - (bit // 8 >= header)
        assert entries.damaged or entries.torn


@given(st.binary())
@example(b"1d8ef7c1 []\n")
def test_no_content_breaks_the_reader(junk: bytes) -> None:
    journal.parse(junk, NAME)


def test_a_journal_of_a_newer_version_is_refused() -> None:
    line = journal._line(msgspec.json.encode({"format": 4, "generation": 7}))
    with pytest.raises(ProgressError, match=r"anna\.journal was written by a newer version"):
        journal.parse(line, NAME)


@pytest.mark.parametrize("failing", ["write", "fsync"])
@pytest.mark.parametrize("part", [0.0, 0.4, 1.0])
def test_a_failed_append_leaves_no_trace_and_the_next_one_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str, part: float
) -> None:
    path = tmp_path / "anna.journal"
    faulty = install(monkeypatch)
    log = Journal(path)
    log.append(LINES[0], META)
    faulty.fail(failing, errno.ENOSPC, part)
    for _ in range(2):
        with pytest.raises(NotSavedError, match=r"^Not saved: .*anna\.journal can't be written \(No space"):
            log.append(LINES[1], META)
    faulty.mend()
    assert kept(journal.parse(path.read_bytes(), NAME)) == LINES[:1]
    log.append(LINES[2], META)
    log.close()
    assert kept(journal.parse(path.read_bytes(), NAME)) == [LINES[0], LINES[2]]


@pytest.mark.parametrize("failing", [{"write", "ftruncate"}, {"fsync", "ftruncate"}])
def test_what_could_not_be_cut_off_is_cut_off_before_the_next_append(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: set[str]
) -> None:
    path = tmp_path / "anna.journal"
    faulty = install(monkeypatch)
    log = Journal(path)
    faulty._fault = lambda step: OSError(errno.EIO, "gone") if step.split()[0] in failing else None
    faulty._written = 0.5
    with pytest.raises(NotSavedError):
        log.append(LINES[0], META)
    assert path.stat().st_size
    faulty.mend()
    log.append(LINES[1], META)
    log.close()
    assert journal.parse(path.read_bytes(), NAME).changes == (LINES[1],)
    assert [each.name for each in tmp_path.iterdir()] == ["anna.journal"], "nobody was told that it was saved"


def test_an_interrupted_append_leaves_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "anna.journal"
    faulty = install(monkeypatch)
    log = Journal(path)
    faulty._fault = lambda step: KeyboardInterrupt() if step.startswith("fsync") else None
    with pytest.raises(KeyboardInterrupt):
        log.append(LINES[0], META)
    faulty.mend()
    log.append(LINES[1], META)
    log.close()
    assert journal.parse(path.read_bytes(), NAME).changes == (LINES[1],)
    assert [each.name for each in tmp_path.iterdir()] == ["anna.journal"]


def test_what_could_not_be_cleared_is_not_taken_for_somebody_elses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faulty = install(monkeypatch)
    log = Journal(tmp_path / "anna.journal")
    log.append(LINES[0], META)
    faulty._fault = lambda step: OSError(errno.EIO, "gone") if step == "open anna.journal" else None
    with pytest.raises(OSError, match="gone"):
        log.clear()
    faulty.mend()
    log.append(LINES[1], LATER)
    log.close()
    assert journal.parse(log.path.read_bytes(), NAME).changes == (LINES[1],)
    assert set(tmp_path.iterdir()) == {log.path, *journal.moved_from(log.path)}


def test_a_journal_that_can_not_be_moved_is_emptied_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows moves no file that is open."""
    faulty = install(monkeypatch)
    log = Journal(tmp_path / "anna.journal")
    log.append(LINES[0], META)
    left = tmp_path / "anna.journal.0123abcd.old"  # by a system that does, in a folder of both
    left.write_bytes(log.content)
    log.adopt([(left, log.content)])
    faulty.fail("rename", errno.EACCES)
    log.clear()
    assert log.path.read_bytes() == b""
    log.append(LINES[1], LATER)
    log.close()
    assert journal.parse(log.path.read_bytes(), NAME).changes == (LINES[1],)
    assert [each.name for each in tmp_path.iterdir()] == ["anna.journal"]


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="tells nobody what is open")
def test_a_journal_that_can_not_be_read_is_not_left_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(path: Path) -> bytes:
        raise OSError(errno.EIO, "gone", str(path))

    monkeypatch.setattr(disk, "read", gone)
    log = tmp_path / "anna.journal"
    with pytest.raises(OSError, match="gone"):
        Journal(log)
    assert log not in {each.resolve() for each in Path("/proc/self/fd").iterdir()}


def test_a_file_whose_closing_fails_is_not_left_open_in_the_place_of_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system closes it all the same, and what was opened since is the journal."""
    log = Journal(tmp_path / "anna.journal")
    log.append(LINES[0], META)
    real = disk.close

    def unsure(descriptor: int) -> None:
        real(descriptor)
        raise OSError(errno.EIO, "gone")

    with monkeypatch.context() as patch:
        patch.setattr(disk, "close", unsure)
        log.clear()
    log.append(LINES[1], LATER)
    log.close()
    assert journal.parse(log.path.read_bytes(), NAME).changes == (LINES[1],)
    assert [each.name for each in tmp_path.iterdir()] == ["anna.journal"]


# A disk or another program that takes the file away


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Journal]:
    log = Journal(tmp_path / "anna.journal", "anna")
    log.append(LINES[0], META)
    yield log
    log.close()


def remove(path: Path) -> None:
    path.unlink()


def remove_folder(path: Path) -> None:
    path.unlink()
    path.parent.rmdir()


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def put_back(path: Path) -> None:
    older = path.with_name("older")
    older.write_bytes(b"")
    older.replace(path)


def put_copy(path: Path) -> None:
    copy = path.with_name("copy")
    copy.write_bytes(path.read_bytes())
    copy.replace(path)


@pytest.mark.parametrize("act", [remove, remove_folder, cut, put_back, put_copy])
def test_a_file_that_was_changed_underneath_is_written_anew(
    log: Journal, act: Callable[[Path], None]
) -> None:
    act(log.path)
    assert not log.stands()
    log.append(LINES[1], META)
    assert log.stands()
    assert kept(journal.parse(log.path.read_bytes(), NAME)) == LINES[:2]
    assert [each.name for each in log.path.parent.iterdir()] == ["anna.journal"]


def moved(log: Journal) -> set[bytes]:
    return {each.read_bytes() for each in journal.moved_from(log.path)}


def test_what_another_trainer_wrote_in_its_place_is_kept_for_the_next_opening(log: Journal) -> None:
    foreign = set()
    for line in LINES[2:4]:
        foreign.add(written(log.path.with_name("other"), [line]))
        log.path.with_name("other").replace(log.path)
        log.append(LINES[1], META)
        assert moved(log) == foreign
    assert kept(journal.parse(log.path.read_bytes(), NAME)) == [LINES[0], LINES[1], LINES[1]]


@pytest.mark.parametrize("clears", [True, False])
def test_as_much_by_another_trainer_is_not_taken_for_ones_own(log: Journal, *, clears: bool) -> None:
    """Without locks both write to one file, and answers are often as long as others."""
    own = log.path.read_bytes()
    foreign = (
        own.splitlines(keepends=True)[0]
        + written(log.path.with_name("other"), [LINES[2]]).splitlines(keepends=True)[1]
    )
    log.path.write_bytes(foreign)
    assert (len(foreign), log.stands()) == (len(own), False)
    if clears:
        log.clear()
        assert log.path.read_bytes() == foreign
    else:
        log.append(LINES[1], META)
        assert moved(log) == {foreign}
        assert kept(journal.parse(log.path.read_bytes(), NAME)) == LINES[:2]


def test_what_nobody_can_read_in_its_place_is_kept_too(log: Journal) -> None:
    log.path.write_bytes(b"written by an editor")
    log.append(LINES[1], META)
    assert moved(log) == {b"written by an editor"}
    assert kept(journal.parse(log.path.read_bytes(), NAME)) == LINES[:2]


def test_after_a_failed_sync_all_is_written_anew(log: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system may drop what it could not bring to the disk, and call the next sync a success."""
    log.append(LINES[1], META)
    faulty = install(monkeypatch)
    failures = iter([OSError(errno.EIO, "Input/output error")])
    faulty._fault = lambda step: next(failures, None) if step.startswith("fsync") else None
    with pytest.raises(NotSavedError, match="Input/output error"):
        log.append(LINES[2], META)
    log.path.write_bytes(
        bytes(log.path.stat().st_size)
    )  # the page was lost, lines that were safe before with it
    assert not log.stands()
    log.append(LINES[3], META)
    assert log.stands()
    assert kept(journal.parse(log.path.read_bytes(), NAME)) == [LINES[0], LINES[1], LINES[3]]


def test_a_journal_says_whose_it_is(log: Journal) -> None:
    assert b'"recruiter":"anna"' in log.path.read_bytes().splitlines()[0]


@pytest.mark.parametrize("start", [b'{"reviews":{"1":{}}} ', b'{"a":[', b'{"', b'{":":"', b'{"a":00000000 {'])
def test_however_many_lines_seem_to_begin_in_a_damaged_stretch_it_is_read_in_one_go(start: bytes) -> None:
    """Each beginning was tried with each end before: 4,000 of them took a minute."""
    whole = LINES[1]
    line = journal._line(encode(whole)).rstrip(b"\n")
    found = journal.parse(b"00000000 " + start * 20_000 + line + b"X" + line + b"\n", NAME)
    assert kept(found) == [whole, whole]


@pytest.mark.parametrize("letters", [1, 48, 57, 58, 59])
def test_a_journal_that_is_moved_away_has_a_name_that_fits_and_leads_back(
    tmp_path: Path, letters: int
) -> None:
    """Names of 59 such letters, of four bytes each, were taken by older versions."""
    name = "\U00020000" * letters
    record = Record(name, tmp_path / f"{name}.json", tmp_path / "backups", SCHEDULE)
    clock = FakeClock()
    for answers in (1, 2, 3):
        with Progress.open(record.path, name, SCHEDULE, clock) as progress:
            answer(progress, clock)
            assert len(progress.history()) == answers
    log = journal.journal_of(record.path)
    assert journal.moved_from(log) == []
    killed = Journal(log)
    killed._move_away()
    (moved,) = journal.moved_from(log)
    assert [path for path, _ in killed._moved] == [moved]
    assert journal.moved_as(moved) == log


@pytest.mark.parametrize("name", [".0123abcd.old", "..0123abcd.old", "anna.0123abcd.old", "anna.journal.old"])
def test_other_old_files_are_no_journals(tmp_path: Path, name: str) -> None:
    assert journal.moved_as(tmp_path / name) is None
