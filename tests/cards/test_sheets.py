"""What is looked up across sheets: as it ever was, in a time that grows with them, and after an edit."""

import gc
import random
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import FrameType
from weakref import ref

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.bench.library import library_with
from tests.material.pages import FULL
from trainer.cards.card import Card
from trainer.cards.decks import DECKS
from trainer.cards.distractors import has_titles_elsewhere
from trainer.cards.library import Library
from trainer.cards.meanings import MeaningCard, SignalCard
from trainer.cards.sheets import Sheets
from trainer.cards.typed import fold
from trainer.material.page.reading import read_page
from trainer.material.questions import RedFlag
from trainer.material.sheet import (
    Example,
    Indicator,
    Level,
    Relation,
    Search,
    Sheet,
    Term,
    Title,
    UnclearLine,
)

from .shipped import LIBRARY, words

RELAXED = settings(max_examples=100)


def rivals_by_the_rule(sheet: Sheet, term: Term, sheets: Mapping[str, Sheet]) -> list[Term]:
    """Find the rivals of a term with no index: the rule, read from top to bottom."""
    here = f"{sheet.id}#{term.id}"
    known = {f"{other.id}#{each.id}": each for other in sheets.values() for each in other.terms}
    named = [absolute(sheet, reference) for reference in term.confuse_with]
    naming = [
        f"{other.id}#{each.id}"
        for other in sheets.values()
        for each in other.terms
        if here in {absolute(other, reference) for reference in each.confuse_with}
    ]
    near = [other for other in sheets.values() if other.id != sheet.id and of_one_trade(other, sheet)]
    own = [each.id for each in sheet.terms]
    below = own.index(term.id) + 1
    rest = [f"{sheet.id}#{id_}" for id_ in own[below:] + own[:below]]
    rest += [f"{other.id}#{each.id}" for other in near for each in other.terms]
    taken = {term.term.casefold(), term.meaning}
    found = []
    for reference in (*named, *naming, *rest):
        rival = known.get(reference)
        if rival and not taken & {rival.term.casefold(), rival.meaning}:
            taken |= {rival.term.casefold(), rival.meaning}
            found.append(rival)
    return found


def of_one_trade(sheet: Sheet, other: Sheet) -> bool:
    return bool(sheet.industry) and sheet.industry == other.industry


def absolute(sheet: Sheet, reference: str) -> str:
    return reference if "#" in reference else f"{sheet.id}#{reference}"


def test_the_rivals_of_every_shipped_card_are_those_of_the_rule_in_its_order() -> None:
    cards = [card for card in LIBRARY.cards.values() if isinstance(card, MeaningCard | SignalCard)]
    assert len(cards) > 200
    for card in cards:
        assert list(card.rivals) == rivals_by_the_rule(card.sheet, card.term, LIBRARY.sheets), card.id


@st.composite
def libraries(draw: st.DrawFn) -> dict[str, Sheet]:
    """Give sheets whose terms share names and meanings, and name each other across sheets."""
    ids = draw(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=4, unique=True))
    few = st.sampled_from(["Cue", "cue", "Prop", "Call", "Get-in"])
    item = st.sampled_from("pqrs")
    reference = st.builds("{}#{}".format, st.sampled_from("abcdef"), item) | item
    sheets = {}
    for id_ in ids:
        terms = [
            Term(id=each, term=draw(few), meaning=draw(few), confuse_with=tuple(draw(st.lists(reference))))
            for each in draw(st.lists(item, unique=True))
        ]
        titles = [Title(id=each, title=draw(few)) for each in draw(st.lists(item, unique=True, max_size=2))]
        industry = draw(st.sampled_from([None, "Theatre", "Film"]))
        sheets[id_] = Sheet(
            format=1, id=id_, name=id_, industry=industry, terms=tuple(terms), titles=tuple(titles)
        )
    return sheets


