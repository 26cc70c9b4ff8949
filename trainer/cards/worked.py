"""A worked example of rating: a strong and a weak answer to one question, with what makes them so.

Frame-of-reference training begins with such a pair: see `rating`.
"""

from collections.abc import Iterable

from msgspec import Struct

from trainer.material.questions import InterviewQuestion, SampleAnswer
from trainer.material.sheet import Sheet

BEST, WORST = 5, 1


def has_rated(cards: Iterable[str]) -> bool:
    """Return whether one who has met these cards, by their ids, has rated a whole answer."""
    return any(id_.endswith(".rate") for id_ in cards)


class WorkedAnswer(Struct, frozen=True):
    """An answer with what it is worth."""

    text: str
    score: int
    worth: str
    """What such a score stands for, in general or for this question; may be empty."""
    why: str
    shown: tuple[tuple[str, str], ...]
    """Each point that it shows, with the words that show it."""


class Worked(Struct, frozen=True):
    """A question with its best and its worst answer."""

    ask: str
    answers: tuple[WorkedAnswer, ...]
    """The best one first."""


def worked_example(sheet: Sheet) -> Worked | None:
    """Return an example from a sheet, None if it has no 5 beside a 1.

    It is of the question that is rated last, so that what was told is half forgotten by then.
    """
    for question in reversed(sheet.questions):
        best, worst = _with_score(question, BEST), _with_score(question, WORST)
        if best and worst:
            return Worked(question.ask, (_worked(question, best), _worked(question, worst)))
    return None


def _with_score(question: InterviewQuestion, score: int) -> SampleAnswer | None:
    return next((answer for answer in question.answers if answer.score == score), None)


def _worked(question: InterviewQuestion, answer: SampleAnswer) -> WorkedAnswer:
    shown = tuple(
        (point.text, answer.words.get(point.id, ""))
        for point in question.points
        if answer.points.get(point.id) == "shown"
    )
    worth = question.anchors.get(answer.score, "")
    return WorkedAnswer(answer.text, answer.score, worth, answer.why or "", shown)
