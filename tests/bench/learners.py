"""Learners who are played day by day through the real engine and its sessions, with a clock that is moved.

`python -m tests.bench learners` plays a few of each kind; `TRAINER_BENCH=full` plays many. What is told of a
learner is hidden from the program: how likely they are right, how long they take, what they remember.
"""

import math
import os
import random
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from tests.bench.former_plan import plan_study
from tests.bench.measure import Row, milliseconds, p50
from tests.bench.memories import MODELS, MemoryModel
from tests.learners import right, shipped, wrong
from trainer.cards.card import Answer, Form, Question
from trainer.cards.outline import Outline, Outlines
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

ROLE = "stage-manager"
"""Whose cards are to be known after a month."""

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
    """Somebody with a record of their own in memory.

    Two with the same `luck` are the same person on the same days: what chance decides hangs on the card and
    on how often it was asked, so that what differs between them comes from the plans alone.
    """

    luck: str
    minutes: int
    right_on: float = 0.85
    memory: MemoryModel | None = None
    role: str = ""
    guesses: bool = False
    """Whether they choose by luck what they don't know."""
    owns_up: bool = False
    """Whether they say that it was a guess, four times of five."""

    def __post_init__(self) -> None:
        """Draw what kind of learner it is, and open the record."""
        chance = random.Random(self.luck)
        self.clock = MovedClock()
        self._speed = math.exp(chance.gauss(0, 0.35))
        self._form = {form: math.exp(chance.gauss(0, 0.25)) for form in _TIMES}
        self._first = math.exp(chance.gauss(0.3, 0.15))
        self._again = math.exp(chance.gauss(-0.3, 0.15))
        self._asked = Counter[str]()
        self._day = 1.0
        schedule = Schedule()
        progress = Progress.read(Path("/nowhere/bench.json"), "bench", schedule, self.clock)
        self.engine = Engine(Home(Path("/nowhere")), progress, schedule, self.clock, library=shipped())
        self.engine.progress.set_setting("minutes", self.minutes)
        if self.role:
            self.engine.add_roles([self.role])

    def wake(self, day: int) -> None:
        """Begin a day, counted from 0."""
        self.clock.at = START + timedelta(days=day)
        self._day = math.exp(random.Random(f"{self.luck} day {day}").gauss(0, DAY_SPREAD))

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
        card = question.card.id
        chance = random.Random(f"{self.luck} {card} {self._asked[card]}")
        self._asked[card] += 1
        one *= math.exp(chance.gauss(0, CARD_SPREAD))
        knows = chance.random() < self._known(session, card)
        self.clock.forward(min(118.0, asking * one))
        session.answer(right(question) if knows else self._unknown(question, chance))
        if self.memory:
            self.memory.ask(question.card.id, self._days(), right=knows)
        return min(118.0, (read_right if knows else read_missed) * one)

    def _unknown(self, question: Question, chance: random.Random) -> Answer:
        """Return an answer to what they don't know."""
        choice = len(question.options)
        if not (self.guesses and question.form is Form.CHOOSE):
            return wrong(question)
        owned = self.owns_up and chance.random() < 0.8
        lucky = chance.random() < len(question.right_options) / choice
        if owned:
            return replace(right(question), guess=True) if lucky else Answer(gave_up=True)
        return right(question) if lucky else wrong(question)

    def _known(self, session: Session, card: str) -> float:
        """Return how likely the card that stands is right."""
        if session.repeat:
            return min(0.95, self.right_on + 0.05)
        if session.first_meeting:
            return self.right_on - 0.3
        return self.memory.chance(card, self._days()) if self.memory else self.right_on

    def _days(self) -> float:
        return (self.clock.at - START) / timedelta(days=1)

    def known(self, day: float) -> float:
        """Return how many of the role's cards would be right on a day, of all without one."""
        assert self.memory
        met = self.engine.progress.states
        return sum(self.memory.chance(card, day) for card in met if card.startswith(self.role))


def rows(folder: Path) -> Iterator[Row]:
    """Play, and tell what came of it."""
    yield _planning()
    yield from _minutes_said()
    yield from _ended_at_the_goal()
    yield from _known_after_a_month()


def _planning() -> Row:
    """Plan a day of 800 cards, of which 400 are due, out of a record of as many answers as tell the pace."""
    learner = Learner("planning", 10)
    outlines = [
        Outline(f"s/{deck}/c{i}", deck, (), (), False, ("choose", "choose flip"), "")
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
                learner = Learner(f"said {minutes} {right_on} {seed}", minutes, right_on)
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
                learner = Learner(f"goal {minutes} {right_on} {seed}", minutes, right_on)
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
            behind = sum(each != 0 for each in due)
            yield Row(f"{name}: learners with more due than a session", behind, 1, 0, unit="")


def _known_after_a_month() -> Iterator[Row]:
    """Give the former plan the minutes that the present one took, and count what is known of the role.

    Both teach the same cards in the same order to the same person, so that only the plans differ. The former
    one's sessions are cut to the cards that fit, at what one has taken so far. Both are played to the last
    card: what is missed comes back until it is right. The ± is the standard error of the difference.
    """
    fewer = 0
    for name, model in MODELS.items():
        pairs: dict[int, list[tuple[float, float]]] = {MONTH: [], 2 * MONTH: []}
        for minutes in MINUTES:
            for seed in range(LEARNERS + 1):
                luck = f"{name} {minutes} {seed}"
                ours, theirs = (Learner(luck, minutes, memory=model(luck), role=ROLE) for _ in range(2))
                _month_of_both(ours, theirs)
                for day, both in pairs.items():
                    both.append((ours.known(day), theirs.known(day)))
        for day, found in pairs.items():
            ours_sum, theirs_sum = (sum(each) for each in zip(*found, strict=True))
            error = 100 * _standard_error(found) / theirs_sum
            yield Row(
                f"{name}: known on day {day} by the former plan, ± {error:.1f} %",
                theirs_sum,
                ours_sum,
                1.1,
                unit="",
            )
            fewer += day == MONTH and theirs_sum > ours_sum
    yield Row(f"models with fewer known on day {MONTH} than by the former plan", fewer, 1, 1, unit="")


def _standard_error(pairs: Sequence[tuple[float, float]]) -> float:
    """Return that of the sum of the differences."""
    return math.sqrt(len(pairs)) * statistics.stdev(ours - theirs for ours, theirs in pairs)


def _month_of_both(ours: Learner, theirs: Learner) -> None:
    left, spent, asked = 0.0, 120.0, 4
    for day in range(MONTH):
        ours.wake(day)
        left += ours.play(ours.engine.session(SessionChoice()), to_the_end=True).seconds
        theirs.wake(day)
        session = _former_session(theirs, max(0, round(left * asked / spent)))
        played = theirs.play(session, to_the_end=True).seconds
        left, spent, asked = left - played, spent + played, asked + session.total


def _former_session(learner: Learner, limit: int) -> Session:
    engine, schedule = learner.engine, Schedule()
    cards = engine.library.cards
    plan = plan_study(_outlines(), engine.progress, schedule, engine.day, limit, roles=[ROLE])
    return Session([cards[each.id] for each in plan], cards, engine.progress, schedule, learner.clock)


@cache
def _outlines() -> Sequence[Outline]:
    """Return the cards of the role and of the vocabularies."""
    library = shipped()
    asked = {ROLE, *(id_ for id_, sheet in library.sheets.items() if not sheet.is_role)}
    return [card for card in Outlines.of(library).cards if card.id.partition("/")[0] in asked]
