"""The command `trainer interview`: what is kept, what is said of it, and what can't be."""

import json
import re
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.clocks import FakeClock
from tests.commands import Done, ran, trainer
from trainer.engine.choice import SessionChoice
from trainer.engine.engine import Engine
from trainer.home import Home
from trainer.material.sheet_files import shipped_decks
from trainer.memory.dates import HourError

pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def anna(home: Path, *arguments: str | Path) -> Done:
    return ran(*arguments, "--recruiter", "anna", "--home", home)


def told(home: Path, *arguments: str | Path) -> str:
    done = anna(home, *arguments)
    assert (done.status, done.err) == (0, ""), done
    return done.out


def in_a_week() -> str:
    return (datetime.now().astimezone().date() + timedelta(days=7)).isoformat()


def interviews(home: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(told(home, "interview", "--json"))
    return found


def test_interviews_are_added_moved_and_done(home: Path) -> None:
    assert "No interview is ahead" in told(home, "interview")
    assert not (home / "progress").exists()
    out = told(
        home, "interview", "add", "prop", "master", "--on", "tomorrow", "--at", "2 pm", "--level", "Senior"
    )
    assert "  1  " in out
    assert "14:00 (tomorrow)  Props Supervisor / Props Master, senior  10 minutes a day" in out
    week = in_a_week()
    told(home, "interview", "add", "ASM", "--on", week, "--minutes", "20")
    first, second = interviews(home)
    assert (first["role"], first["level"], first["minutes"]) == ("props", "senior", 10)
    assert (second["role"], second["level"], second["minutes"]) == ("assistant-stage-manager", "", 20)
    assert second["when"].startswith(f"{week}T09:00")
    assert 0 < first["forecast"]["at_best"] < first["forecast"]["cards"]
    assert (first["forecast"]["others"], second["forecast"]["minutes"]) == (1, 20)
    told(home, "interview", "move", "2", "--on", "tomorrow", "--at", "08:00")
    assert [each["role"] for each in interviews(home)] == ["assistant-stage-manager", "props"]
    out = told(home, "interview", "done", "1")
    assert "Props" in out
    assert "Assistant" not in out
    assert len(interviews(home)) == 1


def test_on_its_day_it_tells_of_the_steps_and_not_of_minutes_a_day(home: Path) -> None:
    soon = datetime.now().astimezone() + timedelta(minutes=5)
    if (soon - timedelta(hours=4)).date() != (soon - timedelta(hours=4, minutes=5)).date():
        pytest.skip("the day is over within five minutes")
    when = ("--on", f"{soon:%Y-%m-%d}", "--at", f"{soon:%H:%M}")
    out = told(home, "interview", "add", "props", *when, "--level", "mid")
    said = " ".join(out.split())
    assert "trainer brief props --level mid, then trainer quiz props --level mid." in said
    assert "eve" not in said.split()
    assert "at best" not in said


def test_what_the_minutes_come_to_stands_below_an_interview_with_what_helps(home: Path) -> None:
    out = told(home, "interview", "add", "props", "--on", "tomorrow", "--level", "senior")
    assert "At 10 minutes a day you would know at best" in out
    assert "cards for Senior, before the steps of its day. " in " ".join(out.split()), (
        "those that are counted: not all of the role"
    )
    assert "A long session on the eve, 30 minutes: at best" in out
    assert "Only what matters most, red flags on safety and the questions for Senior" in out
    assert "trainer brief props --level senior" in out
    assert "%" not in out
    told(home, "interview", "done", "1")
    week = in_a_week()
    out = told(home, "interview", "add", "props", "--on", week, "--minutes", "120")
    assert "A long session" not in out
    assert "shared with" not in out
    assert told(home, "interview", "add", "ASM", "--on", week).count("shared with 1 other interview,") == 2


def test_two_interviews_at_one_hour_are_allowed_and_told(home: Path) -> None:
    told(home, "interview", "add", "props", "--on", "tomorrow")
    out = told(home, "interview", "add", "ASM", "--on", "tomorrow")
    assert "Note: At that hour you have another one: Props Supervisor / Props Master." in out
    done = anna(home, "interview", "add", "ASM", "--on", "tomorrow", "--at", "9 am")
    assert (done.status, "in your list already" in done.err) == (2, True)
    assert len(interviews(home)) == 2


def test_an_hour_of_the_night_is_allowed_and_told(home: Path) -> None:
    out = told(home, "interview", "add", "props", "--on", in_a_week(), "--at", "02:00")
    assert "Note: 02:00 is in the night from" in out


@pytest.fixture
def new_york() -> Iterator[None]:
    """Set the wall clock of this process to New York's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "America/New_York")
        time.tzset()
        yield
    time.tzset()


def next_sunday(month: int, number: int) -> date:
    """Return the next date on which clocks are changed in the United States: the nth Sunday of a month."""
    today = datetime.now().astimezone().date()
    for year in (today.year, today.year + 1):
        first = date(year, month, 1)
        found = first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (number - 1))
        if found > today:
            return found
    raise AssertionError


@pytest.mark.skipif(sys.platform == "win32", reason="the wall clock of a process can't be set there")
@pytest.mark.usefixtures("new_york")
class TestADayOnWhichClocksChange:
    """The second Sunday in March, and the first in November."""

    def test_an_hour_that_is_left_out_is_told_and_nothing_is_kept(self, home: Path) -> None:
        sunday = next_sunday(3, 2)
        spring, monday = sunday.isoformat(), (sunday + timedelta(days=1)).isoformat()
        done = anna(home, "interview", "add", "props", "--on", spring, "--at", "02:30")
        assert (done.status, "There is no 02:30 on Sun" in done.err) == (2, True), done
        assert "the clocks go forward" in done.err
        assert not (home / "progress").exists()
        told(home, "interview", "add", "props", "--on", monday, "--at", "02:30")
        moved = anna(home, "interview", "move", "1", "--on", spring)
        assert (moved.status, "There is no 02:30 on Sun" in moved.err) == (2, True), moved
        out = told(home, "interview", "move", "1", "--on", spring, "--at", "03:30")
        assert "03:30" in out
        assert interviews(home)[0]["when"] == f"{spring}T03:30:00-04:00"

    def test_of_an_hour_that_comes_twice_the_first_is_meant_and_told(self, home: Path) -> None:
        autumn = next_sunday(11, 1).isoformat()
        out = told(home, "interview", "add", "props", "--on", autumn, "--at", "01:30")
        assert "Note: The clocks go back, so 01:30 comes twice: the first is meant." in out
        assert interviews(home)[0]["when"] == f"{autumn}T01:30:00-04:00"
        assert "comes twice" not in told(home, "interview", "move", "1", "--on", autumn, "--at", "14:00")
        assert interviews(home)[0]["when"] == f"{autumn}T14:00:00-05:00"


def test_an_interview_is_not_moved_while_a_session_runs(home: Path) -> None:
    told(home, "interview", "add", "props", "--on", "tomorrow", "--at", "14:00")
    before = interviews(home)
    with Engine.open(Home(home), "anna") as engine:
        assert engine.session(SessionChoice())
        who = ("--recruiter", "anna", "--home", home)
        for change in (("move", "1", "--on", "tomorrow", "--at", "16:00"), ("done", "1")):
            done = trainer("interview", *change, *who)
            assert (done.returncode, done.stdout) == (2, "")
            assert "open in another window" in done.stderr
        listed = trainer("interview", *who)
        assert (listed.returncode, "14:00" in listed.stdout) == (0, True), listed.stderr
    assert interviews(home) == before
    told(home, "interview", "move", "1", "--on", "tomorrow", "--at", "16:00")


def scenic(home: Path) -> Path:
    """Put a role beside the shipped ones that has no question for senior; return its file."""
    text = (shipped_decks() / "props.toml").read_text(encoding="utf-8")
    own = text.replace('id = "props"\n', 'id = "scenic"\n', 1).replace('level = "senior"', 'level = "mid"')
    path = home / "decks" / "scenic.toml"
    path.parent.mkdir(parents=True)
    path.write_text(
        re.sub(r'^name = ".*"', 'name = "Scenic Artist"', own, count=1, flags=re.MULTILINE), encoding="utf-8"
    )
    return path


def test_a_level_without_questions_is_told(home: Path) -> None:
    scenic(home)
    out = told(home, "interview", "add", "scenic", "--on", "tomorrow", "--level", "senior")
    assert "Note: No interview question of Scenic Artist is for Senior" in out
    assert "Note:" not in told(
        home, "interview", "add", "scenic", "--on", "tomorrow", "--level", "mid", "--at", "11:00"
    )


def test_one_whose_role_is_gone_is_told_and_can_be_moved_and_ended(home: Path) -> None:
    path = scenic(home)
    told(home, "interview", "add", "scenic", "--on", "tomorrow", "--at", "14:00")
    path.unlink()
    out = told(home, "interview")
    assert "scenic  its sheet is gone, so it is not planned for" in out
    assert "at best" not in out
    assert "16:00" in told(home, "interview", "move", "1", "--on", "tomorrow", "--at", "16:00")
    again = anna(home, "interview", "add", "scenic", "--on", "tomorrow")
    assert (again.status, "scenic" in again.err) == (2, True)
    assert "No interview is ahead" in told(home, "interview", "done", "1")


@pytest.mark.parametrize("at", ["14:00", "03:30", "23:30", "04:00"])
def test_today_in_the_night_is_the_day_on_which_that_hour_is_ahead(home: Path, at: str) -> None:
    """Until four it is still yesterday's study day, and an hour of today had "passed on that day"."""
    clock = FakeClock(datetime(2026, 11, 25, 2, 20, tzinfo=UTC))
    with Engine.open(Home(home), "anna", clock=clock) as engine:
        engine.add_interview("props", "today", at)
        assert [each.when.day for each in engine.interviews()] == [25]
        with pytest.raises(HourError, match="has passed"):
            engine.add_interview("props", "24 Nov", at)
        with pytest.raises(HourError, match="has passed"):
            engine.add_interview("props", "today", "01:00")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("add", "props", "--on", "2020-01-01"), "is over"),
        (("add", "props", "--on", "0001-01-01"), "Mon 1 Jan 1 is over"),
        (("add", "props", "--on", "today", "--at", "00:00"), "has passed on that day"),
        (("add", "props", "--on", "9999-12-31"), "more than a year ahead"),
        (("add", "props", "--on", "3/12"), "is no date that is sure"),
        (("add", "props", "--on", "tomorrow", "--at", "25:00"), "is no hour"),
        (("add", "props", "--on", "tomorrow", "--level", "boss"), 'has no level "boss". There are'),
        (("add", "props", "--on", "tomorrow", "--minutes", "0"), '"0" is no whole number from 1 to'),
        (("add", "lion tamer", "--on", "tomorrow"), "no role"),
        (("add", "theatre vocabulary", "--on", "tomorrow"), "is a vocabulary"),
        (("add", "props"), "--on"),
        (("move", "1", "--on", "tomorrow"), "no interview 1"),
        (("done", "0"), "no interview 0"),
        (("done", "first"), ""),
    ],
)
def test_an_interview_that_cannot_be_is_told_and_makes_no_record(
    home: Path, arguments: tuple[str, ...], why: str
) -> None:
    done = anna(home, "interview", *arguments)
    assert (done.status, why in done.err) == (2, True), done
    assert not (home / "progress").exists()
