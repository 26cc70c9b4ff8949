"""Who is in a team trains here, answers or not; another name, removing and merging take the team along."""

from pathlib import Path

import pytest

from tests.clocks import FakeClock
from tests.commands import ran
from tests.learners import answered
from trainer.app.record import FirstStep, first_step
from trainer.engine import people
from trainer.engine.team import Team
from trainer.errors import ProgressError, TeamError
from trainer.home import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Laura made a team, and never answered a card."""
    home = Home(tmp_path / "home")
    laura = Team(home, "Laura", FakeClock())
    laura.join(laura.plan_new(str(tmp_path / "share"), "Casting", "Laura"))
    return home


def names(home: Home) -> list[str]:
    return [person.name for person in people.people(home)]


def test_who_leads_and_never_answered_is_known(home: Home) -> None:
    assert first_step(home, None, newcomer=False, has_choice=False) == FirstStep(name="Laura", known=True)
    assert first_step(home, "laura", newcomer=False, has_choice=False) == FirstStep(name="Laura", known=True)
    assert [(each.name, each.held) for each in people.people(home)] == [
        ("Laura", "0 answers, 0 backups, a team")
    ]
    done = ran("team", "--home", home.root)
    assert (done.status, done.err) == (0, "")
    assert '"Casting" as Laura' in done.out


def test_a_folder_of_who_left_is_nobody(home: Home) -> None:
    laura = Team(home, "Laura", FakeClock())
    laura.leave(laura.leave_line())
    assert home.team_of("Laura").is_dir()
    assert home.recruiters() == []


def test_a_folder_of_teams_that_cant_be_read_keeps_nobody_out(tmp_path: Path) -> None:
    home = Home(tmp_path)
    answered(home, "Ben")
    for make in (lambda: home.teams.write_text(""), lambda: home.teams.symlink_to(home.teams)):
        make()
        assert home.recruiters() == ["Ben"]
        assert home.known("Laura") is None
        assert not home.in_team("Ben")
        home.teams.unlink()


@pytest.mark.parametrize("trained", [True, False])
def test_another_name_takes_the_team_along(home: Home, *, trained: bool) -> None:
    if trained:
        answered(home, "Laura")
    assert people.rename(home, "laura", "Zoë", FakeClock()).recruiter == "Zoë"
    assert names(home) == ["Zoë"]
    assert Team(home, "Zoë", FakeClock()).member.alias == "Laura"


def test_a_name_that_has_a_team_is_not_taken(home: Home) -> None:
    answered(home, "Ben")
    for name in ("ben", "laura"):
        home.team_of(name).mkdir(exist_ok=True)
    before = sorted(home.root.rglob("*"))
    for old, new in (("Ben", "Laura"), ("Laura", "Ben")):
        with pytest.raises(ProgressError, match="is in a team already"):
            people.rename(home, old, new, FakeClock())
    assert sorted(home.root.rglob("*")) == before


def test_removing_somebody_removes_their_team(home: Home) -> None:
    people.remove(home, "Laura", FakeClock())
    assert home.recruiters() == []
    assert not home.team_of("Laura").exists()
    assert Team(home, "Laura", FakeClock()).own.membership() is None


def test_merging_takes_the_team_along_unless_there_is_one(home: Home) -> None:
    for name in ("Laura", "Ben", "Cleo"):
        answered(home, name)
    ben = Team(home, "Ben", FakeClock())
    ben.join(ben.plan_join(Team(home, "Laura", FakeClock()).member.place, "Ben"))

    def merged(one: str, other: str) -> None:
        people.merge(home, one, other, FakeClock())

    merged("Laura", "Cleo")
    assert names(home) == ["Ben", "Cleo"]
    assert Team(home, "Cleo", FakeClock()).member.alias == "Laura"
    merged("Ben", "Cleo")
    assert names(home) == ["Ben", "Cleo"]  # two members: nobody's team is dropped in silence
    assert Team(home, "Cleo", FakeClock()).member.alias == "Laura"


def test_a_folder_in_the_place_of_what_one_has_of_a_team_is_told(home: Home) -> None:
    own = Team(home, "Laura", FakeClock()).own
    for name in ("agreed.jsonl", "member.json"):
        (own.folder / name).unlink()
        (own.folder / name).mkdir()
        with pytest.raises(TeamError, match=rf"{name} can't be used: Is a directory"):
            Team(home, "Laura", FakeClock()).send()
