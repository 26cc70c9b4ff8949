"""How long a pile of overdue cards takes to work off."""

from collections import defaultdict
from collections.abc import Sequence

from trainer.memory.state import CardState, Day

LONGEST = 365
"""Days; further ahead nobody plans."""


def days_to_catch_up(
    states: Sequence[CardState], day: Day, backlog: float, seconds: float, chance: float
) -> int:
    """Return in about how many days no more is due than one session takes, at most LONGEST.

    `backlog` are the seconds that all takes that is due on `day`, `seconds` those of a session. Of what is
    reviewed the part `chance` is right and comes back after twice its interval, the rest tomorrow.
    """
    due = [state for state in states if state.due <= day]
    each = backlog / max(1, len(due))
    coming: defaultdict[int, float] = defaultdict(float)
    for state in states:
        if state.due > day:
            coming[(state.due - day).days] += each
    gaps = sorted((day - state.last).days for state in due)
    doubled = 2 * max(1, gaps[len(gaps) // 2]) if gaps else 2
    pile = backlog
    for ahead in range(1, LONGEST + 1):
        done = min(pile, seconds)
        coming[ahead] += (1 - chance) * done
        coming[ahead - 1 + doubled] += chance * done
        pile += coming[ahead] - done
        if pile <= seconds:
            return ahead
    return LONGEST
