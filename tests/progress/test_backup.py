"""Backups: when one is made, what it costs, and which are kept."""

import gzip
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trainer.errors import ProgressError
from trainer.memory.calendar import microseconds, study_day
from trainer.memory.state import Marks
from trainer.progress import backup, packing, valid
from trainer.progress.backup import DAYS, KEPT_ANYWAY, MONTHS, WEEKS, Backup, Reason, to_keep
from trainer.progress.packing import Content, unpacked
from trainer.progress.records import Record

from .faults import PowerCut, install
from .samples import CARDS, SCHEDULE, FakeClock, answer, at_work, opened, record_of, session

ASM, SIGNAL, PROPS, DSM = CARDS
START = datetime(2026, 1, 1, 9, tzinfo=UTC)


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return record_of(tmp_path)


def reasons(record: Record) -> list[str]:
    return [each.why for each in backup.existing(record.backups)]


def reviews_in(each: Backup) -> int:
    return backup.held_by(backup.read(each.path, SCHEDULE)).reviews


# When


def test_the_first_save_of_a_day_keeps_what_was_there(record: Record, clock: FakeClock) -> None:
    session(record, clock, ASM)
    assert reasons(record) == [], "there was nothing to keep"
    session(record, clock, SIGNAL)
    session(record, clock, PROPS)
    assert reasons(record) == ["day"]
    clock.move(24 * 60)
    session(record, clock)
    assert reasons(record) == ["day"], "nothing was saved"
    session(record, clock, DSM)
    assert reasons(record) == ["day", "day"]
    assert [reviews_in(each) for each in backup.existing(record.backups)] == [1, 3]


def test_an_evening_belongs_to_its_day(record: Record, clock: FakeClock) -> None:
    clock.move(10 * 60)  # 22:00
    session(record, clock, ASM)
    session(record, clock, SIGNAL)
    clock.move(5 * 60)  # 03:00
    session(record, clock, PROPS)
    assert reasons(record) == ["day"]
    clock.move(60)
    session(record, clock, DSM)
    assert reasons(record) == ["day", "day"]


def test_a_backup_is_a_record_like_any_other(record: Record, clock: FakeClock) -> None:
    with at_work(record, clock) as progress:
        answer(progress, clock, ASM)
        progress.mark(DSM, Marks(suspended=True))
    session(record, clock, SIGNAL)
    (made,) = backup.existing(record.backups)
    with opened(made.path, clock) as progress:
        assert [each.card for each in progress.history().values()] == [ASM]
        assert progress.marks(DSM) == Marks(suspended=True)
        assert progress.notices == []


def test_a_repair_keeps_the_file_as_it_was_found(record: Record, clock: FakeClock) -> None:
    session(record, clock, ASM)
    edited = record.path.read_bytes().replace(b'"lapses":0', b'"lapses":1')
    record.path.write_bytes(edited)
    session(record, clock)
    assert reasons(record) == ["repair"]
    assert unpacked(backup.existing(record.backups)[0].path.read_bytes()) == edited


def test_a_merge_keeps_the_file_as_it_was(record: Record, clock: FakeClock, tmp_path: Path) -> None:
    session(record, clock, ASM)
    before = record.path.read_bytes()
    clock.move(1)
    with opened(tmp_path / "elsewhere.json", clock) as other:
        answer(other, clock, PROPS)
        journal = (tmp_path / "elsewhere.journal").read_bytes()
    record.path.with_suffix(".journal").write_bytes(journal)
    session(record, clock)
    assert reasons(record) == ["merge"]
    assert unpacked(backup.existing(record.backups)[0].path.read_bytes()) == before


def test_a_merge_in_a_session_keeps_both_versions(record: Record, clock: FakeClock, tmp_path: Path) -> None:
    session(record, clock, ASM)
    elsewhere = tmp_path / "elsewhere.json"
    elsewhere.write_bytes(record.path.read_bytes())
    with opened(elsewhere, clock) as other:
        answer(other, clock, SIGNAL)
        answer(other, clock, PROPS)
    with at_work(record, clock) as progress:
        answer(progress, clock, DSM)
        record.path.unlink()
        record.path.write_bytes(elsewhere.read_bytes())
    ours, theirs = backup.existing(record.backups)
    assert (ours.why, reviews_in(ours)) == ("merge", 2)
    assert (theirs.why, unpacked(theirs.path.read_bytes())) == ("merge", elsewhere.read_bytes())
    with opened(record.path, clock) as progress:
        assert len(progress.history()) == 4


def test_a_file_of_an_older_format_is_kept_before_it_is_written_anew(
    record: Record, clock: FakeClock
) -> None:
    session(record, clock, ASM)
    before = record.path.read_bytes()
    with at_work(record, clock) as progress:
        answer(progress, clock, SIGNAL)
        progress.mark(ASM, Marks(star=True))
    assert reasons(record) == ["format"]
    assert unpacked(backup.existing(record.backups)[0].path.read_bytes()) == before


