"""What gives an answer away is named, and only that."""

import pytest
from msgspec.structs import replace

from trainer.cards.giveaways import giveaways
from trainer.material.questions import InterviewQuestion, RedFlag, SampleAnswer
from trainer.material.sheet import Indicator, Level, Sheet, UnclearLine

from .shipped import ASM

LEVELS = (Level(id="a", name="A", indicators=(Indicator(id="i", text="I", variants=("1", "2", "3", "4")),)),)
NOTHING = UnclearLine(id="u", text="One", variants=("Two",), why="W")
FLAG = RedFlag(id="late", text="Late", evidence=("Ten past.",), look_alike=("Once.", "Never."))
ANSWERS = tuple(
    SampleAnswer(id=f"a{score}", text="I counted every sword twice a night.", score=score, flags=("late",))
    for score in (1, 2, 4)
)
ANCHOR = "Counts swords in a way that others could check, every night."
QUESTION = InterviewQuestion(
    id="q", ask="Q?", anchors={5: "Says how, and what came of it afterwards."}, answers=ANSWERS
)
SHEET = Sheet(
    format=1, id="s", name="S", levels=LEVELS, unclear=(NOTHING,), red_flags=(FLAG,), questions=(QUESTION,)
)
LOW = replace(QUESTION, answers=ANSWERS[:2])


def said(sheet: Sheet) -> list[str]:
    return [f"{remark.way}: {remark.text}" for remark in giveaways(sheet)]


def test_a_sheet_that_gives_nothing_away_gives_no_remark() -> None:
    assert said(SHEET) == []
    assert said(replace(SHEET, unclear=(), levels=())) == []


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        (
            replace(SHEET, unclear=(replace(NOTHING, variants=()),)),
            "unclear lines: 1 of 5 lines of a résumé prove nothing",
        ),
        (
            replace(SHEET, red_flags=(replace(FLAG, look_alike="Once."),)),
            'red flag "late": it has fewer than two look-alikes',
        ),
        (
            replace(SHEET, questions=(LOW,)),
            'red flag "late": all 2 answers that raise it are worth',
        ),
        (
            replace(SHEET, questions=(replace(QUESTION, anchors={5: ANCHOR}),)),
            'question "q" › anchors 5: it shares 4 of its 8 words with the answer "a4"',
        ),
    ],
)
def test_what_gives_an_answer_away_is_named_by_its_way(sheet: Sheet, told: str) -> None:
    [remark] = said(sheet)
    assert remark.startswith(told)


def test_a_flag_of_safety_may_be_on_low_scores_alone() -> None:
    assert said(replace(SHEET, questions=(LOW,), red_flags=(replace(FLAG, safety=True),))) == []


def test_the_first_role_gives_nothing_away() -> None:
    assert said(ASM) == []
