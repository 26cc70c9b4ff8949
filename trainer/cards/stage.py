"""How far a card has come: it decides how a card is asked, and what that takes."""

from trainer.memory.state import CardState

STAGES = range(4)
"""How far a card has come: 0 new, 1 met, 2 right on one day, 3 right on two days or more."""


def stage_of(state: CardState | None) -> int:
    """Return how far a card has come, one of STAGES."""
    return 0 if state is None else min(state.right_days + 1, STAGES[-1])
