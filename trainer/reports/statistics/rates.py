"""How many of some answers were right, and how sure that makes one."""

from math import sqrt
from statistics import NormalDist

from msgspec import Struct

_TIMES = NormalDist().inv_cdf(0.975)
"""Standard deviations to either side of the mean that hold 95 %: 1.96."""


class Rate(Struct, frozen=True):
    """So many right of so many."""

    right: int = 0
    of: int = 0

    @property
    def share(self) -> float | None:
        """The same as a share, 0 to 1; None of none."""
        return self.right / self.of if self.of else None

    def __add__(self, other: "Rate") -> "Rate":
        return Rate(self.right + other.right, self.of + other.of)


def band(rate: Rate) -> tuple[float, float]:
    """Return between which shares the true one lies by such a count, 19 times in 20; (0, 1) for none.

    The score interval of Wilson (1927), Journal of the American Statistical Association 22, at 95 %:
    (p + z²/2n ± z · sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n). It holds for few answers and for shares near 1.
    """
    if rate.share is None:
        return 0.0, 1.0
    p, n, square = rate.share, rate.of, _TIMES * _TIMES
    middle = p + square / (2 * n)
    half = _TIMES * sqrt(p * (1 - p) / n + square / (4 * n * n))
    return max(0.0, (middle - half) / (1 + square / n)), min(1.0, (middle + half) / (1 + square / n))
