"""The table of reviews: read from its end, and united with the tables of other computers."""

from dataclasses import replace
from functools import reduce
from itertools import permutations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.memory.schedule import Schedule
from trainer.memory.state import CardState, Marks
from trainer.progress import reviews, union
from trainer.progress.documents import Document, Meta, card_document, card_key, card_parts, content_sum
from trainer.progress.marks import Marked
from trainer.progress.reviews import Reviews
from trainer.progress.tables import Tables
from trainer.progress.valid import hashed

CARDS = ("a/b/c", "a/b/d")


def said(card: str = CARDS[0], ms: int = 5) -> Document:
    return {"card": card, "day": "2026-03-04", "rating": 3, "given": 2, "form": "flip", "ms": ms}


def grown(base: Reviews, acts: list[tuple[str, int]]) -> Reviews:
    """Return a table with reviews and undos added as a session adds them: ids rise, by one or by more."""
    table = Reviews(b"".join(base.encoded()))
    for act, number in acts:
        id_ = str(table.newest + 1 + number // 4)
        if act == "answer":
            table.add({id_: said(CARDS[number % 2], number)})
        elif kept := table.last():
            table.add({id_: msgspec.to_builtins(kept.tombstone())})
    return table


ACTS = st.lists(st.tuples(st.sampled_from(["answer", "answer", "undo"]), st.integers(0, 7)), max_size=8)
TABLES = st.builds(grown, st.just(Reviews()), ACTS)


@st.composite
def computers(draw: st.DrawFn) -> list[Reviews]:
    """Give the tables of three computers that had one in common, and whose clocks may stand still."""
    base = draw(TABLES)
    return [grown(base, draw(ACTS)) for _ in range(3)]


def encoded(table: Reviews) -> bytes:
    return b"".join(table.encoded())


def entries(table: Reviews) -> set[tuple[int, int]]:
    """Return all there is in a table, wherever it stands."""
    return {(int(each.get("home", id_)), content_sum(each)) for id_, each in table.items()}


def standing(table: Reviews) -> list[tuple[int, str, int]]:
    return sorted((each.at or id_, each.card, each.ms) for id_, each in table.history().items())


@given(computers())
def test_in_any_order_and_any_number_of_times_the_union_is_the_same(tables: list[Reviews]) -> None:
    united = [encoded(reduce(Reviews.united, order)) for order in permutations(tables)]
    assert len(set(united)) == 1
    one, two, three = tables
    assert encoded(one.united(two.united(three))) == united[0]
    whole = Reviews(united[0])
    assert all(whole.united(each) is whole for each in (*tables, whole))
    assert all(encoded(each.united(each)) == encoded(each) for each in tables)


@given(computers())
def test_nothing_is_dropped_and_nothing_undone_comes_back(tables: list[Reviews]) -> None:
    whole = reduce(Reviews.united, tables)
    assert entries(whole) == set().union(*map(entries, tables))
    ids = list(map(int, whole))
    assert ids == sorted(set(ids))
    assert whole.newest == max(ids, default=0)
    undone = {(each["undo"], each["sum"]) for table in tables for each in table.values() if "undo" in each}
    given_ = {
        entry
        for table in tables
        for id_, each in table.items()
        if "undo" not in each
        for entry in [(int(id_), content_sum(each))]
    }
    assert len(standing(whole)) == len(given_ - undone)


def test_of_two_answers_with_one_id_each_is_undone_by_its_own_tombstone() -> None:
    left = grown(Reviews(), [("answer", 0)])
    right = grown(Reviews(), [("answer", 1)])
    assert standing(left.united(right)) == [(1, CARDS[0], 0), (1, CARDS[1], 1)]
    for undone, rest in ((left, right), (right, left)):
        table = left.united(right).united(grown(undone, [("undo", 0)]))
        assert standing(table) == standing(rest)


def test_a_tombstone_without_a_sum_undoes_what_has_its_id() -> None:
    table = Reviews.of({"4": said(), "5": said(ms=6), "6": {"undo": 4}})
    assert standing(table) == [(5, CARDS[0], 6)]


def test_what_stands_elsewhere_tells_when_it_was_given() -> None:
    moved = grown(Reviews(), [("answer", 1)]).united(grown(Reviews(), [("answer", 0)]))
    assert [each.at for each in moved.history().values()] == [None, 1]
    assert moved["2"]["home"] == 1


@given(TABLES, st.integers(0, 40), st.integers(1, 400))
def test_the_end_of_a_table_reads_as_in_the_whole(table: Reviews, since: int, part: int) -> None:
    whole = table.history()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reviews, "_PART", part)  # so that even a small table has several
        assert table.history() == whole
        assert table.history(since) == {id_: each for id_, each in whole.items() if id_ >= since}
        last = table.last()
        assert (last and (last.id, last.review())) == next(iter(sorted(whole.items(), reverse=True)), None)
        for card in CARDS:
            assert table.history_of(card) == {id_: each for id_, each in whole.items() if each.card == card}


