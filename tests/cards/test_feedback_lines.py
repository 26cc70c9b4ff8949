"""What feedback says: something, or nothing."""

import random
import re

from tests.learners import shipped
from trainer.cards.card import Answer, Form, Line, Question
from trainer.cards.marking import mark

_FILLER = re.compile(r"It belongs to a strong answer|More than \d, less than")


def questions() -> list[Question]:
    cards = shipped().cards.values()
    return [card.ask(way, 2, random.Random(1)) for card in cards for way in card.ways()]


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
