"""How much would be known at an hour if the plan towards it is kept: its days are run ahead in expectation.

Cards that stand alike are one group, whose counts may be fractions: a group that is asked goes on with the
memory that is expected of it. It believes the model of memory, so it is what would be known at best.
"""

import math
from collections.abc import Iterable, Sequence
from math import ceil
from statistics import fmean
from typing import NamedTuple

from trainer.memory.model import SAME_DAY, Memory, first, next_stability, retrievability, stability_for
from trainer.memory.state import Rating
from trainer.memory.worth import Cost, worth
from trainer.study.pace import Kind
from trainer.study.plan import Listed, Planner
from trainer.study.toward import NEW_PART, Target

WANTED = 0.9
"""The part of a role's cards that is to be known."""
MOST_MINUTES = 180
"""Minutes a day beyond which nobody is advised to go."""
EVE = 3
"""Usual sessions that a long one on the eve lasts."""

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


class Hour(NamedTuple):
    """When an interview begins."""

    days: int
    """Sessions until then, one a day, the first now; at least 1."""
    ahead: float
    """Days from now to it."""


class Part(NamedTuple):
    """Cards that are wanted for the same interviews."""

    groups: Sequence[Group]
    """What was met."""
    unmet: int
    """Cards that can be met."""
    hours: Sequence[Hour]
    """Those of the interviews, the nearest first; at least one."""
    counted: bool
    """Whether they are wanted at the hour that the course leads to."""
    new: Cost
    """What a first meeting takes."""
    review: Cost


class Course(NamedTuple):
    """The days until an hour, in which the minutes of a day are shared with other interviews ahead."""

    parts: Sequence[Part]
    """That of the nearest interview first."""
    hour: Hour
    cards: int
    """All that are wanted then; of those that are put away nothing is known."""
    chance: float
    """The chance to be right on a first meeting, 0 to 1."""
    spent: float = 0
    """Seconds of today that are gone."""

    @property
    def most(self) -> float:
        """Return how many of them can be known."""
        wanted = [part for part in self.parts if part.counted]
        return sum(part.unmet + sum(each.cards for each in part.groups) for part in wanted)


def course_of(planner: Planner, targets: Sequence[Target], place: int = 0) -> Course:
    """Return the days until one of the interviews ahead, by its place, at the learner's pace.

    The nearest one stands first. A card that several of them want is prepared for the first of these. What is
    put away is left out.
    """
    hours = [Hour(max(1, target.days), target.ahead) for target in targets]
    wanted: dict[str, list[int]] = {}
    cards: dict[str, Listed] = {}
    for number, target in enumerate(targets):
        for card in target.cards:
            cards[card.id] = card
            wanted.setdefault(card.id, []).append(number)
    alike: dict[tuple[int, ...], list[Listed]] = {}
    for id_, numbers in wanted.items():
        alike.setdefault(tuple(numbers), []).append(cards[id_])
    return Course(
        parts=[
            _part(planner, some, [hours[number] for number in numbers], counted=place in numbers)
            for numbers, some in sorted(alike.items(), key=lambda each: each[0])
        ],
        hour=hours[place],
        cards=len(targets[place].cards),
        chance=planner.pace.chance(Kind.NEW),
        spent=planner.record.totals(planner.day).spent_ms / 1000,
    )


def _part(planner: Planner, cards: Sequence[Listed], hours: Sequence[Hour], *, counted: bool) -> Part:
    record, pace, today = planner.record, planner.pace, planner.day
    kept = [card for card in cards if not record.marks(card.id).suspended]
    groups = [
        Group(1, Memory(state.stability, state.difficulty), state.reps, -float((today - state.last).days))
        for card in kept
        if (state := record.state(card.id))
    ]
    return Part(
        groups=merged(groups),
        unmet=len(planner.fresh(cards)),
        hours=hours,
        counted=counted,
        new=_mean(pace.cost(card.forms_at(0), Kind.NEW) for card in kept),
        review=_mean(pace.cost(card.forms_at(1), Kind.REVIEW) for card in kept),
    )


