"""The order of teaching: in which order cards are met that never were.

First what the learner starred; then the words of the stage that everybody needs; then, role after role,
words, titles, levels and answers in turn. A word that a card's first question uses comes before the card.
"""

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import cycle
from typing import Generic, Protocol, TypeVar

from trainer.cards.decks import DECKS
from trainer.cards.roles import sheet_id
from trainer.study.mixing import InDeck

WORDS = "meanings"
"""The deck whose cards teach words."""

OFTEN = "answers"
"""The deck that has a turn between any two others: half of a role's cards are in it, and a whole answer comes
after its parts."""


class Listed(InDeck, Protocol):
    """What tells whether a card can be asked, and when it is to be met: a card, or its outline."""

    @property
    def basic(self) -> bool:
        """Whether it is one of the words of the stage that everybody learns first."""


_Listed = TypeVar("_Listed", bound=Listed)


def _none(_: str) -> bool:
    return False


def teaching_order(
    cards: Iterable[_Listed],
    met: Callable[[str], bool],
    roles: Sequence[str] = (),
    *,
    wanted: Callable[[str], bool] = _none,
) -> list[_Listed]:
    """Return the cards that were never met, in the order in which they are to be.

    `cards` are the met ones too: so the order is the same however many of it a day takes from the front.
    `met` tells by its id whether a card was met, or never will be as it is put away. `roles` are ids of
    sheets in the learner's order; others follow as they come. `wanted` tells of a card that
    it is to come before all others: one that was starred before it was met, as a word of a résumé. What a
    card is `after` stands before it; a card after what can't be met is left out.
    """
    listed = list(cards)
    order = _Order(listed, met)
    for card in listed:
        if wanted(card.id) and not order.is_blocked(card):
            order.place(card)
    for card in listed:
        if card.basic:
            order.place(card)
    sheets: dict[str, list[_Listed]] = defaultdict(list)
    for card in listed:
        sheets[sheet_id(card.id)].append(card)
    vocabularies = {id_ for id_, own in sheets.items() if all(card.deck == WORDS for card in own)}
    words = [card for id_, own in sheets.items() if id_ in vocabularies for card in own]
    chosen = [role for role in dict.fromkeys(roles) if role in sheets.keys() - vocabularies]
    others = [id_ for id_ in sheets if id_ not in {*chosen, *vocabularies}]
    for role in (*chosen, *others):
        order.place_in_turn(sheets[role], words)
    order.place_in_turn(words, ())
    free = (card for card in order.left if all(map(met, card.after)))  # what it is after was met out of order
    return [card for card in (*order.placed, *free) if not met(card.id)]


class _Order(Generic[_Listed]):
    """Cards that wait for a place, and those that were put in order."""

    def __init__(self, cards: Sequence[_Listed], met: Callable[[str], bool]) -> None:
        self.placed: list[_Listed] = []
        self._waiting = {card.id: card for card in cards}
        self._blocked: dict[str, int] = {}
        """By id, how many cards still have to come before it."""
        self._blocking: dict[str, list[str]] = defaultdict(list)
        self._queues: dict[str, list[tuple[int, str]]] = {}
        """Of what is taught now: by deck, the place in its author's order and the id."""
        self._places: dict[str, int] = {}
        self._early = 0
        """Words that were met out of their turn, before a card that uses them."""
        for card in cards:
            before = [id_ for id_ in dict.fromkeys(card.after) if id_ in self._waiting or not met(id_)]
            self._blocked[card.id] = len(before)
            for id_ in before:
                self._blocking[id_].append(card.id)

    @property
    def left(self) -> list[_Listed]:
        """The cards that have no place: they come after others that have none."""
        return list(self._waiting.values())

    def is_blocked(self, card: _Listed) -> bool:
        """Return whether other cards have to come before a card."""
        return self._blocked[card.id] > 0

    def place(self, card: _Listed) -> None:
        """Put a card next, behind the words that it uses; of words that use each other one has to give way.

        Nothing is done for one that stands already.
        """
        path = [card]
        while path:
            card = path[-1]
            missing = (
                self._waiting[id_] for id_ in card.uses if id_ in self._waiting and not self._blocked[id_]
            )
            word = next((word for word in missing if word not in path), None)
            if word is not None:
                path.append(word)
                continue
            self._put(path.pop())

    def place_in_turn(self, cards: Sequence[_Listed], words: Sequence[_Listed]) -> None:
        """Put cards next, a card of each deck in turn; `words` take the turn of words that have run out."""
        self._places = {card.id: place for place, card in enumerate((*cards, *words))}
        self._queues, self._early = defaultdict(list), 0
        for card in (*cards, *words):
            if card.id in self._waiting and not self._blocked[card.id]:
                self._enqueue(card)
        turns = cycle(_round({card.deck for card in (*cards, *words)}))
        own = {card.id for card in cards}
        while any(queue and queue[0][1] in own for queue in self._queues.values()):
            deck = next(turns)
            if deck == WORDS and self._early:
                self._early -= 1
            elif following := self._pop(deck):
                placed = len(self.placed)
                self.place(following)
                self._early += max(0, len(self.placed) - placed - 1)

    def _pop(self, deck: str) -> _Listed | None:
        """Return the next card of a deck that still waits; None when there is none."""
        queue = self._queues[deck]
        while queue:
            _, id_ = heapq.heappop(queue)
            if id_ in self._waiting:
                return self._waiting[id_]
        return None

    def _enqueue(self, card: _Listed) -> None:
        heapq.heappush(self._queues[card.deck], (self._places[card.id], card.id))

    def _put(self, card: _Listed) -> None:
        if self._waiting.pop(card.id, None) is None:
            return
        self.placed.append(card)
        for id_ in self._blocking[card.id]:
            self._blocked[id_] -= 1
            if not self._blocked[id_] and id_ in self._places and id_ in self._waiting:
                self._enqueue(self._waiting[id_])


def _round(decks: Iterable[str]) -> list[str]:
    """Return the decks in turn, with the one that is met often between the others."""
    keys = list(DECKS)
    others = sorted({*decks} - {OFTEN}, key=lambda deck: DECKS[deck].turn if deck in keys else len(keys))
    return [deck for other in others for deck in (other, OFTEN)] or [OFTEN]
