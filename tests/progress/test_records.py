"""Whole records: put back, united, renamed, erased; and each of these acts killed at any moment."""

import os
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer import disk
from trainer.errors import InUseError, NewerFormatError, NotYoursError, ProgressError
from trainer.home import Home
from trainer.memory.state import Marks, Rating
from trainer.progress import backup, erasing, records
from trainer.progress.doctor import repair
from trainer.progress.records import Record

from .faults import FaultyOs, PowerCut, install
from .samples import CARDS, SCHEDULE, FakeClock, Kept, answer, at_work, kept, record_of, session

ASM, SIGNAL, PROPS, DSM = CARDS


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return record_of(tmp_path)


@pytest.fixture
def bela(tmp_path: Path) -> Record:
    return record_of(tmp_path, "bela")


def journal_of(record: Record) -> Path:
    return record.path.with_suffix(".journal")


def cards(record: Record) -> list[str]:
    return [review.card for review in kept(record)[0].values()]


def killed_session(record: Record, clock: FakeClock, *wanted: str) -> None:
    """Leave what a session leaves that was killed after its answers."""
    progress = at_work(record, clock)
    before = record.path.read_bytes()
    for card in wanted:
        answer(progress, clock, card)
    journal = journal_of(record).read_bytes()
    progress.close()
    record.path.unlink()
    record.path.write_bytes(before)
    journal_of(record).write_bytes(journal)


def everything(home: Path) -> dict[str, bytes]:
    """All files below a folder but locks, which come and go."""
    found = (path for path in sorted(home.rglob("*")) if path.is_file() and path.suffix != ".lock")
    return {str(path.relative_to(home)): path.read_bytes() for path in found}


# Restore


def put_back(record: Record, clock: FakeClock, number: int = 0) -> list[str]:
    chosen = backup.existing(record.backups)[number]
    return records.restore(record, backup.read(chosen.path, SCHEDULE), clock)


def test_a_backup_that_is_put_back_is_all_there_is(record: Record, clock: FakeClock) -> None:
    with at_work(record, clock) as progress:
        answer(progress, clock, ASM)
        progress.mark(DSM, Marks(suspended=True))
    then = kept(record)
    session(record, clock, SIGNAL)
    killed_session(record, clock, PROPS, DSM)
    now = kept(record)
    assert put_back(record, clock) == []
    assert kept(record) == then
    session(record, clock)
    assert kept(record) == then, "nothing comes back from the journal either"
    assert backup.existing(record.backups)[-1].why == "restore"
    put_back(record, clock, -1)
    assert kept(record) == now, "and it can be taken back"


def test_a_record_that_is_gone_is_put_back(record: Record, clock: FakeClock) -> None:
    session(record, clock, ASM)
    session(record, clock, SIGNAL)
    record.path.unlink()
    put_back(record, clock)
    assert cards(record) == [ASM]


@pytest.mark.parametrize("journal", [False, True])
def test_a_file_that_cannot_be_read_is_kept_and_replaced(
    record: Record, clock: FakeClock, journal: bool
) -> None:
    session(record, clock, ASM)
    session(record, clock, SIGNAL)
    if journal:
        killed_session(record, clock, PROPS)
    left = journal_of(record).read_bytes()
    record.path.write_bytes(b"no JSON")
    told = put_back(record, clock)
    assert cards(record) == [ASM]
    (aside,) = record.path.parent.glob("anna.json.damaged-*")
    assert aside.read_bytes() == b"no JSON"
    assert str(aside) in told[0]
    assert [path.read_bytes() for path in record.path.parent.glob("anna.journal.damaged-*")] == [
        left
    ] * journal


def test_a_newer_versions_file_is_not_replaced(record: Record, clock: FakeClock) -> None:
    session(record, clock, ASM)
    session(record, clock, SIGNAL)
    record.path.write_bytes(b'{"meta":{"1":{"format":99}}}')
    with pytest.raises(NewerFormatError):
        put_back(record, clock)
    assert record.path.read_bytes() == b'{"meta":{"1":{"format":99}}}'


def test_a_backup_that_another_program_changed_is_worked_out_anew(record: Record, clock: FakeClock) -> None:
    session(record, clock, ASM)
    then = kept(record)
    session(record, clock, SIGNAL)
    (made,) = backup.existing(record.backups)
    made.path.write_bytes(made.path.read_bytes().replace(b'"lapses":0', b'"lapses":5'))
    put_back(record, clock)
    assert kept(record) == then


