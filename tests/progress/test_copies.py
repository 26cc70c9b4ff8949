"""Copies that sync tools lay beside a record: they are brought together with it, and kept."""

import json
from itertools import permutations
from pathlib import Path

import pytest

from trainer.errors import NotYoursError
from trainer.home import Home
from trainer.memory.state import Marks, Rating
from trainer.progress import records
from trainer.progress.progress import Progress
from trainer.progress.records import Record

from .faults import Loss, PowerCut, install
from .samples import CARDS, SCHEDULE, FakeClock, answer, at_work, empty, is_consistent, kept, opened, read

ASM, SIGNAL, PROPS, DSM = CARDS
NAMES = [
    "anna (conflicted copy 2026-11-24).json",
    "anna (Anna's MacBook's conflicted copy 2026-11-24).json",
    "anna (In Konflikt stehende Kopie von Büro 2026-11-24).json",
    "anna (conflicted copy 2026-11-24 101500).json",
    "anna.sync-conflict-20261124-101500-ABCDEFG.json",
    "anna_conflict-20261124-101500.json",
    "anna-LAPTOP.json",
    "anna-DESKTOP-7Q2.json",
    "anna 2.json",
    "anna (1).json",
    "anna - Copy.json",
    "anna (SFConflict anna@firm.com 2026-11-24-10-15-00).json",
]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture
def path(home: Home) -> Path:
    return home.progress_file("anna")


def elsewhere(path: Path, clock: FakeClock, *cards: str, name: str = "copy.json") -> bytes:
    """Go on with the record on another computer; return the file there."""
    other = path.parent.parent / "other" / name
    other.parent.mkdir(exist_ok=True)
    other.write_bytes(path.read_bytes())
    with opened(other, clock) as progress:
        for card in cards:
            answer(progress, clock, card)
    return other.read_bytes()


def cards_in(progress: Progress) -> list[str]:
    return sorted(each.card for each in progress.history().values())


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_is_united_put_away_and_told_once(home: Home, path: Path, clock: FakeClock, name: str) -> None:
    with opened(path, clock) as progress:
        answer(progress, clock, ASM)
    copy = path.with_name(name)
    copy.write_bytes(elsewhere(path, clock, SIGNAL, PROPS))
    assert home.recruiters() == ["anna"]
    with opened(path, clock) as progress:
        assert cards_in(progress) == sorted([ASM, SIGNAL, PROPS])
        assert is_consistent(progress)
        assert name in progress.notices[0]
        assert "2 had been missing here" in progress.notices[0]
        assert str(path.parent / "merged" / name) in progress.notices[1]
    assert not copy.exists()
    assert len(read(path.parent / "merged" / name).history()) == 3, "the copy is kept as it was"
    with opened(path, clock) as progress:
        assert progress.notices == []
        assert len(progress.history()) == 3
    assert home.recruiters() == ["anna"]


def test_a_copy_with_nothing_new_is_put_away_too(path: Path, clock: FakeClock) -> None:
    with opened(path, clock) as progress:
        answer(progress, clock, ASM)
    path.with_name(NAMES[0]).write_bytes(path.read_bytes())
    with opened(path, clock) as progress:
        assert len(progress.history()) == 1
        assert "none had been missing" in progress.notices[0]
    assert not path.with_name(NAMES[0]).exists()


def test_what_was_undone_on_either_computer_does_not_come_back(path: Path, clock: FakeClock) -> None:
    with opened(path, clock) as progress:
        for card in (ASM, SIGNAL, PROPS):
            answer(progress, clock, card)
    before = path.read_bytes()
    with opened(path, clock) as progress:
        progress.undo()  # here PROPS
        clock.move(1)
        progress.mark(DSM, Marks(suspended=True))
    here = path.read_bytes()
    path.write_bytes(before)
    with opened(path, clock) as progress:
        for _ in range(2):  # there SIGNAL as well
            progress.undo()
        clock.move(5)
        progress.mark(DSM, Marks())
    path.with_name(NAMES[0]).write_bytes(path.read_bytes())
    path.with_name(NAMES[1]).write_bytes(before)
    path.write_bytes(here)
    with opened(path, clock) as progress:
        assert cards_in(progress) == [ASM]
        assert progress.marks(DSM) == Marks(), "the later mark stands"
        assert is_consistent(progress)


