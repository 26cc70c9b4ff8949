"""What the minutes until an interview come to: a forecast, what would be enough, and what helps else.

A forecast believes the model of memory and that no day is left out, so it is told as "at best": in the
simulation of docs/decisions/0012-recall-at-the-hour.md, people needed twice the minutes and more. How ready
one is, told by one's own answers, is in `readiness`.
"""

import math
from collections.abc import Sequence

from msgspec import Struct

from trainer.humanize import count
from trainer.study.forecast import EVE, MOST_MINUTES, Course, known_by, minutes_for

TWICE = 2
"""Memories that the model does not describe need up to so many times the minutes."""


class Vital(Struct, frozen=True, kw_only=True):
    """Only what matters most of a role: red flags on safety, and the questions of the level."""

    cards: int
    at_best: int
    """So many of them would be known."""
    level: str
    """The name of the level that is hired for; empty when not said."""


class Preparation(Struct, frozen=True, kw_only=True):
    """What the minutes until an interview come to, at best."""

    cards: int
    minutes: int
    """Minutes a day until then."""
    at_best: int
    """So many cards would be known; never all of them."""
    least: int | None
    """The minutes a day from which nine of ten may be known; None where no reasonable time will do."""
    most: int = 0
    """So many would be known at best at the most minutes a day that are reasonable, where `least` is None."""
    eve_minutes: int
    """A long session on the eve."""
    at_best_with_eve: int
    level: str = ""
    """The name of the level whose questions are counted; empty where all are."""
    others: int = 0
    """Other interviews ahead of it or after it, towards which the same minutes go."""
    vital: Vital | None = None
    """None where it is all, or nothing."""

    @property
    def enough(self) -> bool:
        """Whether nine of ten may be known."""
        return self.least is not None and self.minutes >= self.least


def preparation(
    course: Course, minutes: int, vital: Course | None = None, *, level: str = "", others: int = 0
) -> Preparation:
    """Return what so many minutes a day come to.

    `vital` is the way if only what matters most is learned. `level` is the name of the level that is hired
    for, if one is, and `others` is how many interviews share the minutes.
    """
    eve, least = EVE * minutes, minutes_for(course)
    at_best, with_eve = _at_best(course, minutes), _at_best(course, minutes, eve)
    return Preparation(
        cards=course.cards,
        level=level,
        others=others,
        minutes=minutes,
        at_best=at_best,
        least=least,
        most=max(at_best, with_eve, _at_best(course, MOST_MINUTES)) if least is None else 0,
        eve_minutes=eve,
        at_best_with_eve=with_eve,
        vital=vital and Vital(cards=vital.cards, at_best=_at_best(vital, minutes), level=level),
    )


def _at_best(course: Course, minutes: int, eve: int = 0) -> int:
    """Return a count that promises nothing more, and never all."""
    return max(0, min(course.cards - 1, math.floor(known_by(course, minutes, eve))))


# In words


def in_words(told: Preparation) -> str:
    """Return a forecast in two sentences."""
    cards = f"the {told.cards} cards for {told.level}" if told.level else f"{told.cards} cards"
    known = f"you would know at best {told.at_best} of {cards}"
    shared = f", shared with {count(told.others, 'other interview')}," if told.others else ""
    at = f"At {count(told.minutes, 'minute')} a day{shared}"
    return f"{at} {known}, before the steps of its day. {_nine_of_ten(told)}"


def what_helps(told: Preparation, brief: str) -> Sequence[str]:
    """Return three choices with what each comes to, where time does not suffice; else nothing.

    `brief` says how to open the brief.
    """
    if told.enough:
        return ()
    eve = f"A long session on the eve, {count(told.eve_minutes, 'minute')}: at best {told.at_best_with_eve}."
    most = []
    if told.vital:
        questions = f"the questions for {told.vital.level}" if told.vital.level else "the interview questions"
        known = f"at best {told.vital.at_best} of its {count(told.vital.cards, 'card')}"
        most = [f"Only what matters most, red flags on safety and {questions}: {known}."]
    return eve, *most, f"The brief, to take with you: {brief}."


def _nine_of_ten(told: Preparation) -> str:
    if told.least is None:
        return f"Nine of ten can't be known by then: with hours a day it would be {told.most} at best."
    return f"Nine of ten take {told.least} to {TWICE * told.least} minutes a day."