def test_nothing_is_put_back_when_what_is_there_cannot_be_backed_up(
    record: Record, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    session(record, clock, ASM)
    session(record, clock, SIGNAL)
    now = kept(record)
    faulty = install(monkeypatch)
    faulty.fail("link")
    monkeypatch.setattr("trainer.disk.replace", _no_space)
    with pytest.raises(ProgressError, match="No space"):
        put_back(record, clock)
    monkeypatch.undo()
    assert kept(record) == now


def _no_space(*_arguments: object) -> None:
    raise OSError(28, "No space left on device")


# Take in


def test_what_is_taken_in_twice_counts_once(record: Record, bela: Record, clock: FakeClock) -> None:
    session(record, clock, ASM, SIGNAL)
    session(bela, clock, PROPS, DSM, ASM)
    theirs = records.look(bela)
    assert records.take_in(record, theirs, "import", clock) == (2, 3, 5)
    after, written = kept(record), record.path.read_bytes()
    assert [each.why for each in backup.existing(record.backups)] == ["import"]
    assert records.take_in(record, theirs, "import", clock) == (5, 3, 5)
    assert (kept(record), record.path.read_bytes()) == (after, written)


def test_an_answer_that_either_took_back_stays_taken_back(
    record: Record, bela: Record, clock: FakeClock
) -> None:
    session(record, clock, ASM, SIGNAL)
    other = replace(record, path=bela.path)
    other.path.write_bytes(record.path.read_bytes())
    with at_work(other, clock) as progress:
        progress.undo()
    assert records.take_in(record, records.look(other), "merge", clock).together == 1
    assert cards(record) == [ASM]


def test_the_marks_of_both_stay_each_by_itself(record: Record, bela: Record, clock: FakeClock) -> None:
    for each, card, marks in (
        (bela, ASM, Marks(buried=clock.now.date())),
        (bela, SIGNAL, Marks(suspended=True)),
        (record, ASM, Marks(suspended=True)),
    ):
        with at_work(each, clock) as progress:
            answer(progress, clock, SIGNAL)
            progress.mark(card, marks)
    records.take_in(record, records.look(bela), "merge", clock)
    marked = kept(record)[3]
    assert marked[ASM] == Marks(suspended=True, buried=clock.now.date())
    assert marked[SIGNAL] == Marks(suspended=True), "though we had met the card, without a mark"


histories = st.lists(
    st.tuples(st.sampled_from(CARDS), st.sampled_from([*Rating, None]), st.integers(1, 3000)), max_size=10
)


def live(record: Record, history: list[tuple[str, Rating | None, int]]) -> None:
    """Answer as told, None taking the last answer back; in a session for each four acts."""
    clock = FakeClock()
    for start in range(0, len(history), 4):
        with at_work(record, clock) as progress:
            for card, rating, minutes in history[start : start + 4]:
                clock.move(minutes)
                if rating is None:
                    progress.undo()
                    progress.mark(card, Marks(suspended=True))
                else:
                    answer(progress, clock, card, rating)


@settings(max_examples=15)
@given(histories, histories)
def test_uniting_gives_the_same_in_either_order_and_any_number_of_times(
    one: list[tuple[str, Rating | None, int]], other: list[tuple[str, Rating | None, int]]
) -> None:
    with TemporaryDirectory() as folder:
        anna, bela = record_of(Path(folder)), record_of(Path(folder), "bela")
        live(anna, one)
        live(bela, other)
        ours, theirs = records.look(anna), records.look(bela)
        clock = FakeClock()
        clock.move(100_000)
        records.take_in(anna, theirs, "merge", clock)
        once = kept(anna)
        records.take_in(anna, theirs, "merge", clock)
        assert kept(anna) == once
        records.take_in(bela, ours, "merge", clock)
        answers = [sorted((r.card, r.day, r.rating) for r in kept(each)[0].values()) for each in (anna, bela)]
        assert answers[0] == answers[1]


@settings(max_examples=15)
@given(histories)
def test_an_export_that_is_taken_in_after_erasing_gives_the_same_back(
    history: list[tuple[str, Rating | None, int]],
) -> None:
    with TemporaryDirectory() as folder:
        record, clock = record_of(Path(folder) / "home"), FakeClock()
        live(record, history)
        with at_work(record, clock):
            pass
        before, exported = kept(record), Path(folder) / "export.json"
        exported.write_bytes(b"".join(records.look(record).encoded()))
        erasing.erase(record, clock)
        assert everything(Path(folder) / "home") == {}
        records.take_in(record, backup.read(exported, SCHEDULE), "import", clock)
        assert kept(record) == before


# Merge


def test_two_files_of_one_person_become_one(record: Record, bela: Record, clock: FakeClock) -> None:
    session(record, clock, ASM, SIGNAL)
    session(bela, clock, PROPS)
    killed_session(record, clock, DSM)
    assert records.merge(record, bela, clock) == (1, 3, 4)
    assert cards(bela) == [ASM, SIGNAL, PROPS, DSM]
    assert not record.exists
    assert Home(record.path.parents[1]).recruiters() == ["bela"]
    (left,) = [each for each in backup.existing(record.backups) if each.why == "merge"]
    records.restore(record, backup.read(left.path, SCHEDULE), clock)
    assert cards(record) == [ASM, SIGNAL, DSM]
    put_back(bela, clock, -1)
    assert cards(bela) == [PROPS]


def test_a_record_is_not_merged_into_itself(record: Record, clock: FakeClock) -> None:
    session(record, clock, ASM)
    link = Record("bela", record.path.with_name("bela.json"), record.backups, record.schedule)
    link.path.symlink_to(record.path)
    with pytest.raises(ProgressError, match="one and the same file"):
        records.merge(link, record, clock)
    assert cards(record) == [ASM]


# Rename


def test_a_new_name_goes_to_file_backups_and_what_was_kept_aside(
    record: Record, bela: Record, clock: FakeClock
) -> None:
    session(record, clock, ASM)
    session(record, clock, SIGNAL)
    record.path.with_name("anna.json.damaged-20260101-000000").write_bytes(b"half")
    killed_session(record, clock, PROPS)
    before = kept(record)
    records.rename(record, bela, clock)
    assert kept(bela) == before
    assert records.look(bela).meta.recruiter == "bela"
    names = {path.name for path in (*record.path.parent.iterdir(), *record.backups.parent.iterdir())}
    assert names == {"bela.json", "bela.json.damaged-20260101-000000", "bela"}
    assert len(backup.existing(bela.backups)) == 1
    session(bela, clock, DSM)


@pytest.mark.parametrize("act", ["move", "replace", "remove"])
@pytest.mark.parametrize("nth", [1, 2, 3])
def test_a_rename_that_is_interrupted_is_none_or_whole(  # noqa: PLR0917 — what it is made of
    record: Record, bela: Record, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, act: str, nth: int
) -> None:
    session(record, clock, ASM)
    session(record, clock, SIGNAL)
    before, done, calls = kept(record), getattr(disk, act), []

    def interrupted(*arguments: object, **options: object) -> object:
        calls.append(act)
        if len(calls) == nth:
            raise KeyboardInterrupt
        return done(*arguments, **options)

    monkeypatch.setattr(disk, act, interrupted)
    with suppress(KeyboardInterrupt):
        records.rename(record, bela, clock)
    monkeypatch.undo()
    here, gone = (bela, record) if bela.exists else (record, bela)
    assert (kept(here), gone.exists, gone.backups.exists()) == (before, False, False)
    assert len(backup.existing(here.backups)) == 1
    session(here, clock, DSM)


def test_a_name_that_is_taken_is_refused_and_merging_told(
    record: Record, bela: Record, clock: FakeClock
) -> None:
    session(record, clock, ASM)
    session(bela, clock, SIGNAL)
    before = everything(record.path.parent)
    with pytest.raises(ProgressError, match=r'progress of "bela" already.*trainer merge "anna" "bela"'):
        records.rename(record, bela, clock)
    assert everything(record.path.parent) == before


def test_backups_that_the_name_has_already_stay(record: Record, bela: Record, clock: FakeClock) -> None:
    session(bela, clock, DSM)
    session(record, clock, ASM)
    records.merge(bela, record, clock)
    records.rename(record, bela, clock)
    assert [each.why for each in backup.existing(bela.backups)] == ["merge", "merge"]
    assert not record.backups.exists()


def test_a_link_is_renamed_and_its_file_stays_where_it_is(
    record: Record, bela: Record, clock: FakeClock, tmp_path: Path
) -> None:
    session(record, clock, ASM)
    real = tmp_path / "synced" / "mine.json"
    real.parent.mkdir()
    record.path.rename(real)
    record.path.symlink_to(real)
    killed_session(Record("anna", real, record.backups, record.schedule), clock, SIGNAL)
    records.rename(record, bela, clock)
    assert bela.path.resolve() == real
    assert not record.path.is_symlink()
    assert cards(bela) == [ASM, SIGNAL]


# Erase


def test_all_there_is_of_a_record_is_removed_and_listed(
    record: Record, bela: Record, clock: FakeClock, tmp_path: Path
) -> None:
    session(bela, clock, ASM)
    untouched = everything(tmp_path)
    session(record, clock, ASM)
    session(record, clock, SIGNAL)
    folder = record.path.parent
    (folder / "anna (conflicted copy).json").write_bytes(record.path.read_bytes())
    (folder / "anna.json.damaged-20260101-000000").write_bytes(b"half")
    (folder / "anna.journal.damaged-20260101-000000").write_bytes(b"half")
    (folder / "anna.json.tmp").write_bytes(b"half")
    (folder / "anna.journal.tmp").write_bytes(b"half")
    removed = {path.name for path in erasing.erase(record, clock).removed}
    assert everything(tmp_path) == untouched
    assert not record.backups.exists()
    assert not (folder / "anna.lock").exists()
    assert removed >= {
        "anna",
        "anna.json",
        "anna (conflicted copy).json",
        "anna.json.damaged-20260101-000000",
        "anna.journal.damaged-20260101-000000",
    }
    assert Home(tmp_path).recruiters() == ["bela"]


def test_a_file_behind_a_link_is_removed_too(record: Record, clock: FakeClock, tmp_path: Path) -> None:
    real = tmp_path / "synced.json"
    session(Record("anna", real, record.backups, record.schedule), clock, ASM)
    record.path.parent.mkdir()
    record.path.symlink_to(real)
    killed_session(Record("anna", real, record.backups, record.schedule), clock, SIGNAL)
    assert {real, record.path} <= set(erasing.erase(record, clock).removed)
    assert everything(tmp_path) == {}


@pytest.mark.parametrize("what", ["text", "nothing yet", "folder", "pipe", "bela"])
def test_what_is_another_s_behind_a_link_is_neither_removed_nor_replaced(
    record: Record, bela: Record, clock: FakeClock, tmp_path: Path, what: str
) -> None:
    session(record, clock, ASM)
    session(bela, clock, SIGNAL)
    session(record, clock, PROPS)
    backup.keep_file(record.path, record.backups, "merge", clock())
    link, other = record.path, tmp_path / "other.json"
    link.unlink()
    if what == "text":
        other.write_bytes(b"a letter")
    elif what == "nothing yet":
        other.touch()
    elif what == "folder":
        other.mkdir()
    elif what == "pipe":
        os.mkfifo(other)
    for beside in (".journal", ".folding", ".lock", ".json.tmp"):
        other.with_suffix(beside).write_bytes(b"theirs")
    link.symlink_to(bela.path if what == "bela" else other)
    before = {path: path.lstat()[:7] for path in (bela.path, *tmp_path.glob("other.*"))}
    with pytest.raises(ProgressError):
        repair.fix(record, clock)
    with suppress(NotYoursError):
        assert erasing.erase(record, clock).left == [other, other.with_suffix(".journal")]
        assert not link.is_symlink()
    assert {path: path.lstat()[:7] for path in before} == before


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_what_others_made_is_named_and_left(record: Record, clock: FakeClock, tmp_path: Path) -> None:
    session(record, clock, ASM)
    session(record, clock, SIGNAL)
    notes = record.backups / "notes.txt"
    own = record.path.with_name("anna.json.damaged-by me")
    for path in (notes, own):
        path.write_bytes(b"mine")
    assert erasing.erase(record, clock).left == [notes]
    assert everything(tmp_path) == {
        "backups/anna/notes.txt": b"mine",
        "progress/anna.json.damaged-by me": b"mine",
    }
    notes.unlink()
    record.backups.rmdir()
    record.backups.symlink_to(record.path.parent)
    erased = erasing.erase(record, clock)
    assert (erased.removed, erased.left) == ([], [record.backups])
    assert own.exists()


@pytest.mark.parametrize("content", [b"no JSON", b'{"meta":{"1":{"format":99}}}'])
def test_what_cannot_be_read_can_be_erased(record: Record, clock: FakeClock, content: bytes) -> None:
    session(record, clock, ASM)
    record.path.write_bytes(content)
    erasing.erase(record, clock)
    assert everything(record.path.parents[1]) == {}


def test_a_recruiter_with_a_like_name_keeps_theirs(record: Record, clock: FakeClock, tmp_path: Path) -> None:
    other = record_of(tmp_path, "anna (London)")
    session(other, clock, ASM)
    before = everything(tmp_path)
    session(record, clock, ASM)
    erasing.erase(record, clock)
    assert everything(tmp_path) == before


# Open elsewhere


@pytest.mark.parametrize("act", ["restore", "take_in", "merge", "merge_into", "rename", "erase"])
def test_a_record_that_is_open_elsewhere_is_not_touched(
    record: Record, bela: Record, clock: FakeClock, act: str
) -> None:
    session(record, clock, ASM)
    session(bela, clock, SIGNAL)
    held = records.look(bela)
    acts: dict[str, Callable[[], object]] = {
        "restore": lambda: records.restore(record, held, clock),
        "take_in": lambda: records.take_in(record, held, "import", clock),
        "merge": lambda: records.merge(record, bela, clock),
        "merge_into": lambda: records.merge(bela, record, clock),
        "rename": lambda: records.rename(record, record_of(record.path.parents[1], "cleo"), clock),
        "erase": lambda: erasing.erase(record, clock),
    }
    with at_work(record, clock):
        assert records.in_use(record)
        before = everything(record.path.parent)
        with pytest.raises(InUseError):
            acts[act]()
        with pytest.raises(InUseError):
            records.refuse_if_open(bela, record)
        assert everything(record.path.parent) == before
    assert not records.in_use(record)


def test_a_look_at_a_lock_makes_none(record: Record) -> None:
    record.path.parent.mkdir(parents=True)
    assert not records.in_use(record)
    assert list(record.path.parent.iterdir()) == []


# Killed


State = dict[str, Kept | None]


def states(home: Path) -> State:
    """What each recruiter has, None who has nothing."""
    found: State = {}
    for name in ("anna", "bela"):
        record = record_of(home, name)
        found[name] = kept(record) if record.exists else None
    return found


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Two records: one with a backup and a killed session, and another one."""
    home, clock = tmp_path / "home", FakeClock()
    anna = record_of(home)
    session(anna, clock, ASM)
    session(anna, clock, SIGNAL)
    session(record_of(home, "bela"), clock, PROPS)
    killed_session(anna, clock, DSM)
    return home


def later() -> FakeClock:
    clock = FakeClock()
    clock.move(10_000)
    return clock


def do(act: str, home: Path) -> None:
    clock = later()
    anna, bela = record_of(home), record_of(home, "bela")
    match act:
        case "restore":
            put_back(anna, clock)
        case "erase":
            erasing.erase(anna, clock)
        case "merge":
            records.merge(anna, bela, clock)
        case "rename":
            records.rename(anna, record_of(home, "cleo"), clock)


def steps_of(act: str, home: Path, faulty: FaultyOs) -> list[Path]:
    """Do it in a copy of a home; return a copy more for each of its steps."""
    copies = [home.with_name(f"{act}-{step}") for step in range(1, 100)]
    shutil.copytree(home, home.with_name("done"))
    before = len(faulty.steps)
    do(act, home.with_name("done"))
    copies = copies[: len(faulty.steps) - before]
    for copy in copies:
        shutil.copytree(home, copy)
    return copies


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="steps differ")
@pytest.mark.parametrize("act", ["restore", "erase", "merge"])
def test_killed_at_any_step_it_leaves_one_whole_state_or_the_other(
    home: Path, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    faulty = install(monkeypatch)
    copies = steps_of(act, home, faulty)
    before, after = states(home), states(home.with_name("done"))
    assert before != after
    assert len(copies) > 8
    seen = set()
    for step, copy in enumerate(copies, 1):
        killed(faulty, step, partial(do, act, copy))
        found = states(copy)
        assert all(found[name] in (before[name], after[name]) for name in found)
        assert Home(copy).recruiters() == [name for name in found if found[name]], "nobody is a ghost"
        seen.add(tuple(found[name] == after[name] for name in found))
        assert backup.existing(record_of(copy).backups) or act == "erase"
        if record_of(copy).exists and not (act == "restore" and found == after):
            do(act, copy)
        assert states(copy) == after
    assert len(seen) > 1


@pytest.mark.slow
def test_a_rename_killed_at_any_step_can_be_done_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    faulty = install(monkeypatch)
    before = kept(record_of(home))
    for step, copy in enumerate(steps_of("rename", home, faulty), 1):
        killed(faulty, step, partial(do, "rename", copy))
        anna, cleo = record_of(copy), record_of(copy, "cleo")
        assert anna.exists != cleo.exists
        assert kept(anna if anna.exists else cleo) == before
        if anna.exists:
            do("rename", copy)
        assert kept(cleo) == before
        assert len(backup.existing(cleo.backups)) >= 1
        assert Home(copy).recruiters() == ["bela", "cleo"]


def killed(faulty: FaultyOs, step: int, act: Callable[[], None]) -> None:
    faulty.cut_power_at(step, written=0.5)
    with pytest.raises(PowerCut):
        act()
    faulty.die()


def test_what_the_system_refuses_is_told(
    record: Record, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    session(record, clock, ASM)
    install(monkeypatch).fail("unlink", 13)
    with pytest.raises(ProgressError, match=r"anna.* can't be changed: Permission denied"):
        erasing.erase(record, clock)
    assert cards(record) == [ASM]
