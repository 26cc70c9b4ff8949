"""Files and journals that a crash, a sync tool, an editor or a bad disk left behind."""

import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from trainer import disk
from trainer.memory.state import Marks

from .faults import PowerCut, install
from .samples import CARDS, FakeClock, answer, empty, is_consistent, opened, read

ASM, SIGNAL, PROPS, DSM = CARDS


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "anna.json"


def journal_of(path: Path) -> Path:
    return path.with_suffix(".journal")


def killed_session(path: Path, clock: FakeClock, answers: int = 3) -> bytes:
    """Leave a file and a journal as a killed process does; return the journal."""
    progress = opened(path if path.exists() else empty(path), clock)
    before = path.read_bytes()
    for card in CARDS[:answers]:
        answer(progress, clock, card)
    journal = journal_of(path).read_bytes()
    progress.close()
    path.write_bytes(before)
    journal_of(path).write_bytes(journal)
    return journal


def test_undo_after_a_crash(path: Path, clock: FakeClock) -> None:
    killed_session(path, clock)
    with opened(path, clock) as progress:
        undone = progress.undo()
        assert undone
        assert undone[1].card == PROPS
        assert is_consistent(progress)


# Journals that don't fit


def test_a_folded_journal_adds_nothing(path: Path, clock: FakeClock) -> None:
    journal = killed_session(path, clock)
    opened(path, clock).close()
    before = path.read_bytes()
    journal_of(path).write_bytes(journal)
    assert len(read(path).history()) == 3
    with opened(path, clock) as progress:
        assert (len(progress.history()), progress.notices) == (3, [])
    assert path.read_bytes() == before
    assert journal_of(path).read_bytes() == b""


@pytest.mark.parametrize("missing", [False, True])
def test_a_file_that_was_put_back_gets_the_reviews_of_the_journal(
    path: Path, clock: FakeClock, missing: bool
) -> None:
    with opened(path, clock) as progress:
        progress.mark(DSM, Marks(suspended=True))
        old = answer(progress, clock, DSM)
    backup = path.read_bytes()
    with opened(path, clock) as progress:
        answer(progress, clock, DSM)
    clock.move(60)
    killed_session(path, clock)
    path.unlink()
    if not missing:
        path.write_bytes(backup)
    with opened(path, clock) as progress:
        assert [each.card for each in progress.history().values()] == [DSM, *CARDS[:3]][missing:]
        assert (old in progress.history()) is not missing
        assert progress.marks(DSM) == Marks(suspended=not missing)
        assert is_consistent(progress)
        assert "3 entries" in progress.notices[0]


def test_an_undone_review_of_an_old_journal_stays_undone(path: Path, clock: FakeClock) -> None:
    journal = killed_session(path, clock)
    with opened(path, clock) as progress:
        for _ in range(3):
            progress.undo()
    journal_of(path).write_bytes(journal)
    with opened(path, clock) as progress:
        assert (progress.history(), dict(progress.states)) == ({}, {})


def test_a_torn_line_is_told(path: Path, clock: FakeClock) -> None:
    journal = killed_session(path, clock)
    journal_of(path).write_bytes(journal[:-7])
    assert read(path).notices == []  # a writer may be in the middle of it
    with opened(path, clock) as progress:
        assert len(progress.history()) == 2
        assert is_consistent(progress)
        assert len(progress.notices) == 1
        assert "cut off" in progress.notices[0]
    assert not list(path.parent.glob("*damaged*"))


