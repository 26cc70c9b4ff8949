"""What a review now is worth at a later hour.

The policy comes from a simulation in which seven models of memory were the truth and the program knew only
FSRS-6: the expected gain a second of one review, held back where the last one is near. Its figures are in
docs/decisions/0009-worth-of-a-review.md. The memory is FSRS-6 in closed form (`model.py`).

Time is in days and may be a fraction of one, so that the same worth serves an ordinary day, whose end is a
month away, and an interview this afternoon.
"""

import math
from typing import NamedTuple

from trainer.memory.model import Memory, next_stability, retrievability
from trainer.memory.state import Rating

CAUTION = 0.5
"""The part of FSRS's stability that is counted on: its retrievability is some eight points too high for
memories that it does not describe, and a miss costs more than a review that was not needed."""


class Cost(NamedTuple):
    """What a review is expected to take, feedback and repeats included."""

    right: float
    """Seconds if it is remembered, above 0."""
    missed: float
    """Seconds if it is not, above 0."""

    def expected(self, chance: float) -> float:
        """Return the seconds that it takes at a chance of being right."""
        return chance * self.right + (1 - chance) * self.missed


def recall(stability: float, days: float) -> float:
    """Return the cautious chance of recall, 0 to 1, so many days after a review that left a stability."""
    return retrievability(stability * CAUTION, days)


def gain(memory: Memory, elapsed: float, ahead: float, cost: Cost) -> float:
    """Return by how much a review now raises the chance of recall at the end, for each second that it takes.

    `elapsed` are the days since the last review, `ahead` those from now to the end; below 0 they count as 0.
    gain = (R · R(end | right) + (1 - R) · R(end | missed) - R(end | left alone)) / expected seconds.
    """
    elapsed, ahead = max(0.0, elapsed), max(0.0, ahead)
    now = recall(memory.stability, elapsed)
    right = recall(next_stability(memory, elapsed, Rating.GOOD), ahead)
    missed = recall(next_stability(memory, elapsed, Rating.AGAIN), ahead)
    left_alone = recall(memory.stability, elapsed + ahead)
    return (now * right + (1 - now) * missed - left_alone) / cost.expected(now)


def worth(memory: Memory, reps: int, elapsed: float, ahead: float, cost: Cost) -> float:
    """Return the gain of a review, less where the last one is too near for what has been learned.

    `reps` are the reviews so far, at least 1. worth = gain · sqrt(min(1, elapsed / 2 ^ (reps - 1))): without
    a gap that grows, a card that is missed again and again would be asked every day.
    """
    gap = max(0.0, elapsed) / 2.0 ** min(reps - 1, 60)
    return gain(memory, elapsed, ahead, cost) * math.sqrt(min(1.0, gap))
