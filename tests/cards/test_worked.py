"""The worked example: a 5 beside a 1, with what makes them so."""

import pytest
from msgspec.structs import replace

from trainer.cards.worked import worked_example
from trainer.material.sheet import Sheet

from .shipped import ASM, LIBRARY, ROLES


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.id)
def test_every_role_has_one_whose_strong_answer_shows_more(role: Sheet) -> None:
    worked = worked_example(role)
    assert worked is not None
    best, worst = worked.answers
    assert (best.score, worst.score) == (5, 1)
    assert len(best.shown) > len(worst.shown)
    assert all(words in best.text for _, words in best.shown)
    assert best.why
    assert worst.why


def test_a_sheet_without_such_a_pair_has_none() -> None:
    assert worked_example(LIBRARY.sheets["theatre-vocabulary"]) is None
    weak = tuple(
        replace(question, answers=tuple(each for each in question.answers if each.score < 5))
        for question in ASM.questions
    )
    assert worked_example(replace(ASM, questions=weak)) is None
