"""How long a card takes this learner, and how likely they are right: learned from their last answers.

Times of answers are log-normal: some take thrice as long as most. So their logarithms are averaged, each
answer beside what is usual for its form and outcome, and what is learned of one thing (this learner, a form,
first meetings) is drawn towards none until there are answers enough to tell.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from itertools import pairwise
from typing import NamedTuple, Protocol

from trainer.memory.state import UNTIMED, CardState, Rating, Review
from trainer.memory.worth import Cost

ANSWERS = 500
"""The newest answers are looked at: what was slow last year says little of today."""

FEW = 8
"""Answers by which a thing is half learned."""

MISSES_A_SESSION = 3
"""After so many misses a card waits for tomorrow."""


class Kind(Enum):
    """What an answer is to a card."""

    NEW = "first meeting"
    REVIEW = "review"
    REPEAT = "asked again in the session"


_USUAL = {
    # form: seconds with feedback if right, if missed
    "choose": (20.0, 34.0),
    "flip": (16.0, 26.0),
    "type": (20.0, 32.0),
    "tick": (32.0, 48.0),
    "recall": (55.0, 70.0),
    "rate": (80.0, 100.0),
}
_KIND = {Kind.NEW: 1.2, Kind.REVIEW: 1.0, Kind.REPEAT: 0.75}
"""What each kind takes beside a review."""
_CHANCE = {Kind.NEW: 0.5, Kind.REVIEW: 0.85, Kind.REPEAT: 0.8}
"""How likely one is right, until it is known."""
_SPREAD = 0.5
"""Standard deviation of the logarithm of times, until it is known."""
_SHORTEST = 5.0
"""Seconds; nobody reads a question and its feedback faster."""
_FARTHEST = 2.5
"""Standard deviations beyond which a time counts as no farther away."""


class Timed(NamedTuple):
    """What an answer took, and what it was."""

    form: str
    kind: Kind
    right: bool
    seconds: float
    """With its feedback."""


class Stateful(Protocol):
    """What tells how often a card was reviewed."""

    def state(self, card: str) -> CardState | None:
        """Return the state of a card, None before its first meeting."""


class Pace:
    """Expected seconds and chances, from answers."""

    def __init__(self, answers: Iterable[Timed] = (), chances: Mapping[Kind, Sequence[bool]] = {}) -> None:
        """Learn from timed answers, and from whether those of each kind were right."""
        self._chance = {kind: _share(chances.get(kind, ()), usual) for kind, usual in _CHANCE.items()}
        self._learner, self._form, self._kind, self._spread = _learned(list(answers))
        self._costs: dict[tuple[str, Kind, int], Cost] = {}

    @classmethod
    def of(cls, recent: Sequence[tuple[int, Review]], record: Stateful) -> "Pace":
        """Learn from the newest reviews by their ids, the newest last."""
        kinds = _kinds(recent, record)
        chances: defaultdict[Kind, list[bool]] = defaultdict(list)
        for (_, review), kind in zip(recent, kinds, strict=True):
            if kind:
                chances[kind].append(review.rating is not Rating.AGAIN)
        return cls(_timed(recent, kinds), chances)

    def chance(self, kind: Kind) -> float:
        """Return how likely an answer of a kind is right, between 0 and 1."""
        return self._chance[kind]

    def chance_of(self, recall: float, usual: float) -> float:
        """Return how likely a card is right on review whose retrievability is `recall`.

        Of cards with a retrievability of `usual` this learner gets as many right as `chance` says: it
        shifts the logit of all.
        """
        shift = _logit(self._chance[Kind.REVIEW]) - _logit(usual)
        return 1 / (1 + math.exp(-(_logit(recall) + shift)))

    def seconds(self, form: str, kind: Kind, *, right: bool) -> float:
        """Return how long an answer takes on the mean, with its feedback and without repeats."""
        offset = self._learner + self._form.get((form, right), 0.0) + self._kind.get(kind, 0.0)
        return _usual(form, kind, right=right) * math.exp(offset + self._spread)

    def cost(self, forms: str, kind: Kind, misses: int = 0) -> Cost:
        """Return what a card takes, its repeats after a miss included.

        It is asked in one of some forms, which have a blank between them. `misses` is how often it was missed
        today already.
        """
        key = forms, kind, misses
        if key not in self._costs:
            each = [self._cost_in(form, kind, misses) for form in forms.split() or ("choose",)]
            right, missed = (sum(seconds) / len(each) for seconds in zip(*each, strict=True))
            self._costs[key] = Cost(right, missed)
        return self._costs[key]

    def _cost_in(self, form: str, kind: Kind, misses: int) -> Cost:
        right, missed = (self.seconds(form, kind, right=right) for right in (True, False))
        if misses + 1 < MISSES_A_SESSION:
            again = self._cost_in(form, Kind.REPEAT, misses + 1)
            missed += again.expected(self.chance(Kind.REPEAT))
        return Cost(right, missed)


def _kinds(recent: Sequence[tuple[int, Review]], record: Stateful) -> list[Kind | None]:
    """Tell what each answer was to its card; None where that can't be told any more.

    The first of a card's reviews was its first meeting if all that its state counts are among them.
    """
    counts = Counter(review.card for _, review in recent if not review.repeat)
    met: set[str] = set()
    kinds: list[Kind | None] = []
    for _, review in recent:
        state = record.state(review.card)
        if review.repeat:
            kinds.append(Kind.REPEAT)
        elif review.card in met or state is None or state.reps != counts[review.card]:
            kinds.append(Kind.REVIEW)
        else:
            kinds.append(Kind.NEW)
        met.add(review.card)
    return kinds


def _timed(recent: Sequence[tuple[int, Review]], kinds: Sequence[Kind | None]) -> Iterator[Timed]:
    """Yield what answers took: the feedback on each is told by the one after it in the session."""
    for ((_, review), (_, after)), kind in zip(pairwise(recent), kinds, strict=False):
        if review.spent is None:
            seconds = UNTIMED * review.ms / 1000
        elif after.spent is None or after.spent <= after.ms or after.day != review.day:
            continue  # the session ended there, so nobody knows
        else:
            seconds = (review.ms + after.spent - after.ms) / 1000
        if kind:
            right = review.rating is not Rating.AGAIN
            yield Timed(review.form, kind, right, max(_SHORTEST, seconds))


def _learned(
    answers: Sequence[Timed],
) -> tuple[float, dict[tuple[str, bool], float], dict[Kind, float], float]:
    """Return what answers say of the learner, of each form and outcome, and of each kind.

    All are logarithms of a factor. The last is half the variance, by which a mean is above a median.
    """
    off = [math.log(each.seconds / _usual(each.form, each.kind, right=each.right)) for each in answers]
    off = _reined_in(off)
    learner = _drawn(off)
    by_form: defaultdict[tuple[str, bool], list[float]] = defaultdict(list)
    for each, logarithm in zip(answers, off, strict=True):
        by_form[each.form, each.right].append(logarithm - learner)
    form = {key: _drawn(found) for key, found in by_form.items()}
    by_kind: defaultdict[Kind, list[float]] = defaultdict(list)
    for each, logarithm in zip(answers, off, strict=True):
        by_kind[each.kind].append(logarithm - learner - form[each.form, each.right])
    kind = {key: _drawn(found) for key, found in by_kind.items()}
    left = [
        logarithm - learner - form[each.form, each.right] - kind[each.kind]
        for each, logarithm in zip(answers, off, strict=True)
    ]
    variance = (sum(each * each for each in left) + FEW * _SPREAD**2) / (len(left) + FEW)
    return learner, form, kind, variance / 2


def _reined_in(logarithms: Sequence[float]) -> list[float]:
    """Draw what lies far off to where it is still believed."""
    if not logarithms:
        return []
    middle = sorted(logarithms)[len(logarithms) // 2]
    off = sorted(abs(each - middle) for each in logarithms)[len(logarithms) // 2]
    far = _FARTHEST * max(_SPREAD, 1.48 * off)  # of a normal distribution 1.48 median deviations are one sd
    return [min(middle + far, max(middle - far, each)) for each in logarithms]


def _drawn(found: Sequence[float]) -> float:
    """Return the mean, drawn towards 0 as long as there is little."""
    return sum(found) / (len(found) + FEW)


def _share(found: Sequence[bool], usual: float) -> float:
    return (sum(found) + FEW * usual) / (len(found) + FEW)


def _usual(form: str, kind: Kind, *, right: bool) -> float:
    return _USUAL.get(form, _USUAL["choose"])[not right] * _KIND[kind]


def _logit(chance: float) -> float:
    chance = min(0.995, max(0.005, chance))
    return math.log(chance / (1 - chance))
