"""What a benchmark reports: times, and their ratio to a floor or a peer of the same run."""

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import TypeVar

_Name = TypeVar("_Name")


@dataclass(frozen=True)
class Row:
    """One line of the table: what was measured, beside what, and the ratio to reach."""

    what: str
    ours: float
    theirs: float
    goal: float
    at_least: bool = False
    """Whether the goal is a least factor by which we are better (theirs ÷ ours), not a most."""
    unit: str = "ms"
    more: bool = False
    """Whether the goal is a most by which ours may exceed theirs (ours − theirs), in the unit."""

    @property
    def ratio(self) -> float:
        """Ours to theirs; theirs to ours where the goal is a factor to win by; the difference with `more`."""
        if self.more:
            return self.ours - self.theirs
        return self.theirs / self.ours if self.at_least else self.ours / self.theirs

    @property
    def reached(self) -> bool:
        """Whether the goal is met."""
        return self.ratio >= self.goal if self.at_least else self.ratio <= self.goal

    def __str__(self) -> str:
        sign = "≥" if self.at_least else "≤"
        verdict = "" if self.reached else "  MISSED"
        return (
            f"{self.what:<58} {self.ours:>10.2f} {self.theirs:>10.2f} {self.unit:<3}"
            f" {self.ratio:>8.2f} {self.unit if self.more else '×':<2} ({sign} {self.goal:g}){verdict}"
        )


def milliseconds(work: Callable[[], object], times: int) -> list[float]:
    """Return how long each call took."""
    found = []
    for _ in range(times):
        start = perf_counter()
        work()
        found.append((perf_counter() - start) * 1000)
    return found


def in_turns(contenders: Mapping[_Name, Callable[[], object]], times: int) -> dict[_Name, list[float]]:
    """Return how long each call of each took, one after the other, so that all meet the same machine."""
    found: dict[_Name, list[float]] = {name: [] for name in contenders}
    for _ in range(times):
        for name, work in contenders.items():
            found[name] += milliseconds(work, 1)
    return found


def p50(times: Sequence[float]) -> float:
    """Return the median."""
    return statistics.median(times)


def p99(times: Sequence[float]) -> float:
    """Return the time that one in a hundred exceeds."""
    return sorted(times)[min(len(times) - 1, round(0.99 * (len(times) - 1)))]
