"""Cards in print, for proofreading."""

from pathlib import Path

import pytest

from tests.ratings import RATE, RECALL, library
from trainer.cards.library import Library
from trainer.plain.listing import WIDTH, proof


@pytest.fixture
def made(tmp_path: Path) -> Library:
    return library(tmp_path)


def test_a_rating_prints_every_answer_with_its_reference(made: Library) -> None:
    printed = proof(made.cards[RATE])
    said = " ".join(printed.split())
    assert f"── {RATE} (added from the trade)" in said
    for answer in made.sheets["whole"].questions[0].answers:
        assert f"“{answer.text}”" in said
        assert answer.why
        assert f"Because: {answer.why}" in said
        for words in answer.words.values():
            assert f"“{words}”" in said
    assert "shown Says what comes first, and why “The child first”" in said
    assert "partly Shows calm by what they did “I thrive under pressure”" in said
    assert "flag Leaves the caller out of a safety decision “rather than" in said
    assert said.count("flags to look for: Leaves the caller") == 4
    assert "= Reference: 4, a yes (3 raters)." in said
    assert "Ask next: " in said
    assert max(map(len, printed.splitlines())) <= WIDTH


def test_a_recall_prints_its_points_with_an_example_each(made: Library) -> None:
    said = " ".join(proof(made.cards[RECALL]).split())
    assert "✓ Guards safety and the show – For example: “I told the caller: not clear, hold.”" in said
