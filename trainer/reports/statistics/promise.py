"""What the schedule promised beside what was measured: is a card remembered as often as it is said to be?

A card is asked when the model says that its chance of recall has fallen to the retention aimed at. If the
model is right, of the cards with a chance of 0.9 nine in ten are right: it is calibrated (Dawid 1982, Journal
of the American Statistical Association 77). So the mean of the chances stands beside the share that was
right, in all and bin by bin (the reliability diagram of Murphy & Winkler 1977, Applied Statistics 26).
"""

from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean

from msgspec import Struct

from trainer.reports.statistics.measured import Kept
from trainer.reports.statistics.rates import Rate, band

ENOUGH = 20
"""First tries below which nothing is told."""
BOUNDS = (0.0, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)
"""Between two of these lie the chances of a bin, the upper bound excluded but for the last."""


class Bin(Struct, frozen=True, kw_only=True):
    """Tries with chances between two bounds."""

    least: float
    most: float
    promised: float | None
    """The mean of their chances; None without a try."""
    measured: Rate


class Promise(Struct, frozen=True, kw_only=True):
    """What was promised beside what was measured."""

    aim: float
    """The retention aimed at, 0.70 to 0.97."""
    promised: float | None
    """The mean chance of recall just before each try; None as long as there are too few."""
    measured: Rate
    """First tries a day or more after the card was last asked, without a hint; guesses are not right."""
    least: float
    """The true share lies between this …"""
    most: float
    """… and this, 19 times in 20."""
    bins: tuple[Bin, ...]

    @property
    def kept(self) -> int | None:
        """Whether it agrees (0), more was right than promised (1), or less (-1); None for too few."""
        if self.promised is None:
            return None
        return (self.promised < self.least) - (self.promised > self.most)


def promise(tries: Sequence[Kept], aim: float) -> Promise:
    """Return what first tries came to."""
    measured = _rate(tries)
    least, most = band(measured)
    return Promise(
        aim=aim,
        promised=_mean(tries) if len(tries) >= ENOUGH else None,
        measured=measured,
        least=least,
        most=most,
        bins=tuple(_bin(tries, low, high) for low, high in pairwise(BOUNDS)),
    )


def _bin(tries: Sequence[Kept], low: float, high: float) -> Bin:
    last = high == BOUNDS[-1]
    inside = [each for each in tries if low <= each.promised < high or (last and each.promised >= high)]
    return Bin(least=low, most=high, promised=_mean(inside), measured=_rate(inside))


def _rate(tries: Sequence[Kept]) -> Rate:
    return Rate(sum(each.right for each in tries), len(tries))


def _mean(tries: Sequence[Kept]) -> float | None:
    return fmean(each.promised for each in tries) if tries else None
