"""Clocks that are set back, change with the season, or travel: time never runs backwards in a record."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.learners import shipped
from trainer.cards.card import Answer
from trainer.memory.calendar import microseconds, study_day
from trainer.memory.schedule import Schedule
from trainer.progress.progress import Progress
from trainer.study.session import Session

from .samples import is_consistent

ZONES = sorted(
    available_timezones()
    & {"UTC", "Europe/Berlin", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Kiritimati", "Etc/GMT+12"}
) or ["UTC"]
MINUTES = st.one_of(st.integers(0, 30), st.integers(-3 * 24 * 60, 3 * 24 * 60))
ACTS = st.lists(
    st.tuples(MINUTES, st.sampled_from(ZONES), st.sampled_from(["miss", "guess", "undo", "reopen"]))
)


class TravellingClock:
    def __init__(self) -> None:
        self.at = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # half an hour before summer time in Berlin

    def __call__(self) -> datetime:
        return self.at

    def move(self, minutes: int, zone: str) -> None:
        self.at = (self.at.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone))


class Traveller:
    """Answers three cards of the shipped ones, wherever and whenever."""

    def __init__(self, path: Path) -> None:
        self.path, self.clock, self.schedule = path, TravellingClock(), Schedule()
        self.sit_down()

    def sit_down(self) -> None:
        self.progress = Progress.open(self.path, "anna", self.schedule, self.clock)
        cards = list(shipped().cards.values())[:3]
        self.session = Session(cards * 9, shipped().cards, self.progress, self.schedule, self.clock)

    def act(self, what: str) -> None:
        if what == "reopen" or self.session.question is None:
            self.progress.close()
            self.sit_down()
        elif what == "undo":
            self.session.undo()
        else:
            self.answer(Answer(gave_up=what == "miss", guess=what == "guess", chosen=frozenset({0})))

    def answer(self, answer: Answer) -> None:
        question = self.session.question
        assert question
        newest = max(self.progress.history(), default=0)
        before = self.progress.state(question.card.id)
        self.session.answer(answer)
        id_, review = max(self.progress.history().items())
        after = self.progress.state(question.card.id)
        assert id_ > newest, "ids rise"
        assert (review.at or id_) == microseconds(self.clock.at), "what the clock said is kept"
        assert review.day == study_day(self.clock.at)
        assert review.ms >= 0
        assert review.given >= (not review.repeat)
        if after:
            assert after.due > after.last or review.repeat
            assert before is None or after.last >= before.last, "no interval is negative"
        self.session.next()
        assert self.session.summary().minutes >= 0


@pytest.mark.slow
@settings(max_examples=60)
@given(ACTS)
@example([(0, "Europe/Berlin", "miss"), (30, "Europe/Berlin", "miss"), (-60, "Europe/Berlin", "guess")])
@example([(0, "Pacific/Kiritimati", "miss"), (1, "Etc/GMT+12", "guess"), (1, "Pacific/Kiritimati", "guess")])
def test_time_never_runs_backwards(acts: list[tuple[int, str, str]]) -> None:
    with TemporaryDirectory() as folder:
        traveller = Traveller(Path(folder) / "anna.json")
        for minutes, zone, what in acts:
            traveller.clock.move(minutes, zone)
            traveller.act(what)
        assert is_consistent(traveller.progress)
        history = traveller.progress.history()
        traveller.progress.close()
        traveller.sit_down()
        assert traveller.progress.history() == history
        assert traveller.progress.notices == []
        traveller.progress.close()
