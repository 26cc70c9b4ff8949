"""How true it was what readiness said, of reviews in a record."""

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.clocks import FakeClock
from tests.learners import right, shipped, wrong
from tests.memory.reviews import SCHEDULE
from tests.reports.test_readiness import answer
from trainer.app.interview.readiness import READINESS
from trainer.engine.choice import SessionChoice
from trainer.engine.engine import Engine
from trainer.home import Home
from trainer.memory.state import History, Rating
from trainer.reports.experience import NEWEST
from trainer.reports.reliability import FEW, LOOKED_AT, Reliability, in_brief, in_words, reliability

CARDS = 6
GAPS = (0, 2, 9, 30)
"""Days after which a card is asked again: its chance of recall is nine in ten by then, or nearly."""


def history(days: int, missed_every: int = 0, *, from_day: int = 0) -> History:
    """Meet some cards each day, and answer those of GAPS ago; from a day on, every so many wrong."""
    found, place = [], 0
    for day in range(days):
        asked = [f"s/levels/c{day - gap}-{card}" for gap in GAPS if gap <= day for card in range(CARDS)]
        for second, card in enumerate(asked):
            place += 1
            miss = bool(missed_every) and day >= from_day and place % missed_every == 0
            rating = Rating.AGAIN if miss else Rating.GOOD
            id_, review = answer(card, day, rating=rating, form="recall")
            found.append((id_ + second, review))
    return dict(found)


def told(found: History) -> Reliability:
    reliable = reliability(found, SCHEDULE)
    assert reliable
    return reliable


def test_below_enough_answers_it_is_nothing() -> None:
    assert reliability({}, SCHEDULE) is None
    assert reliability(history(2), SCHEDULE) is None


def test_one_who_is_as_was_said_is_told_so() -> None:
    found = told(history(50, 10))
    assert found.answers >= FEW
    assert 85 <= found.said <= 95
    assert abs(found.were - found.said) <= 4


def test_one_who_got_worse_had_less_than_was_said() -> None:
    found = told(history(40, 3, from_day=30))
    assert found.were < found.said - 5


def test_it_is_what_was_said_before_the_answer() -> None:
    """An answer changes what was, not what was said of it."""
    found = history(30, 10)
    newest = max(found)
    assert found[newest].right
    right, missed = told(found), told({**found, newest: replace(found[newest], rating=Rating.AGAIN)})
    assert (missed.answers, missed.said) == (right.answers, right.said)
    assert missed.were <= right.were


def test_only_the_newest_are_looked_at() -> None:
    long = history((NEWEST + LOOKED_AT) // CARDS // 2, 10)
    assert told(long).answers <= LOOKED_AT


def test_first_meetings_repeats_and_hints_tell_nothing() -> None:
    plain = history(30, 10)
    more = [answer(f"s/levels/c{card}-0", 30, hour=21, repeat=True, form="recall") for card in range(CARDS)]
    hints = [answer(f"s/levels/c{card}-0", 30, hour=22, hint=True, form="recall") for card in range(CARDS)]
    assert told({**plain, **dict(more), **dict(hints)}) == told(plain)


def test_the_wordings() -> None:
    assert in_words(Reliability(64, 90, 87)) == (
        "How true that has been: where it said 90 in 100, you had 87, of 64 answers."
    )
    assert in_brief(Reliability(64, 90, 100)) == "where it said 90 in 100, you had all"


class TestEngine:
    """Of a record, and on its line under Interview."""

    @pytest.fixture
    def engine(self, tmp_path: Path, clock: FakeClock) -> Engine:
        engine = Engine.open(Home(tmp_path), "anna", clock=clock, library=shipped())
        engine.choose_roles(["props"])
        return engine

    @staticmethod
    def lines(engine: Engine) -> list[str]:
        assert READINESS.later
        return [line.words for line in READINESS.later(engine)]

    @pytest.mark.slow
    def test_it_is_shown_once_there_is_enough(self, engine: Engine, clock: FakeClock) -> None:
        place = 0
        for day in range(14):
            session = engine.session(SessionChoice("study", ("props",), new=12))
            while session and session.question:
                place += 1
                session.answer(right(session.question) if place % 9 else wrong(session.question))
                session.go_on()
                session.next()
            if day == 1:
                assert engine.reliability() is None
                assert self.lines(engine) == ["Props Supervisor / Props Master"]
            clock.at += timedelta(days=1)
        assert engine.reliability()
        assert self.lines(engine) == ["Props Supervisor / Props Master", "How true that has been"]
