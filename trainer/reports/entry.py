"""All that is known of one card: what it asks, what is right and why, and what the learner made of it."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from trainer.cards.card import Card, Question
from trainer.humanize import count, dated, in_days
from trainer.memory.state import DOUBTS, CardState, Day, Marks, Rating, Review
from trainer.progress.progress import Progress
from trainer.progress.valid import given_at
from trainer.reports.browse import MISSED, is_hard, missed_on, recall_in_words, standing_of
from trainer.reports.marks import marked_question

_LAST = 12
"""Answers that are told one by one at most."""
_CONFUSIONS = 3
"""Confusions that are told at most."""


class Told(Struct, frozen=True, kw_only=True):
    """An answer, or something else that happened to a card, in words."""

    when: str
    what: str
    back: str = ""
    """When it was to come back, as the learner was told then."""


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
    ways: tuple[str, ...] = ()
    """What else it asks, of what was asked already: how many ways there are, then each in a line."""
    hard: tuple[str, ...] = ()
    """Why it is hard, a sentence each: it does not stick, what was taken for what."""
    marks: tuple[str, ...] = ()
    """What the learner said of it, a sentence each."""
    history: str = ""
    """What was answered, in a sentence."""
    answers: tuple[Told, ...] = ()
    """The last answers, the newest first."""
    earlier: int = 0
    """Answers before those."""
    stands: str
    """How far it has come, and how surely it is remembered."""
    comes: str
    """When it comes next, in a sentence."""


def card_entry(id_: str, card: Card | None, progress: Progress, day: Day) -> CardEntry:
    """Return the entry of a card; None for one that is in no sheet. Raises ProgressError."""
    marks, state = progress.marks(id_), progress.state(id_)
    question = marked_question(card, progress, marks.way) if card else None
    history = progress.history_of(id_)
    told = _told(history, progress.forgotten_at(id_), day)
    return CardEntry(
        card=id_,
        topic=card.topic if card else "",
        asks=_asks(question) if question else (),
        answer=question.answer if question else "",
        lines=tuple((line.label, line.text) for line in question.lines) if question else (),
        ways=tuple(_ways(card, question, state)) if card and question and state else (),
        hard=tuple(_hard(card, state, list(history.values()))),
        marks=tuple(_marked(marks, day)),
        history=_summary(history, day) if state and history else "",
        answers=tuple(told[:_LAST]),
        earlier=max(0, len(told) - _LAST),
        stands=_stands(progress, state, day),
        comes=_comes(progress, id_, day, there=card is not None),
    )


def _asks(question: Question) -> tuple[str, ...]:
    return tuple(part for part in (question.intro, question.text, question.prompt) if part)


def _ways(card: Card, shown: Question, state: CardState) -> Iterator[str]:
    """Tell what else was asked; what was not is not told: a line that was never seen is to stay so."""
    ways = card.ways()
    asked = [way for way in ways if way.key in state.seen]
    others = [way for way in asked if way.key != shown.way.key]
    if len(ways) > 1:
        yield f"It is asked in {count(len(ways), 'way')}, of which you have met {len(asked)}."
    for way in others:
        question = card.ask(way, max(way.stages), random.Random(card.id))
        yield " ".join(f"{question.prompt} {question.text}".split())


def _hard(card: Card | None, state: CardState | None, history: Sequence[Review]) -> Iterator[str]:
    """Tell why it is hard: how often it was missed, and what was taken for what."""
    if state and is_hard(state):
        yield f"It does not stick: missed {count(state.lapses, 'time')} after you had met it."
    if card is None:
        return
    chosen = [
        (review.variant, review.chosen[0]) for review in history if review.missed and len(review.chosen) == 1
    ]
    mistakes = Counter(words for way, option in chosen if (words := card.mistake(way, option)))
    for words, times in mistakes.most_common(_CONFUSIONS):
        yield f"You {words}{'' if times == 1 else f', {times} times'}."


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


def _summary(history: Mapping[int, Review], day: Day) -> str:
    """Tell what was answered since the card was met, or met again after it was forgotten."""
    reviews = list(history.values())
    begun = max((i for i, review in enumerate(reviews) if review.anew), default=0)
    met, *since = reviews[begun:]
    tried = [review for review in since if not review.repeat]
    right = sum(review.right for review in tried)
    words = f"Met on {dated(met.day, day)}"
    return f"{words}, tried {count(len(tried), 'time')} since: {right} right." if tried else f"{words}."


def _told(history: Mapping[int, Review], forgotten: Sequence[int], day: Day) -> list[Told]:
    """Tell what happened to the card, the newest first."""
    first = next(iter(history), None)
    told = {
        id_: Told(
            when=dated(review.day, day),
            what=_outcome(review, first=review.anew or id_ == first),
            back="" if review.repeat else f"back {in_days(review.given)}",
        )
        for id_, review in history.items()
    }
    for id_ in forgotten:
        at = given_at(id_)
        told[id_] = Told(
            when=dated(at.astimezone().date(), day) if at else "", what="forgotten, to begin anew"
        )
    return [told[id_] for id_ in sorted(told, reverse=True)]


def _outcome(review: Review, *, first: bool) -> str:
    words = "right" if review.right else "missed"
    if review.guess:
        words = "right, by a guess"
    elif review.right and review.hint:
        words = "right, with the hint"
    elif review.rating is Rating.HARD:
        words = "nearly right"
    elif review.rating is Rating.EASY:
        words = "too easy"
    if first:
        return f"met: {words}"
    return f"again the same day: {words}" if review.repeat else words


def _stands(progress: Progress, state: CardState | None, day: Day) -> str:
    standing = standing_of(state)
    if state is None:
        return standing
    known = MISSED if missed_on(state, day) else recall_in_words(progress.schedule.known(state, day))
    return f"{standing}, {known}"


def _comes(progress: Progress, id_: str, day: Day, *, there: bool) -> str:
    state, marks = progress.state(id_), progress.marks(id_)
    if not there:
        return "It is in no sheet any more, so it is not asked."
    if marks.suspended:
        return "It is not asked until you bring it back."
    if marks.buried == day:
        return "It is asked again from tomorrow on."
    if state is None:
        return "You have not met it yet." if not progress.forgotten_at(id_) else "It is asked as a new card."
    return f"It comes back {in_days((state.due - day).days)}." if state.due > day else "It is due now."
