import errno
import os
import shutil
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import msgspec
import pytest
from tinydb import TinyDB

from trainer.errors import InUseError, NewerFormatError, NotSavedError, NotWritableError, ProgressError
from trainer.home import Home
from trainer.memory.calendar import microseconds
from trainer.memory.state import DayTotals, Degree, Marks, Rated, Rating
from trainer.progress import journal, records, reviews
from trainer.progress.reviews import Reviews

from .faults import install
from .samples import CARDS, FakeClock, answer, empty, is_consistent, opened, read, record_of, review

ASM, SIGNAL, PROPS, DSM = CARDS


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "progress" / "anna.json"


def journal_of(path: Path) -> Path:
    return path.with_suffix(".journal")


# Opening


def test_a_new_recruiter_leaves_nothing_before_the_first_answer(path: Path, clock: FakeClock) -> None:
    with opened(path, clock) as progress:
        assert (progress.recruiter, progress.saved, progress.notices) == ("anna", True, [])
        assert (dict(progress.states), dict(progress.days), progress.history()) == ({}, {}, {})
        assert not path.exists()
        assert not Home(path.parent.parent).recruiters(), "the journal is empty"
    assert not [*path.parent.iterdir()]
    with opened(path, clock) as progress:
        answer(progress, clock)
        assert Home(path.parent.parent).recruiters() == ["anna"]
    with TinyDB(path, access_mode="r") as db:
        meta = db.table("meta").get(doc_id=1)
    assert isinstance(meta, dict)
    assert (meta["format"], meta["recruiter"]) == (1, "anna")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_everything_written_is_the_users_alone(path: Path, clock: FakeClock) -> None:
    with opened(path, clock) as progress:
        answer(progress, clock)
    written = [path.parent.parent, path.parent, *path.parent.iterdir()]
    assert len(written) == 5, written
    assert {stat.S_IMODE(each.stat().st_mode) & 0o077 for each in written} == {0}


def test_a_second_trainer_is_told_and_may_look(path: Path, clock: FakeClock) -> None:
    script = (
        "import sys; from pathlib import Path; from trainer.errors import InUseError\n"
        "from trainer.progress.progress import Progress; from trainer.memory.schedule import Schedule\n"
        "path = Path(sys.argv[1])\n"
        "print(len(Progress.read(path, 'anna', Schedule()).history()))\n"
        "try: Progress.open(path, 'anna', Schedule())\n"
        "except InUseError as error: print(error)\n"
    )
    clock.move(1)
    with opened(path, clock) as progress:
        answer(progress, clock)
        out = subprocess.run(
            [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
        )
        assert out.stdout == (
            '1\ntrainer is open in another window with the progress of "anna", since 2026-03-04 12:01. '
            "Close it there, then try again.\n"
        )
        answer(progress, clock)
    opened(path).close()


def test_a_killed_trainer_is_not_named_and_keeps_nobody_out(path: Path, clock: FakeClock) -> None:
    script = (
        "import os, signal, sys; from pathlib import Path; from trainer.memory.schedule import Schedule\n"
        "from trainer.progress.progress import Progress\n"
        "Progress.open(Path(sys.argv[1]), 'anna', Schedule())\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    assert subprocess.run([sys.executable, "-c", script, str(path)], check=False).returncode
    note = path.with_suffix(".holder")
    left_behind = note.read_bytes()
    with opened(path, clock):
        assert note.read_bytes() != left_behind
        for content in (left_behind, b"", b'{"pid":'):  # as between the lock and the note
            note.write_bytes(content)
            with pytest.raises(InUseError, match=r'in another window with the progress of "anna"[.]'):
                opened(path, clock)
    assert not note.exists()


def test_a_note_that_cannot_be_written_keeps_nobody_out(path: Path) -> None:
    path.with_suffix(".holder").mkdir(parents=True)
    opened(path).close()


def test_a_symlink_and_its_file_are_one(path: Path, tmp_path: Path, clock: FakeClock) -> None:
    empty(path)
    link = tmp_path / "link.json"
    link.symlink_to(path)
    with opened(link, clock) as progress:
        answer(progress, clock)
        with pytest.raises(InUseError):
            opened(path, clock)
        assert sorted(each.name for each in tmp_path.iterdir()) == ["home", "link.json"]
    assert link.is_symlink()
    assert len(read(path).history()) == 1


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"{ no JSON", "malformed"),
        (b"", "truncated"),
        (b'["another", "shape"]', "Expected `object`"),
        (b'{"meta": {"1": {"format": 4}}}', "newer version"),
        (
            b'{"meta":{"1":{"format":1,"recruiter":"a","generation":1}},"cards":{"5":{"card":3}}}',
            "Expected `str`",
        ),
        (
            b'{"meta":{"1":{"format":1,"recruiter":"a","generation":1}},"reviews":{"1":{}}}',
            "missing required",
        ),
    ],
)
def test_a_file_that_is_not_ours_is_named_and_left_alone(path: Path, content: bytes, why: str) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    for way in (opened, read):
        with pytest.raises(ProgressError, match=why) as caught:
            way(path)
        assert str(path) in str(caught.value)
    assert path.read_bytes() == content
    assert [each.name for each in path.parent.iterdir()] == ["anna.json"]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file in the way")
    with pytest.raises(ProgressError, match=r"anna\.json can't be (read|opened for saving): Not a directory"):
        opened(tmp_path / "home" / "anna.json")


