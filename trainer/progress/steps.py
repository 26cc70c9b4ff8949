"""A step of a record: a review, what was known before it, and what changes with it or when it is undone."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from trainer.memory.schedule import Schedule
from trainer.memory.state import CardState, Day, DayTotals, Review
from trainer.progress import valid
from trainer.progress.documents import (
    Changes,
    Document,
    Forgetting,
    Undo,
    card_document,
    card_key,
    content_sum,
    day_key,
    document,
)
from trainer.progress.marks import UNMARKED, Marked
from trainer.progress.reviews import Reviews, StoredReview


class Step(NamedTuple):
    """A review, and what was known of its card and its day before it."""

    id: int
    review: Review
    tombstone: Undo
    """What takes it back."""
    state: CardState | None
    """What is remembered of the card once the review is taken back."""
    totals: DayTotals | None


@dataclass(frozen=True)
class Change:
    """What one line of the journal will change; None removes what was known."""

    reviews: dict[str, Document | None] = field(default_factory=dict)
    states: dict[str, CardState | None] = field(default_factory=dict)
    days: dict[Day, DayTotals | None] = field(default_factory=dict)

    def take_back(self, step: Step, id_: int) -> None:
        """Undo a step by a tombstone with an id."""
        self.reviews[str(id_)] = document(step.tombstone)
        self.states[step.review.card] = step.state
        self.days[step.review.day] = step.totals

    def encoded(self, marked: Mapping[str, Marked]) -> Changes:
        """Return it as documents; `marked` says by card what the recruiter said of them."""
        cards = {
            card_key(card): card_document(card, state, marked.get(card, UNMARKED))
            for card, state in self.states.items()
        }
        days = {
            day_key(day): None if totals is None else document(totals) for day, totals in self.days.items()
        }
        return {"reviews": self.reviews, "cards": cards, "days": days}


def last_review(reviews: Reviews) -> tuple[StoredReview, Review] | None:
    """Return the newest review that was not undone, checked. Raises what is in UNREADABLE."""
    found = reviews.last()
    if found is None:
        return None
    valid.check_review(str(found.id), bytes(found.encoded))
    return found, found.review()


def last_step(reviews: Reviews, schedule: Schedule, totals: Callable[[Day], DayTotals]) -> Step | None:
    """Return the newest review with what was known before it, None when there is no review.

    `totals` tells those of a day, the review among them. Raises what is in UNREADABLE.
    """
    newest = last_review(reviews)
    if newest is None:
        return None
    found, review = newest
    earlier = reviews.history_of(review.card)
    anew = earlier.pop(found.id).anew
    state = None if anew else schedule.replay(earlier)[0].get(review.card)
    before = totals(review.day).minus(review, first_meeting=state is None and not review.repeat)
    state = None if review.card in reviews.forgotten() else state  # since that review
    return Step(found.id, review, found.tombstone(), state, before if before.reviews else None)


class Forgotten(NamedTuple):
    """A card that was forgotten."""

    id: int
    """That of the line which says so."""
    card: str
    state: CardState
    """What was remembered of it before."""


def forget(change: Change, cards: Iterable[tuple[str, CardState]], id_: int) -> list[Forgotten]:
    """Forget cards of which something is remembered, by lines with the ids from one on; return them."""
    forgotten = [Forgotten(each, card, state) for each, (card, state) in enumerate(cards, id_)]
    for each in forgotten:
        change.reviews[str(each.id)] = document(Forgetting(each.card))
        change.states[each.card] = None
    return forgotten


def remember(change: Change, forgotten: Iterable[Forgotten], id_: int) -> None:
    """Take back that cards were forgotten, by tombstones with the ids from one on."""
    for each, was in enumerate(forgotten, id_):
        tombstone = Undo(was.id, content_sum(document(Forgetting(was.card))))
        change.reviews[str(each)] = document(tombstone)
        change.states[was.card] = was.state
