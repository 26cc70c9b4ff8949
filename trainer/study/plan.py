"""What to ask today, in the minutes that there are, and in which order.

One plan is what Today tells and what the session asks. It needs no sheet, only the outlines of cards.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from statistics import fmean
from typing import Protocol, TypeVar

from msgspec import Struct

from trainer.cards.stage import stage_of
from trainer.humanize import whole_minutes
from trainer.memory.model import Memory
from trainer.memory.schedule import Schedule
from trainer.memory.state import CardState, Day, Rating
from trainer.memory.worth import worth
from trainer.study import teaching
from trainer.study.backlog import WEEK, Coming, Owed, daily_forecast, daily_load, days_to_catch_up
from trainer.study.pace import ANSWERS, MISSES_A_SESSION, Kind, Pace
from trainer.study.portions import Planned, at_most, filling, mixed, total
from trainer.study.recorder import Recorder

DEFAULT_MINUTES = 10
"""Minutes a day, as long as the learner has chosen none."""

NEW_SHARE = 0.4
"""Of a day's minutes at most so much goes to new cards, where anything is due."""

FULL = 0.88
"""New cards are met as long as reviews take no more of the coming week's minutes than this part of the chance
that one is right: on some days more is due than on others, and the more so the more comes back at once."""

AHEAD = 30
"""Days: on an ordinary day a review counts for what is known a month later."""

MORE_NEW = 10
"""New cards that "more new" brings, whatever the minutes say."""

QUIZ_LENGTH = 10

SAMPLE = 100
"""So many cards tell what is usual among more."""

_DONE = 0.9
"""From this part of its minutes on a day's portion counts as done: what is left is hardly a card."""


class Listed(teaching.Listed, Protocol):
    """What tells whether a card can be asked on a day, and how: its outline."""

    def forms_at(self, stage: int) -> str:
        """Return the forms in which it may be asked at a stage, a blank between them."""


class Identified(Protocol):
    """What has the id of a card."""

    @property
    def id(self) -> str:
        """The card's identity."""


_Identified = TypeVar("_Identified", bound=Identified)


class StudyPlan(Struct, frozen=True, kw_only=True):
    """What a session asks, in this order, and what is to be said of it before."""

    cards: tuple[Planned, ...] = ()
    spare: tuple[Planned, ...] = ()
    """What is asked too where those are answered before the goal is reached."""
    again: int = 0
    """Cards that come first: missed today and left waiting, or hard in an interview."""
    reviews: int = 0
    """Cards due."""
    new: int = 0
    """Cards to be met."""
    more_new: int = 0
    """Cards beyond those that could be met."""
    goal: float | None = None
    """Seconds after which it is enough for today; None for a session that has no end but its last card."""
    due: int = 0
    """All cards that are due, whether there is room for them or not."""
    caught_up_in: int | None = 0
    """In about how many days no more is due than one session takes; 0 when it is so now, None when it takes
    longer than can be told."""
    last_look: int = 0
    """So many things that were missed are told at the end, to be read once more."""
    most_misses: int = MISSES_A_SESSION
    """After so many misses a card does not come back in the session."""

    @property
    def first_cards(self) -> set[str]:
        """The ids of those that come `again`."""
        return {each.card for each in self.cards[: self.again]}

    @property
    def certain(self) -> set[str]:
        """The ids of those that are asked however slowly it goes: all in the first half of its time."""
        half = filling(self.cards, min(self.seconds, self.goal or self.seconds) / 2)
        return {each.card for each in half}

    @property
    def seconds(self) -> float:
        """What it is expected to take."""
        return sum(card.seconds for card in self.cards)

    @property
    def minutes(self) -> int:
        """What it is expected to take, in whole minutes: at least 1 for any card at all."""
        return whole_minutes(self.seconds)