@pytest.mark.parametrize("call", ["mkdir", "open", "fsync"])
def test_a_folder_that_is_not_writable_is_named_and_practice_is_offered(
    path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    faulty = install(monkeypatch)
    faulty.fail(call, errno.EACCES)
    with pytest.raises(
        ProgressError, match=r"anna\.json can't be opened for saving: Permission denied.*--practice"
    ) as caught:
        opened(path)
    assert caught.type is NotWritableError
    assert read(path).history() == {}
    faulty.mend()
    opened(path).close()


def test_a_folder_that_refuses_the_lock_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.parent.mkdir(parents=True)

    def refuse(*_args: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        with pytest.raises(ProgressError, match="can't be opened for saving: Permission denied"):
            opened(path)


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        (errno.EACCES, "Make the folder writable or make space, or practise"),
        (errno.ENOSPC, "Make the folder writable or make space, or practise"),
        (errno.EIO, "The disk, or the connection to it, does not work as it should. You can practise"),
        (errno.ENOTDIR, "and no folder. You can practise"),
        (errno.EMFILE, "Too many files are open. Close other programs, then try again. You can practise"),
        (errno.EBUSY, "Try again in a moment. .* You can practise"),
        (errno.ESTALE, "Try again in a moment. .* You can practise"),
        (errno.EROFS, "its disk is read-only. .*Choose another home .--home DIR., or practise"),
    ],
)
def test_what_to_do_goes_by_what_the_system_says(
    path: Path, monkeypatch: pytest.MonkeyPatch, code: int, advice: str
) -> None:
    def refuse(*_args: object) -> int:
        raise OSError(code, os.strerror(code), str(path.with_suffix(".lock")))

    opened(path).close()
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        with pytest.raises(ProgressError, match=advice):
            opened(path)
        with pytest.raises(ProgressError) as told, records.errors_told(record_of(path.parents[1], "r")):
            refuse()
    assert ("make space" in str(told.value)) is (code in {errno.EACCES, errno.ENOSPC})


