"""Learners who are played day by day through the real engine and its sessions, with a clock that is moved.

`python -m tests.bench learners` plays a few of each kind; `TRAINER_BENCH=full` plays many. What is told of a
learner is hidden from the program: how likely they are right, how long they take, what they remember.
"""

import math
import os
import random
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from tests.bench.former_plan import plan_study
from tests.bench.measure import Row, milliseconds, p50
from tests.bench.memories import MODELS, MemoryModel
from tests.learners import right, shipped, wrong
from trainer.cards.outline import Outline
from trainer.engine.choice import SessionChoice
from trainer.engine.engine import Engine
from trainer.home import Home
from trainer.memory.schedule import Schedule
from trainer.memory.state import Rating, Review
from trainer.progress.progress import Progress
from trainer.study.plan import Planner
from trainer.study.session import Session

START = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)
LEARNING_DAYS, TOLD_DAYS, LONG, MONTH = 5, 20, 90, 30
RIGHT_ON = (0.65, 0.80, 0.90)
MINUTES = {5: 0.20, 10: 0.17, 20: 0.15}
"""Minutes a day, and by which part the minutes said may be off on the median."""
FULL = os.environ.get("TRAINER_BENCH") == "full"
LEARNERS = 12 if FULL else 2
CARD_SPREAD, DAY_SPREAD = 0.5, 0.15

_DECKS = ("levels", "meanings")
_TIMES = {
    # form: seconds until the answer, on its feedback if right, if missed; what this bench holds for usual
    "choose": (13.0, 5.0, 14.0),
    "flip": (9.0, 4.0, 9.0),
    "type": (12.0, 5.0, 11.0),
    "tick": (24.0, 8.0, 18.0),
    "recall": (38.0, 14.0, 22.0),
    "rate": (45.0, 18.0, 26.0),
}


