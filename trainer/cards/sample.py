"""A whole answer to be rated: what is looked for in it, and how near a rating comes to its reference."""

from collections.abc import Mapping

from msgspec import Struct

from trainer.humanize import count
from trainer.memory.state import Degree, Rated, Rating

DEGREES = {Degree.NOT: "not", Degree.PARTLY: "partly", Degree.SHOWN: "shown"}
"""How far a point is shown, in words."""

MEANINGS = {
    Degree.SHOWN: "something that happened or a way of working",
    Degree.PARTLY: "a bare claim or a hope, or half of the point",
    Degree.NOT: "nothing on the point, or its opposite",
}
"""What each degree means; every reference keeps to it."""

LEGEND = tuple((DEGREES[degree], MEANINGS[degree]) for degree in (Degree.SHOWN, Degree.PARTLY, Degree.NOT))
"""The words for the degrees, each with its meaning, from the most to the least."""

RULE = "A bare claim is “partly”, off the point is “not”."
"""The two that are easily mixed up, in short: it is said where an answer is rated."""

SCORES = range(1, 6)
"""1 and 2 mean no, 4 and 5 mean yes."""

_UNDECIDED = 3


def meaning_of(score: int) -> str:
    """Return what a score means for the decision."""
    if score == _UNDECIDED:
        return "undecided"
    return "a yes" if score > _UNDECIDED else "a no"


class SamplePoint(Struct, frozen=True, kw_only=True):
    """A point to look for, with what the reference says of it."""

    id: str
    text: str
    reference: Degree
    words: str = ""
    """The words of the answer that show it."""


class SampleFlag(Struct, frozen=True, kw_only=True):
    """A red flag to look for, with what the reference says of it."""

    id: str
    text: str
    raised: bool
    words: str = ""
    """The words of the answer that raise it."""
    safety: bool = False


class Judgement(Struct, frozen=True, kw_only=True):
    """What a learner says of a whole answer."""

    degrees: tuple[Degree, ...]
    """For each point, in its order."""
    flags: frozenset[int] = frozenset()
    """Positions of the red flags seen."""
    score: int


class Sample(Struct, frozen=True, kw_only=True):
    """What to look for in an answer, and its reference."""

    points: tuple[SamplePoint, ...]
    flags: tuple[SampleFlag, ...] = ()
    anchors: Mapping[int, str]
    """What a score looks like, for some scores."""
    score: int
    raters: int = 0
    """Experts behind the reference; 0 for the author's own proposal."""

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the answer that show the points and raise the flags."""
        points, flags = [each.words for each in self.points], [each.words for each in self.flags]
        return tuple(words for words in (*points, *flags) if words)

    @property
    def backing(self) -> str:
        """Who stands behind the reference, in words; one that no expert stands behind is proposed."""
        return count(self.raters, "rater") if self.raters else "proposed"

    @property
    def reference(self) -> str:
        """The reference in words."""
        return f"{self.score}, {meaning_of(self.score)} ({self.backing})"

    def wrong_points(self, given: Judgement) -> int:
        """Return how many points were given another degree than by the reference."""
        pairs = zip(given.degrees, self.points, strict=True)
        return sum(degree is not point.reference for degree, point in pairs)

    def mixed_up(self, given: Judgement) -> list[Degree]:
        """Return what was taken for "partly", or "partly" where that was taken for something else."""
        pairs = zip(given.degrees, self.points, strict=True)
        found = {
            point.reference
            for degree, point in pairs
            if degree is not point.reference and Degree.PARTLY in (degree, point.reference)
        }
        return sorted(found, reverse=True)

    def missed_safety(self, given: Judgement) -> list[SampleFlag]:
        """Return the flags that somebody could be hurt by, and that were not seen."""
        return [
            flag
            for position, flag in enumerate(self.flags)
            if flag.safety and flag.raised and position not in given.flags
        ]

    def crosses(self, given: Judgement) -> bool:
        """Return whether a no was taken for a yes, or a yes for a no."""
        return (given.score - _UNDECIDED) * (self.score - _UNDECIDED) < 0

    def worth(self, given: Judgement) -> Rating:
        """Return how good a rating is: Good, Hard or Again.

        Good is the exact score, or one off with at most one point wrong; Hard is one off with up to
        half of the points wrong. All else is Again, and so is a missed safety flag, whatever the score.
        """
        off, wrong = abs(given.score - self.score), self.wrong_points(given)
        if self.missed_safety(given) or off > 1:
            return Rating.AGAIN
        if not off or wrong <= 1:
            return Rating.GOOD
        return Rating.HARD if 2 * wrong <= len(self.points) else Rating.AGAIN

    def rated(self, given: Judgement, *, first: bool) -> Rated:
        """Return a rating as it is kept."""
        return Rated(
            score=given.score,
            reference=self.score,
            points={
                point.id: (degree, point.reference)
                for point, degree in zip(self.points, given.degrees, strict=True)
            },
            flags={
                flag.id: (position in given.flags, flag.raised) for position, flag in enumerate(self.flags)
            },
            raters=self.raters,
            first=first,
        )


class Compared(Struct, frozen=True):
    """A point or a red flag, as the learner saw it beside the reference."""

    text: str
    said: str
    """What was said by either: "partly / shown", "flag missed"."""
    agrees: bool
    words: str
    """The words of the answer that show it."""


def compare(sample: Sample, given: Judgement | None) -> list[Compared]:
    """Put a judgement beside the reference: every point, and the flags that either of them saw.

    Without a judgement the reference stands alone.
    """
    found = []
    for position, point in enumerate(sample.points):
        degree = given.degrees[position] if given else point.reference
        said = f"{DEGREES[degree]} / {DEGREES[point.reference]}" if given else DEGREES[point.reference]
        found.append(Compared(point.text, said, degree is point.reference, point.words))
    for position, flag in enumerate(sample.flags):
        seen = position in given.flags if given else flag.raised
        if seen or flag.raised:
            word = "seen" if seen and flag.raised else "missed" if flag.raised else "imagined"
            found.append(
                Compared(flag.text, f"flag {word}" if given else "flag", seen == flag.raised, flag.words)
            )
    return found
