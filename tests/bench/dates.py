"""Recall at the hour of an interview, by three plans of the same minutes a day; the program knows no memory.

From an empty record a role is learned until its interview: by the days' plan towards it, by the ordinary plan
of the role (which knows of no interview), and by greedy gain, which asks each day what raises recall at the
hour most for each second. The same person on the same days plays all three. Nothing is asked afterwards.
"""

import heapq
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from tests.bench.learners import FULL, START, Learner
from tests.bench.measure import Row
from tests.bench.memories import MODELS
from tests.learners import shipped
from trainer.cards.outline import Outline
from trainer.cards.stage import stage_of
from trainer.engine.choice import SessionChoice
from trainer.memory.model import Memory, first
from trainer.memory.state import Rating
from trainer.memory.worth import gain, recall
from trainer.study.pace import Kind
from trainer.study.plan import Planner
from trainer.study.portions import Planned
from trainer.study.session import Session

ROLE = "props"
LEARNERS = 8 if FULL else 1
DAYS = (3, 7, 14)
MINUTES = (5, 10, 20)
AFTER = 30
AHEAD = 4.0
"""Points by which ours is to be ahead of the ordinary plan at the hour, on the mean of the models."""
BEHIND = 1.0
"""Points by which ours may be behind greedy gain in any model but one."""
_UNDESCRIBED = "half-life regression"
PLANS = ("ours", "ordinary", "greedy")
_HOUR = timedelta(hours=4)
"""Days begin at ten, the interview is at two."""


class Known(NamedTuple):
    """What part of the role is known, in percent, and the minutes that it took."""

    then: float
    later: float
    minutes: float


def rows(folder: Path) -> Iterator[Row]:
    """Play, and tell what was known at the hour, and a month later."""
    del folder
    every: dict[str, list[Known]] = {plan: [] for plan in PLANS}
    for name in MODELS:
        found: dict[str, list[Known]] = {plan: [] for plan in PLANS}
        for days in DAYS:
            for minutes in MINUTES:
                cell = {plan: _cell(plan, name, days, minutes) for plan in PLANS}
                for plan, known in cell.items():
                    found[plan] += known
                yield from _rows_of_cell(f"{name}, {days} × {minutes} min", cell)
        for plan, known in found.items():
            every[plan] += known
        behind = 100.0 if name == _UNDESCRIBED else BEHIND
        yield _row(f"{name}: at the hour, and greedy", found["ours"], found["greedy"], behind)
        yield _row(f"{name}: at the hour, and ordinary", found["ours"], found["ordinary"], 0)
    yield _row("all: at the hour, and ordinary", every["ours"], every["ordinary"], -AHEAD)
    yield _later("all: a month later, and ordinary", every["ours"], every["ordinary"])


def _rows_of_cell(what: str, cell: dict[str, list[Known]]) -> Iterator[Row]:
    if FULL:
        spent = " ".join(f"{fmean(each.minutes for each in cell[plan]):.0f}" for plan in PLANS)
        yield _row(f"  {what} ({spent}), greedy", cell["ours"], cell["greedy"], 100)
        yield _row(f"  {what}, ordinary", cell["ours"], cell["ordinary"], 100)
        yield _later(f"  {what}, a month later", cell["ours"], cell["ordinary"], 100)


def _row(what: str, ours: Sequence[Known], theirs: Sequence[Known], most: float) -> Row:
    unknown = [100 - fmean(each.then for each in known) for known in (ours, theirs)]
    return Row(f"not known {what}", unknown[0], unknown[1], most, unit="%", more=True)


def _later(what: str, ours: Sequence[Known], theirs: Sequence[Known], most: float = 0) -> Row:
    unknown = [100 - fmean(each.later for each in known) for known in (ours, theirs)]
    return Row(f"not known {what}", unknown[0], unknown[1], most, unit="%", more=True)


