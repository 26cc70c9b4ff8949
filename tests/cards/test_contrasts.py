"""Words that mean two things: the line tells which one."""

import random
from pathlib import Path

import pytest

from tests.material.sheets import HEAD, read
from trainer.cards.card import Answer, Form
from trainer.cards.contrasts import ContrastCard
from trainer.cards.library import library_of
from trainer.cards.marking import mark

PA = """
[[contrasts]]
id = "pa"
word = "PA"
sides = { stage = "The first rung of stage management", film = "A helper on a film set" }
difference = "A theatre has a run; a film has shooting days."
[[contrasts.lines]]
id = "run"
text = "PA on a new musical: script changes and a run of 60 shows"
means = "stage"
why = "A run of shows is theatre."
[[contrasts.lines]]
id = "takes"
text = "PA on a series: call sheets and quiet during takes"
means = "film"
why = "Takes are film."
"""


@pytest.fixture
def card(tmp_path: Path) -> ContrastCard:
    read(tmp_path, HEAD + PA)
    [card] = library_of([tmp_path / "sheet.toml"]).cards.values()
    assert isinstance(card, ContrastCard)
    return card


def test_each_line_is_a_way_to_ask_it(card: ContrastCard) -> None:
    assert card.id == "small/meanings/pa"
    assert {way.key for way in card.ways()} == {"run", "takes"}
    assert all(way.form is Form.CHOOSE for way in card.ways())


@pytest.mark.parametrize(("way", "right", "other"), [("run", "stage", "film"), ("takes", "film", "stage")])
def test_the_side_that_the_line_means_is_right_and_the_other_says_why_not(
    card: ContrastCard, way: str, right: str, other: str
) -> None:
    asked = next(each for each in card.ways() if each.key == way)
    question = card.ask(asked, 0, random.Random(1))
    line = next(line for line in card.contrast.lines if line.id == way)
    assert question.text == f"“{line.text}”"
    positions = {option.id: i for i, option in enumerate(question.options)}
    assert mark(question, Answer(chosen=frozenset({positions[right]}))).right
    missed = mark(question, Answer(chosen=frozenset({positions[other]})))
    assert not missed.right
    assert missed.lines[0].text == line.why
    other_line = next(each for each in card.contrast.lines if each.means == other)
    assert other_line.text in missed.lines[1].text, "a line that would have meant the other side"


def test_chance_decides_which_side_stands_first(card: ContrastCard) -> None:
    first = {card.ask(card.ways()[0], 0, random.Random(seed)).options[0].id for seed in range(20)}
    assert first == {"stage", "film"}


def test_a_contrast_without_lines_asks_nothing(tmp_path: Path) -> None:
    read(tmp_path, HEAD + PA.partition("[[contrasts.lines]]")[0])
    assert not library_of([tmp_path / "sheet.toml"]).cards
