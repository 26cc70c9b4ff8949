"""What a learner says of the answer just given: another mark in the place of the one that it got."""

from typing import NamedTuple

from msgspec.structs import replace

from trainer.cards.card import Answer
from trainer.cards.marking import Mark, mark
from trainer.memory.state import Rating
from trainer.study.turns import Answered


class Revision(NamedTuple):
    """An answer as it counts now."""

    answer: Answer
    mark: Mark


def as_guess(last: Answered) -> Revision | None:
    """Return a right answer as a guess; None if it was wrong or is one already."""
    if not last.feedback.mark.right or last.feedback.mark.lucky:
        return None
    answer = replace(last.feedback.answer, guess=True)
    return Revision(answer, mark(last.attempt.place.question, answer))


def as_right(last: Answered) -> Revision | None:
    """Return an answer as right, whatever the mark says; None if it is so already."""
    if last.feedback.mark.right and not last.feedback.mark.lucky:
        return None
    answer = replace(last.feedback.answer, guess=False)
    found = mark(last.attempt.place.question, answer)
    if not found.right:  # the learner knows better than the mark
        found = Mark(right=True, rating=Rating.HARD if answer.hint else Rating.GOOD, claimed=True)
    return Revision(answer, found)


def as_wrong(last: Answered) -> Revision | None:
    """Return an answer as wrong; None if it is so already."""
    if not last.feedback.mark.right and not last.feedback.mark.lucky:
        return None
    answer = replace(last.feedback.answer, guess=False)
    found = mark(last.attempt.place.question, answer)
    if found.right:
        found = Mark(right=False, rating=Rating.AGAIN, claimed=True, lines=found.lines)
    return Revision(answer, found)


def as_easy(last: Answered) -> Revision | None:
    """Return a right answer as Easy; None if it was wrong, a guess or a repeat."""
    if last.feedback.mark.rating in {Rating.AGAIN, Rating.EASY} or last.review.repeat:
        return None
    return Revision(last.feedback.answer, replace(last.feedback.mark, rating=Rating.EASY))
