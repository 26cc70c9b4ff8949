"""What a lead is asked and told before a team is made, and before its drill is."""

import os
import shlex
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cards.shipped import LIBRARY
from tests.clocks import FakeClock
from tests.commands import ran
from trainer.engine.making import Making
from trainer.engine.team import Team
from trainer.errors import TeamError
from trainer.home import Home

TUESDAY = date(2026, 11, 24)


def team(folder: Path, day: int = 0) -> Team:
    clock = FakeClock()
    clock.forward(days=day)
    return Team(Home(folder / "home"), "lead", clock)


def test_a_folder_is_made_only_in_one_that_is_there(tmp_path: Path) -> None:
    """A slip in a path, or a drive that is not connected, would else make a team that nobody can reach."""
    (tmp_path / "file").write_text("")
    for where in ("shares/casting", "a/b/c", "file/casting"):
        with pytest.raises(TeamError, match="is not there, or can't be reached"):
            team(tmp_path).plan_new(str(tmp_path / where), "Casting", "Lead")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert team(tmp_path).plan_new(str(tmp_path / "casting"), "Casting", "Lead").founds


@pytest.mark.parametrize("day", range(7))
def test_a_friday_is_offered_on_each_day(tmp_path: Path, day: int) -> None:
    lead = team(tmp_path, day)
    lead.join(lead.plan_new(str(tmp_path / "share"), "Casting", "Lead"))
    making = Making(lead, LIBRARY, [])
    *days, none = [offered.value for offered in making.dates()]
    dates = [date.fromisoformat(each) for each in days]
    assert none == ""
    assert dates == sorted(set(dates))
    assert dates[0] == TUESDAY + timedelta(days=day + 2)
    assert making.in_a_week in days
    fridays = [each for each in dates if each.weekday() == 4]
    assert fridays
    assert fridays[0] <= TUESDAY + timedelta(days=day + 8)


@pytest.mark.parametrize("name", ["new\nline", "a\udcffb", "a\x1b[2Jb", "a\u2028b"])
def test_a_path_that_cant_be_shown_or_kept_is_told(tmp_path: Path, name: str) -> None:
    where = os.path.join(tmp_path, name)  # noqa: PTH118 — as it is typed
    os.makedirs(where)  # noqa: PTH103
    with pytest.raises(TeamError, match="can't be shown"):
        team(tmp_path).plan_new(where, "Casting", "Lead")
    with pytest.raises(TeamError, match="can't be shown"):
        team(tmp_path).plan_join(where, "Anna")
    (tmp_path / "❤\ufe0f team").mkdir()
    assert team(tmp_path).plan_new(str(tmp_path / "❤\ufe0f team"), "Casting", "Lead").founds


def test_how_the_others_join_can_be_pasted_into_a_shell(tmp_path: Path) -> None:
    where = tmp_path / 'a $HOME "b"'
    options = ("--name", "Casting", "--alias", "Lead", "--yes", "--home", tmp_path / "home")
    line = next(
        line for line in ran("team", "create", where, *options).out.splitlines() if "team join" in line
    )
    assert shlex.split(line.partition(": ")[2]) == ["trainer", "team", "join", str(where)]


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("", "Say which folder"),
        ("  ", "Say which folder"),
        ("https://firm.example.com/:f:/s/casting?e=1", "is a link, and no folder here"),
        ("smb://server/shares/casting", "is a link, and no folder here"),
        ("file:/shares/casting", "is a link, and no folder here"),
        (r"\\server\shares\casting", "is a path of Windows"),
        (r"S:\casting", "is a path of Windows"),
    ],
)
def test_what_is_no_path_makes_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for command in (("create", where, "--name", "Casting"), ("join", where)):
        done = ran("team", *command, "--alias", "Lead", "--yes", "--home", tmp_path / "home")
        assert (done.status, told in done.err) == (2, True), done.err
    assert not list(tmp_path.iterdir())
