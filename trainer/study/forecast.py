"""How much would be known at an hour if the plan towards it is kept: its days are run ahead in expectation.

Cards that stand alike are one group, whose counts may be fractions: a group that is asked goes on with the
memory that is expected of it. It believes the model of memory, so it is what would be known at best.
"""

import math
from collections.abc import Iterable, Sequence
from math import ceil
from statistics import fmean
from typing import NamedTuple

from trainer.memory.model import Memory, first, next_stability, retrievability, stability_for
from trainer.memory.state import Rating
from trainer.memory.worth import Cost, worth
from trainer.study.pace import Kind
from trainer.study.plan import Planner
from trainer.study.toward import NEW_PART, Target

WANTED = 0.9
"""The part of a role's cards that is to be known."""
MOST_MINUTES = 180
"""Minutes a day beyond which nobody is advised to go."""
EVE = 3
"""Usual sessions that a long one on the eve lasts."""

_SAME_DAY = 0.5
"""Days until the hour that count at least, for what is known after a session of the same day."""
_MOST_REPS = 6
"""Reviews of a card beyond which more are not told apart."""
_GROWTH = 1.1
"""The factor between the minutes that are tried."""
_NEAR = 1e-6


class Group(NamedTuple):
    """Cards that were met on one day and asked equally often."""

    cards: float
    memory: Memory
    """Of one of them, on the mean."""
    reps: int
    """Reviews so far, at least 1."""
    last: float
    """Days from now to the last review: 0 or below for what was met before."""


class Course(NamedTuple):
    """The way to an hour."""

    groups: Sequence[Group]
    """What was met."""
    unmet: int
    """Cards that can be met."""
    days: int
    """Sessions until then, one a day, the first now; at least 1."""
    ahead: float
    """Days from now to the hour."""
    new: Cost
    """What a first meeting takes."""
    review: Cost
    chance: float
    """The chance to be right on a first meeting, 0 to 1."""
    spent: float = 0
    """Seconds of today that are gone."""


def course_of(planner: Planner, target: Target) -> Course:
    """Return the way to an interview, at the learner's pace. What is put away is left out."""
    record, pace, today = planner.record, planner.pace, planner.day
    kept = [card for card in target.cards if not record.marks(card.id).suspended]
    groups = [
        Group(1, Memory(state.stability, state.difficulty), state.reps, -float((today - state.last).days))
        for card in kept
        if (state := record.state(card.id))
    ]
    return Course(
        groups=merged(groups),
        unmet=len(planner.fresh(target.cards)),
        days=max(1, target.days),
        ahead=target.ahead,
        new=_mean(pace.cost(card.forms_at(0), Kind.NEW) for card in kept),
        review=_mean(pace.cost(card.forms_at(1), Kind.REVIEW) for card in kept),
        chance=pace.chance(Kind.NEW),
        spent=record.totals(today).spent_ms / 1000,
    )


def _mean(costs: Iterable[Cost]) -> Cost:
    """Return what one takes on the mean."""
    found = list(costs) or [Cost(1, 1)]
    return Cost(fmean(each.right for each in found), fmean(each.missed for each in found))


def known_by(course: Course, minutes: float, eve: float = 0) -> float:
    """Return how many cards would be known at the hour, with so many minutes a day, and more on the eve."""
    groups, unmet = list(course.groups), float(course.unmet)
    seconds = course.new.expected(course.chance)
    for day in range(course.days):
        left = course.days - day
        room = 60.0 * (max(minutes, eve) if left == 1 else minutes)
        room = max(0.0, room - course.spent) if day == 0 else room
        new = min(unmet / ceil(left / 2), (NEW_PART * room if groups else room) / seconds)
        ahead = max(_SAME_DAY, course.ahead - day)
        groups, room = _reviewed(groups, day, ahead, room - new * seconds, course.review)
        new += max(0.0, min(unmet - new, room / seconds))
        unmet -= new
        if new > _NEAR:
            groups.append(_met(new, day, ahead, course.chance))
    return sum(
        each.cards * retrievability(each.memory.stability, course.ahead - each.last) for each in groups
    )


def minutes_for(course: Course, share: float = WANTED) -> int | None:
    """Return the fewest minutes a day by which that share of the cards is known; None beyond MOST_MINUTES.

    It is right to a tenth.
    """
    wanted = share * (sum(each.cards for each in course.groups) + course.unmet)
    if known_by(course, MOST_MINUTES) < wanted:
        return None
    few, enough = 0, ceil(math.log(MOST_MINUTES, _GROWTH))
    while few < enough:
        middle = (few + enough) // 2
        if known_by(course, _GROWTH**middle) >= wanted:
            enough = middle
        else:
            few = middle + 1
    return min(MOST_MINUTES, ceil(_GROWTH**enough))


def merged(groups: Iterable[Group], day: int = 0) -> list[Group]:
    """Return groups with those put together that were asked about as often and as long ago on a day."""
    alike: dict[tuple[int, int], list[Group]] = {}
    for each in groups:
        elapsed = max(0.0, day - each.last)
        alike.setdefault((min(each.reps, _MOST_REPS), int(2 * math.log2(1 + elapsed))), []).append(each)
    return [some[0] if len(some) == 1 else _together(some) for some in alike.values()]


def _together(groups: Sequence[Group]) -> Group:
    count = sum(each.cards for each in groups)
    stability = sum(each.cards * math.log(each.memory.stability) for each in groups) / count
    difficulty = sum(each.cards * each.memory.difficulty for each in groups) / count
    last = sum(each.cards * each.last for each in groups) / count
    return Group(count, Memory(math.exp(stability), difficulty), groups[0].reps, last)


def _reviewed(
    groups: Sequence[Group], day: int, ahead: float, room: float, cost: Cost
) -> tuple[list[Group], float]:
    """Ask groups by falling worth until the seconds are used; return all of them, and what is left."""
    valued = [(worth(each.memory, each.reps, day - each.last, ahead, cost), each) for each in groups]
    after: list[Group] = []
    for value, each in sorted(valued, key=lambda pair: -pair[0]):
        if value <= 0 or room <= 0:
            after.append(each)
            continue
        chance = retrievability(each.memory.stability, day - each.last)
        seconds = cost.expected(chance)
        asked = min(each.cards, room / seconds)
        room -= asked * seconds
        after.append(_asked(each, asked, day, ahead, chance))
        if each.cards - asked > _NEAR:
            after.append(each._replace(cards=each.cards - asked))
    return merged(after, day), room


def _asked(group: Group, count: float, day: int, ahead: float, chance: float) -> Group:
    elapsed = day - group.last
    right, missed = (next_stability(group.memory, elapsed, each) for each in (Rating.GOOD, Rating.AGAIN))
    stability = _expected(right, missed, chance, ahead)
    return Group(count, group.memory._replace(stability=stability), group.reps + 1, day)


def _met(count: float, day: int, ahead: float, chance: float) -> Group:
    right, missed = first(Rating.GOOD), first(Rating.AGAIN)
    stability = _expected(right.stability, missed.stability, chance, ahead)
    difficulty = chance * right.difficulty + (1 - chance) * missed.difficulty
    return Group(count, Memory(stability, difficulty), 1, day)


def _expected(right: float, missed: float, chance: float, ahead: float) -> float:
    """Return the stability by which as much is known at the hour as is expected."""
    known = chance * retrievability(right, ahead) + (1 - chance) * retrievability(missed, ahead)
    return stability_for(known, ahead)
