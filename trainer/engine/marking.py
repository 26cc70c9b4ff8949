"""What a learner says of single cards: put away, not today, star, doubtful; and what they missed lately."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from trainer.engine.desk import Desk
from trainer.errors import TrainerError
from trainer.memory.state import DOUBTS, Marks

if TYPE_CHECKING:
    from trainer.cards.card import Card, Question
    from trainer.reports.entry import CardEntry
    from trainer.reports.marks import MarkedCard

MISTAKES_OF_DAYS = 7
"""Only what was missed in so many study days, today among them, is a mistake of late."""


class Marking(Desk):
    """The marks of a learner on cards, by the cards' ids. Each is in the record when the call returns.

    All that change something raise NotSavedError; nothing has changed then.
    """

    def put_away(self, card: str) -> None:
        """Ask a card no more until it is brought back. Its progress stays."""
        self._mark(card, lambda marks: replace(marks, suspended=True))

    def bring_back(self, card: str) -> None:
        """Ask a card again that was put away, or put off until tomorrow."""
        self._mark(card, lambda marks: replace(marks, suspended=False, buried=None))

    def star(self, card: str) -> None:
        """Mark a card as worth coming back to."""
        self._mark(card, lambda marks: replace(marks, star=True))

    def unstar(self, card: str) -> None:
        """Take a star away."""
        self._mark(card, lambda marks: replace(marks, star=False))

    def doubt(self, card: str, reason: str, way: str = "") -> None:
        """Doubt that a card is right; the reason is a key of DOUBTS. Raises TrainerError for another.

        `way` is the key of the way in which it was asked; without one the last one counts.
        """
        if reason not in DOUBTS:
            raise TrainerError(f'"{reason}" is no reason for a doubt. There are: {", ".join(DOUBTS)}.')
        self._mark(card, lambda marks: replace(marks, doubtful=True, reason=reason, way=way))

    def no_doubt(self, card: str) -> None:
        """Doubt a card no more."""
        self._mark(card, lambda marks: replace(marks, doubtful=False, reason="", way=""))

    def marks_of(self, card: str) -> Marks:
        """Return what was said of a card."""
        return self.progress.marks(card)

    def restore(self, card: str, marks: Marks) -> None:
        """Say of a card what was said before: the way back from any change."""
        self._mark(card, lambda _: marks)

    @property
    def has_marks(self) -> bool:
        """Whether a card is starred, doubted, put away, or put off until tomorrow; it reads no sheet."""
        day = self.day
        return any(marks.star or marks.doubtful or marks.away(day) for marks in self.progress.marked.values())

    def put_away_cards(self) -> "list[MarkedCard]":
        """Return the cards that were put away, the last one first."""
        return self._with_mark("suspended", lambda marks: marks.suspended)

    def put_off_cards(self) -> "list[MarkedCard]":
        """Return the cards that were put off until tomorrow, the last one first."""
        return self._with_mark("buried", lambda marks: marks.buried == self.day)

    def starred_cards(self) -> "list[MarkedCard]":
        """Return the cards with a star, the last one first."""
        return self._with_mark("star", lambda marks: marks.star)

    def doubted_cards(self) -> "list[MarkedCard]":
        """Return the cards that are doubted, each with the reason, the last one first."""
        return self._with_mark("doubtful", lambda marks: marks.doubtful)

    def entry(self, card: str) -> "CardEntry":
        """Return all that is known of a card, in a sheet or not. Raises ProgressError."""
        from trainer.reports.entry import card_entry  # noqa: PLC0415 — only when it is asked

        return card_entry(card, self.library.cards.get(card), self.progress, self.day)

    def as_asked(self, card: str) -> "Question | None":
        """Return a card's question as it was asked last; None for a card that is in no sheet."""
        from trainer.reports.marks import marked_question  # noqa: PLC0415 — only when it is asked

        found = self.library.cards.get(card)
        return marked_question(found, self.progress, "") if found else None

    def starred(self, decks: Sequence[str] = ()) -> "list[Card]":
        """Return the cards with a star of the decks named, or of all that is learned."""
        return [card for card in self._chosen(decks) if self.progress.marks(card.id).star]

    def mistakes(self, decks: Sequence[str] = ()) -> "list[Card]":
        """Return the cards missed in the last seven study days and not right on another day since.

        A card that was missed when it was met is one too. Of the decks named, or of all that is learned.
        Reads the history of those days; raises UnknownDeckError, and ProgressError where it can't be read.
        """
        since = self.day - timedelta(days=MISTAKES_OF_DAYS - 1)
        missed = {
            review.card
            for review in self.progress.history(since=since).values()
            if review.missed and not review.repeat
        }
        return [card for card in self._chosen(decks) if card.id in missed and not self._is_put_right(card.id)]

    def _is_put_right(self, card: str) -> bool:
        state = self.progress.state(card)
        return state is not None and state.right_days > 0

    def _mark(self, card: str, change: Callable[[Marks], Marks]) -> None:
        before = self.progress.marks(card)
        if (after := change(before)) != before:
            self.progress.mark(card, after)

    def _with_mark(self, mark: str, has: Callable[[Marks], bool]) -> "list[MarkedCard]":
        from trainer.reports.marks import marked_cards  # noqa: PLC0415 — only when it is asked

        return marked_cards(self.library.cards, self.progress, mark, has)
