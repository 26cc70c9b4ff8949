"""The cards of a plan: what fills so many seconds, and in which order it is asked."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from trainer.study.mixing import InDeck, mixed_by_deck, siblings_apart


class Planned(Struct, frozen=True):
    """A card of a plan."""

    card: str
    seconds: float
    """What it is expected to take, feedback and repeats included."""
    misses: int = 0
    """How often it was missed today, for one that was left waiting: it comes as a repeat."""
    asked: str = ""
    """The way in which such a one was asked last."""


def filling(cards: Iterable[Planned], seconds: float) -> list[Planned]:
    """Return the first cards that fill so many seconds, to half a card."""
    taken: list[Planned] = []
    total = 0.0
    for card in cards:
        if total + card.seconds / 2 > seconds:
            break
        taken.append(card)
        total += card.seconds
    return taken


def at_most(limit: int, *parts: Sequence[Planned]) -> list[list[Planned]]:
    """Return the parts of a session cut to so many cards in all, the first parts whole."""
    cut = []
    for part in parts:
        cut.append([*part[: max(0, limit)]])
        limit -= len(part)
    return cut


def total(cards: Iterable[Planned]) -> float:
    """Return the seconds that cards are expected to take."""
    return sum(card.seconds for card in cards)


def mixed(
    reviews: Sequence[Planned],
    fresh: Sequence[Planned],
    cards: Iterable[InDeck],
    later: Sequence[Planned] = (),
    *,
    first: Sequence[Planned] = (),
) -> list[Planned]:
    """Mix reviews by deck, put new cards behind them and `later` reviews last, and keep siblings apart.

    What is `first` stands before all of these.
    """
    by_id = {card.id: card for card in cards}
    planned = {each.card: each for each in (*first, *reviews, *fresh, *later)}
    before, met, new, rest = ([by_id[each.card] for each in some] for some in (first, reviews, fresh, later))
    ordered = siblings_apart([*before, *mixed_by_deck(met), *new, *mixed_by_deck(rest)])
    return [planned[card.id] for card in ordered]
