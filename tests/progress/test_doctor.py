"""The doctor on records damaged by hand: what it finds, and what --fix makes of it."""

import json
import os
import shutil
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.errors import InUseError, NewerFormatError, ProgressError
from trainer.memory.calendar import microseconds
from trainer.memory.learner import Interview
from trainer.memory.state import Marks, Rating
from trainer.progress import backup, tables
from trainer.progress.doctor import Finding, checks, consistency, repair
from trainer.progress.doctor.looked import File, Looked
from trainer.progress.documents import UNREADABLE
from trainer.progress.packing import unpacked
from trainer.progress.records import Record
from trainer.progress.storage import locked
from trainer.progress.tables import Tables

from .samples import CARDS, SCHEDULE, FakeClock, answer, at_work, kept, record_of, review, session

ASM, SIGNAL, PROPS, DSM = CARDS


@pytest.fixture
def record(tmp_path: Path, clock: FakeClock) -> Record:
    """A record of three days with two backups."""
    record = record_of(tmp_path)
    with at_work(record, clock) as progress:
        answer(progress, clock, ASM)
        answer(progress, clock, SIGNAL, Rating.AGAIN)
        progress.mark(DSM, Marks(suspended=True))
    for cards in ((ASM, PROPS), (SIGNAL, PROPS)):
        clock.move(24 * 60)
        session(record, clock, *cards)
    return record


def journal_of(record: Record) -> Path:
    return record.path.with_suffix(".journal")


def found(record: Record, clock: FakeClock) -> list[Finding]:
    return checks.check(record, clock.now, CARDS)


def problems(record: Record, clock: FakeClock) -> list[str]:
    return [finding.what for finding in found(record, clock) if finding.problem]


def everything(record: Record) -> dict[str, tuple[bytes, int]]:
    home = record.path.parents[1]
    return {
        str(path.relative_to(home)): (path.read_bytes(), path.stat().st_mode)
        for path in home.rglob("*")
        if path.is_file()
    }


def edited(record: Record, change: Callable[[dict[str, Any]], None]) -> None:
    """Change a file as somebody does with an editor."""
    content = json.loads(record.path.read_bytes())
    change(content)
    record.path.write_text(json.dumps(content))


def rewritten(record: Record, change: Callable[[Tables], None]) -> None:
    """Change a file so that its sum is right: a fault of our own."""
    held = tables.parse(record.path.read_bytes(), record.path)
    change(held)
    record.path.write_bytes(b"".join(held.encoded()))


def test_a_sound_record_is_sound_and_a_look_changes_nothing(record: Record, clock: FakeClock) -> None:
    before = everything(record)
    assert found(record, clock) == []
    assert everything(record) == before
    assert repair.fix(record, clock) == []
    assert {name: content for name, (content, _) in everything(record).items()} == {
        name: content for name, (content, _) in before.items()
    }


# Five ways to damage it by hand, and some more


def cut_off(record: Record) -> None:
    record.path.write_bytes(record.path.read_bytes()[:-100])


def overwrite_the_middle(record: Record) -> None:
    content = bytearray(record.path.read_bytes())
    content[900:1000] = os.urandom(100)
    record.path.write_bytes(content)


def write_a_wrong_rating(record: Record) -> None:
    content = record.path.read_bytes()
    record.path.write_bytes(content.replace(b'"rating":3', b'"rating":8', 1))


def edit_a_state(record: Record) -> None:
    edited(record, lambda content: next(iter(content["cards"].values())).update(lapses=40))


def repeat_a_review(record: Record) -> None:
    def change(content: dict[str, Any]) -> None:
        first = next(iter(content["reviews"]))
        twin = {"at": int(first), **content["reviews"][first]}
        content["reviews"][str(max(map(int, content["reviews"])) + 1)] = twin

    edited(record, change)


def shuffle_the_reviews(record: Record) -> None:
    def change(content: dict[str, Any]) -> None:
        content["reviews"] = dict(reversed(content["reviews"].items()))

    edited(record, change)


