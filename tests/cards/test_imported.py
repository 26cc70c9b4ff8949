"""A sheet as a page gives it, without lines, snippets and judgements, is asked in forms that work."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import msgspec
import pytest

from tests.material.pages import FLAT, FULL, THING, TITLES
from trainer.cards.answers import FlagListCard, RecallCard
from trainer.cards.card import Answer, Card, Form, Question
from trainer.cards.decks import DECKS
from trainer.cards.distractors import titles_elsewhere
from trainer.cards.editing import fields_of
from trainer.cards.improvements import improvements
from trainer.cards.levels import IndicatorCard
from trainer.cards.library import Library
from trainer.cards.marking import mark
from trainer.cards.meanings import MeaningCard, gist
from trainer.cards.synonyms import SearchListCard, TitleCard
from trainer.material.page.reading import read_page
from trainer.material.sheet import Search, Sheet, Term
from trainer.material.sheet_files import shipped_ids
from trainer.memory.state import Rating

from .shipped import ASM, LIBRARY, asked, told


def imported(page: str) -> Sheet:
    return read_page(page).sheet


SHEET = imported(FULL)


def library(*sheets: Sheet) -> Library:
    return Library({sheet.id: sheet for sheet in sheets})


@dataclass(frozen=True)
class World:
    """An imported sheet among others."""

    name: str
    library: Library


WORLDS = [
    World("among the shipped sheets", library(*LIBRARY.sheets.values(), SHEET)),
    World("among imported ones", library(SHEET, imported(THING), *LIBRARY.sheets.values())),
    World("alone", library(SHEET)),
    World("in the flat form", library(*LIBRARY.sheets.values(), imported(FLAT))),
]


def cards(world: World) -> list[Card]:
    return [card for card in world.library.cards.values() if card.sheet.id == "skt"]


def every(world: World) -> Iterator[Question]:
    for card in cards(world):
        yield from asked(card)


def card(kind: type[Card], world: World = WORLDS[0]) -> Card:
    return next(each for each in cards(world) if isinstance(each, kind))


@cache
def first(kind: type[Card], key: str = "") -> Question:
    found = card(kind)
    way = next(way for way in found.ways() if key in {"", way.key})
    return found.ask(way, min(way.stages), random.Random(1))


def test_all_four_decks_have_cards() -> None:
    assert {each.deck for each in cards(WORLDS[0])} == set(DECKS)
    assert len(cards(WORLDS[0])) == 1 + 6 + 9 + 5


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.name)
def test_every_card_has_texts_to_edit(world: World) -> None:
    assert [each.id for each in cards(world) if not fields_of(each, each.sheet)] == []


_CHOSEN = {Form.CHOOSE, Form.TICK, Form.RECALL}


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.name)
def test_every_question_can_be_answered_and_does_not_show_its_answer(world: World) -> None:
    for question in every(world):
        assert question.answer, told(question)
        assert len({option.text.casefold() for option in question.options}) == len(question.options)
        assert len({option.id for option in question.options}) == len(question.options), told(question)
        assert bool(question.options) == (question.form in _CHOSEN), told(question)
        shown = f"{question.intro}\n{question.text}\n{question.prompt}".casefold()
        for option in question.options:
            assert option.text.casefold() not in shown, told(question)
            assert option.right or option.why, told(question)
        if question.form is Form.CHOOSE:
            assert len(question.right_options) == 1, told(question)
            assert len(question.options) > 1, told(question)
            assert mark(question, Answer(chosen=question.right_options)).rating is Rating.GOOD
        elif question.form is Form.TICK:
            assert mark(question, Answer(chosen=question.right_options)).rating is Rating.GOOD
        for names in question.accepted:
            assert names[0].casefold() not in shown, told(question)


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.name)
def test_a_card_can_be_asked_on_the_first_day(world: World) -> None:
    for each in cards(world):
        assert each.ways(), each.id
        assert each.ask(each.ways()[0], 0, random.Random(0)).prompt


def test_a_title_is_told_from_those_that_the_page_does_not_name() -> None:
    for question in asked(card(TitleCard)):
        assert question.way.key == "among"
        assert "page" in question.prompt
        right = [option.text for option in question.options if option.right]
        assert right == ["Kit Runner"]
        for option in question.options:
            assert option.right or "does not name it" in option.why
    assert not {option.text for option in first(TitleCard).options} & {*TITLES[1:], "Scene Kit Technician"}


def test_the_titles_of_the_same_industry_compete_first() -> None:
    sheets = library(imported(THING), SHEET, ASM).sheets
    near = [option.id.partition("#")[0] for option in titles_elsewhere(SHEET, sheets, random.Random(1))]
    assert near[0] == "assistant-stage-manager"
    assert near == sorted(near), "those of another industry come last"
    assert near[-1] == "stage-managers-prompt-book"


def test_the_titles_of_the_page_are_ticked_and_later_typed() -> None:
    found = card(SearchListCard)
    assert [way.form for way in found.ways()] == [Form.TICK, Form.TYPE]
    question = first(SearchListCard)
    assert {option.text for option in question.options if option.right} == set(TITLES)
    assert [option for option in question.options if not option.right]
    assert "the glossary page say to search" in question.prompt
    typed = first(SearchListCard, "type")
    assert mark(typed, Answer(typed=", ".join(TITLES))).rating is Rating.GOOD


def test_a_judged_title_is_asked_as_ever() -> None:
    judged = msgspec.structs.replace(SHEET.titles[0], search=Search.YES)
    sheet = msgspec.structs.replace(SHEET, titles=(judged, *SHEET.titles[1:]))
    title = library(sheet).cards["skt/synonyms/kit-runner"]
    assert [way.key for way in title.ways()] == ["search"]
    assert library(sheet).cards.keys() & {"skt/synonyms/props-technician"} == set(), (
        "nothing competes with it"
    )


def test_an_indicator_stands_for_itself_and_the_page_is_the_ground() -> None:
    question = first(IndicatorCard)
    assert (question.text, question.prompt) == (
        "Packing from a list",
        "Which level does the glossary page give it?",
    )
    assert [option.text for option in question.options] == ["Junior", "Mid", "Senior"]
    assert not any("0-2" in option.note for option in question.options)
    assert not question.unseen_counts
    assert "Junior" in question.options[1].why


def test_a_level_that_only_questions_name_is_no_option() -> None:
    sheet = imported(FULL.replace("Mid Level Questions", "Expert Level Questions"))
    assert [level.name for level in sheet.levels] == ["Junior", "Mid", "Senior", "Expert"]
    found = library(sheet)
    for each in found.cards.values():
        if isinstance(each, IndicatorCard):
            for question in asked(each):
                assert "Expert" not in {option.text for option in question.options}
    recalled = [each for each in found.cards.values() if isinstance(each, RecallCard)]
    assert "You ask (Expert):" in {question.intro for each in recalled for question in asked(each)}


def test_the_points_of_an_answer_are_ticked_and_a_draft_says_that_it_is_one() -> None:
    question = first(RecallCard)
    assert question.form is Form.TICK
    assert {option.text for option in question.options if option.right} == {
        point.text for point in SHEET.questions[0].points
    }
    assert "A draft" in {line.label for line in question.lines}
    confirmed = [
        msgspec.structs.replace(
            each, points=tuple(msgspec.structs.replace(p, draft=False) for p in each.points)
        )
        for each in SHEET.questions
    ]
    sheet = msgspec.structs.replace(SHEET, questions=tuple(confirmed))
    recall = next(each for each in library(sheet).cards.values() if isinstance(each, RecallCard))
    assert {line.label for question in asked(recall) for line in question.lines} == set()


def test_the_red_flags_of_the_page_are_ticked_at_once() -> None:
    question = first(FlagListCard)
    assert {option.text for option in question.options if option.right} == {
        flag.text for flag in SHEET.red_flags
    }
    wrong = [option for option in question.options if not option.right]
    assert wrong
    assert all("This glossary page does not name it" in option.why for option in wrong)
    assert [way.form for way in card(FlagListCard, WORLDS[2]).ways()] == [Form.FLIP]


def test_red_flags_are_not_ticked_where_others_only_say_the_same() -> None:
    same = [msgspec.structs.replace(flag, text=f"{flag.text}!") for flag in SHEET.red_flags]
    double = msgspec.structs.replace(SHEET, id="double", red_flags=tuple(same))
    world = World("beside its double", library(SHEET, double))
    assert [way.form for way in card(FlagListCard, world).ways()] == [Form.FLIP]


def test_a_meaning_is_shown_in_short_and_without_the_term() -> None:
    assert gist(SHEET.terms[0]) == "The person who packs, checks and sets the kits that a scene needs."
    [thing] = imported(THING).terms
    assert "prompt book" not in gist(thing).casefold()
    for term in ASM.terms:
        assert gist(term) == term.meaning, "a meaning that somebody wrote is shown as it is"
    cue = Term(id="c", term="Cue", meaning="The word on which a cue or cues happen; rescue is none.")
    assert gist(cue) == "The word on which a … or … happen; rescue is none."


def test_lines_of_resumes_that_nobody_judged_are_shown_with_the_term() -> None:
    question = first(MeaningCard)
    shown = [line.text for line in question.lines if line.label == "On a résumé"]
    assert shown == [f"“{example.text}”" for example in SHEET.examples]


def test_improvements_tell_what_a_page_cannot_give() -> None:
    told = improvements(SHEET)
    keys = ("draft", "search", "variants", "shows", "evidence", "concludes", "signal")
    assert [key for key, improvement in zip(keys, told, strict=True) if f"({key}" not in improvement] == []
    assert told[1].startswith("5 titles ")
    assert improvements(ASM) == []
    one = msgspec.structs.replace(SHEET, titles=SHEET.titles[:1])
    assert improvements(one)[1].startswith("1 title ")


def test_the_shipped_files_are_named_by_their_ids() -> None:
    assert shipped_ids() == set(LIBRARY.sheets)


def test_terms_of_the_same_industry_compete_first() -> None:
    def in_industry(industry: str, id_: str = "") -> Sheet:
        id_ = id_ or industry.lower()
        words = [f"{industry} {id_} {i}" for i in range(3)]
        terms = tuple(Term(id=f"t{i}", term=word, meaning=f"About {word}") for i, word in enumerate(words))
        return msgspec.structs.replace(SHEET, id=id_, industry=industry, terms=terms, titles=())

    for order in (("Nursing", "Stage"), ("Stage", "Nursing")):
        found = library(*map(in_industry, order), in_industry("Stage", "asking"))
        rivals = next(
            each.rivals
            for each in found.cards.values()
            if isinstance(each, MeaningCard) and each.sheet.id == "asking"
        )
        names = [rival.term.split()[0] for rival in rivals]
        assert "Nursing" in names
        assert names == sorted(names, key=lambda name: name != "Stage")
