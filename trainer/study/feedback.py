"""What there is to say of an answer, in the words of every front end: they only lay it out."""

from enum import Enum

from trainer.cards.card import Form, Line, Question
from trainer.humanize import count, in_days
from trainer.memory.state import Rating
from trainer.study.turns import Feedback

_LONG = 40
"""A text of so many characters is not said twice on one screen."""


DOES_NOT_STICK = "This card does not stick: you have missed it again and again."
"""What is said of a leech, before the ways out that a front end has."""


class Tone(Enum):
    """How a verdict is meant, so that a front end may give it a sign and a colour."""

    RIGHT = "right"
    LUCKY = "right by a guess"
    NEW = "not to be known yet, or given up"
    WRONG = "wrong"


def verdict(feedback: Feedback) -> tuple[Tone, str]:
    """Return the verdict as a sentence, and how it is meant."""
    mark, answer = feedback.mark, feedback.answer
    if mark.lucky:
        return Tone.LUCKY, "Right, by a guess."
    if mark.right:
        return Tone.RIGHT, _right(feedback)
    if feedback.first_meeting:
        return Tone.NEW, "New to you." if feedback.question.sample else "New to you: now you know."
    if answer.gave_up:
        return Tone.NEW, "Now you know."
    return Tone.WRONG, "Missed." if feedback.question.form is Form.FLIP else "Not right."


def _right(feedback: Feedback) -> str:
    mark = feedback.mark
    if mark.rating is Rating.EASY:
        return "Right, and easy."
    if mark.flawed:
        return "Close." if feedback.question.sample else "Right, but for a slip."
    return "Right, with the hint." if feedback.answer.hint else "Right."


def answer_in_full(feedback: Feedback) -> str:
    """Return the right answer; of a rating how near it came to the reference."""
    question, answer = feedback.question, feedback.answer
    if question.sample:
        return question.sample.beside(answer.judgement)
    if question.form is Form.RECALL:
        return f"{_named(feedback)}: {question.answer}"
    return question.answer


def answer_in_short(feedback: Feedback) -> str:
    """Return the right answer where the question is seen with it: without long texts that stand there."""
    question = feedback.question
    if question.sample:
        return answer_in_full(feedback)
    if question.form is Form.RECALL:
        return f"{_named(feedback)}."
    right = [(i, option.text) for i, option in enumerate(question.options, start=1) if option.right]
    if question.form is Form.CHOOSE and len(right) == 1:
        number, option = right[0]
        head = _without_end(question.answer, option)
        if head != question.answer:
            return f"{head or 'It'} is answer {number}."
    return answer_beside(question)


def answer_beside(question: Question) -> str:
    """Return the right answer beside the text of its question, without that text at its end if it is long."""
    return _without_end(question.answer, question.text) or question.answer


def lines_told(feedback: Feedback) -> list[Line]:
    """Return what to teach: a reason that stands for two of the lines is given with the first."""
    told = {answer_in_short(feedback): ""}
    for line in feedback.lines:
        told.setdefault(line.text, line.label)
    return [Line(label, text) for text, label in told.items() if label]


def comes_back(feedback: Feedback) -> str:
    """Return when the card comes back, and as what."""
    if feedback.back_today:
        another = comes_as(feedback.question)
        return f"Comes back in a few cards{f', as another {another}' if another else ''}."
    return f"Comes back {in_days(feedback.days)}."


def comes_as(question: Question) -> str:
    """Return what a repeat comes as: another "line" or "answer"; empty if it comes as the same."""
    if len(question.card.ways()) < 2:
        return ""
    return "line" if question.unseen_counts else "answer" if question.sample else ""


def _named(feedback: Feedback) -> str:
    points = count(len(feedback.question.options), "point")
    return f"{len(feedback.answer.chosen)} of {points} named"


def _without_end(answer: str, known: str) -> str:
    """Return an answer without what it ends with, if that is long and known already."""
    if len(known) < _LONG or not answer.endswith(known):
        return answer
    return answer.removesuffix(known).rstrip(": ")
