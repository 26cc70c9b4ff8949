"""The model of memory: FSRS-6 in closed form, in whole study days.

The model is that of Ye, Su and Cao 2022, https://doi.org/10.1145/3534678.3539081, in its sixth
version and with the default weights of py-fsrs 6,
https://github.com/open-spaced-repetition/py-fsrs. Each formula is written term by term as it
stands there, so that every float is the same to the last bit; a test compares them over random
histories. Days are whole; learning and relearning steps are left out.

The formulas by name: https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm.
"""

import math
from typing import NamedTuple

from trainer.memory.state import Rating

WEIGHTS = (
    *(0.212, 1.2931, 2.3065, 8.2956),  # 0-3: stability after a first review, by rating
    *(6.4133, 0.8334),  # 4, 5: difficulty after a first review
    *(3.0194, 0.001),  # 6, 7: difficulty, how far it moves and how far it is drawn back
    *(1.8722, 0.1666, 0.796),  # 8-10: stability after a success
    *(1.4835, 0.0614, 0.2629, 1.6483),  # 11-14: stability after a lapse
    *(0.6014, 1.8729),  # 15, 16: after a success, the penalty for Hard and the bonus for Easy
    *(0.5425, 0.0912, 0.0658),  # 17-19: stability after a review on the same day
    0.1542,  # 20: how fast the forgetting curve falls
)
"""The weights w0 to w20 of FSRS-6, the defaults of py-fsrs 6."""

LEAST_STABILITY = 0.001
"""In days."""
LEAST_DIFFICULTY, MOST_DIFFICULTY = 1.0, 10.0
LONGEST_INTERVAL = 36_500
"""In days."""

_DECAY = -WEIGHTS[20]
_FACTOR = math.pow(0.9, 1 / _DECAY) - 1
"""Makes retrievability 90 % when as many days have gone by as stability says."""

_SPREAD = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, math.inf, 0.05))
"""By which part of its days an interval is spread, between so many days and so many."""


class Memory(NamedTuple):
    """What reviews have made of a card."""

    stability: float
    """Days until retrievability falls to 90 %; at least LEAST_STABILITY."""
    difficulty: float
    """From 1 (easy) to 10 (hard)."""


SAME_DAY = 0.5
"""Days that count as gone by at least: the model would be certain of what was just answered."""


def retrievability(stability: float, days: float) -> float:
    """Return the chance of recall, 0 to 1, so many days after the last review.

    The forgetting curve R(t, S) = (1 + FACTOR · t / S) ^ DECAY. Days below 0 count as none.
    """
    return math.pow(1 + _FACTOR * max(0, days) / stability, _DECAY)


def interval(stability: float, retention: float) -> int:
    """Return the days, 1 to LONGEST_INTERVAL, until retrievability falls to a desired retention.

    The forgetting curve solved for t: I(R, S) = S / FACTOR · (R ^ (1 / DECAY) - 1), rounded.
    """
    days = (stability / _FACTOR) * (math.pow(retention, 1 / _DECAY) - 1)
    return min(max(round(days), 1), LONGEST_INTERVAL)


def stability_for(chance: float, days: float) -> float:
    """Return the stability at which retrievability falls to a chance, above 0 and below 1, in so many days.

    The forgetting curve solved for S: S = FACTOR · t / (R ^ (1 / DECAY) - 1).
    """
    return _FACTOR * days / (math.pow(chance, 1 / _DECAY) - 1)


def first(rating: Rating) -> Memory:
    """Return what a first review leaves: S0 = w[G-1], D0 = w4 - e^(w5 · (G - 1)) + 1."""
    return Memory(max(WEIGHTS[rating - 1], LEAST_STABILITY), _in_range(_first_difficulty(rating)))


def step(memory: Memory, days: float, rating: Rating) -> Memory:
    """Return what a review leaves, so many days after the last one."""
    return Memory(next_stability(memory, days, rating), _next_difficulty(memory.difficulty, rating))


def next_stability(memory: Memory, days: float, rating: Rating) -> float:
    """Return the stability alone that a review leaves, so many days after the last one.

    Within a day (`days` below 1) it follows the short-term formula.
    """
    if days < 1:
        stability = _same_day(memory.stability, rating)
    elif rating is Rating.AGAIN:
        stability = _after_lapse(memory, retrievability(memory.stability, days))
    else:
        stability = _after_success(memory, retrievability(memory.stability, days), rating)
    return max(stability, LEAST_STABILITY)


def spread(days: int) -> float:
    """Return by how many days FSRS spreads an interval either way, 0 for short ones ("fuzz")."""
    if days < _SPREAD[0][0]:
        return 0
    return 1 + sum(factor * max(min(days, end) - start, 0) for start, end, factor in _SPREAD)


def _first_difficulty(rating: Rating) -> float:
    return WEIGHTS[4] - _exp(WEIGHTS[5] * (rating - 1)) + 1


def _next_difficulty(difficulty: float, rating: Rating) -> float:
    """Move by the rating, less the nearer to 10, and draw back towards an easy first review.

    D' = D - w6 · (G - 3) · (10 - D) / 9; D'' = w7 · D0(Easy) + (1 - w7) · D'.
    """
    change = -(WEIGHTS[6] * (rating - 3))
    moved = difficulty + (10.0 - difficulty) * change / 9.0
    return _in_range(WEIGHTS[7] * _first_difficulty(Rating.EASY) + (1 - WEIGHTS[7]) * moved)


def _in_range(difficulty: float) -> float:
    return min(max(difficulty, LEAST_DIFFICULTY), MOST_DIFFICULTY)


def _same_day(stability: float, rating: Rating) -> float:
    """S' = S · e^(w17 · (G - 3 + w18)) · S^-w19; a success never makes it less."""
    growth = _exp(WEIGHTS[17] * (rating - 3 + WEIGHTS[18])) * math.pow(stability, -WEIGHTS[19])
    return stability * (growth if rating is Rating.AGAIN else max(growth, 1.0))


def _after_success(memory: Memory, chance: float, rating: Rating) -> float:
    """S' = S · (1 + e^w8 · (11 - D) · S^-w9 · (e^((1 - R) · w10) - 1) · w15 if Hard · w16 if Easy)."""
    return memory.stability * (
        1
        + _exp(WEIGHTS[8])
        * (11 - memory.difficulty)
        * math.pow(memory.stability, -WEIGHTS[9])
        * (_exp((1 - chance) * WEIGHTS[10]) - 1)
        * (WEIGHTS[15] if rating is Rating.HARD else 1)
        * (WEIGHTS[16] if rating is Rating.EASY else 1)
    )


def _after_lapse(memory: Memory, chance: float) -> float:
    """S' = w11 · D^-w12 · ((S + 1)^w13 - 1) · e^((1 - R) · w14), at most S / e^(w17 · w18)."""
    return min(
        WEIGHTS[11]
        * math.pow(memory.difficulty, -WEIGHTS[12])
        * (math.pow(memory.stability + 1, WEIGHTS[13]) - 1)
        * _exp((1 - chance) * WEIGHTS[14]),
        memory.stability / _exp(WEIGHTS[17] * WEIGHTS[18]),
    )


def _exp(power: float) -> float:
    """Return e to a power as the package computes it; math.exp may differ in the last bit."""
    return math.pow(math.e, power)
