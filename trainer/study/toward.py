"""What to ask in minutes that serve an hour, whatever is due: days before an interview, and just before it.

The policy comes from the simulation behind docs/decisions/0009-worth-of-a-review.md: what raises the chance
of recall at that hour most for each second, first meetings among it.
"""

import heapq
from collections.abc import Iterable, Sequence
from math import ceil
from typing import NamedTuple

from trainer.cards.stage import stage_of
from trainer.memory.model import SAME_DAY, Memory
from trainer.memory.state import CardState
from trainer.memory.worth import worth
from trainer.study.pace import Kind
from trainer.study.plan import Listed, Planner, StudyPlan, due_cards
from trainer.study.portions import Planned, at_most, filling, mixed, total

AN_HOUR = 1 / 24
"""Days to the interview that a quiz is for."""

MISSES = 2
"""A missed card comes back once: with more there would be no time for others."""

LAST_LOOK = 3
"""Things that were missed are told at the end, to be read once more at the door."""

OTHERS = 0.3
"""What a due card of another role counts beside one of an interview's."""

NEW_PART = 0.8
"""Of a day's minutes at most so much goes to its part of new cards, where met ones are worth anything: where
time is too short for all, some memories keep more of few cards that were asked twice."""

_NEW_LATER = 0.9
"""The chance that what is met in a quiz is still known an hour later, its feedback read."""


class _Candidate(NamedTuple):
    value: float
    """By how much it raises recall at the hour, for each second."""
    planned: Planned
    new: bool


class Target(NamedTuple):
    """An interview ahead."""

    cards: Sequence[Listed]
    """What is to be known at its hour."""
    days: int
    """Study days until then; 0 on the day itself."""
    ahead: float
    """Days until its hour."""


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
        spent = 0.0
        for candidate in heapq.merge(met, new, key=_falling):
            if candidate.value <= 0 or spent + candidate.planned.seconds / 2 > seconds:
                break
            taken.append(candidate)
            spent += candidate.planned.seconds
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
            state = self.record.state(card.id)
            if state is None or self.record.marks(card.id).away(self.day):
                continue
            found.append(self._candidate(card, state, AN_HOUR))
        return found

    def _candidate(self, card: Listed, state: CardState, ahead: float) -> _Candidate:
        cost = self.pace.cost(card.forms_at(stage_of(state)), Kind.REVIEW, MISSES)
        elapsed = max(SAME_DAY, (self.day - state.last).days)
        value = worth(Memory(state.stability, state.difficulty), state.reps, elapsed, ahead, cost)
        return _Candidate(value, Planned(card.id, cost.expected(self.chance(state))), new=False)

    def _new(self, cards: Sequence[Listed]) -> list[_Candidate]:
        fresh = self.fresh(cards)
        return [_Candidate(_NEW_LATER / planned.seconds, planned, new=True) for planned in fresh]


