"""Three pages of very different trades and a list of 200 words: what is asked of them is worth asking."""

import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from trainer.cards.card import Form, Question
from trainer.cards.kinds import is_person
from trainer.cards.library import Library
from trainer.material.ids import id_of
from trainer.material.intake import read_file
from trainer.material.sheet import Sheet, Term

from .shipped import LIBRARY, told

TRADES = Path(__file__).parent / "trades"
PAGES = ("nurse", "software", "building")
SEEDS = 2
PERSONS = frozenset(
    [
        "Sous chef",
        "Executive chef",
        "Chef de partie",
        "Commis chef",
        "Pastry chef",
        "Saucier",
        "Garde manger",
        "Kitchen porter",
        "Expediter",
        "Banqueting manager",
        "Maitre d'",
        "Sommelier",
        "Waiter",
        "Busser",
        "Runner",
        "Bartender",
        "Barback",
        "Barista",
        "Host",
        "General manager",
        "Night auditor",
        "Front desk agent",
        "Concierge",
        "Bell captain",
        "Porter",
        "Valet",
        "Executive housekeeper",
        "Room attendant",
        "Floor supervisor",
        "Houseman",
        "Stayover",
        "No-show",
        "Walk-in guest",
        "Revenue manager",
        "Mystery guest",
        "F&B manager",
        "Event manager",
        "Head waiter",
        "Restaurant manager",
        "Bar manager",
        "Duty manager",
        "Reservations agent",
    ]
)
"""Told by hand, against which the kinds are held."""


def page(name: str) -> Sheet:
    given = read_file(TRADES / f"{name}.txt")
    assert isinstance(given, list)
    return given[0].sheet


@cache
def words() -> Sheet:
    given = read_file(TRADES / "hotel-words.txt")
    assert not isinstance(given, list)
    terms = [Term(id=id_of(entry.term), term=entry.term, meaning=entry.meaning) for entry in given.entries]
    return Sheet(format=1, id="hotel-words", name="Hotel words", terms=tuple(terms))


@cache
def library() -> Library:
    sheets = (*LIBRARY.sheets.values(), *map(page, PAGES), words())
    return Library({sheet.id: sheet for sheet in sheets})


def every(sheet: Sheet, *forms: Form) -> Iterator[Question]:
    """Give every question of a sheet among all others, with a few throws of the dice."""
    for card in library().cards.values():
        if card.sheet.id == sheet.id:
            for way in card.ways():
                for stage in way.stages if way.form in (forms or set(Form)) else ():
                    for seed in range(SEEDS):
                        yield card.ask(way, stage, random.Random(f"{card.id} {way.key} {stage} {seed}"))


ALL = pytest.mark.parametrize("sheet", [*map(page, PAGES), words()], ids=lambda sheet: sheet.id)


def test_the_list_is_one_of_some_two_hundred_words() -> None:
    assert len(words().terms) == 207


@pytest.mark.slow
@ALL
def test_no_option_is_of_another_trade(sheet: Sheet) -> None:
    own = {term.id for term in sheet.terms}
    for question in every(sheet, Form.CHOOSE, Form.TICK):
        if question.card.deck != "levels":
            assert {option.id for option in question.options} <= own, told(question)


@pytest.mark.slow
@ALL
def test_options_look_alike(sheet: Sheet) -> None:
    for question in every(sheet, Form.CHOOSE, Form.TICK):
        texts = [option.text for option in question.options]
        assert not any("…" in text or text[0].islower() for text in texts), told(question)
        assert len({text.endswith(".") for text in texts}) == 1, told(question)


@pytest.mark.slow
def test_a_person_stands_beside_persons() -> None:
    assert {term.term for term in words().terms if is_person(term)} == PERSONS
    for question in every(words(), Form.CHOOSE):
        names = {words().terms[place].term for place in _places(question)}
        assert not names & PERSONS or names <= PERSONS, told(question)


def _places(question: Question) -> Iterator[int]:
    ids = [term.id for term in words().terms]
    return (ids.index(option.id) for option in question.options)


@pytest.mark.slow
@ALL
def test_nothing_is_said_that_says_nothing(sheet: Sheet) -> None:
    for question in every(sheet):
        assert "1 points" not in question.hint, told(question)
        assert question.answer[:1].isupper() or not question.answer[:1].isalpha(), told(question)
        assert not any(line.text.startswith("When you see") for line in question.lines), told(question)


@pytest.mark.parametrize(
    ("name", "role"), [("software", "a DevOps Engineer"), ("building", "a Project Engineer")]
)
def test_the_role_is_the_typical_job_title(name: str, role: str) -> None:
    sheet = page(name)
    asked = [each for each in every(sheet) if each.card.deck == "synonyms" or each.card.item == "all"]
    assert asked
    assert all(role in f"{each.text} {each.prompt}" for each in asked)


@pytest.mark.parametrize("name", PAGES)
def test_no_point_of_another_question_is_called_wrong(name: str) -> None:
    assert not [each for each in every(page(name), Form.TICK) if each.card.deck == "answers"]


@ALL
def test_no_card_waits_for_a_word_of_another_trade(sheet: Sheet) -> None:
    for card in library().cards.values():
        if card.sheet.id == sheet.id:
            assert {id_.partition("/")[0] for id_ in card.uses} <= {sheet.id}, card.id
