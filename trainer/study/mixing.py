"""In which order cards are asked once it is known which: decks mixed, siblings apart."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

SIBLING_GAP = 4
"""Other cards between two aspects of one item, if there are as many."""


class InDeck(Protocol):
    """A card, or its outline."""

    @property
    def id(self) -> str:
        """The card's identity."""

    @property
    def deck(self) -> str:
        """The deck that it is in."""

    @property
    def after(self) -> tuple[str, ...]:
        """Ids of cards to be met first."""

    @property
    def uses(self) -> tuple[str, ...]:
        """Ids of the cards of words that its first question uses."""


_InDeck = TypeVar("_InDeck", bound=InDeck)


def mixed_by_deck(cards: Sequence[_InDeck]) -> list[_InDeck]:
    """Spread each deck evenly over the whole, and keep the order within it."""
    by_deck: dict[str, list[_InDeck]] = {}
    for card in cards:
        by_deck.setdefault(card.deck, []).append(card)
    placed = [((i + 0.5) / len(deck), card) for deck in by_deck.values() for i, card in enumerate(deck)]
    return [card for _, card in sorted(placed, key=lambda place: place[0])]


def siblings_apart(cards: Sequence[_InDeck]) -> list[_InDeck]:
    """Keep aspects of one item apart, and the order as far as that allows."""
    waiting = [(_family(card), card) for card in cards]
    ordered: list[tuple[str, _InDeck]] = []
    while waiting:
        near = {family for family, _ in ordered[-SIBLING_GAP:]}
        place = next((i for i, (family, _) in enumerate(waiting) if family not in near), None)
        if place is None:
            family, card = waiting.pop(0)
            before = {*card.after, *card.uses}
            first = max((i + 1 for i, (_, other) in enumerate(ordered) if other.id in before), default=0)
            ordered.insert(_place_apart(family, [each for each, _ in ordered], first), (family, card))
        else:
            ordered.append(waiting.pop(place))
    return [card for _, card in ordered]


def _place_apart(wanted: str, ordered: Sequence[str], first: int) -> int:
    """Return the last place from `first` on from which no sibling is near, or the end if there is none."""
    for place in range(len(ordered), first - 1, -1):
        if wanted not in ordered[max(0, place - SIBLING_GAP) : place + SIBLING_GAP]:
            return place
    return len(ordered)


def _family(card: InDeck) -> str:
    """Return the item that a card is an aspect of."""
    return card.id.partition(".")[0]