class InterviewPlanner(QuizPlanner):
    """Plans a day on which interviews are ahead."""

    def towards(
        self,
        targets: Sequence[Target],
        cards: Sequence[Listed],
        minutes: int,
        *,
        anew: bool = False,
        limit: int | None = None,
    ) -> StudyPlan:
        """Plan a day's minutes towards interviews, the nearest first; `cards` are what the learner learns.

        First what was left waiting, and what was hard in an interview; then new cards with a star, and each
        role's part of its new ones, so that all are met in half of the days, as far as the minutes for new
        ones go; then met cards, due or not, by what they are worth at the hour, those that are due of other
        roles among them at a smaller weight; then more new cards. They are asked with the new cards in the
        middle, as a session that takes longer ends before its last cards: those should be worth least. The
        rest is as in `study`.
        """
        day = minutes * 60.0
        left = day if anew else self.left(day)
        ours = {card.id for target in targets for card in target.cards}
        others = [card for card in cards if card.id not in ours]
        listed = {card.id: card for card in (*others, *(card for target in targets for card in target.cards))}
        every = list(listed.values())
        again = self.waiting(every) if left else []
        hard = self.first_of(self.fresh(every), left - total(again)) if self._first else []
        room = left - total(again) - total(hard)
        due = due_cards(others, self.record, self.day)
        met = self._by_worth_at(targets, due, {each.card for each in again})
        parts, rest, waiting = self._unmet(targets, others, {each.card for each in hard})
        reviews, fresh = _filled(met, parts, rest, room)
        new_of_others = self.room_for_new(every, reviews, day, anew=anew)
        fresh += filling(waiting, min(room - total(reviews) - total(fresh), new_of_others))
        if limit is not None:
            again, hard, reviews, fresh = at_most(limit, again, hard, reviews, fresh)
        asked = {each.card for each in (*again, *reviews)}
        left_due = [card for card in due_cards(every, self.record, self.day) if card.id not in asked]
        half = ceil(len(reviews) / 2)
        return StudyPlan(
            cards=(*again, *mixed(reviews[:half], fresh, every, reviews[half:], first=hard)),
            again=len(again),
            reviews=len(reviews),
            new=len(hard) + len(fresh),
            more_new=len(parts) + len(rest) + len(waiting) - len(fresh),
            goal=left,
            due=len(reviews) + len(left_due),
        )

    def _unmet(
        self, targets: Sequence[Target], others: Sequence[Listed], planned: set[str]
    ) -> tuple[list[Planned], list[Planned], list[Planned]]:
        """Return the new cards that are not planned: those of today, the targets' other ones, and others.

        Those of today have others that are starred before them.
        """
        parts, rest, waiting = (
            [each for each in some if each.card not in planned]
            for some in (*self._parts(targets), self.fresh(others))
        )
        stars = {each.card for each in waiting if self.record.marks(each.card).star}
        wanted = [each for each in waiting if each.card in stars]
        return [*wanted, *parts], rest, [each for each in waiting if each.card not in stars]

    def _parts(self, targets: Sequence[Target]) -> tuple[list[Planned], list[Planned]]:
        """Return the new cards that are today's part, and the others, the nearest interview's first."""
        parts: dict[str, Planned] = {}
        rest: dict[str, Planned] = {}
        for target in targets:
            fresh = self.fresh(target.cards)
            states = (self.record.state(card.id) for card in target.cards)
            today = sum(1 for state in states if state and state.reps == 1 and state.last == self.day)
            part = ceil((len(fresh) + today) / ceil(max(1, target.days) / 2)) - today
            for place, planned in enumerate(fresh):
                if planned.card not in parts:
                    (parts if place < part else rest).setdefault(planned.card, planned)
        return list(parts.values()), [each for each in rest.values() if each.card not in parts]

    def _by_worth_at(
        self, targets: Sequence[Target], others: Iterable[Listed], waiting: set[str]
    ) -> list[Planned]:
        """Return the met cards that were not asked today by falling worth at the hour of their interview."""
        found: dict[str, _Candidate] = {}
        weighed = [(target.cards, target.ahead, 1.0) for target in targets]
        nearest = min(target.ahead for target in targets)
        for cards, ahead, weight in (*weighed, (others, nearest, OTHERS)):
            for card in cards:
                state = self.record.state(card.id)
                away = card.id in waiting or self.record.marks(card.id).away(self.day)
                if state is None or away or state.last >= self.day:
                    continue
                candidate = self._candidate(card, state, ahead)
                value = candidate.value * weight
                if card.id not in found and value > 0:
                    found[card.id] = candidate._replace(value=value)
        return [each.planned for each in sorted(found.values(), key=_falling)]


def _filled(
    met: Sequence[Planned], parts: Sequence[Planned], rest: Sequence[Planned], room: float
) -> tuple[list[Planned], list[Planned]]:
    """Return the reviews and the new cards, of their part and of the rest, that fill so many seconds."""
    fresh = filling(parts, NEW_PART * room if met else room)
    reviews = filling(met, room - total(fresh))
    more = [*parts[len(fresh) :], *rest]
    return reviews, [*fresh, *filling(more, room - total(reviews) - total(fresh))]


def _falling(candidate: _Candidate) -> float:
    return -candidate.value
