"""What Today says of drills that are due, and which comes first."""

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.clocks import FakeClock
from tests.sharing.casting import Casting, Recruiter
from tests.sharing.drills import TODAY, published
from trainer.engine.drill_words import draft_terms, event_words, terms_of
from trainer.engine.drills import to_take
from trainer.engine.team import Team
from trainer.home import Home
from trainer.reports.team_formats import FORMATS

pytestmark = pytest.mark.slow

DUE = "28 Nov"  # a Saturday; the clock begins on Tuesday, 24 November 2026, at 10:00


def told(who: Recruiter) -> list[tuple[str, str, str]]:
    who.team.drills()
    return [event_words(row, who.team.today) for row in who.team.known()]


@pytest.mark.parametrize(
    ("later", "words"),
    [
        ({}, "by Sat 28 Nov"),
        ({"days": 3}, "due tomorrow"),
        ({"days": 4}, "due today"),
        ({"days": 4, "hours": 17, "minutes": 55}, "due today"),  # Sunday, 03:55: the night of Saturday
        ({"days": 4, "hours": 18, "minutes": 1}, "was due Sat 28 Nov"),
        ({"days": 9}, "was due Sat 28 Nov"),
    ],
)
def test_a_drill_is_due_to_the_end_of_the_study_day(
    tmp_path: Path, later: dict[str, int], words: str
) -> None:
    team = Casting(tmp_path, due=DUE)
    team.clock.forward(**later)
    assert told(team.anna) == [(f"{words}  “Red flags”", "begin", "3 questions")]
    late = words.startswith("was")
    assert team.row("Anna")[0] == ("overdue" if late else "not started")


def test_a_day_of_another_year_is_told_with_it(tmp_path: Path) -> None:
    team = Casting(tmp_path, due="2027-11-24")
    assert told(team.anna)[0][0] == "by Wed 24 Nov 2027  “Red flags”"
    assert terms_of(to_take(team.anna.team)).endswith(", due Wed 24 Nov 2027")
    assert draft_terms(team.drill.drill, TODAY).endswith(", due Wed 24 Nov 2027")
    report = team.lead.team.report()
    for format_ in ("table", "html"):
        assert "due Wed 24 Nov 2027" in FORMATS[format_](report)


def test_without_a_day_only_what_it_is_is_told_and_under_way_how_far_it_is(tmp_path: Path) -> None:
    team = Casting(tmp_path)
    assert told(team.anna) == [("“Red flags”", "begin", "3 questions")]
    with team.anna.trainer() as engine:
        team.anna.answer(engine, 2, rightly=True)
    assert told(team.anna) == [("under way  “Red flags”", "go on", "2 of 3 answered")]


@pytest.mark.parametrize(
    ("later", "words"),
    [
        ({"days": 4}, ""),
        ({"days": 4, "hours": 17, "minutes": 50}, ""),  # the night before the first day of the check
        ({"days": 5}, "did it stay? by Tue 1 Dec"),
        ({"days": 7}, "did it stay? due today"),
        ({"days": 8}, "did it stay? was due Tue 1 Dec"),
    ],
)
def test_a_pass_is_told_again_when_its_check_is_due(
    tmp_path: Path, later: dict[str, int], words: str
) -> None:
    team = Casting(tmp_path, due=DUE)
    team.anna.take(team.drill)
    assert told(team.anna) == []
    team.clock.forward(**later)
    assert told(team.anna) == ([(f"{words}  “Red flags”", "begin", "3 questions")] if words else [])
    if words:
        team.anna.take(team.drill)
    assert told(team.anna) == []


def test_what_is_due_first_is_told_first_and_taken_first(tmp_path: Path) -> None:
    """A check of a drill that was due last week comes behind what is due today."""
    team = Casting(tmp_path, due="25 Nov")
    team.anna.take(team.drill)
    team.clock.forward(days=5)
    team.lead.team.publish(published(count=3, title="Cues", due="29 Nov"))
    team.lead.team.publish(published(count=3, title="Props", due="2 Dec"))
    assert [words for words, _, _ in told(team.anna)] == [
        "due today  “Cues”",
        "did it stay? by Tue 1 Dec  “Red flags”",
        "by Wed 2 Dec  “Props”",
    ]
    assert to_take(team.anna.team).drill.drill.title == "Cues"


def test_a_lead_is_not_told_to_take_what_they_have_set(tmp_path: Path) -> None:
    team = Casting(tmp_path, due=DUE)
    assert told(team.lead) == []
    assert to_take(team.lead.team).drill.drill.title == "Red flags"
    with team.lead.trainer() as engine:
        team.lead.answer(engine, 1, rightly=True)
    assert [verb for _, verb, _ in told(team.lead)] == ["go on"]


def test_a_day_ends_in_the_report_when_it_ends_for_whoever_looks(tmp_path: Path) -> None:
    """Saturday evening in Los Angeles is Sunday morning by the clock of Greenwich."""
    Casting(tmp_path, due=DUE)
    evening = FakeClock(datetime(2026, 11, 28, 22, tzinfo=ZoneInfo("America/Los_Angeles")))
    lead = Team(Home(tmp_path / "lead"), "lead", evening)
    (drill,) = lead.report().drills
    assert {row.reached.state.value for row in drill.rows} == {"not started"}
    assert lead.summary().day == lead.report().day == date(2026, 11, 28)
    evening.at += timedelta(hours=7)
    (drill,) = lead.report().drills
    assert {row.reached.state.value for row in drill.rows} == {"overdue"}
