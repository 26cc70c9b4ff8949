"""What is remembered: reviews, the state of a card, and the totals of a day.

Everything here follows from the reviews alone. `replay` is that rule; a stored
state or total is only its result, kept so that opening is fast.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import IntEnum

import msgspec

Day = date
"""A study day, by the date on which it began (it ends at 04:00 the next morning)."""


UNTIMED = 2
"""An answer whose `spent` is not known counts so many times its own milliseconds."""


class Rating(IntEnum):
    """How well a card was remembered, as FSRS counts it."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Degree(IntEnum):
    """How far an answer shows a point."""

    NOT = 0
    PARTLY = 1
    SHOWN = 2


class Rated(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """How a learner rated a whole answer, with the reference beside it as it stood then.

    So a rater's profile needs nothing but the reviews, whatever becomes of the sheet. The answer
    is the review's `variant`.
    """

    score: int
    """From 1 to 5, by the learner."""
    reference: int
    """From 1 to 5, by the sheet."""
    points: dict[str, tuple[Degree, Degree]] = msgspec.field(default_factory=dict)
    """By the point's id: the learner's degree, and the reference's."""
    flags: dict[str, tuple[bool, bool]] = msgspec.field(default_factory=dict)
    """By the red flag's id: whether the learner saw it, and whether it is there."""
    raters: int = 0
    """Experts behind the reference; 0 for the author's own proposal."""
    first: bool = False
    """The learner had never been shown this answer's reference: only such ratings enter a profile."""


class Review(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True, gc=False):
    """One answer. Its id, kept beside it, is its time in microseconds since the epoch."""

    card: str
    """The card's id, `sheet/deck/item[.aspect]`."""
    day: Day
    rating: Rating
    given: int
    """Days from `day` until the card is due again, as the learner was told."""
    form: str
    ms: int
    """Milliseconds from the question to the answer."""
    spent: int | None = None
    """Milliseconds since the answer before it in the session, or since the session began; None in reviews of
    versions that did not keep it. Less `ms` it is the time that the feedback on the card before took."""
    variant: str = ""
    """Which of its ways the card was asked in."""
    chosen: tuple[str, ...] = ()
    """Ids of the options chosen. What was typed is not kept."""
    at: int | None = None
    """The clock's own time in microseconds, where the id had to be moved past an earlier one."""
    repeat: bool = False
    """The card came back in the same session after a miss: no step of memory."""
    hint: bool = False
    guess: bool = False
    """Right, but the learner said that it was a guess."""
    unseen: bool = False
    """Asked by a line that this learner had never seen, on a card met before."""
    rated: Rated | None = None
    """For a whole answer that was rated; None for all else, and for "I don't know"."""
    drill: bool = False
    """Given in a drill of a team, where the first answer counts: it is not taken back."""
    anew: bool = False
    """What was remembered of the card had been forgotten at the learner's wish since the answer before. It is
    set where reviews are read, by the record's own line of that; none is stored with it."""

    @property
    def right(self) -> bool:
        """Whether the answer was right, a lucky guess included."""
        return self.rating > Rating.AGAIN or self.guess

    @property
    def missed(self) -> bool:
        """Whether the answer was wrong or not known."""
        return not self.right

    @property
    def spent_ms(self) -> int:
        """Milliseconds that it took of the day; unless they were kept, feedback counts as long as asking."""
        return UNTIMED * self.ms if self.spent is None else self.spent


class CardState(msgspec.Struct, frozen=True, kw_only=True):
    """What the reviews of one card add up to."""

    stability: float
    """Days until the chance of recall falls to 90 %."""
    difficulty: float
    """From 1 (easy) to 10 (hard)."""
    last: Day
    due: Day
    reps: int
    """Reviews that moved the memory, repeats not counted."""
    lapses: int
    """Reviews after the first that were rated Again."""
    right_days: int
    """Different study days of a right first try since the last miss; guesses don't count."""
    seen: dict[str, bool] = msgspec.field(default_factory=dict)
    """The ways it was asked in, the latest last, and whether the answer was right."""


class DayTotals(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The sums of one study day."""

    reviews: int = 0
    """Answers of any kind."""
    new: int = 0
    """First meetings: never scored."""
    right: int = 0
    """Cards met before and right at first try, guesses not counted."""
    lucky: int = 0
    missed: int = 0
    repeats: int = 0
    ms: int = 0
    new_ms: int = 0
    """Milliseconds spent on first meetings."""
    spent: int = 0
    """Milliseconds of the day that its answers took with their feedback, as far as reviews say so."""
    timed: int = 0
    """The part of `ms` that is of reviews which say so."""
    unseen: int = 0
    unseen_right: int = 0

    @property
    def spent_ms(self) -> int:
        """Milliseconds of the day that went into sessions and quizzes: the sum of its reviews' `spent_ms`."""
        return self.spent + UNTIMED * (self.ms - self.timed)

    @property
    def scored(self) -> int:
        """First tries on cards met before."""
        return self.right + self.lucky + self.missed

    def plus(self, review: Review, *, first_meeting: bool) -> "DayTotals":
        """Return the totals with one more review in them."""
        return self._with(review, 1, first_meeting=first_meeting)

    def minus(self, review: Review, *, first_meeting: bool) -> "DayTotals":
        """Return the totals as they were before a review that is in them."""
        return self._with(review, -1, first_meeting=first_meeting)

    def _with(self, review: Review, times: int, *, first_meeting: bool) -> "DayTotals":
        scored = times * (not review.repeat and not first_meeting)
        sure = review.right and not review.guess
        return DayTotals(
            reviews=self.reviews + times,
            new=self.new + times * first_meeting,
            right=self.right + scored * sure,
            lucky=self.lucky + scored * review.guess,
            missed=self.missed + scored * review.missed,
            repeats=self.repeats + times * review.repeat,
            ms=self.ms + times * review.ms,
            new_ms=self.new_ms + times * first_meeting * review.ms,
            spent=self.spent + times * (review.spent or 0),
            timed=self.timed + times * (0 if review.spent is None else review.ms),
            unseen=self.unseen + times * review.unseen,
            unseen_right=self.unseen_right + times * (review.unseen and sure),
        )


def sum_of(days: Iterable[DayTotals]) -> DayTotals:
    """Return the totals of several days together."""
    each = list(days)
    return DayTotals(
        **{name: sum(getattr(day, name) for day in each) for name in DayTotals.__struct_fields__}
    )


class Marks(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What the recruiter said of a card; no review tells it."""

    suspended: bool = False
    buried: Day | None = None
    """The study day on which the card was put off with "not today"."""
    star: bool = False
    """Worth coming back to."""
    doubtful: bool = False
    """The recruiter doubts that the card is right."""
    reason: str = ""
    """Why they doubt it, a key of DOUBTS; empty when they did not say, or don't doubt it."""
    way: str = ""
    """The key of the way in which it was asked when they doubted it; empty where that was not kept."""

    def away(self, day: Day) -> bool:
        """Return whether the card stays out of a session on `day`."""
        return self.suspended or self.buried == day


DOUBTS = {
    "wrong": "The answer is wrong",
    "several": "More than one is right",
    "unclear": "Unclear",
    "typo": "Typo",
    "elsewhere": "Not so in our theatre or region",
    "unfair": "Unfair",
}
"""The reasons for doubting a card, in the order in which they are offered."""

History = Mapping[int, Review]
"""Reviews by id, undone ones left out."""
