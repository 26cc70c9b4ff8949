"""Another trainer saves in the same record meanwhile, where locks hold nobody off; it may be killed then."""

import errno
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from trainer import disk
from trainer.errors import InUseError, NotSavedError
from trainer.home import Home
from trainer.progress import backup, copies, records
from trainer.progress.doctor import repair
from trainer.progress.records import Record

from .faults import install
from .samples import CARDS, FakeClock, answer, at_work, kept, read, record_of, session

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="takes its locks by another call")
ASM, SIGNAL, PROPS, DSM = CARDS
After = Callable[[object, str, Callable[[], object]], None]


@pytest.fixture
def anna(tmp_path: Any, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> Record:
    """A record with an answer; no lock holds anybody off."""
    monkeypatch.setattr("fcntl.flock", lambda *_: None)
    monkeypatch.setattr("trainer.progress.lock._PATIENCE", 0.05)
    record = record_of(tmp_path)
    session(record, clock, ASM)
    return record


@pytest.fixture
def bela(tmp_path: Any, clock: FakeClock) -> Record:
    record = record_of(tmp_path, "bela")
    session(record, clock, PROPS)
    return record


@pytest.fixture
def after(monkeypatch: pytest.MonkeyPatch) -> After:
    """Have something happen once, right after a function of a module has returned."""

    def happens(module: object, name: str, act: Callable[[], object]) -> None:
        real, pending = getattr(module, name), [act]

        def call(*args: Any, **named: Any) -> Any:
            found = real(*args, **named)
            if pending:
                pending.pop()()
            return found

        monkeypatch.setattr(module, name, call)

    return happens


@pytest.fixture
def before(monkeypatch: pytest.MonkeyPatch) -> After:
    """Have something happen once, right before a function of a module is called."""

    def happens(module: object, name: str, act: Callable[[], object]) -> None:
        real, pending = getattr(module, name), [act]

        def call(*args: Any, **named: Any) -> Any:
            if pending:
                pending.pop()()
            return real(*args, **named)

        monkeypatch.setattr(module, name, call)

    return happens


@pytest.fixture
def once_open(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Have something happen once, when a record was opened to be acted on."""
    real = records.opened

    def happens(act: Callable[[], object]) -> None:
        pending = [act]

        @contextmanager
        def opened(*args: Any, **named: Any) -> Iterator[Any]:
            with real(*args, **named) as storage:
                if pending:
                    pending.pop()()
                yield storage

        monkeypatch.setattr(records, "opened", opened)

    return happens


def cards(record: Record) -> list[str]:
    return sorted(review.card for review in kept(record)[0].values())


def test_what_is_saved_during_an_import_stays(
    anna: Record, bela: Record, clock: FakeClock, once_open: Callable[[Callable[[], object]], None]
) -> None:
    theirs = records.examined(bela)
    once_open(lambda: session(anna, clock, DSM))
    counts = records.take_in(anna, theirs, "import", clock)
    assert cards(anna) == sorted([ASM, PROPS, DSM])
    assert (counts.ours, counts.new) == (2, 1)


def test_what_is_saved_during_a_repair_stays(
    anna: Record, clock: FakeClock, once_open: Callable[[Callable[[], object]], None]
) -> None:
    held = records.look(anna)
    next(iter(held.cards.values()))["reps"] = 7
    disk.replace(anna.path, held.encoded())
    once_open(lambda: session(anna, clock, DSM))
    repair.fix(anna, clock)
    assert cards(anna) == sorted([ASM, DSM])
    assert repair.fix(anna, clock) == []


def test_a_record_that_is_merged_away_is_not_removed_with_what_was_just_saved(
    anna: Record, bela: Record, clock: FakeClock, after: After
) -> None:
    after(records, "take_in", lambda: session(bela, clock, DSM))
    with pytest.raises(InUseError, match="just now"):
        records.merge(bela, anna, clock)
    assert cards(bela) == sorted([PROPS, DSM])
    records.merge(bela, anna, clock)
    assert cards(anna) == sorted([ASM, PROPS, DSM])
    assert not bela.exists


def test_a_record_that_is_renamed_keeps_what_was_just_saved(
    anna: Record, clock: FakeClock, tmp_path: Any, after: After
) -> None:
    cara = record_of(tmp_path, "cara")
    after(records, "look", lambda: session(anna, clock, DSM))
    with pytest.raises(InUseError, match="just now"):
        records.rename(anna, cara, clock)
    assert cards(anna) == sorted([ASM, DSM])
    records.rename(anna, cara, clock)
    assert cards(cara) == sorted([ASM, DSM])


def test_nobody_folds_while_a_record_is_renamed(
    anna: Record, clock: FakeClock, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, held = disk.move, []

    def move(*args: Any) -> None:
        held.append(anna.path.with_suffix(".folding").exists())
        real(*args)

    session(anna, clock, ASM)
    monkeypatch.setattr(disk, "move", move)
    records.rename(anna, record_of(tmp_path, "cara"), clock)
    assert held[-1]


def test_a_file_that_became_readable_meanwhile_is_not_replaced(
    anna: Record, clock: FakeClock, after: After
) -> None:
    """Its other trainer had it open before it was destroyed, and has just written it anew."""
    whole = anna.path.read_bytes()
    session(anna, clock, SIGNAL, DSM)  # with a backup of what was there before
    present = anna.path.read_bytes()
    anna.path.write_bytes(b"{")
    after(backup, "read", lambda: anna.path.write_bytes(present))
    with pytest.raises(InUseError, match="just now"):
        repair.fix(anna, clock)
    assert anna.path.read_bytes() == present != whole
    anna.path.write_bytes(b"{")
    assert repair.fix(anna, clock)
    assert ASM in cards(anna)


def held(record: Record) -> list[str]:
    """Return the cards of the answers that the next opening finds: what was only in a memory is lost."""
    with at_work(record, FakeClock()) as progress:
        return sorted(review.card for review in progress.history().values())


@pytest.mark.parametrize("emptied", [False, True])
def test_what_is_added_to_the_journal_while_it_is_opened_is_not_cleared_with_it(
    anna: Record, clock: FakeClock, after: After, before: After, *, emptied: bool
) -> None:
    other = at_work(anna, clock)
    answer(other, clock, SIGNAL)
    if emptied:
        before(disk, "rename", lambda: answer(other, clock, PROPS))
    else:
        after(copies, "unite", lambda: answer(other, clock, PROPS))
    session(anna, clock, DSM)
    assert held(anna) == sorted([ASM, SIGNAL, PROPS, DSM]), "the other one was killed"


def test_a_line_that_came_too_late_into_a_replaced_journal_is_written_again(
    anna: Record, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, other = at_work(anna, clock), at_work(anna, clock)
    answer(mine, clock, SIGNAL)
    real, pending = disk.write, [True]

    def write(descriptor: int, line: Any) -> None:
        if pending:
            pending.pop()
            answer(other, clock, PROPS)  # it finds mine there, and puts its own in the place of it
        real(descriptor, line)

    monkeypatch.setattr(disk, "write", write)
    answer(mine, clock, DSM)
    monkeypatch.undo()
    monkeypatch.setattr("fcntl.flock", lambda *_: None)
    assert held(anna) == sorted([ASM, SIGNAL, PROPS, DSM]), "both were killed"


def test_a_line_that_comes_while_a_journal_is_replaced_is_kept(
    anna: Record, clock: FakeClock, after: After
) -> None:
    mine, other = at_work(anna, clock), at_work(anna, clock)
    answer(other, clock, SIGNAL)
    after(disk, "rename", lambda: answer(other, clock, PROPS))
    answer(mine, clock, DSM)
    assert held(anna) == sorted([ASM, SIGNAL, PROPS, DSM]), "both were killed"


def test_a_line_that_comes_while_a_session_empties_the_journal_is_kept(
    anna: Record, clock: FakeClock, before: After
) -> None:
    mine, other = at_work(anna, clock), at_work(anna, clock)
    answer(mine, clock, SIGNAL)
    before(disk, "rename", lambda: answer(other, clock, PROPS))
    mine.close()
    assert held(anna) == sorted([ASM, SIGNAL, PROPS]), "the other one was killed"


@pytest.mark.parametrize("folded", [True, False])
@pytest.mark.parametrize("rotten", [None, 3, -3])
def test_a_journal_that_was_moved_away_when_trainer_was_killed_is_read_too(
    anna: Record, clock: FakeClock, *, folded: bool, rotten: int | None
) -> None:
    """Of what is damaged the original is kept, be it the first line or the last; whole ones go unsaid."""
    moved, without = anna.path.with_name("anna.journal.0123abcd.old"), anna.path.read_bytes()
    with at_work(anna, clock) as progress:
        answer(progress, clock, SIGNAL)
        answer(progress, clock, PROPS)
        content = bytearray(anna.path.with_suffix(".journal").read_bytes())
    if rotten is not None:
        content[rotten] ^= 1
    moved.write_bytes(content)
    if not folded:
        anna.path.write_bytes(without)
    wanted = sorted([ASM, SIGNAL, *([] if rotten == -3 and not folded else [PROPS])])
    with read(anna.path) as seen:
        assert sorted(review.card for review in seen.history().values()) == wanted
    with at_work(anna, clock) as progress:
        assert bool(progress.notices) == (rotten is not None)
    assert held(anna) == wanted
    assert not moved.exists()
    aside = [each.read_bytes() for each in anna.path.parent.glob("*.damaged-*")]
    assert aside == ([] if rotten is None else [content])
    assert Home(anna.path.parents[1]).recruiters() == ["anna"]
    assert not (anna.path.parent / "merged").exists()


@pytest.mark.parametrize("failing", ["link", "fsync", "open"])
def test_a_second_writer_loses_nothing_to_an_append_that_fails(
    anna: Record, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    """The file that is open may have been moved away: nothing is cut off from it."""
    mine, other = at_work(anna, clock), at_work(anna, clock)
    answer(mine, clock, SIGNAL)
    answer(other, clock, PROPS)
    with monkeypatch.context() as patched:
        faulty = install(patched)
        faulty._fault = lambda step: OSError(errno.EIO, "gone") if step.startswith(failing) else None
        with suppress(NotSavedError):
            answer(mine, clock, DSM)
    assert {SIGNAL, PROPS} <= set(held(anna)), "both were killed"


def test_a_copy_that_is_another_one_by_now_is_not_put_away_unread(
    anna: Record, clock: FakeClock, after: After
) -> None:
    """Another opening has put the first one away, and a third trainer writes one of the same name."""
    beside = anna.path.with_name("anna (found).journal")
    contents = []
    for card in (PROPS, DSM):
        with at_work(anna, clock) as progress:
            answer(progress, clock, card)
            contents.append(anna.path.with_suffix(".journal").read_bytes())
            progress.undo()
    beside.write_bytes(contents[0])

    def another() -> None:
        beside.unlink()
        beside.write_bytes(contents[1])

    after(copies, "unite", another)
    with at_work(anna, clock) as progress:
        assert "was changed while it was read" in " ".join(progress.notices)
    assert beside.read_bytes() == contents[1]
    at_work(anna, clock).close()
    assert not beside.exists()


@pytest.mark.parametrize("changes", [1, 1000])
def test_who_looks_while_a_journal_is_replaced_finds_what_is_in_it(
    anna: Record, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, changes: int
) -> None:
    """However often it is replaced, looking ends."""
    real, left = disk.read, [changes]
    with at_work(anna, clock) as progress:
        answer(progress, clock, SIGNAL)
        answer(progress, clock, PROPS)
        log = progress._storage._journal  # type: ignore[attr-defined]  # a session has no practice storage

        def read_between(path: Any, *rest: Any, **named: Any) -> bytes | None:
            if path != log.path or not left[0]:
                return real(path, *rest, **named)
            left[0] -= 1
            log._move_away()
            found = real(path, *rest, **named)
            disk.create(log.path, [log.content])
            log._look_through()
            return found

        with monkeypatch.context() as patch:
            patch.setattr(disk, "read", read_between)
            seen = read(anna.path)
        found = sorted(each.card for each in seen.history().values())
        assert found == sorted([ASM, SIGNAL, PROPS]) if changes == 1 else ASM in found
    assert held(anna) == sorted([ASM, SIGNAL, PROPS])
