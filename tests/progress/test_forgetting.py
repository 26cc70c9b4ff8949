"""Cards that are forgotten at the learner's wish: by a line of the record, from which all else follows."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tinydb import TinyDB

from trainer import disk
from trainer.errors import NewerFormatError, NotSavedError
from trainer.memory.state import Marks, Rating
from trainer.progress import backup, journal, records, tables, valid
from trainer.progress.bulk import check_reviews
from trainer.progress.doctor import checks, consistency, repair
from trainer.progress.progress import Progress
from trainer.progress.records import Record
from trainer.progress.steps import Forgotten
from trainer.reports.export import as_csv

from .faults import Loss, PowerCut, install
from .samples import (
    CARDS,
    SCHEDULE,
    FakeClock,
    Kept,
    answer,
    at_work,
    is_consistent,
    kept,
    opened,
    read,
    record_of,
    session,
)

ASM, SIGNAL, PROPS, DSM = CARDS


@pytest.fixture
def record(tmp_path: Path, clock: FakeClock) -> Record:
    """A record of two days, in which two cards were met and one of them has a star."""
    record = record_of(tmp_path)
    with at_work(record, clock) as progress:
        answer(progress, clock, ASM)
        answer(progress, clock, PROPS, Rating.AGAIN)
        progress.mark(ASM, Marks(star=True))
    clock.move(24 * 60)
    session(record, clock, ASM, PROPS)
    return record


def forgotten_in(record: Record, clock: FakeClock, *cards: str) -> None:
    clock.move(1)
    with at_work(record, clock) as progress:
        progress.forget(cards)


def test_a_forgotten_card_is_as_if_it_was_never_met_and_keeps_its_answers_and_marks(
    record: Record, clock: FakeClock
) -> None:
    before = kept(record)
    with at_work(record, clock) as progress:
        (was,) = progress.forget([ASM, DSM])
        assert (was.card, was.state) == (ASM, before[1][ASM]), "of the other nothing was remembered"
        assert progress.state(ASM) is None
    history, states, days, marks = kept(record)
    assert (history, days, marks) == (before[0], before[2], before[3])
    assert states == {PROPS: before[1][PROPS]}


def test_the_next_answer_is_a_first_meeting_again(record: Record, clock: FakeClock) -> None:
    forgotten_in(record, clock, ASM)
    clock.move(24 * 60)
    with at_work(record, clock) as progress:
        answer(progress, clock, ASM)
        state, totals = progress.state(ASM), progress.totals(clock.now.date())
        assert is_consistent(progress)
    assert state == SCHEDULE.advance(None, next(reversed(kept(record)[0].values())))
    assert (totals.reviews, totals.new, totals.scored) == (1, 1, 0)
    assert [review.anew for review in kept(record)[0].values()] == [False] * 4 + [True]


def test_all_of_an_action_is_taken_back_at_once(record: Record, clock: FakeClock) -> None:
    before = kept(record)
    with at_work(record, clock) as progress:
        forgotten = progress.forget([ASM, PROPS])
        progress.remember(forgotten)
        assert is_consistent(progress)
    assert kept(record) == before
    with read(record.path) as progress:
        assert [progress.forgotten_at(card) for card in CARDS] == [[], [], [], []]


def test_a_card_that_was_answered_since_is_not_remembered_any_more(record: Record, clock: FakeClock) -> None:
    before = kept(record)[1]
    with at_work(record, clock) as progress:
        forgotten = progress.forget([ASM, PROPS])
        answer(progress, clock, ASM)
        since = progress.state(ASM)
        progress.remember(forgotten)
        assert is_consistent(progress)
    assert kept(record)[1] == {ASM: since, PROPS: before[PROPS]}


@pytest.mark.parametrize("reopened", [False, True])
def test_undoing_answers_goes_on_over_what_was_forgotten(
    record: Record, clock: FakeClock, reopened: bool
) -> None:
    with at_work(record, clock) as progress:
        progress.forget([PROPS])
        answer(progress, clock, PROPS)
    with at_work(record, clock) as progress:
        if not reopened:
            answer(progress, clock, DSM)
            progress.undo()
        states = []
        while progress.undo():
            states.append(progress.state(PROPS))
            assert is_consistent(progress)
        assert states == [None] * 5, "it stays forgotten, whichever of its answers are taken back"
    assert kept(record)[:3] == ({}, {}, {})


def test_an_answer_that_counts_as_right_after_all_is_a_first_meeting_too(
    record: Record, clock: FakeClock
) -> None:
    forgotten_in(record, clock, ASM)
    with at_work(record, clock) as progress:
        newest = answer(progress, clock, ASM, Rating.AGAIN)
        missed = progress.history()[newest]
        progress.record(replace(missed, rating=Rating.GOOD, anew=False), clock.now, instead_of=newest)
        assert progress.totals(clock.now.date()).new == 1
        assert is_consistent(progress)


# What an older version does with it


def file_format(path: Path) -> object:
    return json.loads(path.read_bytes())["meta"]["1"]["format"]


def test_a_record_is_of_format_3_before_the_line_stands_in_it(record: Record, clock: FakeClock) -> None:
    assert file_format(record.path) == 2, "it has a star"
    with at_work(record, clock) as progress:
        answer(progress, clock, DSM)
        progress.forget([ASM])
        header = record.path.with_suffix(".journal").read_bytes().splitlines()[0]
        assert b'{"format":3,' in header
    assert file_format(record.path) == 3
    assert backup.existing(record.backups)[-1].why == "format"


def test_a_record_in_which_nothing_is_forgotten_stays_of_its_format(record: Record, clock: FakeClock) -> None:
    with at_work(record, clock) as progress:
        progress.mark_all({ASM: Marks(), DSM: Marks(star=True)})
        progress.forget([DSM])
        progress.remember([])
    assert file_format(record.path) == 2


@pytest.mark.parametrize("folded", [False, True])
def test_an_older_version_refuses_it_and_changes_nothing(
    record: Record, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, folded: bool
) -> None:
    progress = at_work(record, clock)
    progress.forget([ASM])
    if folded:
        progress.close()
    before = record.path.read_bytes()
    monkeypatch.setattr(tables, "FORMAT", 2)
    monkeypatch.setattr(journal, "FORMAT", 2)
    with pytest.raises(NewerFormatError):
        read(record.path)
    assert record.path.read_bytes() == before
    progress.close()


# Copies, backups, the doctor, export


def test_two_copies_agree_in_whichever_order_they_are_united(
    record: Record, clock: FakeClock, tmp_path: Path
) -> None:
    other = record_of(tmp_path / "other")
    records.take_in(other, records.look(record), "merge", clock)
    forgotten_in(record, clock, ASM)
    clock.move(1)
    session(other, clock, ASM)  # on another computer, which does not know of it
    forgotten_in(other, clock, PROPS)
    forgotten_in(record, clock, DSM)
    ours, theirs = records.look(record), records.look(other)
    counts = records.take_in(record, theirs, "merge", clock)
    records.take_in(other, ours, "merge", clock)
    assert kept(record) == kept(other)
    assert counts.new == 1, "what forgets a card is no answer"
    assert set(kept(record)[1]) == {ASM}
    assert kept(record)[1][ASM].reps == 1
    before = record.path.read_bytes()
    records.take_in(record, theirs, "merge", clock)
    assert record.path.read_bytes() == before, "once more brings nothing"


def test_the_doctor_finds_nothing_wrong_and_works_out_the_same(record: Record, clock: FakeClock) -> None:
    forgotten_in(record, clock, ASM)
    session(record, clock, ASM)
    forgotten_in(record, clock, PROPS)
    assert checks.check(record, clock.now, CARDS) == []
    held = records.look(record)
    assert consistency.misfits(held, SCHEDULE) is None
    del held.cards[next(key for key, each in held.cards.items() if each["card"] == ASM)]
    misfits = consistency.misfits(held, SCHEDULE)
    assert misfits is not None
    assert len(misfits[0]) == 1


def test_what_is_saved_of_a_damaged_file_knows_what_was_forgotten(record: Record, clock: FakeClock) -> None:
    forgotten_in(record, clock, ASM)
    before = kept(record)
    content = record.path.read_bytes()
    for each in backup.existing(record.backups):
        each.path.unlink()
    disk.replace(record.path, [content[:-2]])
    told = repair.fix(record, clock)
    assert "whole again" in told[0]
    assert kept(record)[:3] == before[:3]
    assert file_format(record.path) == 3


def test_an_export_is_taken_in_with_it(record: Record, clock: FakeClock, tmp_path: Path) -> None:
    forgotten_in(record, clock, ASM)
    session(record, clock, ASM)
    file = tmp_path / "export.json"
    file.write_bytes(b"".join(records.look(record).encoded()))
    other = record_of(tmp_path / "other", "bela")
    theirs = records.examined(Record("anna", file, other.backups, SCHEDULE))
    records.take_in(other, theirs, "import", clock)
    assert kept(other) == kept(record)
    rows = list(csv.DictReader(io.StringIO(as_csv(kept(other)[0]))))
    assert [row["begun anew"] for row in rows] == ["no"] * 4 + ["yes"]


def test_plain_tinydb_reads_it(record: Record, clock: FakeClock) -> None:
    forgotten_in(record, clock, ASM)
    with TinyDB(record.path, access_mode="r") as db:
        assert [each["forget"] for each in db.table("reviews") if "forget" in each] == [ASM]


@pytest.mark.parametrize(
    "line", [{"forget": ""}, {"forget": 3}, {"forget": "a\x1b[31m"}, {"forget": "a" * 2000}, {"forget": None}]
)
def test_a_line_that_no_record_can_hold_is_refused(line: dict[str, object]) -> None:
    encoded = json.dumps({"1772712360000000": line}).encode()
    with pytest.raises(ValueError, match="review 1772712360000000"):
        check_reviews(encoded, valid.LAST_ID)


def test_a_sound_line_is_let_in() -> None:
    check_reviews(json.dumps({"1772712360000000": {"forget": ASM}}).encode(), valid.LAST_ID)
    moved = {"1772712360000000": {"home": 1772712350000000, "forget": ASM, "more": "kept"}}
    check_reviews(json.dumps(moved).encode(), valid.LAST_ID)


# A crash


class Acts:
    """Does one thing after another, and remembers what the record held after each."""

    def __init__(self, folder: Path) -> None:
        self.record, self.clock = record_of(folder), FakeClock()
        self.forgotten: list[Forgotten] = []
        self.progress: Progress | None = None
        self.held: list[Kept] = []

    def run(self) -> None:
        for act in self.acts():
            act(self.progress or self.sit_down())
            self.held.append(kept(self.record))

    def sit_down(self) -> Progress:
        self.progress = at_work(self.record, self.clock)
        return self.progress

    def acts(self) -> Iterator[Callable[[Progress], object]]:
        for card in (ASM, PROPS, DSM):
            yield partial(self.answer, card)
        yield self.leave
        yield lambda progress: self.forgotten.extend(progress.forget([ASM, PROPS]))
        yield lambda progress: progress.mark_all({card: Marks(suspended=True) for card in CARDS})
        yield lambda progress: progress.remember(self.forgotten)
        yield lambda progress: progress.mark_all(dict.fromkeys(CARDS, Marks()))
        yield lambda progress: progress.forget([DSM])
        yield self.leave

    def answer(self, card: str, progress: Progress) -> None:
        answer(progress, self.clock, card)

    def leave(self, progress: Progress) -> None:
        progress.close()
        self.progress = None


@pytest.mark.slow
@pytest.mark.parametrize("loss", Loss)
@pytest.mark.parametrize("written", [0.0, 0.5, 1.0])
def test_after_a_crash_an_action_on_many_cards_is_there_as_a_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: float, loss: Loss
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        faulty = install(patch)
        whole = Acts(tmp_path / "whole")
        whole.run()
        steps = len(faulty.steps)
    assert steps > 20
    faulty = install(monkeypatch)
    for step in range(1, steps + 1):
        crashed = Acts(tmp_path / f"{step}")
        faulty.cut_power_at(step, written)
        with pytest.raises(PowerCut):
            crashed.run()
        faulty.die(loss)
        with at_work(crashed.record, crashed.clock):
            pass
        done = len(crashed.held)
        before: Kept = whole.held[done - 1] if done else ({}, {}, {}, dict.fromkeys(CARDS, Marks()))
        assert kept(crashed.record) in (before, whole.held[done])


def test_nothing_changes_when_it_can_not_be_saved(
    record: Record, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept(record)
    with at_work(record, clock) as progress:
        states = dict(progress.states)

        def fails(*_: object) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as full:
            full.setattr("trainer.disk.sync", fails)
            with pytest.raises(NotSavedError):
                progress.forget([ASM, PROPS])
            with pytest.raises(NotSavedError):
                progress.mark_all({ASM: Marks(suspended=True)})
        assert dict(progress.states) == states
        assert progress.marks(ASM) == Marks(star=True)
    assert kept(record) == before


# Anything at all

ACTS = st.lists(
    st.tuples(
        st.sampled_from(["right", "missed", "forget", "remember", "undo", "leave", "elsewhere"]),
        st.sampled_from(CARDS),
    ),
    max_size=25,
)


@given(ACTS)
@settings(max_examples=60, deadline=None)
def test_whatever_is_done_states_are_what_the_record_gives(acts: list[tuple[str, str]]) -> None:
    with TemporaryDirectory() as folder:
        path, clock = Path(folder) / "anna.json", FakeClock()
        progress, copy = opened(path, clock), Path(folder) / "copy.json"
        forgotten: list[Forgotten] = []
        for deed, card in acts:
            clock.move(60 * 7)
            match deed:
                case "right" | "missed":
                    answer(progress, clock, card, Rating.GOOD if deed == "right" else Rating.AGAIN)
                case "forget":
                    forgotten = progress.forget([card, ASM])
                case "remember":
                    progress.remember(forgotten)
                    forgotten = []
                case "undo":
                    progress.undo()
                case "leave":
                    progress.close()
                    copy.write_bytes(path.read_bytes()) if path.exists() else None
                    progress = opened(path, clock)
                case "elsewhere" if copy.exists():
                    with opened(copy, clock) as other:
                        other.forget([card])
                        answer(other, clock, card)
                    progress.close()
                    here = record_of(Path(folder))
                    held = records.look(Record("anna", path, here.backups, SCHEDULE))
                    theirs = records.look(Record("anna", copy, here.backups, SCHEDULE))
                    both, _ = records.united(held, theirs, here)
                    path.write_bytes(b"".join(both.in_generation(held.meta.generation + 1).encoded()))
                    progress, forgotten = opened(path, clock), []
            assert is_consistent(progress)
        progress.close()
        with opened(path, clock) as progress:
            assert is_consistent(progress)