def due_cards(cards: Iterable[_Identified], record: Recorder, day: Day) -> list[_Identified]:
    """Return the cards to review on `day`, in the order given."""
    return [
        card
        for card in cards
        if (state := record.state(card.id)) and state.due <= day and not record.marks(card.id).away(day)
    ]


class Planner:
    """Plans the sessions of a learner on a day, at their pace.

    What plans towards an hour (`toward`) is made of the same parts.
    """

    def __init__(
        self,
        record: Recorder,
        schedule: Schedule,
        day: Day,
        roles: Sequence[str] = (),
        first: Collection[str] = (),
    ) -> None:
        """Learn the pace from the newest answers; `roles` are ids of sheets, in the order of new cards.

        `first` are the ids of cards that come before others, due or not: they were hard in an interview.
        """
        self.record, self._schedule, self.day, self._roles = record, schedule, day, roles
        self._first = first
        self._recent = record.recent(ANSWERS)
        self.pace = Pace.of(self._recent, record)
        self._usual_recall = self._usually()

    def study(
        self,
        cards: Sequence[Listed],
        minutes: int = DEFAULT_MINUTES,
        *,
        anew: bool = False,
        limit: int | None = None,
        new: int | None = None,
    ) -> StudyPlan:
        """Plan an ordinary session: what was left waiting, what is due, then new cards.

        `minutes` are those of a day, of which the time that was spent today is gone; with `anew` all of them
        count from now. Reviews come in the order of their worth, and never ahead. New cards get what is left,
        at most NEW_SHARE of the day (all on a day without reviews), and none while more is due than a day has
        room for, or the week is FULL of reviews. `limit` is the most cards in all; `new` is the number of new
        cards, whatever the minutes say.
        """
        day = minutes * 60.0
        left = day if anew else self.left(day)
        again = self.waiting(cards) if left or new is not None else []
        waits = {each.card for each in again}
        due = self._by_worth([c for c in due_cards(cards, self.record, self.day) if c.id not in waits])
        waiting = self.fresh(cards)
        hard, unmet = self.first_of(waiting, left - total(again)), len(waiting)
        waiting, first = waiting[len(hard) :], [*again, *hard]
        reviews = filling(due, left - total(first))
        if new is not None:
            fresh = waiting[: max(0, new - len(hard))]
        elif total(due) > day:
            fresh = []
        else:
            room = min(
                left - total(first) - total(reviews),
                self.room_for_new(cards, due, day, anew=anew) - total(hard),
            )
            fresh = filling(waiting, room)
        if limit is not None:
            again, hard, reviews, fresh = at_most(limit, again, hard, reviews, fresh)
        return StudyPlan(
            cards=(*again, *mixed(reviews, fresh, cards, first=hard)),
            again=len(again),
            reviews=len(reviews),
            new=len(hard) + len(fresh),
            more_new=unmet - len(hard) - len(fresh),
            goal=left if new is None else None,
            due=len(due),
            caught_up_in=self._catching_up(cards, due, day),
        )

    def quiz(self, cards: Sequence[Listed], count: int = QUIZ_LENGTH) -> StudyPlan:
        """Plan a quick quiz: what is most likely forgotten by now, filled up with new cards."""
        met = [
            (self._schedule.recall(state, self.day), card)
            for card in cards
            if (state := self.record.state(card.id)) and not self.record.marks(card.id).away(self.day)
        ]
        weakest = [card for _, card in sorted(met, key=lambda each: each[0])[:count]]
        reviews = [self._review(card, once=True)[0] for card in weakest]
        fresh = self.fresh(cards)[: count - len(reviews)]
        return StudyPlan(
            cards=tuple(mixed(reviews, fresh, cards)),
            reviews=len(reviews),
            new=len(fresh),
            due=len(reviews),
            most_misses=1,
        )

    def left(self, day: float) -> float:
        """Return how many seconds of a day are left."""
        spent = self.record.totals(self.day).spent_ms / 1000
        return day - spent if spent < _DONE * day else 0.0

    def room_for_new(
        self, cards: Sequence[Listed], due: Sequence[Planned], day: float, *, anew: bool
    ) -> float:
        """Return how many seconds of a day new cards may take."""
        totals = self.record.totals(self.day)
        if not due and (anew or not totals.scored or not self._reviewed_due()):
            return day
        met = totals.new_ms / totals.ms * totals.spent_ms / 1000 if totals.ms and not anew else 0.0
        chance = self.pace.chance(Kind.REVIEW)
        return min(NEW_SHARE * day - met, FULL * chance * day - daily_load(self._coming(cards), chance))

    def _reviewed_due(self) -> bool:
        """Return whether a card was reviewed today that was due; in a round of mistakes hardly one is."""
        counts = Counter(review.card for _, review in self._recent if not review.repeat)
        due_on: dict[str, Day] = {}
        for _, review in self._recent:
            if review.day == self.day and not review.repeat:
                due, state = due_on.get(review.card), self.record.state(review.card)
                met_before = state is not None and state.reps > counts[review.card]
                if met_before if due is None else due <= self.day:
                    return True
            due_on[review.card] = review.day + timedelta(days=review.given)
        return False

    def review_minutes(self, cards: Sequence[Listed]) -> float:
        """Return the minutes a day that reviews take in the coming week, of all that was met so far."""
        return daily_load(self._coming(cards), self.pace.chance(Kind.REVIEW)) / 60

    def forecast(self, cards: Sequence[Listed], days: int) -> list[float]:
        """Return the seconds that reviews take on each of the coming days, today first, with no new card.

        What was missed today and waits is asked again today.
        """
        coming = [*self._coming(cards, days), *self._put_off(cards)]
        found = daily_forecast(coming, days, self.pace.chance(Kind.REVIEW))
        found[0] += total([each for each in self.waiting(cards) if each.misses])
        return found

    def _put_off(self, cards: Sequence[Listed]) -> list[Coming]:
        """Return the cards that are not for today, as they come from tomorrow on."""
        marks = {card.id: self.record.marks(card.id) for card in cards}
        return [
            self._comes(card, state, max(1, (state.due - self.day).days))
            for card in cards
            if marks[card.id].buried == self.day and not marks[card.id].suspended
            if (state := self.record.state(card.id))
        ]

    def _coming(self, cards: Sequence[Listed], days: int = WEEK) -> list[Coming]:
        """Return the cards that come in so many days, as these see them."""
        found = []
        for card in cards:
            state = self.record.state(card.id)
            if state is None or (ahead := (state.due - self.day).days) >= days:
                continue
            if not self.record.marks(card.id).away(self.day):
                found.append(self._comes(card, state, max(0, ahead)))
        return found

    def _comes(self, card: Listed, state: CardState, ahead: int) -> Coming:
        """Return a card that was met, as it comes so many days ahead."""
        cost = self.pace.cost(card.forms_at(stage_of(state)), Kind.REVIEW)
        seconds = cost.expected(self.pace.chance(Kind.REVIEW))
        return Coming(ahead, self._schedule.interval_if_right(state, self.day), seconds)

    def _catching_up(self, cards: Sequence[Listed], due: Sequence[Planned], day: float) -> int | None:
        """Return in about how many days no more is due than a day has room for; None if none can be told."""
        if total(due) <= day:
            return 0
        here = [card for card in cards if not self.record.marks(card.id).suspended]
        met = [(card, state) for card in here if (state := self.record.state(card.id))]
        met.sort(key=lambda each: (each[1].due, each[0].id))
        size = min(len(met), SAMPLE)
        some = [met[i * len(met) // size] for i in range(size)]
        return days_to_catch_up(
            [self._owed(card, state) for card, state in some],
            day * len(some) / len(met),
            self._schedule.retention,
            lambda recall: self.pace.chance_of(recall, self._usual_recall),
            ahead=AHEAD,
        )

    def _owed(self, card: Listed, state: CardState) -> Owed:
        return Owed(
            Memory(state.stability, state.difficulty),
            state.reps,
            (state.last - self.day).days,
            (state.due - self.day).days,
            self.pace.cost(card.forms_at(stage_of(state)), Kind.REVIEW),
        )

    def _usually(self) -> float:
        """Return the retrievability at which cards are asked on the mean.

        It is below the desired retention: no interval is shorter than a day.
        """
        states = [self.record.state(review.card) for _, review in self._recent[-SAMPLE:]]
        found = [self._schedule.recall(state, state.due) for state in states if state]
        return fmean(found) if found else self._schedule.retention

    def _by_worth(self, cards: Sequence[Listed]) -> list[Planned]:
        found = [self._review(card) for card in cards]
        return [planned for planned, _ in sorted(found, key=lambda each: -each[1])]

    def _review(self, card: Listed, *, once: bool = False) -> tuple[Planned, float]:
        """Return a card that was met before, and its worth."""
        state = self.record.state(card.id)
        assert state is not None
        misses = MISSES_A_SESSION if once else 0
        cost = self.pace.cost(card.forms_at(stage_of(state)), Kind.REVIEW, misses)
        elapsed = (self.day - state.last).days
        value = worth(Memory(state.stability, state.difficulty), state.reps, elapsed, AHEAD, cost)
        return Planned(card.id, cost.expected(self.chance(state))), value

    def chance(self, state: CardState) -> float:
        """Return how likely a card is right on this day."""
        return self.pace.chance_of(self._schedule.recall(state, self.day), self._usual_recall)

    def fresh(self, cards: Sequence[Listed]) -> list[Planned]:
        """Return the cards that can be met on this day, in the order of teaching.

        Those come first that were hard in an interview, then starred ones.
        """
        away = {card.id for card in cards if self.record.marks(card.id).away(self.day)}

        def met(card: str) -> bool:
            return self.record.state(card) is not None or self.record.marks(card).suspended

        def starred(card: str) -> bool:
            return self.record.marks(card).star

        chance = self.pace.chance(Kind.NEW)
        here = (card for card in cards if card.id not in away)
        in_order = teaching.teaching_order(here, met, self._roles, wanted=starred)
        return [
            Planned(card.id, self.pace.cost(card.forms_at(0), Kind.NEW).expected(chance))
            for card in sorted(in_order, key=lambda card: card.id not in self._first)
        ]

    def first_of(self, fresh: Iterable[Planned], seconds: float) -> list[Planned]:
        """Return of all new cards those that come before others, as far as they fill so many seconds."""
        return filling((each for each in fresh if each.card in self._first), seconds)

    def waiting(self, cards: Sequence[Listed]) -> list[Planned]:
        """Return the cards that were missed today and not right since; after enough misses they rest.

        Behind them stand those that come first and were not asked today.
        """
        missed: dict[str, Planned] = {}
        by_id = {card.id: card for card in cards}
        for _, review in self._recent:
            if review.day != self.day or not (card := by_id.get(review.card)):
                continue
            before = missed.pop(review.card, None)
            if review.rating is Rating.AGAIN:
                misses = before.misses + 1 if before else 1
                cost = self.pace.cost(
                    card.forms_at(stage_of(self.record.state(card.id))), Kind.REPEAT, misses
                )
                seconds = cost.expected(self.pace.chance(Kind.REPEAT))
                missed[review.card] = Planned(review.card, seconds, misses, review.variant)
        first = [card for card in cards if card.id in self._first and card.id not in missed]
        met = [card for card in first if (state := self.record.state(card.id)) and state.last < self.day]
        return [
            each
            for each in (*missed.values(), *(self._review(card)[0] for card in met))
            if each.misses < MISSES_A_SESSION and not self.record.marks(each.card).away(self.day)
        ]
