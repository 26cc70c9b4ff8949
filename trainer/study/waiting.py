"""What a session has still to ask: the turns that wait, the cards in reserve, and what all of it takes."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile

from msgspec.structs import replace

from trainer.cards.card import Card
from trainer.humanize import whole_minutes
from trainer.study.goal import Goal
from trainer.study.turns import Place, Turn


class Waiting:
    """The turns of a session that wait, and the cards that it counts.

    `spare` are asked when the others are done, as long as there is time for them before the `goal`. `seconds`
    are those that each card is expected to take, by its id.
    """

    def __init__(
        self, turns: tuple[Turn, ...], spare: Sequence[Card], goal: Goal, seconds: Mapping[str, float]
    ) -> None:
        self.turns = turns
        self.cards = {turn.card.id: turn.card for turn in turns}
        """The cards of the session, those too that are done, by their ids."""
        self._spare, self._goal, self._seconds = spare, goal, seconds

    def first(self, cards: Mapping[str, Card]) -> tuple[Turn, tuple[Turn, ...]] | None:
        """Return the turn that comes next, with those after it; None where none is left.

        `cards` are all there are, by their ids, as they read now.
        """
        waiting = self.turns or self._in_reserve(cards)
        if not waiting:
            return None
        turn, *rest = waiting
        return turn, tuple(rest) or self._in_reserve(cards, turn)

    def go_on(self, place: Place) -> None:
        """Count the card of a place, and let those wait that come after it."""
        self.turns = place.queue
        for turn in (place.turn, *place.queue):
            self.cards.setdefault(turn.card.id, turn.card)

    def minutes(self, ids: Iterable[str]) -> int:
        """Return what cards are expected to take, in whole minutes as Today says them."""
        return whole_minutes(sum(self._seconds.get(card, 0.0) for card in ids))

    @property
    def fills(self) -> bool:
        """Whether there are cards in reserve, and time before the goal: how many will be asked is open."""
        return self._goal.left > 0 and any(card.id not in self.cards for card in self._spare)

    def surely_asked(self, card: str, turns: Iterable[Turn], spent: float) -> bool:
        """Whether a card that waits among turns comes before the goal is reached.

        `spent` are the seconds that the last answer took, which the goal does not count yet.
        """
        before = takewhile(lambda turn: turn.card.id != card, turns)
        return self._goal.surely_lasts(spent, sum(self._seconds.get(turn.card.id, 0.0) for turn in before))

    def drop(self, card: str) -> None:
        """Ask a card no more."""
        self.turns = tuple(turn for turn in self.turns if turn.card.id != card)

    def put_first(self, again: Turn, standing: Place | None) -> None:
        """Let a turn come next, before the one that stands; its card waits nowhere else."""
        waiting = (standing.turn, *self.turns) if standing else self.turns
        self.cards[again.card.id] = again.card
        self.turns = (again, *(turn for turn in waiting if turn.card.id != again.card.id))

    def renew(self, cards: Mapping[str, Card]) -> None:
        """Let the cards of an edited sheet wait, by their ids; one that is gone waits no more."""
        self.turns = tuple(
            turn if card is turn.card else replace(turn, card=card)
            for turn in self.turns
            if (card := cards.get(turn.card.id))
        )

    def recount(self, cards: Mapping[str, Card], answered: set[str]) -> None:
        """Count the cards of an edited sheet; of those that are gone only what was answered."""
        kept = [id_ for id_ in self.cards if id_ in cards or id_ in answered]
        self.cards = {id_: cards.get(id_, self.cards[id_]) for id_ in kept}

    def _in_reserve(self, cards: Mapping[str, Card], after: Turn | None = None) -> tuple[Turn, ...]:
        """Return the next card in reserve, if there is one and time for it, after another card."""
        ahead = after.card.id if after else ""
        found = next((c for c in self._spare if c.id not in self.cards and c.id != ahead), None)
        if found is None:
            return ()
        seconds = self._seconds.get(found.id, 0.0) + 2 * self._seconds.get(ahead, 0.0)
        return (Turn(cards.get(found.id, found)),) if self._goal.has_room(seconds) else ()
