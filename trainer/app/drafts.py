"""An answer in the making, for the forms that take more than one step."""

from dataclasses import dataclass, replace
from typing import ClassVar, Protocol, TypeAlias

from trainer.app.keys import DIGITS
from trainer.cards.card import Answer, Form, Question
from trainer.cards.sample import SCORES, Judgement, Sample
from trainer.material.sheet import Point
from trainer.memory.state import Degree

Outcome: TypeAlias = "Draft | Answer | str"
"""What comes of a key: the draft has changed, or is an answer now, or there is something to say first."""


class Draft(Protocol):
    """What a learner has entered so far."""

    @property
    def step(self) -> str:
        """Where it stands, in words for the line at the top."""

    @property
    def opening(self) -> bool:
        """Whether it is at its first step."""

    @property
    def typing(self) -> bool:
        """Whether lines are typed just now."""

    @property
    def picks(self) -> bool:
        """Whether one of the lines is the answer, so that Enter takes the line that is marked."""

    @property
    def choices(self) -> int:
        """How many lines the digits stand for just now."""

    @property
    def labels(self) -> tuple[str, str, str]:
        """What a digit, Enter, and 0 do just now; empty for nothing to name."""

    def option(self, position: int) -> Outcome:
        """Take the line with a digit."""

    def go(self, typed: str, /, *, warned: bool) -> Outcome:
        """Go on; `warned` if that was asked for once already."""

    def unknown(self) -> Outcome:
        """Take 0."""

    def back(self) -> "Draft | None":
        """Return the step before, None if there is none."""


def draft_of(question: Question) -> Draft | None:
    """Return where an answer begins; None for a form that takes one step."""
    if question.sample:
        return RatingDraft(question.sample, (Degree.NOT,) * len(question.sample.points))
    return RecallDraft(question.points) if question.form is Form.RECALL else None


@dataclass(frozen=True)
class RatingDraft:
    """The rating of a whole answer: first what it shows, then what it is worth."""

    sample: Sample
    degrees: tuple[Degree, ...]
    flags: frozenset[int] = frozenset()
    scoring: bool = False
    typing: ClassVar[bool] = False

    @property
    def step(self) -> str:
        """Say which of the two steps is done."""
        return f"{'✓' if self.scoring else '1'} Evidence ▸ 2 Score"

    @property
    def opening(self) -> bool:
        """The evidence comes first."""
        return not self.scoring

    @property
    def picks(self) -> bool:
        """A score is picked, evidence is marked."""
        return self.scoring

    @property
    def choices(self) -> int:
        """Five scores, or a line for each point and flag."""
        return len(SCORES) if self.scoring else len(self.degrees) + len(self.sample.flags)

    @property
    def labels(self) -> tuple[str, str, str]:
        """Name the keys of the step."""
        return ("Score", "", "Don't know") if self.scoring else ("Change", "Score it", "Nothing shown")

    def option(self, position: int) -> Outcome:
        """Give a score; or turn a point from not to partly to shown, or a flag on and off."""
        if self.scoring:
            judged = Judgement(degrees=self.degrees, flags=self.flags, score=SCORES[position])
            return Answer(judgement=judged)
        if position >= len(self.degrees):
            return replace(self, flags=self.flags ^ {position - len(self.degrees)})
        turned = Degree((self.degrees[position] + 1) % len(Degree))
        return replace(self, degrees=(*self.degrees[:position], turned, *self.degrees[position + 1 :]))

    def go(self, _typed: str, /, *, warned: bool) -> Outcome:
        """Go on to the score; if nothing is marked, only when asked twice."""
        if self.scoring:
            return "Choose with 1 to 5, or with ↑ ↓ and then Enter."
        if not (any(self.degrees) or self.flags or warned):
            return "Nothing is marked (digits or Space do it). Enter again says: nothing was shown."
        return replace(self, scoring=True)

    def unknown(self) -> Outcome:
        """Say that nothing was shown, and go on; once the score is asked for, that it is not known."""
        if self.scoring:
            return Answer(gave_up=True)
        return RatingDraft(self.sample, (Degree.NOT,) * len(self.degrees), scoring=True)

    def back(self) -> "Draft | None":
        """Go back to the evidence."""
        return replace(self, scoring=False) if self.scoring else None


@dataclass(frozen=True)
class RecallDraft:
    """The points of a strong answer: first typed line by line, then each line beside what it means."""

    points: tuple[Point, ...]
    lines: tuple[str, ...] = ()
    means: tuple[int | None, ...] = ()
    """For each line the position of its point, None for none of them."""
    typing: bool = True
    picks: ClassVar[bool] = False

    @property
    def step(self) -> str:
        """Say which of the two steps is done."""
        return f"{'1' if self.typing else '✓'} Your lines ▸ 2 Match"

    @property
    def opening(self) -> bool:
        """The lines come first."""
        return self.typing

    @property
    def choices(self) -> int:
        """A line for each that was typed, once they are matched."""
        return 0 if self.typing else len(self.lines)

    @property
    def labels(self) -> tuple[str, str, str]:
        """Name the keys of the step."""
        return ("", "Next line", "Don't know") if self.typing else ("Change", "Confirm", "")

    def option(self, position: int) -> Outcome:
        """Let a line mean the next point, or after the last none."""
        now = self.means[position]
        then = 0 if now is None else now + 1
        turned = then if then < len(self.points) else None
        return replace(self, means=(*self.means[:position], turned, *self.means[position + 1 :]))

    def go(self, typed: str, /, *, warned: bool) -> Outcome:
        """Take a line; an empty one ends the typing, and then Enter confirms what the lines mean."""
        if not self.typing:
            named = frozenset(point for point in self.means if point is not None)
            return Answer(chosen=named, typed="\n".join(self.lines))
        if typed:
            more = replace(self, lines=(*self.lines, typed))
            return more if len(more.lines) < DIGITS else more.matched()
        if self.lines:
            return self.matched()
        return Answer(gave_up=True) if warned else "Don't know? Enter again shows the answer."

    def unknown(self) -> Outcome:
        """Say that it is not known."""
        return Answer(gave_up=True)

    def back(self) -> Draft | None:
        """Never: by the second step the points are told."""
        return None

    def matched(self) -> "RecallDraft":
        """Put each line beside the point that it seems to mean."""
        from trainer.cards.recall import match_lines  # noqa: PLC0415 — only this form needs it

        return replace(self, means=match_lines(self.lines, self.points), typing=False)
