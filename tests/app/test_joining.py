"""Joining, making and leaving a team in the app: nothing is written without a yes."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.app.stage import Stage, running
from tests.app.teams import casting
from tests.clocks import FakeClock
from tests.learners import begun
from trainer.app.editing.screen import EditScreen
from trainer.app.kit.agree_screen import AgreeScreen
from trainer.app.places.screen import ListScreen
from trainer.app.team.joining import to_join, to_make
from trainer.app.today.screen import TodayScreen
from trainer.engine.team import Team
from trainer.home import Home
from trainer.material.fields import FieldError

pytestmark = pytest.mark.slow


def ben(folder: Path) -> Home:
    home = Home(folder / "ben")
    begun(home, "ben")
    return home


def problem(stage: Stage) -> str:
    return str(stage.on(EditScreen).problem.render())


def lines(share: Path) -> set[str]:
    found = (path.read_text().splitlines() for path in (share / "results").iterdir())
    return {line for each in found for line in each}


async def test_a_team_is_joined_as_it_was_shown_and_its_drill_is_told(tmp_path: Path) -> None:
    team = casting(tmp_path, due="28 Nov")
    before = lines(team.share)
    async with running(ben(tmp_path), clock=team.clock) as stage:
        await stage.press("6", "J", "1")
        await stage.press("ctrl+s")
        assert "Folder: nothing stands there." in problem(stage)
        await stage.write(f"'{team.share}x'")
        await stage.press("ctrl+s")
        assert "is not there, or can't be reached" in problem(stage)
        await stage.press("end", "left", "backspace", "enter")
        await stage.write("Anna")
        await stage.press("ctrl+s")
        assert problem(stage).endswith("Take another alias.")
        await stage.press("backspace", "backspace", "backspace", "backspace")
        await stage.write("Ben")
        await stage.press("ctrl+s")
        stage.on(AgreeScreen)
        assert "Join the team “Casting” as Ben?" in stage.text
        shown = "".join(stage.text.split())
        assert lines(team.share) == before
        await stage.press("y")
        stage.on(TodayScreen)
        assert "You are in “Casting” as Ben." in stage.text
        assert "by Sat 28 Nov  “Red flags”" in stage.text
        await stage.press("6")
        assert "Your team “Casting”" in stage.text
        assert "join one" not in stage.text
    (line,) = lines(team.share) - before
    assert line in shown


async def test_a_team_is_made_only_on_yes_and_its_lead_makes_drills(tmp_path: Path) -> None:
    home, share = ben(tmp_path), tmp_path / "casting"
    async with running(home, clock=FakeClock()) as stage:
        await stage.press("6", "J", "2")
        await stage.write(str(share))
        await stage.press("ctrl+s")
        assert "Make the team “Casting” as ben?" in stage.text
        await stage.press("escape")
        stage.on(ListScreen)
        assert not share.exists()
        await stage.press("J", "2")
        await stage.write(str(share))
        await stage.press("ctrl+s", "y")
        assert "“Casting” is made." in stage.text
        await stage.press("5")
        assert "Make a drill for your team" in stage.text
    assert [(each.alias, each.lead) for each in Team(home, "ben").people()] == [("ben", True)]


def test_what_is_wrong_is_told_at_the_field_that_it_is_about(tmp_path: Path) -> None:
    folder, team = str(casting(tmp_path).share), Team(Home(tmp_path / "ben"), "ben")
    join, make = to_join(team, "ben").save, to_make(team, "ben").save
    wrong: list[tuple[Callable[[Sequence[str | bool]], object], Sequence[str | bool], int, str]] = [
        (join, (f"{tmp_path}/malias-share", "Ben", False), 0, "is not there"),
        (join, (folder, "Anna", False), 1, "already. Take another alias."),
        (join, (folder, ".x", False), 1, "no dot to begin with."),
        (make, (folder, "Ben", "Other"), 0, "Join it, or take another folder."),
        (make, (f"{tmp_path}/new", "a/b", "Other"), 1, "no dot to begin with."),
        (make, (f"{tmp_path}/new", "Ben", "\x07"), 2, "The team needs a name."),
    ]
    for save, values, place, told in wrong:
        with pytest.raises(FieldError, match=re.escape(told)) as error:
            save(values)
        assert error.value.position == place
        assert "--" not in str(error.value)


async def test_no_second_team_is_made_in_a_teams_folder(tmp_path: Path) -> None:
    team = casting(tmp_path)
    async with running(ben(tmp_path), clock=team.clock) as stage:
        await stage.press("6", "J", "2")
        await stage.write(str(team.share))
        await stage.press("ctrl+s")
        assert 'there is the team "Casting" already' in problem(stage)


async def test_leaving_shows_the_line_that_stays_and_removes_the_rest(tmp_path: Path) -> None:
    team = casting(tmp_path)
    before = lines(team.share)
    async with running(team.home, clock=team.clock) as stage:
        await stage.press("6")
        await stage.click("Leave the team")
        assert "Leave the team “Casting”, and remove what you sent?" in stage.text
        await stage.press("escape")
        assert lines(team.share) == before
        await stage.click("Leave the team")
        shown = "".join(stage.text.split())
        await stage.press("y")
        assert "You left “Casting”." in stage.text
        assert "“Red flags”" not in stage.text
        await stage.press("6")
        assert "Team: join or make one" in stage.text
    (line,) = lines(team.share) - before
    assert '"Anna"' not in "".join(lines(team.share))
    assert line in shown
