"""A rater's profile: how near a learner's ratings of whole answers come to the references.

Made from the first rating of each answer alone, if it was given without the hint: later ones know the
reference, and the hint tells a part of it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import StatisticsError, correlation, fmean

from msgspec import Struct

from trainer.cards.sample import SCORES
from trainer.memory.state import Degree, Rated, Review

FOR_DISTANCE, FOR_POINTS, FOR_LENIENCY, FOR_RANKING, FOR_AGREEMENT = 1, 5, 10, 15, 20
"""First ratings from which on each figure is given: fewer would tell chance, not the rater."""
FOR_SIDE = 5
"""First ratings of weak answers, or of strong ones, from which on these are told apart."""

WEAK, STRONG = 2, 4
"""Up to the first score a reference calls an answer weak, from the second on strong."""

BLOCK = 10
"""Ratings that are taken together to see a change over time."""


class Spotted(Struct, frozen=True):
    """What was seen of what is there, and of what is not."""

    there: int
    spotted: int
    """Of those there."""
    absent: int
    imagined: int
    """Of those absent."""

    @property
    def hit_rate(self) -> float | None:
        """The share of what is there that was spotted, 0 to 1; None where nothing is there."""
        return self.spotted / self.there if self.there else None

    @property
    def false_alarm_rate(self) -> float | None:
        """The share of what is absent that was imagined, 0 to 1; None where nothing is absent."""
        return self.imagined / self.absent if self.absent else None


class Side(Struct, frozen=True):
    """The figures on weak answers, or on strong ones."""

    ratings: int
    distance: float | None
    """See `mean_distance`; None as long as there are fewer than FOR_SIDE."""
    leniency: float | None
    """See `mean_leniency`; the same."""


class Profile(Struct, frozen=True, kw_only=True):
    """The figures on a rater; None for one that so few ratings can't tell, or that has no value."""

    ratings: int
    """First ratings."""
    proposed: int
    """Those of them whose reference is the author's own proposal, with no experts behind it."""
    distance: float | None
    """See `mean_distance`."""
    leniency: float | None
    """See `mean_leniency`."""
    ranking: float | None
    """See `rank_correlation`."""
    agreement: float | None
    """See `weighted_kappa`."""
    weak: Side
    """Answers whose reference is WEAK or less. Who shies away from the ends of the scale is lenient here …"""
    strong: Side
    """… and strict here, on answers whose reference is STRONG or more: the error of central tendency (Saal,
    Downey & Lahey 1980), which a mean over both would hide."""
    points: Spotted | None
    flags: Spotted | None
    over_time: tuple[float, ...]
    """The distance in each full block of ten ratings, the oldest first."""

    @property
    def change(self) -> float | None:
        """How much nearer the last block came than the first (above 0: better); None with one or none."""
        return self.over_time[0] - self.over_time[-1] if len(self.over_time) > 1 else None


def rater_profile(history: Mapping[int, Review]) -> Profile:
    """Return the profile that a history of reviews gives."""
    reviews = [history[id_] for id_ in sorted(history)]
    ratings = list(_first_ratings(reviews))
    pairs = [(rated.score, rated.reference) for rated in ratings]
    count = len(pairs)
    return Profile(
        ratings=count,
        proposed=sum(rated.raters == 0 for rated in ratings),
        distance=mean_distance(pairs) if count >= FOR_DISTANCE else None,
        leniency=mean_leniency(pairs) if count >= FOR_LENIENCY else None,
        ranking=rank_correlation(pairs) if count >= FOR_RANKING else None,
        agreement=weighted_kappa(pairs) if count >= FOR_AGREEMENT else None,
        weak=_side([pair for pair in pairs if pair[1] <= WEAK]),
        strong=_side([pair for pair in pairs if pair[1] >= STRONG]),
        points=_points(ratings) if count >= FOR_POINTS else None,
        flags=_flags(ratings) if count >= FOR_POINTS else None,
        over_time=tuple(
            mean_distance(pairs[start : start + BLOCK]) for start in range(0, count - BLOCK + 1, BLOCK)
        ),
    )


