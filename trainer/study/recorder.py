"""What a session needs from a learner's record."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from trainer.memory.state import CardState, Day, DayTotals, Marks, Review


class Recorder(Protocol):
    """One learner's record. What it is told is kept when the call returns."""

    @property
    def states(self) -> Mapping[str, CardState]:
        """The state of every card that was ever met, by its id."""

    def state(self, card: str) -> CardState | None:
        """Return the state of a card, None before its first meeting."""

    def marks(self, card: str) -> Marks:
        """Return what the learner said of a card."""

    def totals(self, day: Day) -> DayTotals:
        """Return the sums of a study day."""

    def recent(self, count: int) -> Sequence[tuple[int, Review]]:
        """Return so many of the newest reviews that were not taken back, with their ids, the newest last."""

    def record(self, review: Review, at: datetime, *, instead_of: int | None = None) -> int:
        """Keep a review, in place of the newest one if its id is given; return its id.

        Raises NotSavedError if it can't be kept; then nothing has changed.
        """

    def undo(self) -> tuple[int, Review] | None:
        """Take back the newest review that is not taken back yet, and return it with its id."""

    def mark(self, card: str, marks: Marks) -> None:
        """Keep what the learner says of a card."""
