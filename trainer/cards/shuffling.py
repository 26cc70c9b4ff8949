"""Orders of chance that are the same every time, and tell nothing."""

import random
from collections.abc import Iterator, Sequence
from typing import TypeVar

_T = TypeVar("_T")


def dealt(kinds: int, seed: str) -> Iterator[int]:
    """Deal numbers below `kinds` without end: each as often as the others, in an order of chance."""
    chance = random.Random(seed)
    while True:
        yield from chance.sample(range(kinds), kinds)


def mixed(items: Sequence[_T], seed: str) -> list[_T]:
    """Put items in an order of chance: the first one asked must tell nothing."""
    return random.Random(seed).sample(items, len(items))
