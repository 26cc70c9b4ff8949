"""Where ratings of whole answers split the team: by score and by evidence, without names.

It is told of calibration rounds, and of other drills that share what was chosen. Figures are told from five
people on. Who has not rated yet sees none of a round, so that all rate blind; each sees their own leaning,
the lead how far the leanings of all spread.

How far a team agrees is told by one rule, how far ratings are from their middle on average: the average
deviation around the median. It has the unit of the scale, holds for a single answer, and needs no model of
chance; agreement is practical up to a sixth of the number of choices (Burke and Dunlap 2002,
https://doi.org/10.1177/1094428102005002002).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import fmean, median

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from trainer.cards.card import Question
from trainer.cards.sample import DEGREES, SCORES, Sample
from trainer.memory.state import Degree
from trainer.reports.team_items import LEAST_PEOPLE
from trainer.reports.team_lines import Scored
from trainer.reports.team_people import Person
from trainer.sharing.drill import Drill, Published
from trainer.sharing.lines import Rating

MOST_LISTED = 8
"""Points and red flags that are listed, those that split the team most."""
AGREED = len(SCORES) / 6
"""So far, in points, are scores from their middle on average at most where the team agrees."""
_SPLIT = 0.2
"""So far, in shares of the scale, are ratings from their middle on average before it is called a split."""


class ScoreSplit(Struct, frozen=True, kw_only=True):
    """How the team scored one answer."""

    number: int
    """Its place in the round, from 1 on."""
    says: str
    scores: dict[int, int]
    """How many gave each score that was given."""
    reference: int
    spread: float
    """How far the scores are from their middle on average, in points."""
    between: tuple[int, int] | None = None
    """The two scores between which the team parts most evenly; None where all gave the same."""
    anchors: dict[int, str] = {}
    """What the scores that were given look like, where the sheet says so."""

    @property
    def of(self) -> int:
        """People who rated it."""
        return sum(self.scores.values())


class EvidenceSplit(Struct, frozen=True, kw_only=True):
    """How the team saw one point or one red flag in an answer."""

    number: int
    says: str
    saw: dict[str, int]
    """How many saw it how, in words."""
    reference: str
    spread: float
    """How far what was seen is from its middle on average, in shares of the scale."""


class Leaning(Struct, frozen=True, kw_only=True):
    """How somebody rates beside the others."""

    score: float
    """How much higher they score than the others on average."""
    evidence: float
    """How much more of the points they see, in steps of the scale not, partly, shown."""


class Calibration(Struct, frozen=True, kw_only=True):
    """Where ratings split the team."""

    rated_by: int
    blind: bool = False
    """Whether nothing is told because whoever asks has not rated yet."""
    scores: Sequence[ScoreSplit] = ()
    """What split the team most first; none with fewer than five people, as all that follows."""
    evidence: Sequence[EvidenceSplit] = ()
    own: Leaning | None = None
    """Of whoever asks, if they rated."""
    lowest: float | None = None
    """The leaning in scores of whoever scores lowest, and highest: for leads."""
    highest: float | None = None

    @property
    def agreed(self) -> int:
        """On how many of the answers the team agrees in their score."""
        return sum(each.spread <= AGREED for each in self.scores)


def calibration_of(
    drill: Drill,
    firsts: Sequence[Scored],
    whole: Callable[[str], Published],
    people: Sequence[Person],
    asking: str,
) -> Calibration:
    """Return where ratings split the team, for the member who asks."""
    rated = {
        each.member: each.ratings
        for each in firsts
        if each.ratings is not None and any(rating is not None for rating in each.ratings)
    }
    lead = any(each.id == asking and each.lead for each in people)
    if drill.calibrates and not lead and asking not in rated:
        return Calibration(rated_by=len(rated), blind=True)
    if len(rated) < LEAST_PEOPLE:
        return Calibration(rated_by=len(rated))
    sums = _sums(rated.values(), len(drill.questions))
    leanings = {member: leaning for member, ratings in rated.items() if (leaning := _leaning(ratings, sums))}
    told = [each.score for each in leanings.values()] if lead else []
    scores, evidence = _splits(whole(drill.id), list(rated.values()))
    return Calibration(
        rated_by=len(rated),
        scores=scores,
        evidence=evidence,
        own=leanings.get(asking),
        lowest=min(told, default=None),
        highest=max(told, default=None),
    )


def _splits(
    drill: Published, rated: Sequence[Sequence[Rating | None]]
) -> tuple[list[ScoreSplit], list[EvidenceSplit]]:
    scores: list[ScoreSplit] = []
    evidence: list[EvidenceSplit] = []
    for place, question, sample in _answers_of(drill):
        given = [rating for ratings in rated if (rating := ratings[place])]
        if len(given) >= LEAST_PEOPLE:
            scores.append(_score_split(place + 1, question.text, sample, given))
            evidence += _evidence(place + 1, sample, given)
    return (
        sorted(scores, key=lambda each: (-each.spread, each.number)),
        sorted(evidence, key=lambda each: (-each.spread, each.number))[:MOST_LISTED],
    )


def _answers_of(drill: Published) -> Iterator[tuple[int, Question, Sample]]:
    """Yield the whole answers of a drill that are rated, with their places, whoever is asked which."""
    from trainer.sharing.freezing import posed  # noqa: PLC0415 — few drills have some rated

    for place, each in enumerate(posed(replace(drill.drill, order="same", count=None), "")):
        if each.question.sample:
            yield place, each.question, each.question.sample


def _score_split(number: int, says: str, sample: Sample, given: Sequence[Rating]) -> ScoreSplit:
    scores = sorted(rating.score for rating in given)
    counts = dict(sorted(Counter(scores).items()))
    cuts = {(below, above): sum(score <= below for score in scores) for below, above in pairwise(counts)}
    between = min(cuts, key=lambda cut: abs(2 * cuts[cut] - len(scores)), default=None)
    return ScoreSplit(
        number=number,
        says=says,
        scores=counts,
        reference=sample.score,
        spread=_spread(scores),
        between=between,
        anchors={score: sample.anchors[score] for score in between or () if score in sample.anchors},
    )


def _evidence(number: int, sample: Sample, given: Sequence[Rating]) -> list[EvidenceSplit]:
    """Return the points and red flags of an answer that the team did not see alike."""
    found = []
    for point in sample.points:
        degrees = [Degree(rating.points.get(point.id, 0)) for rating in given]
        counts = Counter(degrees)
        found.append(
            EvidenceSplit(
                number=number,
                says=point.text,
                saw={word: counts[degree] for degree, word in DEGREES.items() if counts[degree]},
                reference=DEGREES[point.reference],
                spread=_spread(degrees) / max(DEGREES),
            )
        )
    for flag in sample.flags:
        seen = [flag.id in rating.flags for rating in given]
        told = {"seen": seen.count(True), "not seen": seen.count(False)}
        found.append(
            EvidenceSplit(
                number=number,
                says=f"Red flag: {flag.text}",
                saw={word: number for word, number in told.items() if number},
                reference="there" if flag.raised else "not there",
                spread=_spread(seen),
            )
        )
    return [each for each in found if each.spread >= _SPLIT]


def _spread(values: Sequence[int]) -> float:
    middle = median(values)
    return fmean(abs(value - middle) for value in values)


class _Sums(Struct):
    """What all gave one answer, so that a leaning costs the same however many rated."""

    people: int = 0
    score: int = 0
    points: Counter[str] = msgspec.field(default_factory=Counter)

    def add(self, rating: Rating) -> None:
        self.people += 1
        self.score += rating.score
        self.points.update(rating.points)


def _sums(rated: Iterable[Sequence[Rating | None]], places: int) -> list[_Sums]:
    sums = [_Sums() for _ in range(places)]
    for ratings in rated:
        for place, rating in enumerate(ratings):
            if rating:
                sums[place].add(rating)
    return sums


def _leaning(ratings: Sequence[Rating | None], sums: Sequence[_Sums]) -> Leaning | None:
    """Return how a member rates beside the others, over the answers that both rated."""
    scores: list[float] = []
    degrees: list[float] = []
    for own, all_ in zip(ratings, sums, strict=True):
        others = all_.people - 1
        if own is None or others < LEAST_PEOPLE - 1:
            continue
        scores.append(own.score - (all_.score - own.score) / others)
        for point, degree in own.points.items():
            degrees.append(degree - (all_.points[point] - degree) / others)
    return Leaning(score=fmean(scores), evidence=fmean(degrees or [0])) if scores else None
