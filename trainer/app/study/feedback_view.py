"""What a card says once it was answered."""

from textual.content import Content

from trainer.app.kit.layout import BLANK, hanging, labelled, text
from trainer.app.kit.phrases import count, in_days, said, without_end
from trainer.app.kit.row_list import Row
from trainer.app.study.rating_view import compared_rows
from trainer.cards.card import Form, Question
from trainer.memory.state import Rating
from trainer.study.turns import Feedback

FEEDBACK = "feedback"
"""The place of these lines."""


def feedback_rows(feedback: Feedback, width: int, *, another: str) -> list[Row]:
    """Lay out the feedback: the mark, the right answer, why, and when the card comes back.

    `another` says as what it comes back in this session: another "line"; empty for the same.
    """
    sign, word, style = _headline(feedback)
    head = Content.styled(f"{sign} ", style)
    words = Content.assemble((word, style), " ", said(_told(feedback), "bold $strong"))
    rows = hanging(head, words, width)
    if sample := feedback.question.sample:
        given, new = feedback.answer.judgement, feedback.first_meeting
        rows += [BLANK, *compared_rows(sample, given, width, new=new)]
    if lines := _told_once(feedback):
        rows += [BLANK, *labelled(lines, width)]
    rows += [BLANK, *text(_comes_back(feedback, another), width, "$quiet")]
    return [Row(row.content, place=FEEDBACK) for row in rows]


def enough_rows(width: int) -> list[Row]:
    """Say that the day's goal is reached, and what one can do now."""
    rows = text("That is enough for today. Enter leaves it at that, m goes on.", width, "bold $right")
    return [Row(row.content, place=FEEDBACK) for row in (BLANK, *rows)]


def _told(feedback: Feedback) -> str:
    """Return the right answer; of a rating and a recall how near it came, for the points stand above."""
    question, answer = feedback.question, feedback.answer
    if question.sample:
        return question.sample.beside(answer.judgement)
    if question.form is Form.RECALL:
        return f"{len(answer.chosen)} of {count(len(question.options), 'point')} named."
    return _answer(question)


def _answer(question: Question) -> str:
    """Return the answer, without a long text that stands in full just above: an option, or what was asked."""
    right = [(i, option.text) for i, option in enumerate(question.options, start=1) if option.right]
    if question.form is Form.CHOOSE and len(right) == 1:
        number, option = right[0]
        head = without_end(question.answer, option)
        if head != question.answer:
            return f"{head or 'It'} is answer {number}."
    return without_end(question.answer, question.text) or question.answer


def _told_once(feedback: Feedback) -> list[tuple[str, str]]:
    """Return the labelled lines; a reason that stands for two of them is given with the first."""
    told: dict[str, str] = {_told(feedback): ""}
    for line in feedback.lines:
        told.setdefault(line.text, line.label)
    return [(label, words) for words, label in told.items() if label]


def _headline(feedback: Feedback) -> tuple[str, str, str]:
    mark, answer = feedback.mark, feedback.answer
    if mark.lucky:
        return "✓", "Right, by a guess.", "$fresh"
    if mark.right:
        return "✓", _right(feedback), "$right"
    if feedback.first_meeting:
        return "○", "New to you." if feedback.question.sample else "New to you: now you know.", "$fresh"
    if answer.gave_up:
        return "○", "Now you know.", "$fresh"
    return (
        ("✗", "Missed.", "$wrong") if feedback.question.form is Form.FLIP else ("✗", "Not right.", "$wrong")
    )


def _right(feedback: Feedback) -> str:
    mark = feedback.mark
    if mark.rating is Rating.EASY:
        return "Right, and easy."
    if mark.flawed:
        return "Close." if feedback.question.sample else "Right, but for a slip."
    return "Right, with the hint." if feedback.answer.hint else "Right."


def _comes_back(feedback: Feedback, another: str) -> str:
    if feedback.back_today:
        return f"Comes back in a few cards{f', as another {another}' if another else ''}."
    return f"Comes back {in_days(feedback.days)}."