@RELAXED
@given(libraries())
def test_rivals_are_those_of_the_rule_in_any_library(made: dict[str, Sheet]) -> None:
    sheets = Sheets(made)
    for sheet in made.values():
        for term in sheet.terms:
            expected = rivals_by_the_rule(sheet, term, made)
            assert list(sheets.rivals(sheet, term)) == expected
            assert next(sheets.competing(sheet, term), None) == next(iter(expected), None)


@RELAXED
@given(libraries())
def test_titles_elsewhere_are_those_that_no_name_of_the_sheet_is(made: dict[str, Sheet]) -> None:
    for sheet in made.values():
        own = {fold(name) for name in (sheet.name, *(title.title for title in sheet.titles))}
        own |= {fold(term.term) for term in sheet.terms} | {""}
        trade = [other for other in made.values() if other is not sheet and of_one_trade(other, sheet)]
        elsewhere = [title for other in trade for title in other.titles]
        expected = any(fold(title.title) not in own for title in elsewhere)
        assert has_titles_elsewhere(sheet, Sheets(made)) is expected


def _calls(library: Library) -> int:
    """Return how many functions are called to make all cards: a time that no machine changes."""
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        cards = library.cards
    finally:
        sys.setprofile(before)
    assert cards
    return count


def _full(size: int) -> Library:
    """Return two sheets with as much of each section, one of which judges the titles of the other's role."""
    many = range(size)
    full = Sheet(
        format=1,
        id="full",
        name="Full",
        terms=tuple(Term(id=f"t{i}", term=f"T{i}", meaning=f"M{i}", confuse_with=("t0",)) for i in many),
        titles=tuple(
            Title(id=f"j{i}", title=f"J{i}", search=Search.YES, relation=Relation.SAME) for i in many
        ),
        levels=tuple(
            Level(
                id=f"l{level}",
                name=f"L{level}",
                indicators=tuple(Indicator(id=f"i{level}-{i}", text=f"I{level} {i}") for i in many),
            )
            for level in range(2)
        ),
        unclear=tuple(UnclearLine(id=f"u{i}", text=f"U{i}", why="Who knows.") for i in many),
        red_flags=tuple(
            RedFlag(id=f"f{i}", text=f"F{i}", evidence=("E",), look_alike=f"L{i}", origin="trade")
            for i in many
        ),
        examples=tuple(Example(id=f"e{i}", text=f"E{i}", concludes=("A",), does_not=("B",)) for i in many),
    )
    judging = Sheet(
        format=1,
        id="judging",
        name="Judging",
        titles=(
            *(Title(id=f"k{i}", title=f"K{i}", search=Search.YES) for i in many),
            Title(id="full", title="Full", search=Search.NO),
        ),
    )
    return Library({"full": full, "judging": judging})


@pytest.mark.slow
@pytest.mark.parametrize(
    ("small", "large"),
    [
        (library_with(400, 10), library_with(1_600, 10)),
        (library_with(400, 400), library_with(1_600, 1_600)),
        (_full(50), _full(200)),
    ],
    ids=["more sheets", "a longer sheet", "more of every section"],
)
def test_four_times_the_library_takes_four_times_the_work(small: Library, large: Library) -> None:
    _calls(library_with(10, 10))  # what is loaded at the first call of all
    assert _calls(large) < 5 * _calls(small)


def test_no_rival_is_looked_up_before_a_card_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> Iterator[Term]:
        raise AssertionError("asked too early")

    monkeypatch.setattr(Sheets, "competing", refuse)
    assert Library(dict(LIBRARY.sheets)).cards


ASM, WORDS, PAGE = "assistant-stage-manager", "theatre-vocabulary", "skt"


@cache
def before() -> Library:
    """Return some shipped sheets and an imported one, of whose titles and red flags nobody judged any."""
    page = read_page(FULL).sheet
    shipped = {id_: LIBRARY.sheets[id_] for id_ in (ASM, "stage-manager", WORDS)}
    sheets = {**shipped, page.id: page}
    return Library(sheets, files={id_: Path(f"{id_}.toml") for id_ in sheets})