def damage_the_journal(record: Record) -> None:
    clock = FakeClock()
    clock.move(10_000)
    progress = at_work(record, clock)
    before = record.path.read_bytes()
    for card in CARDS:
        answer(progress, clock, card)
    content = bytearray(journal_of(record).read_bytes())
    progress.close()
    content[700] ^= 8
    record.path.unlink()
    record.path.write_bytes(before)
    journal_of(record).write_bytes(content)


def fill_with_nothing(record: Record) -> None:
    record.path.write_bytes(bytes(record.path.stat().st_size))


DAMAGES: list[tuple[Callable[[Record], None], str, int]] = [
    (cut_off, "can't be read: Input data was truncated", 5),
    (overwrite_the_middle, "can't be read", 5),
    (write_a_wrong_rating, "can't be read: Invalid enum value 8", 6),
    (fill_with_nothing, "can't be read: JSON is malformed", 4),
    (edit_a_state, "was changed by another program, or damaged", 6),
    (repeat_a_review, "tells 1 answer twice", 6),
    (shuffle_the_reviews, "holds its reviews in another order", 6),
    (damage_the_journal, "is damaged in 1 place", 9),
]


@pytest.mark.parametrize(("damage", "said", "saved"), DAMAGES)
def test_damage_is_found_told_and_mended(
    record: Record, clock: FakeClock, damage: Callable[[Record], None], said: str, saved: int
) -> None:
    before = kept(record)
    damage(record)
    damaged = record.path.read_bytes()
    assert any(said in problem for problem in problems(record, clock))
    assert all(finding.mendable for finding in found(record, clock) if finding.problem)
    assert record.path.read_bytes() == damaged, "a look changes nothing"
    assert repair.fix(record, clock)
    assert problems(record, clock) == []
    after = kept(record)
    assert len(after[0]) >= saved
    assert all(after[0].get(id_) == review for id_, review in before[0].items() if id_ in after[0])
    assert after[3] == before[3], "marks stay"
    held = [path.read_bytes() for path in record.path.parents[1].rglob("*") if path.is_file()]
    assert damaged in map(unpacked, held), "what was found is kept"


def test_what_the_file_cannot_tell_a_backup_does(record: Record, clock: FakeClock) -> None:
    """The newest backup has four of the six reviews; of the file only the last two are left."""
    before = kept(record)
    content = record.path.read_bytes()
    last_two = content.index(b'"' + str(sorted(before[0])[-2]).encode())
    record.path.write_bytes(b"\xff" * 500 + content[last_two:])
    (finding,) = found(record, clock)
    assert "2 reviews in it and its journal can still be read" in finding.do
    assert "with the backup of" in finding.do
    assert "makes 6 reviews" in finding.do
    told = repair.fix(record, clock)
    assert "is whole again, with 6 reviews." in told[0]
    assert kept(record) == before


def test_where_the_two_differ_the_backup_is_right(record: Record, clock: FakeClock) -> None:
    before = kept(record)[0]
    changed = record.path.read_bytes().replace(b'"ms":4200', b'"ms":4201')
    record.path.write_bytes(changed[:-100])
    assert "with 5 reviews" in repair.fix(record, clock)[0]
    assert sorted(each.ms for each in kept(record)[0].values()) == [4200] * 4 + [4201]
    assert all(kept(record)[0][id_] == before[id_] for id_ in sorted(before)[:4])


def test_what_is_lost_is_counted(record: Record, clock: FakeClock) -> None:
    shutil.rmtree(record.backups)
    cut_off(record)
    (finding,) = found(record, clock)
    assert "5 reviews in it" in finding.do
    assert "At least 1 answer can't be saved" in finding.do
    assert "At least 1 answer could not be saved" in repair.fix(record, clock)[0]