def _cell(plan: str, model: str, days: int, minutes: int) -> list[Known]:
    return [_known(plan, model, days, minutes, seed) for seed in range(LEARNERS)]


def _known(plan: str, model: str, days: int, minutes: int, seed: int) -> Known:
    learner = preparing(f"date {model} {minutes} {seed}", model, days, minutes)
    if plan != "ours":
        learner.engine.end_interview(1)
    return known_at(learner, days, minutes, plan)


def preparing(luck: str, model: str, days: int, minutes: int) -> Learner:
    """Return somebody who has an interview in so many days."""
    learner = Learner(luck, minutes, memory=MODELS[model](luck), role=ROLE)
    when = START + timedelta(days=days) + _HOUR
    learner.engine.add_interview(ROLE, f"{when:%Y-%m-%d}", f"{when:%H:%M}", minutes=minutes)
    return learner


def known_at(learner: Learner, days: int, minutes: int, plan: str = "ours") -> Known:
    """Play the days by a plan, and return what is known then."""
    learner.minutes = minutes
    learner.engine.set_minutes(minutes)
    when, spent = START + timedelta(days=days) + _HOUR, 0.0
    for day in range(days):
        learner.wake(day)
        spent += learner.play(_session(plan, learner, (when - learner.clock.at) / timedelta(days=1))).seconds
    cards = sum(card.startswith(f"{ROLE}/") for card in shipped().cards) / 100
    at = (when - START) / timedelta(days=1)
    return Known(learner.known(at) / cards, learner.known(at + AFTER) / cards, spent / 60)


def _session(plan: str, learner: Learner, ahead: float) -> Session | None:
    if plan != "greedy":
        return learner.engine.session(SessionChoice("study", () if plan == "ours" else (ROLE,)))
    engine = learner.engine
    planned = Greedy(engine.progress, engine.progress.schedule, engine.day, (ROLE,)).of_a_day(
        ahead, learner.minutes
    )
    cards = shipped().cards
    return Session(
        [cards[each.card] for each in planned],
        cards,
        engine.progress,
        engine.progress.schedule,
        learner.clock,
        goal=learner.minutes * 60,
        seconds={each.card: each.seconds for each in planned},
    )


class Greedy(Planner):
    """Plans a day by the gain at the hour alone, first meetings among it."""

    def of_a_day(self, ahead: float, minutes: int) -> list[Planned]:
        """Return the cards that raise recall at the hour most, those of today left out.

        New ones keep the order of teaching among themselves, as in any plan.
        """
        cards = [Outline.of(card) for card in shipped().cards.values() if card.sheet.id == ROLE]
        met = sorted(self._met(cards, ahead), key=_falling)
        taken: list[Planned] = []
        left = minutes * 60.0
        for _, planned in heapq.merge(met, self._new(cards, ahead), key=_falling):
            if planned.seconds / 2 > left:
                break
            taken.append(planned)
            left -= planned.seconds
        return taken

    def _met(self, cards: Sequence[Outline], ahead: float) -> Iterator[tuple[float, Planned]]:
        for card in cards:
            state = self.record.state(card.id)
            if state and state.last < self.day:
                cost = self.pace.cost(card.forms_at(stage_of(state)), Kind.REVIEW)
                elapsed = (self.day - state.last).days
                value = gain(Memory(state.stability, state.difficulty), elapsed, ahead, cost)
                yield value, Planned(card.id, cost.expected(self.chance(state)))

    def _new(self, cards: Sequence[Outline], ahead: float) -> Iterator[tuple[float, Planned]]:
        chance = self.pace.chance(Kind.NEW)
        kept, missed = (recall(first(rating).stability, ahead) for rating in (Rating.GOOD, Rating.AGAIN))
        for planned in self.fresh(cards):
            yield (chance * kept + (1 - chance) * missed) / planned.seconds, planned


def _falling(valued: tuple[float, Planned]) -> float:
    return -valued[0]