class MovedClock:
    """Tells the time that it was moved to."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at

    def forward(self, seconds: float) -> None:
        """Let time go by."""
        self.at += timedelta(seconds=seconds)


class Played(NamedTuple):
    """What became of a session."""

    seconds: float
    done: float
    """The part of the planned cards that will not be asked again in it."""
    beyond: int
    """Questions that were put after the goal was reached."""


@dataclass
class Learner:
    """Somebody with a record of their own in memory."""

    chance: random.Random
    minutes: int
    right_on: float = 0.85
    memory: MemoryModel | None = None

    def __post_init__(self) -> None:
        """Draw what kind of learner it is, and open the record."""
        self.clock = MovedClock()
        self._speed = math.exp(self.chance.gauss(0, 0.35))
        self._form = {form: math.exp(self.chance.gauss(0, 0.25)) for form in _TIMES}
        self._first = math.exp(self.chance.gauss(0.3, 0.15))
        self._again = math.exp(self.chance.gauss(-0.3, 0.15))
        self._day = 1.0
        schedule = Schedule()
        progress = Progress.read(Path("/nowhere/bench.json"), "bench", schedule, self.clock)
        self.engine = Engine(Home(Path("/nowhere")), progress, schedule, self.clock, library=shipped())
        self.engine.progress.set_setting("minutes", self.minutes)

    def wake(self, day: int) -> None:
        """Begin a day, counted from 0."""
        self.clock.at = START + timedelta(days=day)
        self._day = math.exp(self.chance.gauss(0, DAY_SPREAD))

    def play(self, session: Session | None, *, to_the_end: bool = False) -> Played:
        """Answer to the last card, or until the session says that it is enough."""
        begun, beyond = self.clock.at, 0
        while session and session.question:
            beyond += self._since(begun) > self.minutes * 60
            feedback_seconds = self._answer(session)
            if session.enough and not to_the_end:
                self.clock.forward(feedback_seconds)
                break
            if to_the_end:
                session.go_on()
            self.clock.forward(feedback_seconds)
            session.next()
        done = session.done / max(1, session.total) if session else 1.0
        return Played(self._since(begun), done, beyond)

    def _since(self, begun: datetime) -> float:
        return (self.clock.at - begun).total_seconds()

    def _answer(self, session: Session) -> float:
        """Give an answer; return the seconds that its feedback is read."""
        question = session.question
        assert question
        asking, read_right, read_missed = _TIMES[question.form.value]
        kind = self._first if session.first_meeting else self._again if session.repeat else 1.0
        one = self._speed * self._form[question.form.value] * kind * self._day
        one *= math.exp(self.chance.gauss(0, CARD_SPREAD))
        knows = self._knows(session)
        self.clock.forward(min(118.0, asking * one))
        session.answer(right(question) if knows else wrong(question))
        if self.memory:
            self.memory.ask(question.card.id, self._days(), right=knows)
        return min(118.0, (read_right if knows else read_missed) * one)

    def _knows(self, session: Session) -> bool:
        question = session.question
        assert question
        if session.repeat:
            return self.chance.random() < min(0.95, self.right_on + 0.05)
        if session.first_meeting:
            return self.chance.random() < self.right_on - 0.3
        known = self.memory.chance(question.card.id, self._days()) if self.memory else self.right_on
        return self.chance.random() < known

    def _days(self) -> float:
        return (self.clock.at - START) / timedelta(days=1)

    def known(self, day: float) -> float:
        """Return how many cards would be right on a day."""
        assert self.memory
        return sum(self.memory.chance(card, day) for card in self.engine.progress.states)


def rows(folder: Path) -> Iterator[Row]:
    """Play, and tell what came of it."""
    yield _planning()
    yield from _minutes_said()
    yield from _ended_at_the_goal()
    yield from _known_after_a_month()


def _planning() -> Row:
    """Plan a day of 800 cards, of which 400 are due, out of a record of as many answers as tell the pace."""
    learner = Learner(random.Random("planning"), 10)
    outlines = [
        Outline(f"s/{deck}/c{i}", deck, (), (), False, ("choose", "choose flip"))
        for i in range(400)
        for deck in _DECKS
    ]
    progress, engine = learner.engine.progress, learner.engine
    for outlined in outlines[::2]:
        given = {"rating": Rating.GOOD, "given": 3, "form": "choose", "ms": 9_000, "spent": 14_000}
        progress.record(Review(card=outlined.id, day=engine.day, **given), learner.clock.at)  # type: ignore[arg-type]  # by name
    learner.wake(20)
    times = milliseconds(lambda: Planner(progress, Schedule(), engine.day).study(outlines), 21)
    return Row("plan of a day, 800 cards, half of them due: beside 15 ms", p50(times), 15, 1)


def _minutes_said() -> Iterator[Row]:
    """Play to the last planned card, after some days of learning the pace."""
    for minutes, most in MINUTES.items():
        errors: dict[float, list[float]] = {}
        for right_on in RIGHT_ON:
            errors[right_on] = []
            for seed in range(LEARNERS * 2):
                learner = Learner(random.Random(f"said {minutes} {right_on} {seed}"), minutes, right_on)
                errors[right_on] += list(_errors(learner))
        every = [error for found in errors.values() for error in found]
        for right_on, found in errors.items():
            what = f"{minutes} min, right on {right_on:.0%}: mean error of what is said"
            yield Row(what, 100 * abs(statistics.mean(found)), 100, 0.10, unit="%")
        yield Row(f"{minutes} min: mean error", 100 * abs(statistics.mean(every)), 100, 0.05, unit="%")
        yield Row(
            f"{minutes} min: median absolute error", 100 * p50(list(map(abs, every))), 100, most, unit="%"
        )


def _errors(learner: Learner) -> Iterator[float]:
    """Yield by which part of what was said the session was longer, day by day."""
    for day in range(LEARNING_DAYS + TOLD_DAYS):
        learner.wake(day)
        said = learner.engine.overview().minutes
        session = learner.engine.session(SessionChoice())
        played = learner.play(session, to_the_end=True)
        if day >= LEARNING_DAYS and said:
            yield played.seconds / 60 / said - 1


def _ended_at_the_goal() -> Iterator[Row]:
    for minutes in MINUTES:
        for right_on in RIGHT_ON:
            beyond, done, due = [], [], []
            for seed in range(LEARNERS):
                learner = Learner(random.Random(f"goal {minutes} {right_on} {seed}"), minutes, right_on)
                for day in range(LONG):
                    learner.wake(day)
                    played = learner.play(learner.engine.session(SessionChoice()))
                    beyond.append(played.beyond)
                    if day >= LEARNING_DAYS:
                        done.append(played.done)
                learner.wake(LONG)
                due.append(learner.engine.overview().caught_up_in)
            name = f"{minutes} min, right on {right_on:.0%}"
            yield Row(f"{name}: questions put beyond the goal, at most", max(beyond), 1, 1, unit="")
            share = 100 * sum(part < 0.8 for part in done) / len(done)
            yield Row(f"{name}: days with less than 80 % of it done", share, 100, 0.2, unit="%")
            yield Row(f"{name}: learners with more due than a session", sum(map(bool, due)), 1, 0, unit="")


def _known_after_a_month() -> Iterator[Row]:
    """Give the former plan the minutes that the present one took, and count what is known at the end.

    Its sessions are cut to the cards that fit, at what one has taken so far, and played whole: what is missed
    comes back in both until it is right.
    """
    fewer = 0
    for name, model in MODELS.items():
        sums = [0.0] * 4
        for minutes in MINUTES:
            for seed in range(LEARNERS + 1):
                luck = f"{name} {minutes} {seed}"
                ours, theirs = (
                    Learner(random.Random(luck), minutes, memory=model(random.Random(luck))) for _ in range(2)
                )
                _month_of_both(ours, theirs)
                known = [each.known(day) for day in (MONTH, 2 * MONTH) for each in (theirs, ours)]
                sums = [one + other for one, other in zip(sums, known, strict=True)]
        yield Row(f"{name}: known on day {MONTH} by the former plan", sums[0], sums[1], 1.1, unit="")
        yield Row(f"{name}: known on day {2 * MONTH} by the former plan", sums[2], sums[3], 1.1, unit="")
        fewer += sums[0] > sums[1]
    yield Row(f"models with fewer known on day {MONTH} than by the former plan", fewer, 1, 1, unit="")


def _month_of_both(ours: Learner, theirs: Learner) -> None:
    left, spent, asked = 0.0, 120.0, 4
    for day in range(MONTH):
        ours.wake(day)
        left += ours.play(ours.engine.session(SessionChoice())).seconds
        theirs.wake(day)
        session = _former_session(theirs, max(0, round(left * asked / spent)))
        played = theirs.play(session, to_the_end=True).seconds
        left, spent, asked = left - played, spent + played, asked + session.total


def _former_session(learner: Learner, limit: int) -> Session:
    engine, schedule = learner.engine, Schedule()
    cards = engine.library.cards
    plan = plan_study(_outlines(), engine.progress, schedule, engine.day, limit)
    return Session([cards[each.id] for each in plan], cards, engine.progress, schedule, learner.clock)


_KEPT: list[Outline] = []


def _outlines() -> Sequence[Outline]:
    if not _KEPT:
        _KEPT.extend(Outline.of(card) for card in shipped().cards.values())
    return _KEPT
