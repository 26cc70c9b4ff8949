"""A learner whose record is in memory, and the decks that are shipped."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from tests.clocks import FakeClock
from tests.progress.samples import empty
from trainer.cards.card import Answer, Card, Form, Question
from trainer.cards.library import Library, library_of
from trainer.cards.sample import Judgement
from trainer.engine.engine import Engine
from trainer.home import Home
from trainer.material.sheet_files import shipped_decks
from trainer.memory.calendar import study_day
from trainer.memory.schedule import Schedule
from trainer.memory.state import Day
from trainer.progress.progress import Progress
from trainer.study.pace import MISSES_A_SESSION
from trainer.study.session import Session


@cache
def shipped() -> Library:
    """Return the library that is shipped."""
    return library_of(sorted(shipped_decks().glob("*.toml")))


class Learner:
    """Answers as told, day after day; nothing is written."""

    def __init__(self) -> None:
        self.library, self.schedule, self.clock = shipped(), Schedule(), FakeClock()
        self.record = Progress.read(Path("/nowhere/r.json"), "r", self.schedule, self.clock)

    @property
    def day(self) -> Day:
        return study_day(self.clock.at)

    def card(self, ending: str) -> Card:
        return next(card for id_, card in self.library.cards.items() if id_.endswith(ending))

    def session(self, plan: Sequence[Card], *, once: bool = False) -> Session:
        return Session(
            plan,
            self.library.cards,
            self.record,
            self.schedule,
            self.clock,
            most_misses=1 if once else MISSES_A_SESSION,
        )

    def study(self, *endings: str) -> Session:
        return self.session([self.card(ending) for ending in endings])


def right(question: Question) -> Answer:
    match question.form:
        case Form.FLIP:
            return Answer(knew=True)
        case Form.TYPE:
            return Answer(typed=", ".join(names[0] for names in question.accepted))
        case Form.TICK | Form.RECALL:
            return Answer(chosen=question.right_options)
        case Form.RATE:
            return Answer(judgement=as_the_reference(question))
        case Form.CHOOSE:
            return Answer(chosen=frozenset({min(question.right_options)}))


def as_the_reference(question: Question) -> Judgement:
    """Return the judgement that the sheet gives."""
    sample = question.sample
    assert sample
    return Judgement(
        degrees=tuple(point.reference for point in sample.points),
        flags=frozenset(position for position, flag in enumerate(sample.flags) if flag.raised),
        score=sample.score,
    )


def wrong(question: Question) -> Answer:
    if question.form is not Form.CHOOSE:
        return Answer(gave_up=True)
    return Answer(
        chosen=frozenset({next(i for i, option in enumerate(question.options) if not option.right)})
    )


def run(session: Session, answer: Callable[[Question], Answer]) -> list[str]:
    """Answer to the end; return the ids of the cards in the order asked."""
    asked = []
    while question := session.question:
        asked.append(question.card.id)
        session.answer(answer(question))
        session.next()
    return asked


def begun(home: Home, recruiter: str) -> Path:
    """Make the record of somebody who has not answered yet, as earlier versions did; return its file."""
    return empty(home.progress_file(recruiter), recruiter)


def answered(home: Home, recruiter: str, answers: int = 1) -> Path:
    """Make a recruiter's record, or go on with it, by some answers; return its file."""
    with Engine.open(home, recruiter, library=shipped()) as engine:
        session = engine.study(new=answers)
        for _ in range(answers):
            assert session.question
            session.answer(right(session.question))
            session.next()
        return engine.progress.path