def test_flipped_bits_cost_one_answer_and_the_original_is_kept(path: Path, clock: FakeClock) -> None:
    with opened(path, clock) as progress:
        progress.mark(DSM, Marks(suspended=True))
    journal = killed_session(path, clock)
    before = path.read_bytes()
    whole = list(read(path).history().values())
    for bit in range(5, len(journal) * 8, 97):
        flipped = bytearray(journal)
        flipped[bit // 8] ^= 1 << bit % 8
        path.write_bytes(before)
        journal_of(path).write_bytes(flipped)
        assert len(read(path).history()) >= 2
        with opened(path, clock) as progress:
            found = list(progress.history().values())
            assert all(each in whole for each in found)
            assert len(found) >= 2
            assert is_consistent(progress)
            assert progress.marks(DSM) == Marks(suspended=True)
            assert "damaged" in progress.notices[0]
        (kept,) = path.parent.glob("anna.journal.damaged-*")
        assert kept.read_bytes() == flipped
        assert str(kept) in progress.notices[1] + progress.notices[-1]
        kept.unlink()


def test_a_mark_in_the_journal_of_another_file_is_kept_if_it_is_the_latest(
    path: Path, clock: FakeClock
) -> None:
    empty(path)
    before = path.read_bytes()
    with opened(path, clock) as progress:
        clock.move(1)
        progress.mark(DSM, Marks(suspended=True))
        clock.move(1)
        progress.mark(ASM, Marks(suspended=True))
        journal = journal_of(path).read_bytes()
        clock.move(1)
        progress.mark(ASM, Marks())
    journal_of(path).write_bytes(journal)
    assert read(path).marks(ASM) == Marks(), "it was folded, and taken back since"
    path.write_bytes(before.replace(b'"generation":', b'"generation":1'))
    journal_of(path).write_bytes(journal)
    with opened(path, clock) as progress:
        assert progress.marks(DSM) == progress.marks(ASM) == Marks(suspended=True)


# Files that changed


def test_a_file_that_was_edited_is_believed_and_its_states_are_worked_out_anew(
    path: Path, clock: FakeClock
) -> None:
    with opened(path, clock) as progress:
        first = answer(progress, clock)
        answer(progress, clock)
        progress.mark(ASM, Marks(suspended=True))
    original = path.read_bytes()
    edited = msgspec.json.decode(original)
    del edited["reviews"][str(first)]
    path.write_bytes(msgspec.json.format(msgspec.json.encode(edited)))
    assert "changed by another program" in read(path).notices[0]
    with opened(path, clock) as progress:
        assert len(progress.history()) == 1
        assert progress.marks(ASM) == Marks(suspended=True)
        assert is_consistent(progress)
        assert len(list(path.parent.glob("anna.json.damaged-*"))) == 1
    with opened(path, clock) as progress:
        assert progress.notices == []


def test_a_file_changed_during_a_session_keeps_the_reviews_of_both(path: Path, clock: FakeClock) -> None:
    with opened(path, clock) as progress:
        answer(progress, clock, DSM)
    elsewhere = path.with_name("elsewhere.json")
    elsewhere.write_bytes(path.read_bytes())
    with opened(path, clock) as progress:
        clock.move(5)
        with opened(elsewhere, clock) as other:
            other.undo()
            answer(other, clock, SIGNAL)
            other.mark(PROPS, Marks(suspended=True))
        answer(progress, clock, ASM)
        path.write_bytes(elsewhere.read_bytes())
    assert "All reviews of both are kept" in progress.notices[0]
    with opened(path, clock) as progress:
        assert sorted(each.card for each in progress.history().values()) == sorted([ASM, SIGNAL])
        assert progress.marks(PROPS) == Marks(suspended=True)
        assert is_consistent(progress)


def test_a_file_destroyed_during_a_session_is_kept_aside_and_written_anew(
    path: Path, clock: FakeClock
) -> None:
    progress = opened(path, clock)
    answer(progress, clock)
    path.write_bytes(b"half a fi")
    progress.close()
    (kept,) = path.parent.glob("anna.json.damaged-*")
    assert kept.read_bytes() == b"half a fi"
    assert len(read(path).history()) == 1


# Practice


def test_practice_works_in_memory_and_writes_nothing(path: Path, clock: FakeClock) -> None:
    killed_session(path, clock)
    before = {each: each.read_bytes() for each in path.parent.iterdir()}
    with read(path) as practice:
        assert not practice.saved
        answer(practice, clock, DSM)
        practice.mark(ASM, Marks(suspended=True))
        assert len(practice.history()) == 4
        assert [practice.undo() is not None for _ in range(5)] == [True] * 4 + [False]
    assert {each: each.read_bytes() for each in path.parent.iterdir()} == before


def test_practice_without_a_file_begins_empty(path: Path) -> None:
    assert read(path).history() == {}
    assert list(path.parent.iterdir()) == []


def test_a_reader_beside_a_writer_misses_nothing(path: Path, clock: FakeClock) -> None:
    acknowledged = 0
    for _session in range(4):
        with opened(path, clock) as progress:
            for _ in range(5):
                answer(progress, clock)
                acknowledged += 1
                assert len(read(path).history()) == acknowledged
        clock.move(1)
    assert is_consistent(read(path))


@pytest.mark.parametrize("step", range(1, 20))
def test_a_reader_in_the_middle_of_a_fold_misses_nothing(
    path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """The fold happens between the two reads of the reader."""
    writer = opened(path, clock)
    answer(writer, clock)
    real = Path.read_bytes
    asked: list[Path] = []

    def fold_after_the_first(wanted: Path) -> bytes:
        content = real(wanted)
        asked.append(wanted)
        if len(asked) == 1:
            faulty = install(monkeypatch)
            faulty.cut_power_at(step)
            try:
                writer.close()
            except PowerCut:
                faulty.die()
        return content

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", fold_after_the_first)
        assert len(read(path).history()) == 1


def test_a_session_that_ends_while_another_begins_is_not_overwritten(
    path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is read before it is locked; in between another process may end."""
    empty(path)
    real = disk.make_folder

    def end_another(folder: Path) -> None:
        monkeypatch.setattr(disk, "make_folder", real)
        with opened(path, clock) as other:
            answer(other, clock)

    monkeypatch.setattr(disk, "make_folder", end_another)
    with opened(path, clock) as progress:
        assert len(progress.history()) == 1
        answer(progress, clock)
    assert len(read(path).history()) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="takes its locks by another call")
def test_two_that_found_no_record_keep_what_either_saved(
    path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock holds nobody off, as on some network drives; the other has ended when the first answers."""
    monkeypatch.setattr("fcntl.flock", lambda *_: None)
    with opened(path, clock) as first:
        with opened(path, clock) as other:
            answer(other, clock)
            clock.move(1)
        answer(first, clock)
        clock.move(1)
        answer(first, clock)
        assert len(read(path).history()) == 3
    with opened(path, clock) as after:
        assert len(after.history()) == 3
        assert is_consistent(after)


def test_a_new_file_is_not_made_while_another_trainer_folds(path: Path, clock: FakeClock) -> None:
    """That one removes what is left of files that were to take the record's place."""
    with opened(path, clock) as progress:
        seen: list[bool] = []
        real = disk.replace

        def replace(*args: Any, **named: Any) -> disk.Signature:
            seen.append(path.with_suffix(".folding").exists())
            return real(*args, **named)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(disk, "replace", replace)
            answer(progress, clock)
    assert seen == [True]


def test_a_file_that_is_replaced_while_one_saves_is_united(path: Path, clock: FakeClock) -> None:
    """The marker that keeps trainers apart was broken by two at once: one had been killed with it."""
    with opened(path, clock) as progress:
        answer(progress, clock)
        clock.move(1)
    real = disk.replace
    meanwhile: list[bool] = []

    def replace(target: Path, *args: Any, **named: Any) -> disk.Signature:
        if target == path and not meanwhile:
            meanwhile.append(True)
            theirs = path.with_name("theirs.json")
            theirs.write_bytes(path.read_bytes())
            with opened(theirs, clock) as other:
                answer(other, clock, SIGNAL)
                clock.move(1)
            theirs.replace(path)
        return real(target, *args, **named)

    with pytest.MonkeyPatch.context() as patch, opened(path, clock) as progress:
        answer(progress, clock, PROPS)
        patch.setattr(disk, "replace", replace)
        progress.close()
    assert meanwhile
    assert len(read(path).history()) == 3