def test_the_journal_of_a_file_that_cannot_be_read_is_saved_too(record: Record, clock: FakeClock) -> None:
    progress = at_work(record, clock)
    id_ = answer(progress, clock, DSM)
    progress.mark(ASM, Marks(suspended=True))
    fill_with_nothing(record)
    journal = journal_of(record).read_bytes()
    damaged = record.path.read_bytes()
    progress.close()
    record.path.write_bytes(damaged)
    journal_of(record).write_bytes(journal)
    repair.fix(record, clock)
    assert id_ in kept(record)[0]
    assert kept(record)[3][ASM] == Marks(suspended=True)


def test_where_nothing_can_be_saved_nothing_is_changed(record: Record, clock: FakeClock) -> None:
    shutil.rmtree(record.backups)
    fill_with_nothing(record)
    before = everything(record)
    (finding,) = found(record, clock)
    assert not finding.mendable
    assert "Nothing in it can be saved" in finding.do
    with pytest.raises(ProgressError):
        repair.fix(record, clock)
    assert everything(record) == before


def test_a_newer_versions_file_is_left_alone(record: Record, clock: FakeClock) -> None:
    record.path.write_bytes(b'{"meta":{"1":{"format":99}}}')
    assert problems(record, clock) == ["is a newer version's"]
    with pytest.raises(NewerFormatError):
        repair.fix(record, clock)
    assert record.path.read_bytes() == b'{"meta":{"1":{"format":99}}}'


@pytest.mark.parametrize("table", ["cards", "days"])
def test_a_state_of_our_own_that_does_not_fit_is_found(record: Record, clock: FakeClock, table: str) -> None:
    before = kept(record)

    def change(held: Tables) -> None:
        documents = held.cards if table == "cards" else held.days
        key = "reps" if table == "cards" else "right"
        next(iter(documents.values()))[key] = 77

    rewritten(record, change)
    (problem,) = problems(record, clock)
    assert ("1 card" if table == "cards" else "1 study day") in problem
    repair.fix(record, clock)
    assert kept(record) == before
    assert backup.existing(record.backups)[-1].why == "repair"


def test_the_last_digits_of_another_machine_are_no_problem(record: Record, clock: FakeClock) -> None:
    def change(held: Tables) -> None:
        for card in held.cards.values():
            if "stability" in card:
                card["stability"] *= 1 + 1e-12

    rewritten(record, change)
    assert found(record, clock) == []


def test_two_reviews_under_one_id_are_both_kept(record: Record, clock: FakeClock) -> None:
    before = kept(record)[0]
    id_ = min(before)
    other = json.dumps({**json.loads(record.path.read_bytes())["reviews"][str(id_)], "card": DSM})
    twice = record.path.read_bytes().replace(b'"reviews":{', f'"reviews":{{"{id_}":{other},'.encode())
    record.path.write_bytes(twice)
    assert "has two different reviews under 1 id" in problems(record, clock)
    repair.fix(record, clock)
    assert problems(record, clock) == []
    assert sorted(each.card for each in kept(record)[0].values()) == sorted(
        [DSM, *(each.card for each in before.values())]
    )


@settings(max_examples=60)
@given(
    st.binary(max_size=60) | st.from_regex(rb'\{?("reviews":)?\{("1[0-9]?":\{("undo":1|"a":2)?\},?){0,5}\}*')
)
def test_no_content_brings_it_down(content: bytes) -> None:
    consistency.doubled(consistency.in_file(content))
    record = Record("anna", Path("/nowhere/anna.json"), Path("/nowhere/backups"), SCHEDULE)
    looked = Looked(record, record.path, content, content, FakeClock().now, CARDS)
    try:
        assert isinstance(looked.file, File | ProgressError)
    except UNREADABLE as error:
        pytest.fail(str(error))


pieces = st.tuples(st.sampled_from(["flip", "cut", "insert", "end"]), st.floats(0, 1), st.binary(max_size=9))


