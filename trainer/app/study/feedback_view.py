"""What a card says once it was answered."""

from collections.abc import Sequence

from textual.content import Content

from trainer.app.kit.layout import BLANK, apart, hanging, labelled, text
from trainer.app.kit.phrases import said
from trainer.app.kit.row_list import MARGIN, Row
from trainer.app.study.rating_view import compared_rows
from trainer.cards.card import Line
from trainer.study.feedback import (
    DOES_NOT_STICK,
    Tone,
    answer_in_short,
    comes_back,
    compared,
    scores,
    told_at_once,
    told_on_request,
    verdict,
)
from trainer.study.turns import Feedback

FEEDBACK = "feedback"
"""The place of these lines."""

_GAP = 3
"""Cells at least between what stands at the two ends of a line."""

ENOUGH = "That is enough for today. Enter leaves, m goes on."

_TONES = {
    Tone.RIGHT: ("✓", "$right"),
    Tone.LUCKY: ("✓", "$fresh"),
    Tone.NEW: ("○", "$fresh"),
    Tone.WRONG: ("✗", "$wrong"),
}


def feedback_rows(feedback: Feedback, width: int, *, whole: bool, enough: bool = False) -> list[Row]:
    """Lay out the feedback: the mark, the right answer, why, and when the card comes back.

    Unless it is the whole, only what is said at once. That it is `enough` for today stands near the top:
    there it is seen in a low window too.
    """
    tone, words = verdict(feedback)
    sign, style = _TONES[tone]
    answer = answer_in_short(feedback)
    told = Content.assemble((words, style), " " if answer else "", said(answer, "bold $strong"))
    rows = hanging(Content.styled(f"{sign} ", style), told, width)
    rows += _labelled(scores(feedback), width)
    rows += text(ENOUGH, width, "bold $right") if enough else []
    if pairs := compared(feedback, whole=whole):
        alone, new = feedback.answer.judgement is None, feedback.first_meeting
        rows += [BLANK, *compared_rows(pairs, width, alone=alone, new=new, words=whole)]
    lines = told_at_once(feedback, marked=True)
    lines += told_on_request(feedback) if whole else []
    if lines:
        rows += [BLANK, *_labelled(lines, width)]
    rows += [BLANK, *_comes_back(comes_back(feedback), width)]
    return [Row(row.content, place=FEEDBACK) for row in rows]


def _comes_back(told: str, width: int) -> list[Row]:
    """Say when the card comes back, and beside that, where there is room, how its words are looked up."""
    left, right = (
        said(f"{' ' * MARGIN}{told}", "$quiet"),
        Content.assemble(("l", "$key"), ("  look up a word", "$quiet")),
    )
    if left.cell_length + _GAP + right.cell_length > width:
        return text(told, width, "$quiet")
    return apart(left, right, width)


def _labelled(lines: list[Line], width: int) -> list[Row]:
    return labelled([(line.label, line.text) for line in lines], width)


def leech_rows(glosses: Sequence[str], width: int, *, can_edit: bool = True) -> list[Row]:
    """Say that a card is missed again and again, what one can do about it, and what its words mean."""
    mends = ", e shows its text and mends it" if can_edit else ""
    told = f"{DOES_NOT_STICK} x puts it away{mends}, ! says what is wrong with it."
    rows = [BLANK, *text(told, width, "bold $key")]
    rows += text("Its words:", width, "$key") if glosses else []
    for gloss in glosses:
        rows += hanging(Content("    "), said(gloss), width)
    return [Row(row.content, place=FEEDBACK) for row in rows]