def test_any_order_of_the_same_copies_gives_the_same_record(home: Home, path: Path, clock: FakeClock) -> None:
    with opened(path, clock) as progress:
        answer(progress, clock, ASM)
    clock.move(-600)  # clocks that were set back give the same ids on both computers
    versions = [elsewhere(path, clock, *cards) for cards in ((SIGNAL, PROPS), (PROPS, DSM), (DSM,))]
    found = []
    for order in permutations([path.read_bytes(), *versions]):
        for each in path.parent.iterdir():
            if each.is_file():
                each.unlink()
        for name, content in zip(["anna.json", *NAMES], order, strict=False):
            path.with_name(name).write_bytes(content)
        with opened(path, clock) as progress:
            assert cards_in(progress) == sorted([ASM, SIGNAL, PROPS, PROPS, DSM, DSM])
            assert is_consistent(progress)
            found.append(progress.history())
    assert all(each == found[0] for each in found)


def test_the_copy_of_a_journal_is_united_too(path: Path, clock: FakeClock) -> None:
    with opened(path, clock) as progress:
        answer(progress, clock, ASM)
        journal = path.with_suffix(".journal").read_bytes()
        progress.undo()
    path.with_name("anna.sync-conflict-20261124-101500-ABC.journal").write_bytes(journal)
    fresh = path.parent.parent / "other.json"
    with opened(fresh, clock) as progress:
        clock.move(1)
        answer(progress, clock, SIGNAL)
        journal = fresh.with_suffix(".journal").read_bytes()
    path.with_name("anna-LAPTOP.journal").write_bytes(journal)
    assert Home(path.parent.parent).recruiters() == ["anna"]
    with opened(path, clock) as progress:
        assert cards_in(progress) == [SIGNAL]
    assert len(list((path.parent / "merged").iterdir())) == 2


def test_copies_of_the_same_name_do_not_overwrite_each_other(path: Path, clock: FakeClock) -> None:
    empty(path)
    for card in (ASM, SIGNAL, PROPS):
        path.with_name("anna 2.json").write_bytes(elsewhere(path, clock, card))
        with opened(path, clock) as progress:
            assert card in cards_in(progress)
    assert sorted(each.name for each in (path.parent / "merged").iterdir()) == [
        "anna 2 2.json",
        "anna 2 3.json",
        "anna 2.json",
    ]


@pytest.mark.parametrize(
    "name", ["anna-bell", "anna b", "anna 2", "anna.b", "anna (conflicted copy)", "ann", "annab"]
)
def test_a_recruiter_who_has_such_a_name_is_left_alone(
    home: Home, path: Path, clock: FakeClock, name: str
) -> None:
    other = home.progress_file(name)
    with Progress.open(other, name, SCHEDULE, clock) as progress:
        answer(progress, clock, DSM)
    before = other.read_bytes()
    with opened(empty(path), clock) as progress:
        assert progress.history() == {}
        assert progress.notices == []
    assert other.read_bytes() == before
    assert home.recruiters() == sorted(["anna", name])


