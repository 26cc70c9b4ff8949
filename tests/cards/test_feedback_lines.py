"""What feedback says: something, or nothing."""

import random
import re

from msgspec.structs import replace

from tests.learners import shipped
from trainer.cards.answers import cards
from trainer.cards.card import Answer, Form, Line, Question
from trainer.cards.flags import FlagCard
from trainer.cards.marking import mark
from trainer.cards.sheets import Sheets
from trainer.material.questions import InterviewQuestion, Point
from trainer.material.sheet import Sheet

_FILLER = re.compile(r"It belongs to a strong answer|More than \d, less than")


def questions() -> list[Question]:
    every = shipped().cards.values()
    return [card.ask(way, 2, random.Random(1)) for card in every for way in card.ways()]


def told(question: Question) -> list[Line]:
    """Return the lines on every wrong answer that one key gives, and on every answer."""
    lines = list(question.lines)
    if question.form is Form.CHOOSE:
        for position in range(len(question.options)):
            lines += mark(question, Answer(chosen=frozenset({position}))).lines
    elif question.form is Form.TICK:
        lines += mark(question, Answer(chosen=frozenset(range(len(question.options))))).lines
        lines += mark(question, Answer()).lines
    return lines


def test_a_line_to_compare_with_carries_its_verdict() -> None:
    compared = [line.text for each in questions() for line in told(each) if line.label == "Compare"]
    assert compared
    assert [text for text in compared if "” = " not in text] == []


def test_no_line_fills() -> None:
    lines = [line for each in questions() for line in told(each)]
    assert all(line.text for line in lines)
    assert [line for line in lines if _FILLER.search(line.text)] == []


def test_what_a_piece_of_an_answer_does_show_is_said_in_place_of_the_general_sentence() -> None:
    point = Point(id="p", text="Asks first", shows="I asked.", claims="I'm fair.", misses="I packed the van.")
    told_of = replace(point, claims_why="It says what they are.", misses_why="It shows that they packed.")
    stand_in = replace(told_of, misses=None)

    def answers(asked: Point) -> dict[str, str]:
        question = InterviewQuestion(
            id="q", ask="Q?", points=(asked, Point(id="o", text="O", shows="I rang.", claims="C"))
        )
        sheet = Sheet(format=1, id="s", name="S", questions=(question,))
        card = next(card for card in cards(sheet, Sheets.of({"s": sheet})) if card.aspect == "p")
        return {way.key: card.ask(way, 0, random.Random(1)).answer for way in card.ways()}

    assert answers(told_of)["claims"] == "It is only claimed. It says what they are."
    assert answers(told_of)["misses"] == "It is missing. It shows that they packed."
    assert answers(told_of)["shows"] == answers(point)["shows"]
    assert answers(stand_in)["misses"] == answers(point)["misses"]  # the reason is of another snippet


def test_what_to_ask_next_of_a_red_flag_is_told_with_it_and_with_its_look_alikes() -> None:
    found = next(card for card in shipped().cards.values() if isinstance(card, FlagCard))
    probe = "Who was told, and when?"
    card = replace(found, flag=replace(found.flag, probe=probe))
    for way in card.ways():
        told = {line.label: line.text for line in card.ask(way, 0, random.Random(1)).lines}
        assert told["Ask next"] == probe
    silent = replace(found, flag=replace(found.flag, probe=None))
    assert "Ask next" not in {line.label for line in silent.ask(card.ways()[0], 0, random.Random(1)).lines}
