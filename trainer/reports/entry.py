"""All that is known of one card: what it asks, what is right and why, and what the learner made of it."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from trainer.cards.card import Card, Question
from trainer.humanize import count, in_days, short_date
from trainer.memory.state import DOUBTS, Day, Marks, Review
from trainer.progress.progress import Progress
from trainer.reports.marks import marked_question

_LAST = 5
"""Answers that are told one by one at most."""


class CardEntry(Struct, frozen=True, kw_only=True):
    """A card to be read, in words."""

    card: str
    """Its id."""
    topic: str
    """Deck and sheet; empty where the card is in no sheet any more."""
    asks: tuple[str, ...] = ()
    """What it asks, a paragraph each."""
    answer: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    """Why, each text with its label."""
    marks: tuple[str, ...] = ()
    """What the learner said of it, a sentence each."""
    history: tuple[str, ...] = ()
    """What was answered, a sentence each: all in one first, then the last answers, the newest first."""
    comes: str
    """When it comes next, in a sentence."""


def card_entry(id_: str, card: Card | None, progress: Progress, day: Day) -> CardEntry:
    """Return the entry of a card; None for one that is in no sheet. Raises ProgressError."""
    marks = progress.marks(id_)
    question = marked_question(card, progress, marks.way) if card else None
    return CardEntry(
        card=id_,
        topic=card.topic if card else "",
        asks=_asks(question) if question else (),
        answer=question.answer if question else "",
        lines=tuple((line.label, line.text) for line in question.lines) if question else (),
        marks=tuple(_marked(marks, day)),
        history=tuple(_answered(progress.history_of(id_))),
        comes=_comes(progress, id_, day, there=card is not None),
    )


def _asks(question: Question) -> tuple[str, ...]:
    return tuple(part for part in (question.intro, question.text, question.prompt) if part)


def _marked(marks: Marks, day: Day) -> Iterator[str]:
    if marks.star:
        yield "Starred."
    if marks.doubtful:
        why = DOUBTS.get(marks.reason, marks.reason)
        yield f"Doubtful: {why}." if why else "Doubtful."
    if marks.suspended:
        yield "Put away."
    elif marks.buried == day:
        yield "Put off until tomorrow."


def _answered(history: Mapping[int, Review]) -> Iterator[str]:
    reviews = list(history.values())
    if not reviews:
        return
    tried = [review for review in reviews[1:] if not review.repeat]
    met = f"Met on {short_date(reviews[0].day)}"
    right = sum(review.right for review in tried)
    yield f"{met}, tried {count(len(tried), 'time')} since: {right} right." if tried else f"{met}."
    for review in reversed(reviews[-_LAST:]):
        yield f"{short_date(review.day)}   {_outcome(review, first=review is reviews[0])}"


def _outcome(review: Review, *, first: bool) -> str:
    words = "right" if review.right else "missed"
    if review.guess:
        words = "right, by a guess"
    elif review.right and review.hint:
        words = "right, with the hint"
    if first:
        return f"met: {words}"
    return f"again the same day: {words}" if review.repeat else words


def _comes(progress: Progress, id_: str, day: Day, *, there: bool) -> str:
    state, marks = progress.state(id_), progress.marks(id_)
    if not there:
        return "It is in no sheet any more, so it is not asked."
    if marks.suspended:
        return "It is not asked until you bring it back."
    if marks.buried == day:
        return "It is asked again from tomorrow on."
    if state is None:
        return "You have not met it yet."
    return f"It comes back {in_days((state.due - day).days)}." if state.due > day else "It is due now."