def test_opening_and_closing_decode_no_review(
    path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(path, clock) as progress:
        answer(progress, clock)
    monkeypatch.setattr(Reviews, "_decoded", None)  # nobody may look
    monkeypatch.setattr(reviews, "_DOCUMENTS", None)
    monkeypatch.setattr(reviews, "_by_home", None)
    with opened(path, clock) as progress:
        assert set(progress.states) == {ASM}
        answer(progress, clock, SIGNAL)
    monkeypatch.undo()
    assert len(read(path).history()) == 2


# Answers


def test_an_answer_is_there_after_reopening(path: Path, clock: FakeClock) -> None:
    with opened(path, clock) as progress:
        given = review(progress, ASM, Rating.GOOD, clock.now, variant="v1")
        id_ = progress.record(given, clock.now)
        assert id_ == microseconds(clock.now)
        state, totals = progress.state(ASM), progress.totals(given.day)
    assert state
    assert state.seen == {"v1": True}
    assert totals == DayTotals(reviews=1, new=1, ms=4200, new_ms=4200)
    with opened(path, clock) as progress:
        assert progress.history() == {id_: given}
        assert (progress.state(ASM), progress.totals(given.day)) == (state, totals)
        assert progress.state(DSM) is None
        assert progress.totals(date(2020, 1, 1)) == DayTotals()
        assert progress.notices == []


def test_a_rating_survives_the_journal_the_fold_and_undo(path: Path, clock: FakeClock) -> None:
    rated = Rated(
        score=5,
        reference=2,
        points={"calm": (Degree.SHOWN, Degree.NOT)},
        flags={"hands-in": (False, True)},
        first=True,
    )
    with opened(path, clock) as progress:
        given = msgspec.structs.replace(review(progress, variant="fluent"), rated=rated)
        id_ = progress.record(given, clock.now)
        assert read(path).history() == {id_: given}, "from the journal"
    with opened(path, clock) as progress:
        assert progress.history() == {id_: given}, "from the file"
        assert is_consistent(progress)
        second = progress.record(msgspec.structs.replace(given, rating=Rating.AGAIN), clock.now)
        progress.undo()
        assert (second in progress.history(), progress.history()[id_].rated) == (False, rated)
    with TinyDB(path, access_mode="r") as db:
        found = db.table("reviews").get(doc_id=id_)
    assert isinstance(found, dict)
    assert found["rated"]["points"] == {"calm": [2, 0]}


@pytest.mark.parametrize("reopen", [False, True])
def test_ids_rise_though_the_clock_stands_still_or_goes_back(
    path: Path, clock: FakeClock, reopen: bool
) -> None:
    progress = opened(path, clock)
    ids = []
    for minutes in (0, 0, -60 * 24, 30):
        clock.move(minutes)
        ids.append(progress.record(review(progress, at=clock.now), clock.now))
        if reopen:
            progress.close()
            progress = opened(path, clock)
    history = progress.history()
    progress.close()
    assert ids == sorted(set(ids)) == list(history)
    assert history[ids[0]].at is None
    assert history[ids[2]].at == ids[0] - 24 * 3600 * 1_000_000


def test_the_clocks_hour_does_not_matter_to_ids(path: Path, clock: FakeClock) -> None:
    with opened(path, clock) as progress:
        first = progress.record(review(progress), clock.now)
        clock.move(1, hours_east=-9)
        assert progress.record(review(progress), clock.now) == first + 60_000_000


def test_count_as_right_takes_the_place_of_the_miss(path: Path, clock: FakeClock) -> None:
    with opened(path, clock) as progress:
        answer(progress, clock)
        wrong = answer(progress, clock, SIGNAL, Rating.AGAIN)
        lines = journal_of(path).read_bytes().count(b"\n")
        clock.move(1)
        right = progress.record(review(progress, SIGNAL), clock.now, instead_of=wrong)
        assert journal_of(path).read_bytes().count(b"\n") == lines + 1
        assert wrong not in progress.history()
        assert right in progress.history()
        assert progress.totals(clock.now.date()).reviews == 2
        assert is_consistent(progress)


def test_only_the_newest_answer_can_be_replaced(path: Path, clock: FakeClock) -> None:
    with opened(path, clock) as progress:
        first = answer(progress, clock)
        answer(progress, clock)
        with pytest.raises(ValueError, match="not the newest"):
            progress.record(review(progress), clock.now, instead_of=first)
        assert len(progress.history()) == 2


def test_marks_are_kept_with_and_without_a_memory(path: Path, clock: FakeClock) -> None:
    suspended, buried = Marks(suspended=True), Marks(buried=date(2026, 3, 4))
    with opened(path, clock) as progress:
        answer(progress, clock, ASM)
        progress.mark(ASM, suspended)
        progress.mark(DSM, buried)
        progress.mark(PROPS, suspended)
        progress.mark(PROPS, Marks())
        answer(progress, clock, ASM)
    with opened(path, clock) as progress:
        assert [progress.marks(card) for card in (ASM, DSM, PROPS)] == [suspended, buried, Marks()]
        assert set(progress.states) == {ASM}
        with TinyDB(path, access_mode="r") as db:
            unmarked = [each for each in db.table("cards") if each["card"] == PROPS]
    assert [(set(each), set(each["at"])) for each in unmarked] == [({"card", "at"}, {"suspended"})], (
        "so that no older copy brings the mark back"
    )


# Undo


def test_undo_goes_back_over_sessions_and_folds(path: Path, clock: FakeClock) -> None:
    ids, seen = [], []
    for _session in range(3):
        with opened(path, clock) as progress:
            for card in (ASM, SIGNAL, ASM):
                seen.append((dict(progress.states), dict(progress.days)))
                ids.append(answer(progress, clock, card, Rating.AGAIN if card is SIGNAL else Rating.GOOD))
        clock.move(24 * 60)
    with opened(path, clock) as progress:
        for id_, before in zip(reversed(ids), reversed(seen), strict=True):
            undone = progress.undo()
            assert undone
            assert undone[0] == id_
            assert (dict(progress.states), dict(progress.days)) == before
        assert progress.undo() is None
    assert read(path).history() == {}


def test_undo_leaves_marks(path: Path, clock: FakeClock) -> None:
    with opened(path, clock) as progress:
        answer(progress, clock)
        progress.mark(ASM, Marks(suspended=True))
        progress.undo()
        assert progress.state(ASM) is None
    assert read(path).marks(ASM) == Marks(suspended=True)


# What is not saved


@pytest.mark.parametrize("call", ["write", "fsync"])
def test_what_is_not_saved_is_said_and_changes_nothing(
    path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    faulty = install(monkeypatch)
    progress = opened(path, clock)
    answer(progress, clock)
    before = progress.history(), dict(progress.states), dict(progress.days)
    faulty.fail(call, errno.ENOSPC, written=0.5)
    with pytest.raises(NotSavedError, match=r"^Not saved: .*No space left"):
        answer(progress, clock)
    with pytest.raises(NotSavedError):
        progress.undo()
    with pytest.raises(NotSavedError):
        progress.mark(ASM, Marks(suspended=True))
    assert (progress.history(), dict(progress.states), dict(progress.days)) == before
    assert progress.marks(ASM) == Marks()
    faulty.mend()
    answer(progress, clock)
    progress.close()
    assert len(read(path).history()) == 2
    assert is_consistent(read(path))


def test_a_fold_that_fails_loses_nothing(
    path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    faulty = install(monkeypatch)
    progress = opened(path, clock)
    answer(progress, clock)
    faulty.fail("replace", errno.ENOSPC)
    progress.close()
    assert "No answer is lost" in progress.notices[0]
    assert len(read(path).history()) == 1
    with pytest.raises(ProgressError, match="make space"):
        opened(path, clock)
    faulty.mend()
    with opened(path, clock) as progress:
        assert len(progress.history()) == 1


@pytest.mark.parametrize("failing", ["write anna.journal.damaged", "write anna.json.tmp", "replace"])
def test_a_damaged_journal_fills_no_disk_however_often_it_is_opened(
    path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    with opened(path, clock) as progress:
        answer(progress, clock)
        damaged = bytearray(journal_of(path).read_bytes())
    damaged[-3] ^= 1
    journal_of(path).write_bytes(damaged)
    path.write_bytes(path.read_bytes() + b" ")
    faulty = install(monkeypatch)
    faulty._fault = lambda step: OSError(errno.ENOSPC, "No space") if step.startswith(failing) else None
    faulty._written = 0.5
    for _ in range(3):
        with pytest.raises(NotWritableError, match="No space"):
            opened(path, clock)
        clock.move(1)
    first = set(path.parent.iterdir())
    assert len([each for each in first if ".damaged-" in each.name]) <= 2
    assert all(each.stat().st_size for each in first if ".damaged-" in each.name)
    faulty.mend()
    opened(path, clock).close()
    aside = {each.read_bytes() for each in path.parent.glob("*.damaged-*")}
    assert len(aside) == len(list(path.parent.glob("*.damaged-*"))) == 2
    assert bytes(damaged) in aside
    assert len(read(path).history()) == 1


def test_what_becomes_of_the_last_answers_is_told_truly(
    path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    faulty = install(monkeypatch)
    progress = opened(path, clock)
    answer(progress, clock)
    journal_of(path).unlink()
    faulty._fault = lambda step: (
        OSError(errno.EIO, os.strerror(errno.EIO))
        if step.startswith(("replace", "link", "open anna.journal"))
        else None
    )
    progress.close()
    assert (
        "can't be written either (Input/output error): the last answers may be lost." in progress.notices[0]
    )
    faulty.mend()
    assert read(path).history() == {}


def test_a_folder_that_was_removed_during_a_session_is_made_again(path: Path, clock: FakeClock) -> None:
    with opened(path, clock) as progress:
        answer(progress, clock)
        shutil.rmtree(path.parent)
        answer(progress, clock)
    assert len(read(path).history()) == 2


def test_a_newer_version_that_wrote_the_file_during_a_session_is_left_alone(
    path: Path, clock: FakeClock
) -> None:
    newer = b'{"meta": {"1": {"format": 4}}, "all": "new"}'
    with opened(path, clock) as progress:
        answer(progress, clock)
        path.write_bytes(newer)
    assert "written by a newer version" in progress.notices[0]
    assert "No answer is lost" in progress.notices[0]
    assert path.read_bytes() == newer
    assert len(journal.parse(journal_of(path).read_bytes(), path).changes) == 1


@pytest.mark.parametrize("newer", ["file", "journal"])
def test_a_newer_format_is_refused_and_untouched(path: Path, clock: FakeClock, newer: str) -> None:
    empty(path)
    if newer == "file":
        path.write_bytes(path.read_bytes().replace(b'"format":1', b'"format":7'))
    else:
        journal_of(path).write_bytes(journal._line(b'{"format":7,"generation":1}'))
    before = {each: each.read_bytes() for each in path.parent.iterdir()}
    for way in (opened, read):
        with pytest.raises(NewerFormatError, match=f"{'json' if newer == 'file' else 'journal'} was written"):
            way(path)
    assert {each: each.read_bytes() for each in path.parent.iterdir()} == before


def test_closing_twice_is_closing_once(path: Path, clock: FakeClock) -> None:
    progress = opened(path, clock)
    progress.close()
    with opened(path, clock) as other:
        progress.close()
        answer(other, clock)
        with pytest.raises(InUseError):
            opened(path, clock)


def test_the_faults_are_real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests above rest on it that every change goes through the disk they watch."""
    faulty = install(monkeypatch)
    clock = FakeClock()
    with opened(tmp_path / "anna.json", clock) as progress:
        answer(progress, clock)
    assert {step.split()[0] for step in faulty.steps} == {
        *("open", "write", "fsync", "replace", "rename", "unlink")
    }