def damaged(content: bytes, damage: list[tuple[str, float, bytes]]) -> bytes:
    found = bytearray(content)
    for kind, place, noise in damage:
        at = int(place * max(0, len(found) - 1))
        match kind:
            case "flip":
                found[at : at + 1] = bytes(byte ^ 1 << len(noise) % 8 for byte in found[at : at + 1])
            case "cut":
                del found[at : at + 40]
            case "insert":
                found[at:at] = noise
            case "end":
                del found[-40:]
    return bytes(found)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a record of three reviews, and a backup of two."""
    home, clock = tmp_path_factory.mktemp("template") / "home", FakeClock()
    session(record_of(home), clock, ASM, SIGNAL)
    session(record_of(home), clock, PROPS)
    return home


@settings(max_examples=50)
@given(st.lists(pieces, min_size=1, max_size=4), st.booleans())
def test_any_damage_is_mended_and_the_backup_is_the_least_that_is_left(
    template: Path, damage: list[tuple[str, float, bytes]], with_backups: bool
) -> None:
    with TemporaryDirectory() as folder:
        record, clock = record_of(Path(folder) / "home"), FakeClock()
        shutil.copytree(template, Path(folder) / "home")
        if not with_backups:
            shutil.rmtree(record.backups)
        content = damaged(record.path.read_bytes(), damage)
        record.path.write_bytes(content)
        if all(finding.mendable for finding in found(record, clock) if finding.problem):
            repair.fix(record, clock)
            assert problems(record, clock) == []
            assert len(kept(record)[0]) >= (2 if with_backups else 0)
        else:
            assert not with_backups
            assert record.path.read_bytes() == content


# What is only told, and what lies beside the file


def test_cards_that_no_sheet_has_are_told(record: Record, clock: FakeClock) -> None:
    findings = checks.check(record, clock.now, [ASM, SIGNAL])
    assert [(each.problem, each.what) for each in findings] == [
        (False, f"remembers 2 cards that no sheet has: {PROPS}, {DSM}")
    ]
    assert checks.check(record, clock.now, []) == [], "sheets that can't be read are another matter"


def test_answers_of_the_future_are_told(record: Record, clock: FakeClock) -> None:
    clock.now -= timedelta(days=1, hours=12)
    (finding,) = found(record, clock)
    assert not finding.problem
    assert finding.what == "holds 2 reviews of a day that has not come yet: 2026-03-06"
    assert finding.do.startswith(f"They are of {PROPS}, {SIGNAL}. ")
    assert '"u" on Today takes them back' in finding.do


def test_an_interview_that_a_wrong_clock_put_far_ahead_is_told(record: Record, clock: FakeClock) -> None:
    with at_work(record, clock) as progress:
        when = clock.now + timedelta(days=400)
        progress.keep_interview(Interview(role="props", level="", when=when, minutes=10))
    (finding,) = found(record, clock)
    assert not finding.problem
    assert "more than a year ahead" in finding.what


def test_a_session_that_was_killed_is_told_and_folded(record: Record, clock: FakeClock) -> None:
    progress = at_work(record, clock)
    before = record.path.read_bytes()
    answer(progress, clock, DSM)
    journal = journal_of(record).read_bytes()
    progress.close()
    record.path.unlink()
    record.path.write_bytes(before)
    record.path.chmod(0o600)
    journal_of(record).write_bytes(journal)
    (finding,) = found(record, clock)
    assert not finding.problem
    assert "did not end in order" in finding.what
    repair.fix(record, clock)
    assert found(record, clock) == []
    assert len(kept(record)[0]) == 7


def test_a_journal_without_its_file_is_found_and_mended(record: Record, clock: FakeClock) -> None:
    progress = at_work(record, clock)
    answer(progress, clock, DSM)
    journal = journal_of(record).read_bytes()
    progress.close()
    record.path.unlink()
    journal_of(record).write_bytes(journal)
    assert "is missing, but its journal is there" in problems(record, clock)
    repair.fix(record, clock)
    assert problems(record, clock) == []
    assert len(kept(record)[0]) == 1


def test_a_link_to_nowhere_is_found(record: Record, clock: FakeClock, tmp_path: Path) -> None:
    record.path.unlink()
    record.path.symlink_to(tmp_path / "unplugged.json")
    (problem,) = problems(record, clock)
    assert "where no file is" in problem


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_what_others_can_read_is_taken_from_them(record: Record, clock: FakeClock) -> None:
    (made, *_) = backup.existing(record.backups)
    for path in (record.path, made.path):
        path.chmod(0o644)
    assert problems(record, clock) == ["can be read by others on this computer"] * 2
    repair.fix(record, clock)
    assert problems(record, clock) == []
    assert not record.path.stat().st_mode & 0o077


@pytest.mark.parametrize("name", ["anna.json.tmp", "anna.journal.tmp"])
def test_leftovers_are_removed_and_what_was_kept_is_told(record: Record, clock: FakeClock, name: str) -> None:
    temporary = record.path.with_name(name)
    aside = record.path.with_name("anna.json.damaged-20260101-000000")
    for path in (temporary, aside):
        path.write_bytes(b"half")
        path.chmod(0o600)
    findings = found(record, clock)
    assert [(Path(each.where), each.problem) for each in findings] == [(temporary, True), (aside, False)]
    repair.fix(record, clock)
    assert not temporary.exists()
    assert aside.exists()


@pytest.mark.parametrize(
    "name", ["anna (conflicted copy 2026-03-04)", "anna.sync-conflict-2026", "anna-LAPTOP"]
)
def test_a_copy_that_a_sync_tool_made_is_united(record: Record, clock: FakeClock, name: str) -> None:
    copy = record.path.with_name(f"{name}.json")
    copy.write_bytes(record.path.read_bytes())
    copy.chmod(0o600)
    with at_work(Record("anna", copy, record.backups, record.schedule), clock) as progress:
        clock.move(1)
        answer(progress, clock, DSM)
    (problem,) = problems(record, clock)
    assert "second copy" in problem
    told = repair.fix(record, clock)
    assert any("1 had been missing here" in sentence for sentence in told)
    assert not copy.exists()
    assert len(kept(record)[0]) == 7
    assert problems(record, clock) == []


def test_a_backup_that_cannot_be_read_is_taken_out_of_the_list(record: Record, clock: FakeClock) -> None:
    first, second = backup.existing(record.backups)
    first.path.write_bytes(b"no JSON")
    assert problems(record, clock) == ["is a backup that can't be read"]
    repair.fix(record, clock)
    assert backup.existing(record.backups) == [second]
    (aside,) = record.backups.glob("*.damaged-*")
    assert aside.read_bytes() == b"no JSON"


def test_a_record_that_is_open_elsewhere_is_not_looked_at(record: Record, clock: FakeClock) -> None:
    cut_off(record)
    content = record.path.read_bytes()
    with locked(record.path, "anna"):
        (told,) = found(record, clock)
        assert told.what == "is open in another trainer, so it was not checked"
        assert (told.problem, told.unchecked) == (False, True), "it is nothing that is wrong with the record"
        with pytest.raises(InUseError):
            repair.fix(record, clock)
    assert record.path.read_bytes() == content


@pytest.mark.parametrize(("folder", "tool"), [("Dropbox", "Dropbox"), ("OneDrive - Firm", "OneDrive")])
def test_a_synced_folder_is_told(tmp_path: Path, clock: FakeClock, folder: str, tool: str) -> None:
    record = record_of(tmp_path / folder / "trainer")
    session(record, clock, ASM)
    (finding,) = found(record, clock)
    assert not finding.problem
    assert tool in finding.do


def test_a_review_that_was_answered_at_a_moved_id_is_not_twice(record: Record) -> None:
    clock = FakeClock()  # stands where it stood at the first answer
    with at_work(record, clock) as progress:
        given = [progress.record(review(progress, card), clock.now) for card in (DSM, DSM, PROPS)]
    assert len(set(given)) == 3
    assert microseconds(clock.now) not in given
    history = kept(record)[0]
    assert consistency.answered_twice({id_: history[id_] for id_ in given}) == [given[1]]