def _with_another(sheet: Sheet, field: str, **changes: object) -> Sheet:
    """Return a sheet with the last item of a section changed."""
    items = getattr(sheet, field)
    return replace(sheet, **{field: (*items[:-1], replace(items[-1], **changes))})


EDITS = {
    "a term": _with_another(LIBRARY.sheets[WORDS], "terms", term="Whatsit", meaning="Not what you think."),
    "a term gone": replace(LIBRARY.sheets[WORDS], terms=LIBRARY.sheets[WORDS].terms[1:]),
    "the first term": replace(
        LIBRARY.sheets[ASM],
        terms=(replace(LIBRARY.sheets[ASM].terms[0], id="another"), *LIBRARY.sheets[ASM].terms[1:]),
    ),
    "a title": _with_another(LIBRARY.sheets[ASM], "titles", title="Props Wrangler", search=Search.YES),
    "a red flag": _with_another(LIBRARY.sheets[ASM], "red_flags", text="Juggles knives in the wings"),
    "the name": replace(LIBRARY.sheets[ASM], name="Assistant of Stages"),
    "the industry": replace(LIBRARY.sheets["stage-manager"], industry="Film"),
    "a level": _with_another(LIBRARY.sheets[ASM], "levels", rule="does it all"),
    "a question": _with_another(LIBRARY.sheets[ASM], "questions", ask="Why you?"),
    "an example": _with_another(LIBRARY.sheets[ASM], "examples", text="Was there."),
    "a new sheet": replace(LIBRARY.sheets[ASM], id="new", name="New"),
}


def _told(card: Card) -> list[str]:
    return [
        f"{way} {words(card.ask(way, stage, random.Random(stage)))}"
        for way in card.ways()
        for stage in way.stages
    ]


@pytest.mark.slow
@pytest.mark.parametrize("edited", EDITS.values(), ids=EDITS)
def test_after_an_edit_every_card_asks_what_it_would_ask_after_a_new_start(edited: Sheet) -> None:
    after = before().with_sheet(edited, Path("new.toml"))
    anew = Library({**before().sheets, edited.id: edited})
    assert list(after.cards) == list(anew.cards)
    assert [deck.name for deck in after.decks] == [deck.name for deck in anew.decks]
    for id_, card in after.cards.items():
        assert _told(card) == _told(anew.cards[id_]), id_


@pytest.mark.slow
def test_edits_one_after_the_other_add_up() -> None:
    library, sheets = before(), dict(before().sheets)
    for edited in EDITS.values():
        library = library.with_sheet(edited, Path("new.toml"))
        sheets[edited.id] = edited
    anew = Library(sheets)
    assert list(library.cards) == list(anew.cards)
    assert [_told(card) for card in library.cards.values()] == [_told(card) for card in anew.cards.values()]


@pytest.mark.parametrize(
    ("edit", "renewed"),
    [
        ("an example", set()),
        ("a question", set()),
        ("a level", set()),
        ("a red flag", {"answers"}),
        ("a title", {"synonyms"}),
        ("a term", {"meanings", "synonyms"}),
    ],
)
def test_an_edit_renews_the_decks_that_read_what_it_changed_alone(edit: str, renewed: set[str]) -> None:
    edited = EDITS[edit]
    after = before().with_sheet(edited, Path("new.toml")).cards
    others = [card for card in before().cards.values() if card.sheet.id != edited.id]
    assert {card.deck for card in others if after[card.id] is not card} == renewed
    assert {card.deck for card in others} == set(DECKS)
    assert all(
        card is not before().cards.get(id_) for id_, card in after.items() if card.sheet.id == edited.id
    )


def test_sheets_that_nobody_has_any_more_go_without_looking_for_garbage() -> None:
    sheets = Sheets(dict(LIBRARY.sheets))
    sheet = next(each for each in sheets.values() if each.terms)
    assert sheets.rivals(sheet, sheet.terms[0])
    gone = ref(sheets)
    gc.disable()
    try:
        del sheets
        assert gone() is None
    finally:
        gc.enable()
