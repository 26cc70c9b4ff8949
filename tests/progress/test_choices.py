"""What a learner has chosen: settings, interviews, and marks with times of their own, in format 2."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tinydb import TinyDB

from tests.learners import right, run
from trainer.engine.engine import Engine
from trainer.errors import NotSavedError, ProgressError, TrainerError
from trainer.home import Home
from trainer.memory.learner import Interview, SettingKey, Settings
from trainer.memory.state import Marks, Rating
from trainer.progress import backup, erasing, records
from trainer.progress.doctor import checks, repair
from trainer.progress.documents import Table
from trainer.progress.marks import marked
from trainer.progress.progress import Progress
from trainer.progress.records import Record
from trainer.progress.valid import hashed

from .faults import install
from .samples import (
    CARDS,
    SCHEDULE,
    FakeClock,
    answer,
    at_work,
    empty,
    kept,
    opened,
    read,
    record_of,
    session,
)
from .spoiled import SOUND, lines

ASM, SIGNAL, PROPS, DSM = CARDS
TALK = Interview(role="asm", level="junior", when=datetime(2026, 4, 1, 9, 30, tzinfo=UTC), minutes=15)
SAMPLE = Path(__file__).with_name("format1")
"""A file and its journal as the last version with format 1 left them, killed in the second session."""


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return record_of(tmp_path)


def choose(progress: Progress) -> int:
    progress.set_setting("roles", ("stage-manager", "asm"))
    progress.set_setting("minutes", 15)
    progress.set_setting("region", "UK")
    progress.set_setting("retention", 0.85)
    progress.mark(SIGNAL, Marks(star=True))
    return progress.keep_interview(TALK)


CHOSEN = Settings(roles=("stage-manager", "asm"), minutes=15, region="UK", retention=0.85)


def chosen_in(progress: Progress) -> tuple[Settings, list[Interview], Marks]:
    return progress.settings, list(progress.interviews.values()), progress.marks(SIGNAL)


ALL = (CHOSEN, [TALK], Marks(star=True))


def chosen(record: Record) -> tuple[Settings, list[Interview], Marks]:
    with Progress.read(record.path, record.recruiter, record.schedule) as progress:
        return chosen_in(progress)


def file_format(path: Path) -> int:
    return int(json.loads(path.read_bytes())["meta"]["1"]["format"])


def journal_of(record: Record) -> Path:
    return record.path.with_suffix(".journal")


# Kept like answers


def test_what_is_chosen_is_kept_at_once_and_for_good(record: Record, clock: FakeClock) -> None:
    with at_work(record, clock) as progress:
        answer(progress, clock, ASM)
        choose(progress)
        assert chosen_in(progress) == ALL
        assert chosen(record) == ALL, "in the journal"
    assert chosen(record) == ALL, "in the file"
    with TinyDB(record.path, access_mode="r") as db:
        stored = {each["key"]: each["value"] for each in db.table("settings")}
        assert stored == {"roles": ["stage-manager", "asm"], "minutes": 15, "region": "UK", "retention": 0.85}
        assert [each["role"] for each in db.table("interviews")] == ["asm"]


def test_a_choice_is_changed_and_taken_back(record: Record, clock: FakeClock) -> None:
    with at_work(record, clock) as progress:
        id_ = choose(progress)
        progress.set_setting("minutes", 5)
        progress.set_setting("region", None)
        assert progress.keep_interview(replace(TALK, minutes=20), id_) == id_
        other = progress.keep_interview(replace(TALK, role="dsm"))
        progress.drop_interview(other)
    assert chosen(record)[:2] == (
        Settings(roles=CHOSEN.roles, minutes=5, retention=0.85),
        [replace(TALK, minutes=20)],
    )


def test_undo_takes_back_answers_and_no_choice(record: Record, clock: FakeClock) -> None:
    with at_work(record, clock) as progress:
        answer(progress, clock, SIGNAL)
        choose(progress)
        assert progress.undo()
        assert progress.undo() is None
        assert chosen_in(progress) == ALL
    assert chosen(record) == ALL


def test_practice_can_choose_and_leaves_nothing(record: Record, clock: FakeClock) -> None:
    session(record, clock, ASM)
    before = record.path.read_bytes()
    with Progress.read(record.path, "anna", SCHEDULE, clock) as progress:
        choose(progress)
        assert chosen_in(progress) == ALL
    assert record.path.read_bytes() == before


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("minutes", 0),
        ("minutes", 1441),
        ("minutes", -3),
        ("minutes", 10_000),
        ("minutes", 7.5),
        ("minutes", True),
        ("minutes", "ten"),
        ("region", "FR"),
        ("retention", 0.69),
        ("retention", 0.98),
        ("retention", float("nan")),
        ("roles", "asm"),
        ("roles", ["\x1b[31m"]),
        ("roles", object()),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_name(
    record: Record, clock: FakeClock, key: SettingKey, value: object
) -> None:
    with at_work(record, clock) as progress:
        with pytest.raises(TrainerError, match=f'The setting "{key}" can\'t be .*: it takes'):
            progress.set_setting(key, value)
        assert progress.settings == Settings()


@pytest.mark.parametrize(
    "change",
    [{"when": datetime(2026, 4, 1)}, {"minutes": 0}, {"role": "\0"}, {"level": "x" * 2000}],  # noqa: DTZ001
)
def test_an_interview_that_cannot_be_is_refused(
    record: Record, clock: FakeClock, change: dict[str, Any]
) -> None:
    with at_work(record, clock) as progress:
        with pytest.raises(TrainerError, match="The interview can't be kept"):
            progress.keep_interview(replace(TALK, **change))
        assert not progress.interviews


@pytest.mark.parametrize("failing", ["write", "fsync", "rename", "open"])
def test_a_choice_that_is_not_saved_has_changed_nothing(
    record: Record, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    with at_work(record, clock) as progress:
        answer(progress, clock, ASM)
        faulty = install(monkeypatch)
        faulty.fail(failing)
        with pytest.raises(NotSavedError):
            progress.set_setting("minutes", 15)
        assert progress.settings == Settings()
        faulty.mend()
        assert chosen(record)[0] == Settings()
        answer(progress, clock, SIGNAL)
        progress.set_setting("minutes", 10)
    assert chosen(record)[0] == Settings(minutes=10)
    assert len(kept(record)[0]) == 2


# The format


@pytest.fixture
def old(record: Record) -> Record:
    """A record that the last version left behind, killed."""
    record.path.parent.mkdir(0o700, parents=True)
    for name in ("anna.json", "anna.journal"):
        shutil.copyfile(SAMPLE / name, record.path.with_name(name))
        record.path.with_name(name).chmod(0o600)  # as trainer leaves them, whatever a checkout made of it
    return record


def test_a_record_of_format_1_opens_as_it_was_and_stays_so(old: Record, clock: FakeClock) -> None:
    with read(old.path) as progress:
        before = dict(progress.history()), dict(progress.states), [progress.marks(card) for card in CARDS]
    assert list(before[0]) == [1772625660000000, 1772625720000000, 1772712300000000]
    assert before[2] == [
        Marks(),
        Marks(suspended=True),
        Marks(buried=datetime(2026, 3, 4).date()),  # noqa: DTZ001
        Marks(),
    ]
    clock.move(48 * 60)
    for card in (ASM, SIGNAL, PROPS):
        session(old, clock, card)
    assert file_format(old.path) == 1
    assert [kept(old)[3][card] for card in CARDS] == before[2]
    cards = json.loads(old.path.read_bytes())["cards"].values()
    assert {each["card"]: each["marked"] for each in cards if "marked" in each} == {
        SIGNAL: 1772712360000000,
        PROPS: 1772625840000000,
        DSM: 1772712420000000,
    }
    assert checks.check(old, clock.now, CARDS) == []


def test_one_that_only_looks_leaves_a_file_of_format_1_byte_for_byte(old: Record, clock: FakeClock) -> None:
    journal_of(old).unlink()
    before = old.path.read_bytes()
    session(old, clock)
    assert old.path.read_bytes() == before


WRITES: list[Callable[[Progress], object]] = [
    lambda progress: progress.set_setting("minutes", 5),
    lambda progress: progress.keep_interview(TALK),
    lambda progress: progress.mark(DSM, Marks(star=True)),
    lambda progress: progress.mark(DSM, Marks(suspended=True)),
]


@pytest.mark.parametrize("before", [0, 2])
@pytest.mark.parametrize("write", WRITES)
def test_before_an_older_version_could_drop_it_a_record_says_that_it_is_of_format_2(
    record: Record, clock: FakeClock, write: Callable[[Progress], object], before: int
) -> None:
    session(record, clock, ASM)
    with at_work(record, clock) as progress:
        for card in (SIGNAL, PROPS)[:before]:
            answer(progress, clock, card)
        lines = journal_of(record).read_bytes().splitlines()
        assert all(b'{"format":1,' in line for line in lines[:1])
        write(progress)
        header, *rest = journal_of(record).read_bytes().splitlines()
        assert b'{"format":2,' in header
        assert rest[:-1] == lines[1:], "what stood there stands there still"
        answer(progress, clock, ASM)
        assert file_format(record.path) == 1
    assert file_format(record.path) == 2
    assert [each.why for each in backup.existing(record.backups)] == ["format"]
    session(record, clock, DSM)
    assert file_format(record.path) == 2
    assert len(kept(record)[0]) == 3 + before


def test_an_earlier_backup_that_is_put_back_is_of_the_earlier_format(
    record: Record, clock: FakeClock
) -> None:
    session(record, clock, ASM)
    with at_work(record, clock) as progress:
        choose(progress)
    (made,) = backup.existing(record.backups)
    records.restore(record, backup.read(made.path, SCHEDULE), clock)
    assert (file_format(record.path), chosen(record)) == (1, (Settings(), [], Marks()))
    records.restore(record, backup.read(backup.existing(record.backups)[-1].path, SCHEDULE), clock)
    assert (file_format(record.path), chosen(record)) == (2, ALL)


# Each mark has a time of its own


def test_of_each_mark_the_later_version_stands(record: Record, tmp_path: Path, clock: FakeClock) -> None:
    bela = record_of(tmp_path, "bela")
    today = clock.now.date()
    for first, second in ((record, bela), (bela, record)):
        for each in (first, second):
            with at_work(each, clock) as progress:
                progress.mark(ASM, Marks())
        for each, marks in (
            (first, Marks(suspended=True, star=True)),
            (second, Marks(buried=today)),
            (first, Marks(star=True)),
            (second, Marks(buried=today, doubtful=True)),
        ):
            clock.move(1)
            with at_work(each, clock) as progress:
                progress.mark(ASM, marks)
    left, right = records.look(record), records.look(bela)
    records.take_in(record, right, "merge", clock)
    records.take_in(bela, left, "merge", clock)
    assert kept(record)[3] == kept(bela)[3]
    assert kept(record)[3][ASM] == Marks(buried=today, star=True, doubtful=True)


def test_of_two_doubts_the_later_one_stands_as_a_whole(record: Record, clock: FakeClock) -> None:
    bela = record_of(record.path.parents[1], "bela")
    for each, marks in (
        (record, Marks(doubtful=True, reason="typo", way="one")),
        (bela, Marks(doubtful=True, reason="wrong", way="two")),
        (record, Marks(doubtful=True, reason="typo", way="three")),
    ):
        clock.move(1)
        with at_work(each, clock) as progress:
            progress.mark(ASM, marks)
    records.take_in(record, records.look(bela), "merge", clock)
    assert kept(record)[3][ASM] == Marks(doubtful=True, reason="typo", way="three")


def test_a_doubt_of_a_record_from_before_has_no_way(record: Record, clock: FakeClock) -> None:
    with at_work(record, clock) as progress:
        progress.mark(ASM, Marks(doubtful=True, reason="typo"))
    stored = json.loads(record.path.read_bytes())["cards"].values()
    [at] = [each["at"] for each in stored if each.get("doubtful")]
    del at["way"]  # as a version before wrote it
    found = marked({"doubtful": True, "reason": "typo", "at": at})
    assert found.marks == Marks(doubtful=True, reason="typo")
    assert found.times.reason > found.times.way == 0


# Carried along


def merged(record: Record, clock: FakeClock) -> Record:
    other = record_of(record.path.parents[1], "bela")
    session(other, clock, DSM)
    records.merge(record, other, clock)
    return other


def renamed(record: Record, clock: FakeClock) -> Record:
    other = record_of(record.path.parents[1], "bela")
    records.rename(record, other, clock)
    return other


def imported(record: Record, clock: FakeClock) -> Record:
    exported = record.path.parents[1] / "export.json"
    exported.write_bytes(b"".join(records.look(record).encoded()))
    erasing.erase(record, clock)
    assert not any(path.is_file() and path != exported for path in record.path.parents[1].rglob("*"))
    theirs = records.examined(Record("", exported, exported.parent, SCHEDULE))
    records.take_in(record, theirs, "import", clock)
    return record


def changed_by_hand(record: Record, clock: FakeClock) -> Record:
    record.path.write_text(json.dumps(json.loads(record.path.read_bytes()), indent=1))
    session(record, clock)
    return record


def cut_and_mended(record: Record, clock: FakeClock) -> Record:
    record.path.write_bytes(record.path.read_bytes()[:-9])
    assert "can't be read" in checks.check(record, clock.now, CARDS)[0].what
    assert repair.fix(record, clock)
    return record


def left_in_a_foreign_journal(record: Record, clock: FakeClock) -> Record:
    log = journal_of(record)
    with at_work(record, clock) as progress:
        answer(progress, clock, PROPS)
        choose(progress)
        left = log.read_bytes()
    made = next(each for each in backup.existing(record.backups) if each.why == "day")
    record.path.write_bytes(made.path.read_bytes())
    log.write_bytes(left)
    with at_work(record, clock) as progress:
        assert "belongs to another version" in progress.notices[0]
    return record


def copied(record: Record, clock: FakeClock) -> Record:
    whole = record.path.read_bytes()
    erasing.erase(record, clock)
    session(record, clock, PROPS)
    copy = record.path.with_name("anna (1).json")
    copy.touch(0o600)
    copy.write_bytes(whole)
    session(record, clock)
    return record


CARRIED = [merged, renamed, imported, changed_by_hand, cut_and_mended, left_in_a_foreign_journal, copied]


@pytest.mark.parametrize("carry", CARRIED, ids=lambda carry: carry.__name__)
def test_choices_go_wherever_answers_go(
    record: Record, clock: FakeClock, carry: Callable[[Record, FakeClock], Record]
) -> None:
    session(record, clock, ASM)
    clock.move(1)
    session(record, clock, SIGNAL)
    clock.move(60)
    with at_work(record, clock) as progress:
        choose(progress)
    found = carry(record, clock)
    assert chosen(found) == ALL
    assert file_format(found.path) == 2
    assert [each for each in checks.check(found, clock.now, CARDS) if each.problem] == []


def test_what_no_record_can_hold_is_left_out_of_a_journal(record: Record, clock: FakeClock) -> None:
    empty(record.path)
    progress = at_work(record, clock)
    choose(progress)
    at = 1772625660000000
    for junk in (
        {"settings": {"5": {"key": "minutes", "value": 5, "at": at}}},
        {"settings": {hashed("minutes"): {"key": "minutes", "value": 5, "at": 10**18}}},
        {"settings": {hashed("minutes"): None}},
        {"settings": {hashed("x"): {"key": "x", "value": json.loads("[" * 200 + "]" * 200), "at": at}}},
        {"interviews": {"7": {"role": "asm"}}},
        {"interviews": {next(iter(map(str, progress.interviews))): None}},
    ):
        progress._storage._journal.append(junk, progress._storage.tables.meta)  # type: ignore[attr-defined]  # of the saving one
    left, before = journal_of(record).read_bytes(), record.path.read_bytes()
    progress.close()
    record.path.write_bytes(before)
    journal_of(record).write_bytes(left)
    with at_work(record, clock) as progress:
        assert "is damaged in 6 place(s)" in progress.notices[0]
        assert chosen_in(progress) == ALL


BAD: dict[str, tuple[str, str, Any]] = {
    "times that are null": ("cards", "at", None),
    "a time far out": ("cards", "at", {"star": 10**18}),
    "a time that is true": ("cards", "at", {"star": True}),
    "a star that is a number": ("cards", "star", 1),
    "a setting whose key is null": ("settings", "key", None),
    "a setting without a key": ("settings", "key", ...),
    "a setting without a value": ("settings", "value", ...),
    "a setting without a time": ("settings", "at", ...),
    "an interview without a time": ("interviews", "at", ...),
    "a setting under another's id": ("settings", "key", "region"),
    "a setting of no time": ("settings", "at", None),
    "a setting with a table in it": ("settings", "value", {"1": {"card": ASM}}),
    "a deep setting": ("settings", "value", json.loads("[" * 200 + "]" * 200)),
    "an interview of no zone": ("interviews", "when", "2026-04-01T09:30:00"),
    "an interview of the year 1": ("interviews", "when", "0001-01-01T00:00:00Z"),
    "an interview without a role": ("interviews", "role", None),
    "an interview told on no day": ("interviews", "told", "soon"),
    "an interview told in the year 1": ("interviews", "told", "0001-01-01"),
    "an interview with a step that is none": ("interviews", "done", "brief"),
    "an interview with a hard number": ("interviews", "hard", [7]),
    "an interview with a control code": ("interviews", "asked", ["a\x1b[0m"]),
    "an interview that is gone by 1": ("interviews", "gone", 1),
}


def spoil(table: Table, key: str, value: object) -> None:
    """Put a value into each document of a table; ... takes it out."""
    for document in table.values():
        document[key] = value
        if value is ...:
            del document[key]


@pytest.mark.parametrize("bad", BAD)
def test_a_copy_with_what_no_record_can_hold_is_left_out_and_the_record_opens(
    record: Record, clock: FakeClock, bad: str
) -> None:
    with at_work(record, clock) as progress:
        answer(progress, clock, SIGNAL)
        choose(progress)
    table, key, value = BAD[bad]
    tree = json.loads(record.path.read_bytes())
    spoil(tree[table], key, value)
    copy = record.path.with_name("anna (1).json")
    copy.write_text(json.dumps(tree))
    with at_work(record, clock) as progress:
        assert chosen_in(progress) == ALL
        assert str(copy) in progress.notices[0]
    assert copy.exists()
    repair.fix(record, clock)
    assert not copy.exists()
    assert chosen(record) == ALL
    record.path.write_text(json.dumps(tree))
    repair.fix(record, clock)
    assert checks.check(record, clock.now, CARDS)[0].problem is False, "the damaged original, kept"
    with at_work(record, clock) as progress:
        assert len(progress.history()) == 1


@pytest.mark.parametrize("foreign", [0, 1])
@pytest.mark.parametrize("bad", BAD)
def test_a_record_with_what_none_can_hold_is_refused_by_name_and_mended(
    record: Record, clock: FakeClock, bad: str, foreign: int
) -> None:
    with at_work(record, clock) as progress:
        answer(progress, clock, SIGNAL)
        choose(progress)
    table, key, value = BAD[bad]
    held = records.look(record)
    spoil(getattr(held, table), key, value)
    record.path.write_bytes(b"".join(held.encoded()))
    line = {"reviews": {"1772800000000000": SOUND}}
    journal_of(record).write_bytes(lines(record, held.meta.generation + foreign, line))
    for open_ in (opened, read):
        with pytest.raises(ProgressError, match=r"anna\.json is not a progress file.*doctor --fix"):
            open_(record.path)
    repair.fix(record, clock)
    with at_work(record, clock) as progress:
        assert len(progress.history()) == 2


# Retention


def test_the_retention_of_a_record_is_that_of_its_schedule_from_the_next_opening_on(
    record: Record, clock: FakeClock
) -> None:
    def interval(progress: Progress) -> int:
        return progress.schedule.interval(ASM, progress.state(ASM), clock.now.date(), Rating.GOOD)

    with at_work(record, clock) as progress:
        answer(progress, clock, ASM)
        clock.move(6 * 24 * 60)
        usual = interval(progress)
        progress.set_setting("retention", 0.95)
        assert interval(progress) == usual, "a session keeps one schedule"
    for open_ in (opened, read):
        with open_(record.path) as progress:
            assert interval(progress) < usual
            assert progress.schedule is not SCHEDULE


def test_a_session_gives_intervals_by_the_retention_that_was_chosen(tmp_path: Path) -> None:
    given = []
    for name, retention in (("anna", 0.7), ("bela", 0.97)):
        with Engine.open(Home(tmp_path), name) as training:
            training.progress.set_setting("retention", retention)
        with Engine.open(Home(tmp_path), name) as training:
            session = training.study(["assistant-stage-manager/meanings"], limit=1)
            run(session, right)
            given.append([each.given for each in training.progress.history().values()])
    assert given[0] > given[1] == [1]


@pytest.mark.parametrize("value", [0.5, 1, "high", None, [], {"a": 1}])
def test_a_retention_that_cannot_be_counts_as_the_usual_one_and_is_told(
    record: Record, clock: FakeClock, value: object
) -> None:
    with at_work(record, clock) as progress:
        choose(progress)
    tree = json.loads(record.path.read_bytes())
    tree["settings"][hashed("retention")]["value"] = value
    record.path.write_text(json.dumps(tree))
    session(record, clock, ASM)
    for open_ in (opened, read):
        with open_(record.path) as progress:
            assert progress.schedule is SCHEDULE
            assert progress.settings == replace(CHOSEN, retention=0.9)
            assert any(
                'the setting "retention" can\'t be used' in each and "0.70 to 0.97" in each
                for each in progress.notices
            )
    assert any('setting "retention"' in each.what for each in checks.check(record, clock.now, CARDS))
    with at_work(record, clock) as progress:
        progress.set_setting("retention", 0.8)
    with opened(record.path) as progress:
        assert (progress.notices, progress.settings.retention) == ([], 0.8)
