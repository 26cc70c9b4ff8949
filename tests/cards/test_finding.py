"""Finding by beginnings, and by what nearly begins so."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.library import library_with
from trainer.cards.finding import FEW, Finder, plain, spots_of

NAMES = (
    ("ASM", "Assistant Stage Manager", "A.S.M."),
    ("Prompt book",),
    ("Prop",),
    ("Prop table",),
    ("Stage Management",),
    ("Stage Manager", "SM"),
    ("Theatre Manager",),
    ("Éclairage",),
    ("سلام",),
    ("Colour scroller",),
)


@pytest.fixture
def finder() -> Finder:
    return Finder(NAMES)


def names(places: Sequence[int]) -> list[str]:
    return [NAMES[place][0] for place in places]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("prop", ["Prop", "Prop table"]),
        ("PROP  t", ["Prop table"]),
        ("sm", ["Stage Manager"]),
        ("stage m", ["Stage Management", "Stage Manager", "ASM"]),
        ("man stage", ["ASM", "Stage Management", "Stage Manager"]),
        ("eclair", ["Éclairage"]),
        ("سلا", ["سلام"]),
        ("", []),
        ("   ", []),
        ("[red]", []),
        (".*", []),
        ("(", []),
        ("🎭", []),
        ("x" * 100_000, []),
    ],
)
def test_what_begins_so_is_found_at_each_key(finder: Finder, typed: str, found: list[str]) -> None:
    assert names(finder.begins(typed, 8).places) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("theater man", "Theatre Manager"),
        ("color", "Colour scroller"),
        ("promptbook", "Prompt book"),
        ("prompt bok", "Prompt book"),
        ("stgae manager", "Stage Manager"),
        ("asistant", "ASM"),
        ("A S M", "ASM"),
        ("tabel prop", "Prop table"),
        ("the props mistress", "Prop"),
    ],
)
def test_slips_and_the_other_spelling_are_found_later(finder: Finder, typed: str, found: str) -> None:
    either = [*finder.begins(typed, 8).places, *finder.nearly(typed, 8).places]
    assert found in names(either)


def test_what_was_found_is_not_found_again(finder: Finder) -> None:
    assert set(finder.begins("stage", 1).places).isdisjoint(finder.nearly("stage", 8).places)
    assert finder.begins("stage", 1).total == 3


def test_slips_are_looked_for_only_where_few_begin_so() -> None:
    finder = Finder([*((f"Stage {number}",) for number in range(FEW)), ("Stags leap",)])
    assert finder.nearly("stage", 8).places == []
    assert finder.nearly("stage le", 8).places == [FEW]


@given(st.text(max_size=40))
def test_nothing_that_is_typed_is_an_error(typed: str) -> None:
    finder = Finder(NAMES)
    for found in (finder.begins(typed, 3), finder.nearly(typed, 3)):
        assert len(found.places) <= 3
        assert len(found.places) <= found.total


@given(st.sampled_from([name for called in NAMES for name in called]), st.integers(1, 30))
def test_each_beginning_of_a_name_finds_it(name: str, length: int) -> None:
    typed = name[:length]
    found = names(Finder(NAMES).begins(typed, len(NAMES)).places)
    assert not plain(typed) or next(called[0] for called in NAMES if name in called) in found


@pytest.mark.parametrize(
    ("typed", "spots"),
    [
        ("cafe", ["Café"]),
        ("prop ta", ["props", "table", "Proper"]),
        ("PROP", ["props", "Proper"]),
        ("prop zebra", []),
        ("[", []),
    ],
)
def test_where_a_word_stands_in_a_text_is_told(typed: str, spots: list[str]) -> None:
    text = "Café: set the props on a table, all in order. Proper!"
    assert [text[first:last] for first, last in spots_of(typed, text)] == spots


def test_the_most_important_come_first_of_many() -> None:
    words = library_with(400, 100).glossary.words.values()
    finder = Finder([(word.word, *word.names) for word in words])
    found = finder.begins("te", 5)
    assert (len(found.places), found.total) == (5, 400)
    assert finder.begins("term 7", 5).total == 11
