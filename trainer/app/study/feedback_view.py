"""What a card says once it was answered."""

from collections.abc import Sequence

from textual.content import Content

from trainer.app.kit.layout import BLANK, hanging, labelled, text
from trainer.app.kit.phrases import said
from trainer.app.kit.row_list import Row
from trainer.app.study.rating_view import compared_rows
from trainer.study.feedback import DOES_NOT_STICK, Tone, answer_in_short, comes_back, lines_told, verdict
from trainer.study.turns import Feedback

FEEDBACK = "feedback"
"""The place of these lines."""

_TONES = {
    Tone.RIGHT: ("✓", "$right"),
    Tone.LUCKY: ("✓", "$fresh"),
    Tone.NEW: ("○", "$fresh"),
    Tone.WRONG: ("✗", "$wrong"),
}


def feedback_rows(feedback: Feedback, width: int) -> list[Row]:
    """Lay out the feedback: the mark, the right answer, why, and when the card comes back."""
    tone, words = verdict(feedback)
    sign, style = _TONES[tone]
    told = Content.assemble((words, style), " ", said(answer_in_short(feedback), "bold $strong"))
    rows = hanging(Content.styled(f"{sign} ", style), told, width)
    if sample := feedback.question.sample:
        given, new = feedback.answer.judgement, feedback.first_meeting
        rows += [BLANK, *compared_rows(sample, given, width, new=new)]
    if lines := lines_told(feedback):
        rows += [BLANK, *labelled([(line.label, line.text) for line in lines], width)]
    rows += [BLANK, *text(comes_back(feedback), width, "$quiet")]
    return [Row(row.content, place=FEEDBACK) for row in rows]


def enough_rows(width: int) -> list[Row]:
    """Say that the day's goal is reached, and what one can do now."""
    rows = text("That is enough for today. Enter leaves it at that, m goes on.", width, "bold $right")
    return [Row(row.content, place=FEEDBACK) for row in (BLANK, *rows)]


def leech_rows(glosses: Sequence[str], width: int) -> list[Row]:
    """Say that a card is missed again and again, what one can do about it, and what its words mean."""
    told = f"{DOES_NOT_STICK} x puts it away, e shows its text and mends it, ! says what is wrong with it."
    rows = [BLANK, *text(told, width, "bold $key")]
    rows += text("Its words:", width, "$key") if glosses else []
    for gloss in glosses:
        rows += hanging(Content("    "), said(gloss), width)
    return [Row(row.content, place=FEEDBACK) for row in rows]
