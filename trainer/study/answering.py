"""Answers of more than one step: the rating of a whole answer, and a recall in one's own words.

The rules for every front end: which steps there are, what can be given at each, what is to be asked
back, and what it means to know nothing. Values in, values out; a front end maps its keys or lines on
them and finds the words.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Self

from trainer.cards.card import Answer
from trainer.cards.sample import SCORES, Judgement, Sample
from trainer.material.questions import Point
from trainer.memory.state import Degree


class Doubt(Enum):
    """Why a step is not done at once: the learner is asked, and does it again if `sure`."""

    NOTHING_MARKED = "no point and no red flag is marked"
    NOTHING_NAMED = "no line is written"


@dataclass(frozen=True)
class SampleRating:
    """The rating of a whole answer in the making: first the evidence, then the score.

    Raises ValueError for what the step does not take, or what the answer does not have.
    """

    sample: Sample
    degrees: tuple[Degree, ...]
    """How far each point is shown, in the order of the points."""
    flags: frozenset[int] = frozenset()
    """Positions of the red flags seen."""
    scoring: bool = False
    """Whether the evidence is in and the score is asked for."""

    @classmethod
    def of(cls, sample: Sample) -> Self:
        """Begin: nothing is marked."""
        return cls(sample, (Degree.NOT,) * len(sample.points))

    @property
    def marked(self) -> bool:
        """Whether any point or red flag is marked."""
        return any(self.degrees) or bool(self.flags)

    def turn_point(self, position: int) -> Self:
        """Turn a point from not to partly to shown, and round."""
        _check(position in range(len(self.degrees)), f"there is no point {position}")
        turned = Degree((self.degrees[position] + 1) % len(Degree))
        return self.with_points((*self.degrees[:position], turned, *self.degrees[position + 1 :]))

    def turn_flag(self, position: int) -> Self:
        """Turn a red flag on or off."""
        return self.with_flags(self.flags ^ {position})

    def with_points(self, degrees: Sequence[Degree]) -> Self:
        """Say of each point how far it is shown."""
        _check(not self.scoring, "the evidence is in")
        _check(len(degrees) == len(self.sample.points), "each point takes one degree")
        return replace(self, degrees=tuple(degrees))

    def with_flags(self, flags: Collection[int]) -> Self:
        """Say which red flags are seen, by their positions."""
        _check(not self.scoring, "the evidence is in")
        _check(set(flags) <= set(range(len(self.sample.flags))), "there is no such red flag")
        return replace(self, flags=frozenset(flags))

    def to_score(self, *, sure: bool) -> Self | Doubt:
        """Go on to the score; with nothing marked only if the learner is `sure`."""
        _check(not self.scoring, "the evidence is in")
        return replace(self, scoring=True) if self.marked or sure else Doubt.NOTHING_MARKED

    def nothing_shown(self) -> Self:
        """Say that no point is shown and no red flag seen, and go on to the score."""
        _check(not self.scoring, "the evidence is in")
        return replace(self.of(self.sample), scoring=True)

    def scored(self, score: int) -> Answer:
        """Give the score, one of SCORES: that is the answer."""
        _check(self.scoring, "the evidence comes first")
        _check(score in SCORES, f"{score} is no score")
        return Answer(judgement=Judgement(degrees=self.degrees, flags=self.flags, score=score))

    def give_up(self) -> Answer:
        """Say "I don't know", at either step."""
        return Answer(gave_up=True)

    def back(self) -> Self | None:
        """Go back to the evidence, which stays as it was marked; None if that is the step."""
        return replace(self, scoring=False) if self.scoring else None


@dataclass(frozen=True)
class Recall:
    """A recall in the making: lines in one's own words, then each line beside the point that it means.

    There is no way back: by the second step the points are told. Raises ValueError as a rating does.
    """

    points: tuple[Point, ...]
    same_words: tuple[tuple[str, ...], ...] = ()
    """Words that mean the same in the trade, group by group."""
    lines: tuple[str, ...] = ()
    means: tuple[int | None, ...] = ()
    """For each line the position of its point, None for none of them; empty as long as lines are written."""
    typing: bool = True
    """Whether lines are written still."""

    def add(self, line: str) -> Self:
        """Write one more line."""
        _check(self.typing, "the lines are matched")
        _check(bool(line), "a line says something")
        return replace(self, lines=(*self.lines, line))

    def end(self, *, sure: bool) -> Self | Answer | Doubt:
        """Write no more; with no line at all that is "I don't know", if the learner is `sure`."""
        if self.lines:
            return self.matched()
        return self.give_up() if sure else Doubt.NOTHING_NAMED

    def matched(self) -> Self:
        """Put each line beside the point that it seems to mean."""
        from trainer.cards.recall import match_lines  # noqa: PLC0415 — only this form needs it

        _check(self.typing, "the lines are matched")
        return replace(self, means=match_lines(self.lines, self.points, self.same_words), typing=False)

    def meaning(self, line: int, point: int | None) -> Self:
        """Correct what a line means, both by their positions; None for no point."""
        _check(line in range(len(self.means)), f"there is no line {line} to match")
        _check(point is None or point in range(len(self.points)), f"there is no point {point}")
        return replace(self, means=(*self.means[:line], point, *self.means[line + 1 :]))

    def turn(self, line: int) -> Self:
        """Let a line mean the next point, or none after the last."""
        _check(line in range(len(self.means)), f"there is no line {line} to match")
        now = self.means[line]
        then = 0 if now is None else now + 1
        return self.meaning(line, then if then < len(self.points) else None)

    def confirmed(self) -> Answer:
        """Confirm what the lines mean: that is the answer."""
        _check(not self.typing, "the lines are to be matched first")
        named = frozenset(point for point in self.means if point is not None)
        return Answer(chosen=named, typed="\n".join(self.lines))

    def give_up(self) -> Answer:
        """Say "I don't know"."""
        return Answer(gave_up=True)


def _check(possible: bool, problem: str) -> None:  # noqa: FBT001 — what is checked
    if not possible:
        raise ValueError(problem)
