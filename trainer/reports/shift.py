"""By how much a learner's chance of recall is off from what the model of memory says.

A model is too hopeful for some learners and too gloomy for others, and for some of their cards more than for
others: those that were missed last, those that were asked often, those that were not asked for long. So the
logit of the chance is shifted by a sum of four traits of a card, each with a weight that the learner's own
first tries tell. Where an answer may be right by luck g, P(right) = g + (1 - g) · sigmoid(shift + logit R),
as in the three-parameter model of item response theory (Birnbaum 1968). Each weight has a prior, as few
answers tell little; what is taken is the mode of the posterior, by Fisher's scoring.
"""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

Traits = tuple[float, float, float, float]
"""Of a card at a moment: 1; whether it was missed last; how often its answers doubled; the same of days."""

_MEAN: Traits = (-0.5, 0.5, 0.0, 0.0)
"""The prior of the weights: FSRS is too hopeful on the mean, and too gloomy of a card that was missed."""
_DEVIATION: Traits = (1.0, 0.5, 0.3, 0.3)
_PRECISION = tuple(1 / each**2 for each in _DEVIATION)
_MOST_REPS = 8
"""Answers of a card beyond which more tell no more."""
_FEWEST_DAYS, _USUAL_DAYS = 0.5, 2.0
"""Days since the last answer that count at least: the model would be certain of what was just answered; and
those at which the days shift nothing."""
_SURE = 0.05, 0.999
"""The chance of recall that the model may claim at least and at most."""

_GRID = range(-10, 7, 2)
"""Shifts of all cards among which the search begins: where luck is, a second one may look likely."""
_STEPS = 40
_NEAR = 1e-6


class Standing(NamedTuple):
    """Where a card stands that was met, at a moment."""

    recall: float
    """Its chance of recall by the model, 0 to 1."""
    missed: bool = False
    """Whether it was missed when it was last asked."""
    reps: int = 1
    """How often it was asked with a step of memory, at least 1."""
    days: float = _USUAL_DAYS
    """Days since then."""

    @property
    def logit(self) -> float:
        """The logit of recall, within what a model may claim."""
        sure = min(_SURE[1], max(_SURE[0], self.recall))
        return math.log(sure / (1 - sure))

    @property
    def traits(self) -> Traits:
        """What its shift hangs on."""
        days = max(_FEWEST_DAYS, self.days) / _USUAL_DAYS
        return 1.0, float(self.missed), math.log2(min(_MOST_REPS, self.reps)), math.log2(days)


class Try(NamedTuple):
    """A first try at a card that was met on an earlier day."""

    card: Standing
    """As it stood just before."""
    luck: float
    """The chance to be right without knowing, 0 to below 1."""
    right: bool
    """Guesses don't count as right."""


class Shift(NamedTuple):
    """By how much the logit of recall is to be shifted."""

    weights: Traits
    covariance: tuple[Traits, ...]
    """Of the weights: a row for each."""

    def of(self, traits: Traits) -> float:
        """Return the shift of a card."""
        return _product(self.weights, traits)

    def deviation(self, traits: Traits) -> float:
        """Return the standard deviation of the shift of a card, or of cards with these traits on the mean."""
        variance = sum(
            each * _product(row, traits) for each, row in zip(traits, self.covariance, strict=True)
        )
        return math.sqrt(max(0.0, variance))


NO_SHIFT = Shift((0.0, 0.0, 0.0, 0.0), ((0.0, 0.0, 0.0, 0.0),) * 4)
"""What the model says is believed."""


_Item = tuple[float, Traits, float, bool]
"""The logit of recall, the traits, the luck, and whether it was right."""


def shift_of(tries: Iterable[Try]) -> Shift:
    """Return the shift that is likeliest by some tries and the prior."""
    items = [(each.card.logit, each.card.traits, each.luck, each.right) for each in tries]
    best = max(
        ([float(shift), *_MEAN[1:]] for shift in _GRID), key=lambda weights: _likelihood(items, weights)
    )
    for _ in range(_STEPS):
        slope, information = _slope(items, best)
        step = [_product(row, slope) for row in _inverse(information)]
        after = _climbed(items, best, step)
        moved = max(abs(each - before) for each, before in zip(after, best, strict=True))
        best = after
        if moved < _NEAR:
            break
    covariance = _inverse(_slope(items, best)[1])
    return Shift(_four(best), tuple(map(_four, covariance)))


def _climbed(items: Sequence[_Item], weights: list[float], step: Sequence[float]) -> list[float]:
    """Return the weights after a step, or the largest part of it by halves that is no less likely."""
    least, part = _likelihood(items, weights), 1.0
    while part > _NEAR:
        after = [weight + part * each for weight, each in zip(weights, step, strict=True)]
        if _likelihood(items, after) >= least:
            return after
        part /= 2
    return weights


def sigmoid(logit: float) -> float:
    """Return the chance of a logit."""
    return 1 / (1 + math.exp(-logit))


def _likelihood(items: Sequence[_Item], weights: Sequence[float]) -> float:
    """Return the logarithm of the posterior, but for a constant."""
    each = zip(weights, _MEAN, _PRECISION, strict=True)
    total = -sum(precision * (weight - mean) ** 2 for weight, mean, precision in each) / 2
    for logit, traits, luck, right in items:
        known = sigmoid(logit + _product(weights, traits))
        total += math.log(luck + (1 - luck) * known) if right else math.log((1 - luck) * (1 - known))
    return total


def _slope(items: Sequence[_Item], weights: Sequence[float]) -> tuple[list[float], list[list[float]]]:
    """Return the slope of it in each weight, and Fisher's information on them, that of the prior included."""
    each = zip(weights, _MEAN, _PRECISION, strict=True)
    slope = [-precision * (weight - mean) for weight, mean, precision in each]
    information = [[_PRECISION[i] * (i == j) for j in range(4)] for i in range(4)]
    for logit, traits, luck, right in items:
        known = sigmoid(logit + _product(weights, traits))
        chance = luck + (1 - luck) * known
        rise = (1 - luck) * known * (1 - known) / chance if right else -known
        # ((1 - g) · s · (1 - s))² / (P · (1 - P)), with 1 - P = (1 - g) · (1 - s)
        told = (1 - luck) * known**2 * (1 - known) / chance
        for i, trait in enumerate(traits):
            slope[i] += rise * trait
            row, weighed = information[i], told * trait
            for j in range(i + 1):
                row[j] += weighed * traits[j]
    for i in range(4):
        for j in range(i):
            information[j][i] = information[i][j]
    return slope, information


def _inverse(matrix: Sequence[Sequence[float]]) -> list[list[float]]:
    """Return the inverse of a symmetric positive definite matrix, by Gauss and Jordan."""
    size = len(matrix)
    rows = [[*row, *(float(i == j) for j in range(size))] for i, row in enumerate(matrix)]
    for i in range(size):
        rows[i] = [each / rows[i][i] for each in rows[i]]
        for j in range(size):
            if j != i:
                factor = rows[j][i]
                rows[j] = [each - factor * other for each, other in zip(rows[j], rows[i], strict=True)]
    return [row[size:] for row in rows]


def _product(some: Sequence[float], others: Sequence[float]) -> float:
    return some[0] * others[0] + some[1] * others[1] + some[2] * others[2] + some[3] * others[3]


def _four(values: Sequence[float]) -> Traits:
    return values[0], values[1], values[2], values[3]