def test_without_a_folder_none_is_made(record: Record, clock: FakeClock) -> None:
    for card in CARDS:
        with opened(record.path, clock) as progress:
            answer(progress, clock, card)
        clock.move(24 * 60)
    assert not record.backups.exists()


# What it costs


def test_an_answer_makes_none_and_an_opening_neither(
    record: Record, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    session(record, clock, ASM)
    monkeypatch.setattr(backup, "before_write", None)
    progress = at_work(record, clock)
    answer(progress, clock, SIGNAL)
    monkeypatch.undo()
    progress.close()
    assert reasons(record) == ["day"]


def test_what_is_done_to_the_file_later_does_not_reach_it(record: Record, clock: FakeClock) -> None:
    session(record, clock, ASM)
    session(record, clock, SIGNAL)
    (made,) = backup.existing(record.backups)
    before = made.path.read_bytes()
    record.path.write_bytes(b"an editor writes in place")
    assert made.path.read_bytes() == before


def test_it_is_packed_and_says_what_it_holds(record: Record, clock: FakeClock) -> None:
    with at_work(record, clock) as progress:
        for _ in range(200):
            answer(progress, clock, ASM)
        progress.undo()
    plain, last = record.path.read_bytes(), clock.now - timedelta(minutes=1)
    session(record, clock, SIGNAL)
    (made,) = backup.existing(record.backups)
    assert made.path.name.endswith("-day.json.gz")
    packed = made.path.read_bytes()
    assert gzip.decompress(packed) == plain
    assert len(packed) * 8 < len(plain)
    assert packing.content_of(made.path) == Content(199, microseconds(last))
    for place in range(10, 30):  # of the header
        damaged = bytearray(packed)
        damaged[place] ^= 1
        made.path.write_bytes(damaged)
        assert packing.content_of(made.path) is None
        with pytest.raises(ProgressError, match="it is packed, and damaged"):
            backup.content(made.path)


def test_one_that_was_not_packed_is_listed_put_back_and_packed_by_and_by(
    record: Record, clock: FakeClock
) -> None:
    session(record, clock, ASM)
    plain = record.path.read_bytes()
    record.backups.mkdir(parents=True)
    for day in (1, 2, 3):
        (record.backups / f"2026030{day}T120200Z-day.json").write_bytes(plain)
    assert {backup.content(each.path).reviews for each in backup.existing(record.backups)} == {1}
    session(record, clock, SIGNAL)
    assert [each.path.suffix for each in backup.existing(record.backups)] == [".json", ".gz", ".gz", ".gz"]
    assert [reviews_in(each) for each in backup.existing(record.backups)] == [1, 1, 1, 1]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_folder_that_is_a_link_is_not_followed(record: Record, clock: FakeClock, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "20260301T120200Z-day.json").write_bytes(b"somebody else's")
    record.backups.parent.mkdir(parents=True)
    record.backups.symlink_to(elsewhere)
    session(record, clock, ASM)
    with at_work(record, clock) as progress:
        answer(progress, clock, SIGNAL)
    assert "is a link, and trainer follows none" in progress.notices[0]
    assert backup.existing(record.backups) == []
    assert backup.strangers(record.backups) == [record.backups]
    assert [each.read_bytes() for each in elsewhere.iterdir()] == [b"somebody else's"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_backups_are_the_users_alone(record: Record, clock: FakeClock) -> None:
    session(record, clock, ASM)
    session(record, clock, SIGNAL)
    for path in (record.backups.parent, record.backups, *record.backups.iterdir()):
        assert not path.stat().st_mode & 0o077


def test_one_that_fails_is_told_and_training_goes_on(
    record: Record, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    session(record, clock, ASM)
    record.backups.parent.write_text("a file in the way")
    with at_work(record, clock) as progress:
        answer(progress, clock, SIGNAL)
    assert len(progress.notices) == 1
    assert "could not be backed up" in progress.notices[0]
    assert "your answers are saved" in progress.notices[0]
    with opened(record.path, clock) as progress:
        assert len(progress.history()) == 2


def test_two_of_the_same_second_get_two_names(tmp_path: Path, clock: FakeClock) -> None:
    path, folder = tmp_path / "anna.json", tmp_path / "backups"
    for content in (b"one" * 1000, b"two" * 1000, b"three" * 1000):
        path.unlink(missing_ok=True)
        path.write_bytes(content)
        backup.keep_file(path, folder, "merge", clock.now)
    found = [unpacked(each.path.read_bytes()) for each in backup.existing(folder)]
    assert [each[:3] for each in found] == [b"one", b"two", b"thr"]


def test_other_files_are_no_backups(tmp_path: Path) -> None:
    for name in (
        "notes.txt",
        "20261124T101500Z.json",
        "20261324T101500Z-day.json",
        "20261124T101500Z-day.json.tmp",
        "20261124T101500Z-whim.json",
    ):
        (tmp_path / name).touch()
    assert backup.existing(tmp_path) == []
    assert backup.existing(tmp_path / "nowhere") == []


def test_one_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProgressError, match=r"nowhere\.json can't be read: No such file"):
        backup.read(tmp_path / "nowhere.json", SCHEDULE)
    (tmp_path / "bad.json").write_text(
        '{"meta":{"1":{"format":1,"recruiter":"a","generation":1}},"reviews":{"1":{}}}'
    )
    with pytest.raises(ProgressError, match=r"bad\.json.*missing required field"):
        backup.read(tmp_path / "bad.json", SCHEDULE)


def test_an_instant_that_no_calendar_has_is_none() -> None:
    assert valid.given_at(10**18) is None
    assert valid.given_at(0) is None, "a record without answers has no last one"
    assert valid.given_at(1) == datetime(1970, 1, 1, microsecond=1, tzinfo=UTC)


# Which are kept


def at(hours: float, why: Reason = "day", number: int = 1) -> Backup:
    return Backup(START + timedelta(hours=hours), number, why, Path(f"{hours}-{why}-{number}"))


hours = st.integers(0, 4 * 365 * 24)
made = st.lists(st.builds(at, hours, st.sampled_from(get_args(Reason)), st.integers(1, 3)), unique=True)
daily = st.lists(hours, unique=True).map(lambda found: [at(each) for each in sorted(found)])
NOW = START + timedelta(days=4 * 365)


@given(made, hours)
@example([at(0, "merge"), at(1)], 40 * 24)
def test_the_newest_and_the_special_ones_are_kept_and_not_many_others(found: list[Backup], now: int) -> None:
    moment = START + timedelta(hours=now)
    kept = to_keep(found, moment)
    special = {each for each in found if each.why != "day" and moment - each.at < KEPT_ANYWAY}
    assert special <= kept <= set(found)
    assert not found or max(found) in kept
    assert len(kept - special) <= DAYS + WEEKS + MONTHS
    assert to_keep(kept, moment) == kept


@given(daily)
def test_thinning_out_every_time_leaves_what_thinning_out_once_does(found: list[Backup]) -> None:
    kept: set[Backup] = set()
    for each in found:
        kept = to_keep(kept | {each}, each.at)
    assert kept == to_keep(found, NOW)


@given(made)
def test_each_of_the_latest_days_keeps_its_newest(found: list[Backup]) -> None:
    others = [each for each in found if each.why == "day"]
    days = sorted({study_day(each.at) for each in others})[-DAYS:]
    kept = to_keep(found, START)
    for day in days:
        assert max(each for each in others if study_day(each.at) == day) in kept


def test_two_years_of_daily_training() -> None:
    kept = sorted(to_keep([at(24 * day) for day in range(730)], START + timedelta(days=730)))
    days = [(each.at - START).days - 729 for each in kept]
    # The last day is Friday, 31 December 2027; weeks end on Sundays.
    assert days[-9:] == [-19, -12, -6, -5, -4, -3, -2, -1, 0]
    assert days[:-9] == [-334, -306, -275, -245, -214, -184, -153, -122, -92, -61, -31]


def test_after_a_long_break_the_last_days_are_still_there() -> None:
    found = [at(24 * day) for day in range(5)]
    assert to_keep(found, START + timedelta(days=3000)) == set(found)


def test_what_is_not_kept_is_removed_and_strangers_are_left_alone(record: Record, clock: FakeClock) -> None:
    session(record, clock, ASM)
    record.backups.mkdir(parents=True)
    (record.backups / "notes.txt").touch()
    for _ in range(60):
        clock.move(24 * 60)
        session(record, clock, ASM)
    made = backup.existing(record.backups)
    assert set(made) == to_keep(made, clock.now)
    assert 9 <= len(made) <= 13
    assert (record.backups / "notes.txt").exists()


def test_a_crash_while_a_backup_is_made_leaves_no_half_of_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faulty = install(monkeypatch)
    for step in range(1, 9):
        clock, record = FakeClock(), record_of(tmp_path / str(step))
        session(record, clock, ASM)
        progress = at_work(record, clock)
        answer(progress, clock, SIGNAL)
        faulty.cut_power_at(step, written=0.5)
        with pytest.raises(PowerCut):
            progress.close()
        faulty.die()
        assert all(reviews_in(each) == 1 for each in backup.existing(record.backups))
        with opened(record.path, clock) as progress:
            assert len(progress.history()) == 2
