"""Where a learner stands today: what to review, what is new, what is learned."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from msgspec import Struct

from trainer.cards.decks import DECKS
from trainer.memory.state import Day, DayTotals
from trainer.progress.progress import Progress
from trainer.study.plan import Listed, due_cards, minutes_for, new_allowance, new_cards

LEARNED_AFTER = 3
"""Right at first try on so many different days since the last miss."""


class ListedInDeck(Listed, Protocol):
    """A card, or its outline."""

    @property
    def deck(self) -> str:
        """The deck that it is in."""


class Tally(Struct, frozen=True, kw_only=True):
    """The cards of a deck, counted."""

    cards: int
    new: int
    """Never met."""
    due: int
    right_days: tuple[int, int, int]
    """Cards right on exactly one day, on two, and on three or more: the last are learned."""

    @property
    def learned(self) -> int:
        """Cards right on three days or more."""
        return self.right_days[-1]


class Overview(Struct, frozen=True, kw_only=True):
    """What the first screen tells."""

    due: int
    new: int
    """New cards that a session of today would bring."""
    more_new: int
    """New cards beyond today's dose."""
    minutes: int
    decks: dict[str, Tally]
    """By the name of the deck, over all sheets."""
    next_due: Day | None
    """When the next card is due after today."""
    unseen: int
    """Lines never seen before that were asked on cards met before, ever."""
    unseen_right: int
    today: DayTotals


def tally(cards: Sequence[Listed], progress: Progress, day: Day) -> Tally:
    """Count cards by how far they have come; suspended and put off ones are not due."""
    states = [state for card in cards if (state := progress.state(card.id))]
    days = [min(state.right_days, LEARNED_AFTER) for state in states]
    return Tally(
        cards=len(cards),
        new=len(cards) - len(states),
        due=len(due_cards(cards, progress, day)),
        right_days=(days.count(1), days.count(2), days.count(3)),
    )


def overview(cards: Iterable[ListedInDeck], progress: Progress, day: Day) -> Overview:
    """Return where a learner stands on a day with these cards."""
    by_deck: dict[str, list[ListedInDeck]] = {key: [] for key in DECKS}
    for card in cards:
        by_deck[card.deck].append(card)
    cards = [card for deck in by_deck.values() for card in deck]
    decks = {key: tally(deck, progress, day) for key, deck in by_deck.items()}
    today = progress.totals(day)
    due = sum(deck.due for deck in decks.values())
    waiting = len(new_cards(cards, progress, day))
    new = min(new_allowance(today), waiting)
    later = [state.due for card in cards if (state := progress.state(card.id)) and state.due > day]
    return Overview(
        due=due,
        new=new,
        more_new=waiting - new,
        minutes=minutes_for(due + new, today),
        decks=decks,
        next_due=min(later, default=None),
        unseen=sum(totals.unseen for totals in progress.days.values()),
        unseen_right=sum(totals.unseen_right for totals in progress.days.values()),
        today=today,
    )