def _first_ratings(reviews: Iterable[Review]) -> Iterator[Rated]:
    """Yield the ratings whose reference was not known; who forgets a card has known it all the same."""
    rated: set[tuple[str, str]] = set()
    forgotten: set[str] = set()
    for review in reviews:
        if review.anew:
            forgotten.add(review.card)
        if review.rated is None:
            continue
        answer = review.card, review.variant
        known = review.card in forgotten and answer in rated
        rated.add(answer)
        if review.rated.first and not review.hint and not known:
            yield review.rated


def _side(pairs: Sequence[tuple[int, int]]) -> Side:
    enough = len(pairs) >= FOR_SIDE
    return Side(
        len(pairs), mean_distance(pairs) if enough else None, mean_leniency(pairs) if enough else None
    )


def mean_distance(pairs: Sequence[tuple[int, int]]) -> float:
    """Return how far off scores are: the mean absolute difference from the reference, 0 to 4.

    The index of distance accuracy of McIntyre, Smith & Hassett (1984), Journal of Applied Psychology 69.
    """
    return fmean(abs(given - reference) for given, reference in pairs)


def mean_leniency(pairs: Sequence[tuple[int, int]]) -> float:
    """Return how lenient (above 0) or strict (below) scores are: the mean difference, -4 to 4.

    Elevation in the terms of Cronbach (1955), Psychological Bulletin 52; signed, as in Saal, Downey &
    Lahey (1980), Psychological Bulletin 88.
    """
    return fmean(given - reference for given, reference in pairs)


def rank_correlation(pairs: Sequence[tuple[int, int]]) -> float | None:
    """Return whether better answers get better scores: Spearman's rho, -1 to 1.

    Correlational accuracy (Borman 1977, Organizational Behavior and Human Performance 20), over ranks,
    as scores are steps and not amounts; equal scores share their mean rank (Kendall 1945, Biometrika 33).
    None where all scores, or all references, are the same.
    """
    given, reference = zip(*pairs, strict=True)
    try:
        return correlation(_ranks(given), _ranks(reference))
    except StatisticsError:
        return None


def weighted_kappa(pairs: Sequence[tuple[int, int]]) -> float | None:
    """Return the agreement beyond chance: Cohen's kappa with quadratic weights, -1 to 1.

    1 - Σ w·observed / Σ w·expected, with w the squared difference of the scores (Cohen 1968,
    Psychological Bulletin 70). None where chance alone would agree fully.
    """
    count = len(pairs)
    given = {score: sum(one == score for one, _ in pairs) for score in SCORES}
    reference = {score: sum(other == score for _, other in pairs) for score in SCORES}
    observed = sum((one - other) ** 2 for one, other in pairs)
    expected = sum((i - j) ** 2 * given[i] * reference[j] for i in SCORES for j in SCORES) / count
    return 1 - observed / expected if expected else None


def _ranks(scores: Sequence[int]) -> list[float]:
    """Return the rank of each score, from 1; equal ones share the mean of theirs."""
    return [
        sum(other < score for other in scores) + (sum(other == score for other in scores) + 1) / 2
        for score in scores
    ]


def _points(ratings: Iterable[Rated]) -> Spotted:
    """Count points, partly shown ones as there: hit and false-alarm rate as in Lord (1985), JAP 70."""
    return _spotted(
        (given is not Degree.NOT, reference is not Degree.NOT)
        for rated in ratings
        for given, reference in rated.points.values()
    )


def _flags(ratings: Iterable[Rated]) -> Spotted:
    return _spotted(pair for rated in ratings for pair in rated.flags.values())


def _spotted(pairs: Iterable[tuple[bool, bool]]) -> Spotted:
    found = list(pairs)
    there = [seen for seen, is_there in found if is_there]
    absent = [seen for seen, is_there in found if not is_there]
    return Spotted(len(there), sum(there), len(absent), sum(absent))