def _mean(costs: Iterable[Cost]) -> Cost:
    """Return what one takes on the mean."""
    found = list(costs) or [Cost(1, 1)]
    return Cost(fmean(each.right for each in found), fmean(each.missed for each in found))


def known_by(course: Course, minutes: float, eve: float = 0) -> float:
    """Return how many cards would be known at the hour, with so many minutes a day, and more on the eve."""
    runs = [_Run(part, course.chance) for part in course.parts]
    for day in range(course.hour.days):
        room = 60.0 * (max(minutes, eve) if day == course.hour.days - 1 else minutes)
        room = max(0.0, room - course.spent) if day == 0 else room
        _studied([run for run in runs if run.goes_on(day)], day, room)
    return sum(run.known(course.hour.ahead) for run in runs if run.part.counted)


class _Run:
    """A part of the cards from day to day."""

    def __init__(self, part: Part, chance: float) -> None:
        self.part, self.chance = part, chance
        self.groups, self.unmet = list(part.groups), float(part.unmet)
        self.seconds = part.new.expected(chance)
        """What a first meeting takes."""
        self._met = 0.0

    def goes_on(self, day: int) -> bool:
        """Begin a day; return whether it is prepared for an hour that is still ahead."""
        self.hour = next((hour for hour in self.part.hours if hour.days > day), None)
        self._met = 0.0
        return self.hour is not None

    def ahead(self, day: int) -> float:
        """Return the days from a day to the hour that it is prepared for."""
        return max(SAME_DAY, self.hour.ahead - day) if self.hour else SAME_DAY

    def share(self, day: int) -> float:
        """Return the new cards that are the part of a day, so that all are met in half of the days."""
        return self.unmet / ceil((self.hour.days - day) / 2) if self.hour else 0

    def meet(self, cards: float, room: float) -> float:
        """Meet so many cards, as far as the seconds go; return the seconds that they take."""
        met = min(cards, room / self.seconds)
        self._met += met
        self.unmet -= met
        return met * self.seconds

    def end(self, day: int) -> None:
        """Put what was met on a day beside what was asked."""
        if self._met > _NEAR:
            self.groups.append(_met(self._met, day, self.ahead(day), self.chance))

    def known(self, ahead: float) -> float:
        """Return how many cards are known at an hour."""
        return sum(
            each.cards * retrievability(each.memory.stability, ahead - each.last) for each in self.groups
        )


def _studied(runs: Sequence[_Run], day: int, room: float) -> None:
    """Study so many seconds of a day: each part's new cards, what is worth most, then more new ones."""
    for_new = NEW_PART * room if any(run.groups for run in runs) else room
    spent = 0.0
    for run in runs:
        spent += run.meet(run.share(day), max(0.0, for_new - spent))
    left = _reviewed(runs, day, room - spent)
    for run in runs:
        left -= run.meet(run.unmet, max(0.0, left))
        run.end(day)


def minutes_for(course: Course, share: float = WANTED) -> int | None:
    """Return the fewest minutes a day by which that share of the cards is known; None beyond MOST_MINUTES.

    It is right to a tenth.
    """
    wanted = share * course.most
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


def _reviewed(runs: Sequence[_Run], day: int, room: float) -> float:
    """Ask groups of all by falling worth until the seconds are used; return what is left of these."""
    valued = [
        (worth(each.memory, each.reps, day - each.last, run.ahead(day), run.part.review), run, each)
        for run in runs
        for each in run.groups
    ]
    for run in runs:
        run.groups = []
    for value, run, each in sorted(valued, key=lambda found: -found[0]):
        if value <= 0 or room <= _NEAR:
            run.groups.append(each)
            continue
        chance = retrievability(each.memory.stability, day - each.last)
        seconds = run.part.review.expected(chance)
        asked = min(each.cards, room / seconds)
        room -= asked * seconds
        run.groups.append(_asked(each, asked, day, run.ahead(day), chance))
        if each.cards - asked > _NEAR:
            run.groups.append(each._replace(cards=each.cards - asked))
    for run in runs:
        run.groups = merged(run.groups, day)
    return room


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
