"""What a record may hold: whatever a file says, and what stays valid as it was."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.errors import NotSavedError, ProgressError
from trainer.memory.calendar import microseconds
from trainer.memory.schedule import Schedule
from trainer.memory.state import Marks, Rating, Review
from trainer.progress import records, union, valid
from trainer.progress.bulk import check_reviews
from trainer.progress.doctor import repair
from trainer.progress.documents import UNREADABLE, Document, card_key, day_key, day_of, encode
from trainer.progress.records import Record
from trainer.progress.reviews import Reviews
from trainer.progress.tables import Condition, Tables, parse

from .faults import unsynced
from .samples import CARDS, FakeClock, answer, at_work, is_consistent, kept, record_of, review, session
from .spoiled import (
    BAD,
    LATER,
    SOUND,
    generation_of,
    lines,
    problems,
    two_days,
)

ASM, SIGNAL, PROPS, DSM = CARDS


@pytest.fixture
def record(tmp_path: Path, clock: FakeClock) -> Record:
    return two_days(tmp_path / "home", clock)


@pytest.fixture(autouse=True)
def quick() -> Iterator[None]:
    with unsynced():
        yield


# Whatever it is

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.dates().map(str),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
fields = st.sampled_from([*Review.__struct_fields__, "undo", "sum", "home", "x"])
documents = st.dictionaries(fields, anything, max_size=3).map(lambda changed: {**SOUND, **changed})
ids = st.sampled_from([LATER, "1", str(valid.LAST_INSTANT)]) | st.integers().map(str) | st.text(max_size=5)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home, clock = tmp_path_factory.mktemp("template") / "home", FakeClock()
    for cards in ((ASM, SIGNAL), (PROPS,)):
        session(record_of(home), clock, *cards)
    return home


@settings(max_examples=80)
@given(ids, documents, st.sampled_from(["anna (1).json", "anna.json", "anna.journal"]), st.booleans())
def test_whatever_a_file_says_the_answers_beside_it_are_kept(
    template: Path, id_: str, document: Document, name: str, again: bool
) -> None:
    """It is a copy beside a record, the record itself or its journal; the doctor mends what does not open."""
    with TemporaryDirectory() as folder:
        home, clock = Path(folder) / "home", FakeClock()
        shutil.copytree(template, home)
        record = record_of(home)
        before = set(map(str, records.look(record).reviews.values()))
        tree = json.loads(record.path.read_bytes())
        tree["reviews"] = {**tree["reviews"], id_: document}
        content = json.dumps(tree).encode()
        if name == "anna.journal":
            content = lines(record, generation_of(record), {"reviews": {id_: document}})
        record.path.with_name(name).write_bytes(content)
        refused = ""
        try:
            at_work(record, clock).close()
        except ProgressError as error:
            refused = str(error)
        if refused:
            assert name == "anna.json"
            assert str(record.path) in refused
            assert problems(record, clock)
        repair.fix(record, clock)
        assert problems(record, clock) == []
        for _ in range(1 + again):
            session(record, clock, ASM)
        assert before <= set(map(str, records.look(record).reviews.values()))
        kept(record)


def test_a_whole_table_is_checked_as_each_review_is_by_itself() -> None:
    for id_, document in BAD.values():
        with pytest.raises(UNREADABLE):
            valid.check_review(id_, encode(document), valid.LAST_INSTANT)
        for others in ({}, {"1": SOUND, "2": {"undo": 1}}, {"1": {**SOUND, "x": [1]}}):
            with pytest.raises(UNREADABLE):
                check_reviews(encode({**others, id_: document}), valid.LAST_INSTANT)
    check_reviews(encode({"1": SOUND, "2": {"undo": 1}, "3": {**SOUND, "x": [1]}}), valid.LAST_INSTANT)


def test_a_number_that_only_some_readers_take_is_found_where_nobody_looks() -> None:
    for number in (b"1e999", b"9" * 5000):
        encoded = encode({"1": {**SOUND, "x": 0}}).replace(b'"x":0', b'"x":%b' % number)
        with pytest.raises(UNREADABLE):
            check_reviews(encoded, valid.LAST_INSTANT)


# What is valid, and stays so

days = st.dates(valid.FIRST_DAY, valid.LAST_DAY)
instants = st.integers(valid.FIRST_INSTANT, valid.LAST_INSTANT)
answers = st.builds(
    Review,
    card=st.sampled_from(CARDS),
    day=days | st.sampled_from([valid.FIRST_DAY, valid.LAST_DAY]),
    rating=st.sampled_from(Rating),
    given=st.integers(0, valid.LONGEST_GIVEN) | st.just(valid.LONGEST_GIVEN),
    form=st.sampled_from(["flip", "choose", "a form of tomorrow"]),
    ms=st.integers(0, valid.LONGEST_MS),
    at=st.none() | instants,
    repeat=st.booleans(),
)


@given(st.lists(answers, max_size=20), st.integers(1, valid.LAST_INSTANT))
def test_whatever_is_valid_can_be_replayed_and_what_follows_is_valid_too(
    history: list[Review], first: int
) -> None:
    ids = [min(first + number, valid.LAST_INSTANT - len(history) + number) for number in range(len(history))]
    reviews = {str(id_): msgspec.to_builtins(each) for id_, each in zip(ids, history, strict=True)}
    held = Tables(parse(b'{"meta":{"1":{"format":1,"recruiter":"a","generation":1}}}', Path("a.json")).meta)
    held.reviews = Reviews.of(reviews)
    held.check()
    union.rebuild(held, Schedule())
    assert union.has_sound_states(held)
    read = parse(b"".join(held.encoded()), Path("a.json"))
    read.check()
    for state in Schedule().replay(read.reviews.history())[0].values():
        for rating in Rating:
            assert Schedule().interval(ASM, state, valid.LAST_DAY, rating) <= valid.LONGEST_GIVEN
        assert 0 <= Schedule().recall(state, valid.LAST_DAY) <= 1


@given(days)
def test_the_key_of_a_day_has_eight_digits_and_is_read_again(day: date) -> None:
    assert len(day_key(day)) == 8
    assert day_of(day_key(day)) == day
    assert day_of(str(int(day_key(day)))) == day, "TinyDB has numbers for keys"


@pytest.mark.parametrize("year", [1969, 1980, 2099, 2400])
def test_answers_under_a_wrong_clock_are_kept_as_ever(tmp_path: Path, clock: FakeClock, year: int) -> None:
    """Last comes one under the right clock: it rises from the wrong one, and keeps its own time."""
    record = record_of(tmp_path)
    right = clock.now
    clock.now = clock.now.replace(year=year)
    session(record, clock, ASM)
    clock.now = right
    with at_work(record, clock) as progress:
        state = progress.state(ASM)
        assert state
        given_ = max(0, (state.due - right.date()).days)
        repeat = msgspec.structs.replace(review(progress, ASM, repeat=True), given=given_)
        progress.record(repeat, clock.now)
    records.examined(record)
    union.read_own(json.dumps(json.loads(record.path.read_bytes())).encode(), record.path, Schedule())
    assert len(kept(record)[0]) == 2
    assert [each for each in problems(record, clock) if "can't be read" in each] == []


@pytest.mark.parametrize("year", [1, 1899, 3000, 9999])
def test_under_a_clock_that_cannot_be_nothing_is_saved_and_it_is_said(
    record: Record, clock: FakeClock, year: int
) -> None:
    before = kept(record)
    right, clock.now = clock.now, clock.now.replace(year=year, month=12, day=31)
    said = f"clock of this computer says {clock.now.date()}"
    with pytest.raises(ProgressError, match=said):
        at_work(record, clock)
    assert said in problems(record, clock)[0]
    clock.now = right
    with at_work(record, clock) as progress, pytest.raises(NotSavedError, match="clock"):
        progress.record(review(progress), datetime(3500, 1, 1, tzinfo=UTC))
    assert kept(record) == before


def test_a_record_goes_on_behind_the_highest_id_that_comes_from_elsewhere(
    record: Record, clock: FakeClock
) -> None:
    copy = record.path.with_name("anna (1).json")
    tree = json.loads(record.path.read_bytes())
    tree["reviews"][str(valid.LAST_INSTANT)] = {**SOUND, "at": microseconds(clock.now)}
    tree["cards"][card_key(SIGNAL)] |= {"suspended": True, "marked": valid.LAST_INSTANT}
    tree["meta"]["1"]["generation"] = valid.LAST_GENERATION
    copy.write_bytes(json.dumps(tree).encode())
    with at_work(record, clock) as progress:
        assert progress.newest() is not None
    for _ in range(3):
        clock.move(1)
        with at_work(record, clock) as progress:
            given_ = answer(progress, clock, ASM)
            assert given_ > valid.LAST_INSTANT
            progress.mark(SIGNAL, Marks())
            answer(progress, clock, ASM)
            progress.undo()
    assert len(kept(record)[0]) == 3 + 1 + 3
    assert [each for each in problems(record, clock) if "can't be read" in each] == []


@pytest.mark.parametrize("generation", [valid.LAST_GENERATION, valid.LAST_GENERATION - 1])
def test_after_the_last_generation_a_file_can_be_written_still(
    record: Record, clock: FakeClock, generation: int
) -> None:
    held = parse(record.path.read_bytes(), record.path)
    record.path.write_bytes(b"".join(held.in_generation(generation).encoded()))
    for _ in range(3):
        session(record, clock, ASM)
    assert len(kept(record)[0]) == 6


def test_what_is_only_kept_may_look_like_the_beginning_of_the_reviews(
    record: Record, clock: FakeClock
) -> None:
    tree = json.loads(record.path.read_bytes())
    tree["notes"] = {"1": {"a": 1, "reviews": {"2": {"cards": {}, "reviews": {}}}}}
    record.path.write_bytes(json.dumps(tree, separators=(",", ":")).encode())
    session(record, clock, ASM)
    assert parse(record.path.read_bytes(), record.path).found is Condition.WHOLE
    assert len(kept(record)[0]) == 4


def test_a_journal_whose_ids_do_not_rise_is_united_and_no_answer_is_doubled(
    record: Record, clock: FakeClock
) -> None:
    before = kept(record)[0]
    twice = {"reviews": {str(min(before)): json.loads(record.path.read_bytes())["reviews"][str(min(before))]}}
    new = {"reviews": {str(min(before) + 1): SOUND}}
    record.path.with_suffix(".journal").write_bytes(lines(record, generation_of(record), twice, new, twice))
    with at_work(record, clock) as progress:
        assert sorted(progress.history()) == sorted([*before, min(before) + 1])
        assert is_consistent(progress)


def test_all_that_the_last_version_wrote_is_valid(record: Record, clock: FakeClock) -> None:
    with at_work(record, clock) as progress:
        for number in range(60):
            answer(progress, clock, CARDS[number % 4], Rating(1 + number % 4))
            clock.move(60 * 24 * number)
            if number % 5 == 0:
                progress.undo()
    records.examined(record)
    assert [each for each in problems(record, clock) if "anna" in each] == []
