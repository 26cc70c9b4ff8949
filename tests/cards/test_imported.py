"""A sheet as a page gives it, without lines, snippets and judgements, is asked in forms that work."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import msgspec
import pytest

from tests.material.pages import FLAT, FULL, THING, TITLES
from trainer.cards.answers import RecallCard
from trainer.cards.card import Answer, Card, Form, Question
from trainer.cards.decks import DECKS
from trainer.cards.distractors import has_titles_elsewhere, titles_elsewhere
from trainer.cards.editing import fields_of
from trainer.cards.flags import FlagListCard
from trainer.cards.improvements import improvements
from trainer.cards.levels import IndicatorCard
from trainer.cards.library import Library
from trainer.cards.marking import mark
from trainer.cards.meanings import MeaningCard, SignalCard, gist
from trainer.cards.role_names import role_called
from trainer.cards.sheets import Sheets
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


def test_titles_of_another_trade_compete_with_none() -> None:
    sheets = Sheets(library(imported(THING), SHEET, ASM).sheets)
    near = {option.id.partition("#")[0] for option in titles_elsewhere(SHEET, sheets, random.Random(1))}
    assert near == {"assistant-stage-manager"}
    alone = Sheets(library(imported(THING), SHEET).sheets)
    assert titles_elsewhere(SHEET, alone, random.Random(1)) == []
    assert not has_titles_elsewhere(SHEET, alone)


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
    assert not question.options[0].why
    assert all("Junior" not in option.why for option in question.options), "the answer says it, and once"
    assert question.options[1].why.startswith("Mid has “")


@pytest.mark.parametrize(
    ("text", "asked_as"),
    [
        ("Basic prop management", "Prop management"),
        ("advanced hoist inspection", "hoist inspection"),
        ("Complex instrument sets", "Instrument sets"),
        ("Entry-level rigging work", "Rigging work"),
        ("Basic knowledge of cues", "Basic knowledge of cues"),
        ("Basic and advanced rigging", "Basic and advanced rigging"),
        ("Advanced Excel", "Advanced Excel"),
        ("Simple", "Simple"),
        ("Basics of the script", "Basics of the script"),
        ("Complex prop tracking", "Complex prop tracking"),
    ],
)
def test_an_indicator_does_not_name_its_level_where_it_can_do_without(text: str, asked_as: str) -> None:
    page = FULL.replace("Packing from a list", text).replace("Working from a plot", "Basic prop tracking")
    junior, mid, senior = imported(page).levels
    twin = msgspec.structs.replace(mid.indicators[0], text="Advanced tracking of the prop")
    mid = msgspec.structs.replace(mid, indicators=(twin, *mid.indicators[1:]))
    sheet = msgspec.structs.replace(imported(page), levels=(junior, mid, senior))
    card = next(
        each
        for each in library(sheet).cards.values()
        if isinstance(each, IndicatorCard) and each.indicator.text == text
    )
    (question, *_) = asked(card)
    assert question.text == asked_as
    assert text in question.answer


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


def test_the_points_of_an_answer_are_recalled_as_a_page_tells_of_none_that_is_wrong() -> None:
    found = card(RecallCard)
    assert [way.form for way in found.ways()] == [Form.FLIP, Form.RECALL]
    assert "A packing plan" in found.ask(found.ways()[0], 0, random.Random(1)).answer
    assert first(RecallCard, "lines").options[0].text == "A packing plan"
    assert first(RecallCard, "lines").hint == "4 points."
    one = imported(FULL.replace(", regular counts, and orders in good time", ""))
    hints = {
        question.hint
        for each in library(one).cards.values()
        if isinstance(each, RecallCard)
        for question in asked(each)
    }
    assert "1 point." in hints


def test_a_draft_is_said_to_be_one_where_the_question_is_new() -> None:
    found = card(RecallCard)
    recall, lines = found.ways()
    assert [line.label for line in found.ask(recall, 0, random.Random(1)).lines] == ["A draft"]
    assert found.ask(recall, 1, random.Random(1)).lines == ()
    assert found.ask(lines, 2, random.Random(1)).lines == ()
    confirmed = [
        msgspec.structs.replace(
            each, points=tuple(msgspec.structs.replace(p, draft=False) for p in each.points)
        )
        for each in SHEET.questions
    ]
    sheet = msgspec.structs.replace(SHEET, questions=tuple(confirmed))
    told_now = next(each for each in library(sheet).cards.values() if isinstance(each, RecallCard))
    assert {line.label for question in asked(told_now) for line in question.lines} == set()


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
    for sheet in LIBRARY.sheets.values():
        for term in sheet.terms:
            assert gist(term) == term.meaning, "a meaning that somebody wrote is shown as it is"


@pytest.mark.parametrize(
    ("term", "meaning", "shown"),
    [
        ("CI/CD", "CI/CD is a way of working with code.", "A way of working with code."),
        ("RFI", "In construction, an RFI is a formal question.", "A formal question."),
        ("Stand", "Block on a stand on which a wig is kept.", "Block on a … on which a wig is kept."),
        ("Wig stand", "A stand on which a wig is kept.", "A stand on which a wig is kept."),
        ("Pass", "the counter where plates wait", "The counter where plates wait."),
        ("iOS", "iOS runs phones", "… runs phones."),
        (
            "Cue",
            "The word on which a cue or cues happen; rescue is none.",
            "The word on which a … or … happen; rescue is none.",
        ),
    ],
)
def test_a_meaning_begins_with_what_the_term_is(term: str, meaning: str, shown: str) -> None:
    assert gist(Term(id="t", term=term, meaning=meaning)) == shown


def test_a_meaning_that_begins_with_what_the_term_stands_for_goes_on_behind_it() -> None:
    meaning = "HVAC stands for Heating and Cooling. It is what keeps a house warm."
    hvac = Term(id="t", term="HVAC", stands_for="Heating and Cooling", meaning=meaning)
    assert gist(hvac) == "What keeps a house warm."


def words_of(*meanings: tuple[str, str], industry: str | None = None, id_: str = "words") -> Sheet:
    terms = tuple(Term(id=f"t{i}", term=term, meaning=meaning) for i, (term, meaning) in enumerate(meanings))
    return Sheet(format=1, id=id_, name="Words", industry=industry, terms=terms)


def test_a_meaning_with_a_gap_where_its_term_stood_is_no_option() -> None:
    sheet = words_of(
        ("Pass", "Where a plate waits until the pass is clear"),
        ("Probe", "A thermometer"),
        ("Jigger", "A small cup"),
        ("Float", "The money in a till"),
    )
    found = library(sheet)
    pass_card, *others = found.cards.values()
    assert [way.key for way in pass_card.ways()] == ["term", "recall", "type"]
    for each in others:
        for question in asked(each):
            if question.way.key == "meaning":
                assert "…" not in "".join(option.text for option in question.options)


def test_what_a_page_concludes_goes_without_its_lead_and_without_the_term() -> None:
    told = "When you see {} on a résumé, it usually means that the person {}."
    said = [
        ("Pass", "ran a kitchen"),
        ("Probe", "knew a Probe"),
        ("Jigger", "stood at a bar"),
        ("Float", "had the till"),
    ]
    terms = tuple(
        Term(id=term.lower(), term=term, meaning=f"{words} it", signal=told.format(term, words))
        for term, words in said
    )
    found = library(Sheet(format=1, id="words", name="Words", terms=terms))
    card_of = {each.item: each for each in found.cards.values() if isinstance(each, SignalCard)}
    assert [way.form for way in card_of["probe"].ways()] == [Form.FLIP], "its text names it"
    for question in asked(card_of["pass"]):
        assert question.answer == "The person ran a kitchen."
        texts = {option.text for option in question.options}
        assert texts <= {
            "The person ran a kitchen.",
            "The person stood at a bar.",
            "The person had the till.",
        }


def test_rivals_are_not_the_same_few_for_every_term() -> None:
    found = library(words_of(*((f"Word {i}", f"a thing with {i} corners") for i in range(100))))
    wrong = {
        option.id
        for each in found.cards.values()
        for option in each.ask(each.ways()[0], 0, random.Random(each.id)).options
        if not option.right
    }
    assert len(wrong) > 60


def test_options_that_stand_together_have_one_style() -> None:
    sheet = words_of(
        ("Pass", "the counter where finished plates wait for the waiters"),
        ("Probe", "A thermometer that is stuck into a piece of food."),
        ("Jigger", "a small cup of metal for measuring spirits"),
    )
    for each in library(sheet).cards.values():
        for question in asked(each):
            if question.way.key == "meaning":
                assert all(option.text[0].isupper() for option in question.options), told(question)
                assert all(option.text.endswith(".") for option in question.options), told(question)


def test_rivals_are_of_one_kind_with_the_right_answer() -> None:
    persons = [("Waiter", "brings food to the tables"), ("Sommelier", "the expert who buys wine")]
    persons += [("Night auditor", "works at the desk through the night")]
    things = [
        ("Cloche", "a metal dome over a plate"),
        ("Jus", "thin sauce from meat"),
        ("Roux", "fat and flour"),
    ]
    acts = [
        ("Braise", "to cook slowly"),
        ("Plating", "placing food on a plate"),
        ("Blanch", "to boil for moments"),
    ]
    groups = (persons, things, acts)
    kind = {term: group for group in groups for term, _ in group}
    found = library(words_of(*(pair for triple in zip(*groups, strict=True) for pair in triple)))
    for each in found.cards.values():
        for question in asked(each):
            if question.way.form is Form.CHOOSE:
                names = {each.sheet.terms[int(option.id[1:])].term for option in question.options}
                assert len({id(kind[name]) for name in names}) == 1, told(question)


def test_a_term_alone_of_its_kind_has_rivals_all_the_same() -> None:
    found = library(words_of(("Waiter", "brings food"), ("Jus", "thin sauce"), ("Roux", "fat and flour")))
    question = next(asked(next(iter(found.cards.values()))))
    assert len(question.options) == 3


def test_lines_of_resumes_that_nobody_judged_are_shown_with_the_term() -> None:
    question = first(MeaningCard)
    shown = [line.text for line in question.lines if line.label == "On a résumé"]
    assert shown == [f"“{example.text}”" for example in SHEET.examples]


def test_improvements_tell_what_a_page_cannot_give_and_what_it_would_bring() -> None:
    told_now = improvements(SHEET)
    assert {each.keys[0]: each.cards for each in told_now} == {
        "shows": 13,
        "evidence": 2,
        "concludes": 3,
        "search": 5,
        "signal": 1,
        "variants": 0,
        "draft": 0,
    }
    gained = [each.cards for each in told_now]
    assert gained == sorted(gained, reverse=True), "what brings the most comes first"
    assert str(told_now[0]).endswith("(shows, claims): 13 more cards.")
    assert str(told_now[-1]).endswith("no more cards, but better ones.")
    assert "_" not in "".join(each.told for each in told_now), "words, no keys"
    assert improvements(ASM) == []
    beside = improvements(SHEET, Sheets(library(SHEET, ASM).sheets))
    assert {each.keys[0]: each.cards for each in beside}["search"] == 0, "they are told apart already"


def test_the_shipped_files_are_named_by_their_ids() -> None:
    assert shipped_ids() == set(LIBRARY.sheets)


def test_terms_of_another_trade_compete_with_none() -> None:
    def in_industry(industry: str | None, id_: str) -> Sheet:
        words = [(f"{industry} {id_} {i}", f"About {industry} {id_} {i}") for i in range(3)]
        return words_of(*words, industry=industry, id_=id_)

    sheets = [in_industry("Health Care", "asking"), in_industry("Stage", "stage")]
    sheets += [in_industry("healthcare", "other"), in_industry(None, "none"), in_industry(None, "nor")]
    found = library(*sheets)
    rivals = {
        each.sheet.id: {rival.term.rpartition(" ")[0] for rival in each.rivals}
        for each in found.cards.values()
        if isinstance(each, MeaningCard)
    }
    assert rivals["asking"] == {"Health Care asking", "healthcare other"}
    assert rivals["stage"] == {"Stage stage"}
    assert rivals["none"] == {"None none"}, "a sheet without an industry has a trade of its own"


def test_a_word_of_another_trade_is_not_taught_before_a_card() -> None:
    called = words_of(("Call", "the time to be there"), industry="Stage", id_="stage")
    asking = words_of(("Fire", "the call to cook a course"), industry="Kitchen", id_="kitchen")
    found = library(called, asking)
    assert found.cards["kitchen/meanings/t0"].uses == ()
    same = library(called, msgspec.structs.replace(asking, industry="stage"))
    assert same.cards["kitchen/meanings/t0"].uses == ("stage/meanings/t0",)


RFI = FULL.replace("SKT (Scene Kit Technician)", "RFI (Request for Information)").replace(
    "A Scene Kit Technician (SKT) is the person", "An RFI is the paper"
)


def test_the_typical_job_title_is_the_role_of_a_page_on_a_thing() -> None:
    sheet = imported(RFI)
    found = [each for each in library(sheet, ASM).cards.values() if each.sheet.id == sheet.id]
    titles = [question for each in found if isinstance(each, TitleCard) for question in asked(each)]
    assert {(question.intro, question.text) for question in titles} == {
        ("You're hiring:", "a Scene Kit Technician")
    }
    assert {question.prompt for question in titles} == {
        "Which of these titles does the glossary page on RFI say to search for too?"
    }
    flags = [question for each in found if isinstance(each, FlagListCard) for question in asked(each)]
    assert {question.text for question in flags} == {"a Scene Kit Technician"}


@pytest.mark.parametrize(
    ("title", "one"),
    [
        ("Project Engineers", "Project Engineer"),
        ("Directors of Photography", "Director of Photography"),
        ("Secretaries", "Secretary"),
        ("Waitresses", "Waitress"),
        ("Coaches", "Coach"),
        ("Salespeople", "Salesperson"),
        ("Chefs de Partie", "Chef de Partie"),
        ("Stage Crew", "Stage Crew"),
        ("Nurses", "Nurse"),
    ],
)
def test_a_role_is_called_as_one_holder_bears_it(title: str, one: str) -> None:
    assert role_called(Sheet(format=1, id="s", name="A thing", job_titles=(title,))) == one


def test_a_page_without_its_like_asks_its_titles_at_once() -> None:
    found = cards(WORLDS[2])
    assert not [each for each in found if isinstance(each, TitleCard)]
    [listed] = [each for each in found if isinstance(each, SearchListCard)]
    assert [way.form for way in listed.ways()] == [Form.FLIP, Form.TYPE]
    assert "Kit Runner" in listed.ask(listed.ways()[0], 0, random.Random(1)).answer