def test_little_is_decoded_to_find_the_last_review(monkeypatch: pytest.MonkeyPatch) -> None:
    table = Reviews.of({str(id_): said(ms=id_) for id_ in range(1, 20_001)})
    decoded: list[int] = []

    class Counting:
        def decode(self, part: bytes) -> dict[int, msgspec.Raw]:
            decoded.append(len(part))
            return msgspec.json.decode(part, type=dict[int, msgspec.Raw])

    monkeypatch.setattr(reviews, "_DOCUMENTS", Counting())
    last = table.last()
    assert last
    assert last.id == 20_000
    assert list(table.history(since=19_990)) == list(range(19_990, 20_001))
    assert sum(decoded) < 5 * reviews._PART < len(encoded(table))


def test_a_text_with_accents_does_not_hide_the_borders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviews, "_PART", 1)
    table = Reviews.of({"1": said("a/b/é"), "2": said(), "3": said("a/b/é")})
    assert len(list(table._parts())) == 3
    assert len(table.history_of("a/b/é")) == 2


@pytest.mark.parametrize("text", [b'{ "5" : {"card": "},\\"7\\":{"} }', b'{"5":{"card":"},","ms":1}}'])
def test_what_looks_like_a_border_is_none(text: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviews, "_PART", 1)
    assert [len(kept) for _, kept in Reviews(text)._kept()] == [1]


# Whole files

MARKS = st.fixed_dictionaries(
    {"card": st.sampled_from(CARDS)},
    optional={
        "suspended": st.just(True),
        "buried": st.just("2026-03-04"),
        "star": st.just(True),
        "marked": st.integers(1, 9),
        "at": st.dictionaries(st.sampled_from(["suspended", "buried", "star"]), st.integers(1, 9)),
    },
)
SETTINGS = st.fixed_dictionaries(
    {"key": st.sampled_from(["minutes", "region"]), "value": st.integers(1, 3), "at": st.integers(1, 3)}
)
INTERVIEWS = st.fixed_dictionaries(
    {"role": st.sampled_from("ab"), "minutes": st.integers(1, 2), "at": st.integers(1, 3)},
    optional={"gone": st.just(True)},
)


@st.composite
def copies(draw: st.DrawFn) -> list[Tables]:
    found = []
    for table in draw(computers()):
        cards = {card_key(str(each["card"])): each for each in draw(st.lists(MARKS, max_size=2))}
        notes = {str(id_): {"text": draw(st.integers(0, 2))} for id_ in draw(st.sets(st.integers(1, 3)))}
        others = {"notes": msgspec.Raw(msgspec.json.encode(notes))} if notes else {}
        settings_ = {hashed(str(each["key"])): each for each in draw(st.lists(SETTINGS, max_size=3))}
        interviews = draw(st.dictionaries(st.sampled_from("12"), INTERVIEWS, max_size=2))
        found.append(
            Tables(
                Meta(1, "anna", 7),
                cards=cards,
                reviews=table,
                others=others,
                settings=settings_,
                interviews=interviews,
            )
        )
    return found


def united(*tables: Tables) -> bytes:
    first, *rest = [replace(each) for each in tables]
    for each in rest:
        union.unite(first, each, Schedule())
    return b"".join(first.encoded())


@pytest.mark.slow
@given(copies())
def test_whole_files_are_united_in_any_order_too(tables: list[Tables]) -> None:
    assert len({united(*order) for order in permutations(tables)}) == 1
    assert united(*tables, *tables) == united(*tables)
    one, two, three = tables
    assert united(one, two, one) == united(two, one)
    two_and_three = replace(two)
    union.unite(two_and_three, three, Schedule())
    assert united(one, two_and_three) == united(*tables)


def marked(marks: Marks, when: int, state: CardState | None = None) -> Tables:
    card = card_document("a/b/c", state, Marked().changed(marks, when)) or {}
    return Tables(Meta(1, "anna", 7), cards={card_key("a/b/c"): card})


@pytest.mark.parametrize(
    ("ours", "theirs", "stands"),
    [
        (marked(Marks(suspended=True), 5), marked(Marks(), 6), Marks()),
        (marked(Marks(suspended=True), 6), marked(Marks(), 5), Marks(suspended=True)),
        (marked(Marks(suspended=True), 0), Tables(Meta(1, "anna", 7)), Marks(suspended=True)),
    ],
)
def test_the_later_mark_stands(ours: Tables, theirs: Tables, stands: Marks) -> None:
    for first, second in ((ours, theirs), (theirs, ours)):
        both = msgspec.json.decode(united(first, second))
        (card,) = both["cards"].values()
        assert card_parts(card)[2].marks == stands
