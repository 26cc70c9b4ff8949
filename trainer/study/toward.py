"""What to ask in minutes that end at an hour: a quiz before an interview, whatever is due.

The policy comes from the simulation behind docs/decisions/0009-worth-of-a-review.md: what raises the chance
of recall at that hour most for each second, first meetings among it.
"""

import heapq
from collections.abc import Sequence
from typing import NamedTuple

from trainer.cards.stage import stage_of
from trainer.memory.model import Memory
from trainer.memory.state import CardState
from trainer.memory.worth import worth
from trainer.study.pace import Kind
from trainer.study.plan import Listed, Planned, Planner, StudyPlan, mixed

AN_HOUR = 1 / 24
"""Days to the interview that a quiz is for."""

MISSES = 2
"""A missed card comes back once: with more there would be no time for others."""

LAST_LOOK = 3
"""Things that were missed are told at the end, to be read once more at the door."""

_NEW_LATER = 0.9
"""The chance that what is met in a quiz is still known an hour later, its feedback read."""
_SAME_DAY = 0.5
"""Days that count as gone by since an answer of the same study day: it keeps no hour."""


class _Candidate(NamedTuple):
    value: float
    """By how much it raises recall at the hour, for each second."""
    planned: Planned
    new: bool


class QuizPlanner(Planner):
    """Plans a quiz of some minutes."""

    def for_the_hour(self, cards: Sequence[Listed], minutes: int) -> StudyPlan:
        """Plan the minutes before an hour: met and new cards in the order of what they are worth then.

        New ones keep the order of teaching among themselves.
        """
        seconds = minutes * 60.0
        value = {card.planned.card: card for card in (*self._met(cards), *self._new(cards))}
        met = sorted((each for each in value.values() if not each.new), key=_falling)
        new = [each for each in value.values() if each.new]
        taken: list[_Candidate] = []
        total = 0.0
        for candidate in heapq.merge(met, new, key=_falling):
            if candidate.value <= 0 or total + candidate.planned.seconds / 2 > seconds:
                break
            taken.append(candidate)
            total += candidate.planned.seconds
        reviews = [each.planned for each in taken if not each.new]
        fresh = [each.planned for each in taken if each.new]
        return StudyPlan(
            cards=tuple(mixed(reviews, fresh, cards)),
            reviews=len(reviews),
            new=len(fresh),
            more_new=len(new) - len(fresh),
            goal=seconds,
            due=len(reviews),
            last_look=LAST_LOOK,
            most_misses=MISSES,
        )

    def _met(self, cards: Sequence[Listed]) -> list[_Candidate]:
        found = []
        for card in cards:
            state = self._record.state(card.id)
            if state is None or self._record.marks(card.id).away(self._day):
                continue
            found.append(self._candidate(card, state))
        return found

    def _candidate(self, card: Listed, state: CardState) -> _Candidate:
        cost = self.pace.cost(card.forms_at(stage_of(state)), Kind.REVIEW, MISSES)
        elapsed = max(_SAME_DAY, (self._day - state.last).days)
        value = worth(Memory(state.stability, state.difficulty), state.reps, elapsed, AN_HOUR, cost)
        return _Candidate(value, Planned(card.id, cost.expected(self._chance(state))), new=False)

    def _new(self, cards: Sequence[Listed]) -> list[_Candidate]:
        fresh = self._fresh(cards)
        return [_Candidate(_NEW_LATER / planned.seconds, planned, new=True) for planned in fresh]


def _falling(candidate: _Candidate) -> float:
    return -candidate.value
