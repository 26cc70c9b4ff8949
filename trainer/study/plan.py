"""What to ask today, and in which order."""

from collections import deque
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from trainer.cards.decks import DECKS
from trainer.memory.schedule import Schedule
from trainer.memory.state import Day, DayTotals
from trainer.study.recorder import Recorder

if TYPE_CHECKING:
    from trainer.cards.card import Card

NEW_A_DAY = 10
NEW_MS_A_DAY = 6 * 60_000
"""New cards end for today at ten, or when six minutes went into first meetings."""

MORE_NEW = 10
"""New cards that "more new" brings, beyond the day's dose."""

QUIZ_LENGTH = 10
SIBLING_GAP = 4
"""Other cards between two aspects of one item, if there are as many."""

_USUAL_MS = 25_000
"""How long a question with its feedback takes, until the learner's own pace is known."""

_PACE_FROM = 10
"""Answers of a day that tell a pace."""


class Listed(Protocol):
    """What tells whether a card can be asked on a day: a card, or its outline."""

    @property
    def id(self) -> str:
        """The card's identity."""

    @property
    def after(self) -> tuple[str, ...]:
        """Ids of cards to be met first."""


_Listed = TypeVar("_Listed", bound=Listed)


def due_cards(cards: Iterable[_Listed], record: Recorder, day: Day) -> list[_Listed]:
    """Return the cards to review on `day`, in the order given."""
    return [
        card
        for card in cards
        if (state := record.state(card.id)) and state.due <= day and not record.marks(card.id).away(day)
    ]


def new_cards(cards: Iterable[_Listed], record: Recorder, day: Day) -> list[_Listed]:
    """Return the cards that can be met next: never asked, and all that belong before them met."""
    return [
        card
        for card in cards
        if record.state(card.id) is None
        and not record.marks(card.id).away(day)
        and all(record.state(before) for before in card.after)
    ]


def new_allowance(totals: DayTotals) -> int:
    """Return how many new cards a day has still room for, by count and by time."""
    if not totals.new:
        return NEW_A_DAY
    time_left = max(0, NEW_MS_A_DAY - totals.new_ms)
    return max(0, min(NEW_A_DAY - totals.new, time_left * totals.new // max(1, totals.new_ms)))


def plan_study(  # noqa: PLR0913 — each is a choice of its own
    cards: Sequence["Card"],
    record: Recorder,
    schedule: Schedule,
    day: Day,
    *,
    limit: int | None = None,
    new: int | None = None,
) -> list["Card"]:
    """Return a session: what is due, the most likely forgotten first, then new cards.

    `limit` is the most cards in all. `new` is the number of new cards; without it the rest of
    the day's dose is taken.
    """
    due = sorted(due_cards(cards, record, day), key=lambda card: _recall(card, record, schedule, day))
    if limit is not None:
        due = due[:limit]
    allowed = new_allowance(record.totals(day)) if new is None else new
    if limit is not None:
        allowed = min(allowed, limit - len(due))
    fresh = _in_turns(new_cards(cards, record, day))[: max(0, allowed)]
    return _siblings_apart(_mixed_by_deck(due) + fresh)


def plan_quiz(
    cards: Sequence["Card"], record: Recorder, schedule: Schedule, day: Day, *, count: int = QUIZ_LENGTH
) -> list["Card"]:
    """Return a quick quiz: what is most likely forgotten by now, filled up with new cards."""
    met = [card for card in cards if record.state(card.id) and not record.marks(card.id).away(day)]
    weakest = sorted(met, key=lambda card: _recall(card, record, schedule, day))[:count]
    fresh = _in_turns(new_cards(cards, record, day))[: count - len(weakest)]
    return _siblings_apart(_mixed_by_deck(weakest) + fresh)


def minutes_for(count: int, pace: DayTotals) -> int:
    """Return the minutes, at least 1 for any card at all, that so many cards take at a day's pace."""
    each = _USUAL_MS if pace.reviews < _PACE_FROM else max(5_000, 2 * pace.ms // pace.reviews)
    return max(1, round(count * each / 60_000)) if count else 0


def _recall(card: "Card", record: Recorder, schedule: Schedule, day: Day) -> float:
    state = record.state(card.id)
    return schedule.recall(state, day) if state else 0.0


def _in_turns(cards: Iterable["Card"]) -> list["Card"]:
    """Return cards in the author's order within a deck, a card of each deck in turn."""
    decks = {key: deque["Card"]() for key in sorted(DECKS, key=lambda key: DECKS[key].turn)}
    for card in cards:
        decks[card.deck].append(card)
    ordered: list[Card] = []
    while any(decks.values()):
        ordered += [deck.popleft() for deck in decks.values() if deck]
    return ordered


def _mixed_by_deck(cards: Sequence["Card"]) -> list["Card"]:
    """Spread each deck evenly over the whole, and keep the order within it."""
    by_deck: dict[str, list[Card]] = {}
    for card in cards:
        by_deck.setdefault(card.deck, []).append(card)
    placed = [((i + 0.5) / len(deck), card) for deck in by_deck.values() for i, card in enumerate(deck)]
    return [card for _, card in sorted(placed, key=lambda place: place[0])]


def _siblings_apart(cards: Sequence["Card"]) -> list["Card"]:
    waiting = list(cards)
    ordered: list[Card] = []
    while waiting:
        near = {card.family for card in ordered[-SIBLING_GAP:]}
        card = next((card for card in waiting if card.family not in near), None)
        if card:
            ordered.append(card)
        else:
            card = waiting[0]
            ordered.insert(_place_apart(card, ordered), card)
        waiting.remove(card)
    return ordered


def _place_apart(card: "Card", ordered: Sequence["Card"]) -> int:
    """Return the last place from which no sibling is near, or the end if there is none."""
    for place in range(len(ordered), -1, -1):
        around = ordered[max(0, place - SIBLING_GAP) : place + SIBLING_GAP]
        if card.family not in {other.family for other in around}:
            return place
    return len(ordered)
