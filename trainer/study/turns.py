"""The values that a session passes on: a turn, an answer given, the feedback on it."""

from collections.abc import Container, Iterable, Iterator
from datetime import datetime
from enum import Enum

from msgspec import Struct

from trainer.cards.card import Answer, Card, Form, Line, Question, Quote
from trainer.cards.marking import COMPARE, Mark, reasons
from trainer.memory.state import CardState, Marks, Rating, Review

LEECH_LAPSES = 4
"""After so many lapses, and again after so many more, a card is one that does not stick."""


class Phase(Enum):
    """What a session waits for."""

    QUESTION = "question"
    FEEDBACK = "feedback"
    DONE = "done"


class Turn(Struct, frozen=True):
    """A card that waits to be asked."""

    card: Card
    misses: int = 0
    """How often it was missed in this session; above 0 it is a repeat."""
    asked: str = ""
    """The way in which it was asked last."""

    @property
    def repeat(self) -> bool:
        """Whether it was asked in this session before."""
        return self.misses > 0


class Feedback(Struct, frozen=True):
    """What there is to say of an answer."""

    question: Question
    answer: Answer
    mark: Mark
    first_meeting: bool
    repeat: bool
    days: int
    """Days until the card is due again."""
    back_today: bool
    """Whether it comes back in this session, if that goes on to its last card."""
    in_time: bool = True
    """Whether it surely does so before the minutes are over."""
    waits: bool = False
    """Whether it comes first in another session of today: it was missed, and nothing else was left."""
    learned: bool = True
    """Whether it comes back by itself: it is of a role that is learned, or planned towards an interview."""
    leech: bool = False
    """Whether it was missed often enough, after it was met, to offer a way out: every fourth time."""
    withheld: frozenset[Quote] = frozenset()
    """What is yet to be asked in this session and in no other way: no line that quotes it is told."""
    interview: datetime | None = None
    """The hour of the interview towards which the card is planned, whenever it is due; None for none."""
    days_to_interview: int = 0
    """Study days until then; 0 on its day."""
    said: frozenset[str] = frozenset()
    """The labels of lines that this session has said, and that are said but once."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """What to teach: first on this answer, then on the other options, then on the question."""
        lines = (*self.mark.lines, *self._others, *self.question.lines)
        told = (line for line in lines if not (line.once and line.label in self.said))
        return tuple(line for line in told if self.withheld.isdisjoint(line.quotes))

    @property
    def _others(self) -> Iterator[Line]:
        """Yield why the wrong options that were not chosen are wrong."""
        if self.question.form is Form.CHOOSE:
            for position, option in enumerate(self.question.options):
                if not option.right and position not in self.answer.chosen:
                    yield from (line for line in reasons(self.question, position) if line.label != COMPARE)


class Place(Struct, frozen=True):
    """Where a session stands before an answer: all that undo has to bring back."""

    turn: Turn
    queue: tuple[Turn, ...]
    question: Question


class Attempt(Struct, frozen=True):
    """An answer on its way to be marked and kept."""

    place: Place
    answer: Answer
    before: CardState | None
    """The card's state before it."""
    at: datetime
    ms: int
    spent: int
    """Milliseconds since the answer before, feedback included."""


class Answered(Struct, frozen=True):
    """An answer that was kept."""

    attempt: Attempt
    id: int
    review: Review
    feedback: Feedback


class PutAway(Struct, frozen=True):
    """A card that the learner suspended or put off."""

    place: Place
    card: str
    marks: Marks
    feedback: Feedback | None


def is_leech(before: CardState | None, review: Review) -> bool:
    """Return whether a review makes a card one that does not stick; `before` is its state until then."""
    if before is None or review.repeat or review.rating is not Rating.AGAIN:
        return False
    return (before.lapses + 1) % LEECH_LAPSES == 0


def quoted_with(question: Question) -> set[str]:
    """Return the ids of the cards whose texts the feedback on a question may quote."""
    quotes = [line.quotes for line in question.lines] + [option.quotes for option in question.options]
    return {card for each in quotes for card, _ in each}


def asked_in_one_way(queue: Iterable[Turn], cards: Container[str]) -> frozenset[Quote]:
    """Return the ways of the cards, of some, that wait and can't be asked in another way."""
    ways = ((turn.card.id, turn.card.ways()) for turn in queue if turn.card.id in cards)
    return frozenset((card, only[0].key) for card, only in ways if len(only) == 1)
