"""An answer in the making by keys, for the forms that take more than one step.

The rules are those of `study/answering.py`; here stand what each key does, and the words.
"""

from dataclasses import dataclass
from typing import ClassVar, Protocol, TypeAlias

from trainer.app.kit.keys import DIGITS
from trainer.cards.card import Answer, Form, Question
from trainer.cards.sample import SCORES
from trainer.study.answering import Doubt, Recall, SampleRating

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
    def begun(self) -> bool:
        """Whether anything is entered that would be lost with it."""

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
    def unknown_means(self) -> str:
        """Say what 0 does in this step; empty where it says that it is not known."""

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
        return RatingDraft.of(question.sample)
    return RecallDraft(question.points, question.same_words) if question.form is Form.RECALL else None


_WARNINGS = {
    Doubt.NOTHING_MARKED: "Nothing is marked (digits or Space do it). Enter again says: nothing was shown.",
    Doubt.NOTHING_NAMED: "Don't know? Enter again shows the answer.",
}


@dataclass(frozen=True)
class RatingDraft(SampleRating):
    """The rating of a whole answer, by keys."""

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
    def begun(self) -> bool:
        """Evidence is marked."""
        return self.marked

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

    @property
    def unknown_means(self) -> str:
        """Say what 0 does before a score is asked for."""
        return "" if self.scoring else "No point is shown, and no flag: on to the score"

    def option(self, position: int) -> Outcome:
        """Give a score; or turn a point or a flag, which stand in one list."""
        if self.scoring:
            return self.scored(SCORES[position])
        points = len(self.degrees)
        return self.turn_point(position) if position < points else self.turn_flag(position - points)

    def go(self, _typed: str, /, *, warned: bool) -> Outcome:
        """Go on to the score; a score itself is chosen."""
        if self.scoring:
            return "Choose with 1 to 5, or with ↑ ↓ and then Enter."
        return _outcome(self.to_score(sure=warned))

    def unknown(self) -> Outcome:
        """Say that nothing was shown, and go on; once the score is asked for, that it is not known."""
        return self.give_up() if self.scoring else self.nothing_shown()


@dataclass(frozen=True)
class RecallDraft(Recall):
    """The points of a strong answer, by keys."""

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
    def begun(self) -> bool:
        """A line is written."""
        return bool(self.lines)

    @property
    def choices(self) -> int:
        """A line for each that was typed, once they are matched."""
        return len(self.means)

    @property
    def labels(self) -> tuple[str, str, str]:
        """Name the keys of the step."""
        return ("", "Next line", "Don't know") if self.typing else ("Change", "Confirm", "")

    @property
    def unknown_means(self) -> str:
        """As for any card."""
        return ""

    def option(self, position: int) -> Outcome:
        """Let a line mean the next point."""
        return self.turn(position)

    def go(self, typed: str, /, *, warned: bool) -> Outcome:
        """Take a line, the last one that a digit can name; an empty one ends, and then Enter confirms."""
        if not self.typing:
            return self.confirmed()
        if not typed:
            return _outcome(self.end(sure=warned))
        more = self.add(typed)
        return more if len(more.lines) < DIGITS else more.matched()

    def unknown(self) -> Outcome:
        """Say that it is not known."""
        return self.give_up()

    def back(self) -> Draft | None:
        """Never: by the second step the points are told."""
        return None


def _outcome(found: "Draft | Answer | Doubt") -> Outcome:
    return _WARNINGS[found] if isinstance(found, Doubt) else found