def test_a_record_that_was_renamed_by_hand_is_no_copy_and_brought_in_by_its_name(
    home: Home, path: Path, clock: FakeClock
) -> None:
    with opened(path, clock) as progress:
        answer(progress, clock, DSM)
    bell = Record.of(home, "anna-bell", SCHEDULE)
    path.rename(bell.path)
    with pytest.raises(NotYoursError, match=r'of "anna", not of "anna-bell".*import-progress FILE'):
        at_work(bell, clock)
    elsewhere = bell.path.rename(home.root / "mine.json")
    source = Record("", elsewhere, elsewhere.parent, SCHEDULE)
    records.take_in(bell, records.examined(source), "import", clock)
    assert len(kept(bell)[0]) == 1
    with opened(empty(path), clock) as progress:
        assert progress.history() == {}
    assert home.recruiters() == ["anna", "anna-bell"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'{"meta":{"1":{"format":9,"recruiter":"anna"}}}', "newer version"),
        (b'{"meta":{"1":{"format":1,"recruiter":"anna","gener', "truncated"),
    ],
)
def test_a_copy_that_cannot_be_used_is_told_and_left(
    path: Path, clock: FakeClock, content: bytes, told: str
) -> None:
    empty(path)
    copy = path.with_name(NAMES[0])
    copy.write_bytes(content)
    with opened(path, clock) as progress:
        assert told in progress.notices[0]
        assert copy.name in progress.notices[0]
        answer(progress, clock, ASM)
    assert copy.read_bytes() == content


def test_a_copy_with_a_flipped_bit_is_mended_and_united(path: Path, clock: FakeClock) -> None:
    empty(path)
    content = bytearray(elsewhere(path, clock, ASM))
    content[content.index(b'"rating":3') + 9] ^= 1
    path.with_name(NAMES[0]).write_bytes(content)
    with opened(path, clock) as progress:
        assert [each.rating for each in progress.history().values()] == [Rating.GOOD]


def test_practice_looks_at_the_record_alone_and_moves_nothing(path: Path, clock: FakeClock) -> None:
    empty(path)
    copy = path.with_name(NAMES[0])
    copy.write_bytes(elsewhere(path, clock, ASM))
    read(path)
    assert copy.exists()


def test_copies_are_looked_for_where_the_file_really_is(home: Home, path: Path, clock: FakeClock) -> None:
    real = home.root / "Dropbox" / "anna.json"
    empty(real)
    path.parent.mkdir()
    path.symlink_to(real)
    real.with_name(NAMES[0]).write_bytes(elsewhere(path, clock, ASM))
    with opened(path, clock) as progress:
        assert cards_in(progress) == [ASM]
    assert path.is_symlink()
    assert (real.parent / "merged" / NAMES[0]).exists()


@pytest.mark.slow
@pytest.mark.parametrize("loss", Loss)
@pytest.mark.parametrize("written", [0.0, 0.5, 1.0])
def test_a_crash_at_any_step_of_a_merge_loses_nothing(
    path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, written: float, loss: Loss
) -> None:
    with opened(path, clock) as progress:
        answer(progress, clock, ASM)
    here = path.read_bytes()
    copies = {name: elsewhere(path, clock, card) for name, card in zip(NAMES, (SIGNAL, PROPS), strict=False)}
    faulty = install(monkeypatch)
    crashes = 0
    for step in range(1, 40):
        for name, content in {"anna.json": here, **copies}.items():
            path.with_name(name).write_bytes(content)
        faulty.cut_power_at(step, written)
        try:
            opened(path, clock).close()
        except PowerCut:
            crashes += 1
        faulty.die(loss)
        assert json.loads(path.read_bytes())
        with opened(path, clock) as progress:
            assert cards_in(progress) == sorted([ASM, SIGNAL, PROPS])
            assert is_consistent(progress)
        assert not any(path.with_name(name).exists() for name in copies)
        for merged in (path.parent / "merged").iterdir():
            merged.unlink()
    assert 12 < crashes < 39


def test_a_copy_that_cannot_be_moved_does_no_harm(
    path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty(path)
    path.with_name(NAMES[0]).write_bytes(elsewhere(path, clock, ASM))
    install(monkeypatch).fail("rename")
    for _ in range(2):
        with opened(path, clock) as progress:
            assert cards_in(progress) == [ASM]
            assert "could not be put away: No space" in progress.notices[-1]
