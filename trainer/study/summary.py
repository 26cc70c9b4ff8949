"""What a session came to."""

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from trainer.cards.card import Question
from trainer.humanize import count, minutes
from trainer.memory.state import Day, Review


class Summary(Struct, frozen=True, kw_only=True):
    """The figures of a session. First meetings and repeats are never scored."""

    answers: int
    new: int
    """Cards met for the first time."""
    scored: int
    """First tries on cards met before."""
    right: int
    """… of which right, guesses not counted."""
    lucky: int
    """… of which right by a guess."""
    missed: tuple[Question, ...]
    """What was missed at first try, first meetings included."""
    minutes: float
    coming: Mapping[Day, int]
    """How many cards are due on each day from today on; what is overdue counts for today."""


def summarize(
    answered: Sequence[tuple[Review, bool, Question]], *, spent_ms: int, due: Sequence[Day], today: Day
) -> Summary:
    """Return the summary of answers, each with whether it was a first meeting and its question."""
    scored = [review for review, first_meeting, _ in answered if not review.repeat and not first_meeting]
    return Summary(
        answers=len(answered),
        new=sum(first_meeting for _, first_meeting, _ in answered),
        scored=len(scored),
        right=sum(review.right and not review.guess for review in scored),
        lucky=sum(review.guess for review in scored),
        missed=tuple(question for review, _, question in answered if review.missed and not review.repeat),
        minutes=spent_ms / 60_000,
        coming=dict(sorted(Counter(max(day, today) for day in due).items())),
    )


def headline(summary: Summary) -> str:
    """Return what a session with an answer came to in one sentence."""
    if summary.scored:
        return f"{summary.right} of {summary.scored} right at first try."
    if summary.new:
        return f"You met {count(summary.new, 'new card')}."
    return f"{count(summary.answers, 'answer')} given."


def figures(summary: Summary, *, saved: bool) -> str:
    """Return what else it came to, and whether that is saved."""
    parts = [count(summary.answers, "answer")]
    if summary.lucky:
        parts.append(f"{summary.lucky} right by a guess")
    if summary.new and summary.scored:
        parts.append(f"{count(summary.new, 'new card')} met")
    parts.append(minutes(summary.minutes))
    kept = "Every answer is saved." if saved else "Practice: nothing was saved."
    return f"{' · '.join(parts)}. {kept}"
