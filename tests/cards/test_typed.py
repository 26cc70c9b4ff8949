"""How near a typed answer comes: what does not count, what is close, what is another thing."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec import structs

from trainer.cards.card import Answer, Form, Way, first_question
from trainer.cards.marking import mark as mark_answer
from trainer.cards.typed import LONGEST, Nearness, fold, nearest, nearness, split_list

from .shipped import LIBRARY

WORDS = st.text("abcdehilmnoprstuwéß'- .&", max_size=30)
NAMES = sorted(
    {name for sheet in LIBRARY.sheets.values() for term in sheet.terms for name in (term.term, *term.aliases)}
    | {title.title for sheet in LIBRARY.sheets.values() for title in sheet.titles}
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("theatre", "theater"),
        ("theatres", "Theaters"),
        ("centre stage", "center stage"),
        ("colour", "color"),
        ("honoured", "honored"),
        ("programme", "program"),
        ("programmes", "programs"),
        ("organise", "organize"),
        ("organiser", "organizer"),
        ("organising", "organizing"),
        ("organisation", "organization"),
        ("prologue", "prolog"),
        ("travelling", "traveling"),
        ("cancelled", "canceled"),
        ("aesthetic", "esthetic"),
        ("Technical Theatre Professional", "technical theater professional"),
    ],
)
def test_british_and_american_spelling_are_one(one: str, other: str) -> None:
    assert nearness(one, [other]) is Nearness.EXACT
    assert nearness(other, [one]) is Nearness.EXACT


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("PROMPT BOOK", "prompt book"),
        ("the prompt book", "prompt book"),
        ("calling show", "calling the show"),
        ("promptbook", "prompt book"),
        ("cue to cue", "cue-to-cue"),
        ("prop", "props"),
        ("stage hands", "stagehand"),
        ("show callers", "show caller"),
        ("travellers", "traveler"),
        ("regie", "régie"),
        ("Café", "cafe\u0301"),
        ("props & wigs", "props and wigs"),
        ("stage manager's kit", "stage managers kit"),
        ("A.S.M.", "ASM"),
        ("a.s.m", "ASM"),
        ("A. S. M.", "ASM"),
        ("S.M.", "SM"),
        ("  dsm. ", "DSM"),
        ("ＤＳＭ", "DSM"),
    ],
)
def test_what_does_not_count_is_overlooked(typed: str, name: str) -> None:
    assert nearness(typed, [name]) is Nearness.EXACT


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("PSM", "DSM"),
        ("DSM", "PSM"),
        ("SM", "ASM"),
        ("SM", "A.S.M."),
        ("ASM", "SM"),
        ("PA", "PM"),
        ("AM", "M"),
    ],
)
def test_an_abbreviation_is_exact_or_another(typed: str, name: str) -> None:
    assert nearness(typed, [name]) is Nearness.WRONG


@pytest.mark.parametrize(
    ("typed", "name", "near"),
    [
        ("wigns", "wings", Nearness.CLOSE),  # two letters swapped are one slip
        ("wiings", "wings", Nearness.CLOSE),
        ("wiiings", "wings", Nearness.WRONG),
        ("stagehnad", "stagehand", Nearness.CLOSE),
        ("stagand", "stagehand", Nearness.CLOSE),
        ("stgand", "stagehand", Nearness.WRONG),
        ("prop traking shet", "prop tracking sheet", Nearness.CLOSE),
        ("calling teh show", "calling the show", Nearness.CLOSE),
        ("prompter", "prompt book", Nearness.WRONG),
        ("", "cans", Nearness.WRONG),
        ("the", "the", Nearness.WRONG),
        ("?!", "cans", Nearness.WRONG),
    ],
)
def test_a_longer_name_forgives_more_slips(typed: str, name: str, near: Nearness) -> None:
    assert nearness(typed, [name]) is near


def test_a_slip_towards_a_rival_is_wrong() -> None:
    assert nearness("show calling", ["calling the show", "show calling"], ["show caller"]) is Nearness.EXACT
    assert nearness("prop masters", ["prop tracker"], ["props master"]) is Nearness.WRONG
    assert nearness("stage crew", ["stage crews"], ["stage craw"]) is Nearness.EXACT
    assert nearness("stage criw", ["stage crew"], ["stage craw"]) is Nearness.WRONG
    assert nearness("stage criw", ["stage crew"]) is Nearness.CLOSE


def test_a_name_that_a_rival_shares_forgives_slips_too() -> None:
    names, rivals = (
        ["Production Assistant (stage)", "Production Assistant"],
        ["Production Assistant", "runner"],
    )
    assert nearness("production assistant", names, rivals) is Nearness.EXACT
    assert nearness("production asistant", names, rivals) is Nearness.CLOSE


def test_a_name_of_our_own_folds_to_itself_and_stays_so() -> None:
    for name in NAMES:
        folded = fold(name)
        assert folded, name
        assert fold(folded) == folded, name
        assert fold(name.upper()) == fold(name.lower()) == folded, name


def test_names_of_different_things_do_not_fold_together() -> None:
    of: dict[str, set[str]] = {}
    for sheet in LIBRARY.sheets.values():
        for term in sheet.terms:
            for name in (term.term, *term.aliases):
                of.setdefault(fold(name).replace(" ", ""), set()).add(term.id)
    shared = {name: ids for name, ids in of.items() if len(ids) > 1}
    assert shared.keys() == {"pa", "productionassistant", "standby", "equity"}


@given(WORDS)
@example("glass")
@example("travellers")
def test_folding_twice_changes_nothing_for_words_of_any_kind(text: str) -> None:
    folded = fold(text)
    if "the" in folded or " a" in f" {folded}":
        return  # what is an article only after folding: "thes"
    assert fold(folded) == folded


@given(WORDS, WORDS)
@example("show callers", "show caller")
def test_being_the_same_goes_both_ways(one: str, other: str) -> None:
    assert (nearness(one, [other]) is Nearness.EXACT) == (nearness(other, [one]) is Nearness.EXACT)


@given(st.text(max_size=60))
def test_a_text_is_the_same_as_itself_in_any_case_with_any_space_around(text: str) -> None:
    expected = Nearness.EXACT if fold(text) else Nearness.WRONG
    assert nearness(text, [text]) is expected
    assert nearness(f"  {text}\n", [text]) is expected


@given(st.text(st.characters(exclude_categories=[])), st.lists(st.text(max_size=20), max_size=3))
@example("\udcff", ["x"])
@example("\u0130\u1e9eﬃ½", ["x"])
def test_no_text_makes_it_fail(typed: str, names: list[str]) -> None:
    assert nearness(typed, names, names[:1]) in Nearness
    assert all(item.strip() for item in split_list(typed))


@pytest.mark.parametrize("text", ["x" * 1_000_000, "a " * 500_000, ",é" * 500_000, "\x1b[" * 500_000])
def test_a_megabyte_is_cut_and_so_fast(text: str) -> None:
    start = time.perf_counter()
    assert nearness(text, ["prompt book"] * 5, ["the book"] * 50) is Nearness.WRONG
    split_list(text)
    assert time.perf_counter() - start < 0.5


def test_what_stands_behind_the_cut_is_not_looked_at() -> None:
    assert nearness("x" * LONGEST + "y", ["x" * LONGEST]) is Nearness.EXACT


@pytest.mark.parametrize(
    ("typed", "items"),
    [
        ("a, b;c\nd", ["a", "b", "c", "d"]),
        (" one two ,, ;\n three ", ["one two", "three"]),
        ("", []),
        (",;\n", []),
        ("alone", ["alone"]),
    ],
)
def test_a_list_is_parted_at_commas_semicolons_and_lines(typed: str, items: list[str]) -> None:
    assert split_list(typed) == items


def test_the_name_that_was_meant_is_the_nearest_one() -> None:
    names = ("ASM", "Assistant Stage Manager", "stage management assistant")
    assert nearest("Asistant stage manger", names) == "Assistant Stage Manager"
    assert nearest("stage managment assistant", names) == "stage management assistant"
    assert nearest("A.S.N.", names) == "ASM"


def test_a_slip_is_told_in_the_spelling_of_what_was_meant() -> None:
    card = LIBRARY.cards["theatre-vocabulary/meanings/calling-show"]
    question = first_question(card)
    accepted = (("ASM", "Assistant Stage Manager"),)
    typed = structs.replace(question, way=Way("typed", Form.TYPE), options=(), accepted=accepted, rivals=())
    mark = mark_answer(typed, Answer(typed="Asistant stage manger"))
    assert [line.text for line in mark.lines if line.label == "Spelled"] == ["Assistant Stage Manager"]
