"""People who are in a team train here, answers or not, and are renamed, merged and removed with it."""

import sys
from pathlib import Path

import pytest

from tests.cards.shipped import LIBRARY
from tests.clocks import FakeClock
from tests.commands import ran
from tests.learners import answered, right
from tests.sharing.casting import Casting, Recruiter
from trainer.app.record import FirstStep, first_step
from trainer.engine import people
from trainer.engine.choice import SessionChoice
from trainer.engine.engine import Engine
from trainer.engine.team import Team
from trainer.errors import ProgressError, TeamError
from trainer.home import Home
from trainer.progress import records


@pytest.fixture
def anna(tmp_path: Path) -> Recruiter:
    """Somebody who took the drill of their team, and sent the result."""
    team = Casting(tmp_path)
    team.anna.take(team.drill)
    return team.anna


@pytest.fixture
def laura(tmp_path: Path) -> Home:
    """The home of Laura, who made a team and never answered a card."""
    home = Home(tmp_path / "home")
    lead = Team(home, "Laura", FakeClock())
    lead.join(lead.plan_new(str(tmp_path / "share"), "Casting", "Laura"))
    return home


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def practise(home: Home, name: str) -> None:
    """Answer a card, so that there is a record."""
    with Engine.open(home, name, clock=FakeClock(), library=LIBRARY) as engine:
        session = engine.session(SessionChoice(new=3))
        assert session
        assert session.question
        session.answer(right(session.question))


def join(home: Home, name: str, team: str | Path) -> None:
    mine = Team(home, name, FakeClock())
    mine.join(mine.plan_join(str(team), name.title()))


def in_team(home: Home, name: str) -> bool:
    return Team(home, name, FakeClock()).membership is not None


def test_whoever_joins_a_team_in_one_spelling_and_trains_in_another_is_one_person(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    join(home, "Zoë", Casting(tmp_path).share)
    assert in_team(home, "zoë")
    practise(home, "zoë")
    assert in_team(home, "zoë")
    assert in_team(home, "Zoe\u0308")
    assert not in_team(home, "Zoe")


def test_the_team_goes_with_a_new_name(anna: Recruiter) -> None:
    own = files(anna.team.own.folder)
    assert people.rename(anna.home, "anna", "Cleo", anna.clock).recruiter == "Cleo"
    assert in_team(anna.home, "Cleo")
    assert files(anna.home.team_of("Cleo")) == own
    assert people.rename(anna.home, "Cleo", "cleo", anna.clock).recruiter == "cleo"
    assert in_team(anna.home, "cleo")


def test_a_name_under_which_somebody_joined_a_team_is_not_taken_by_another(anna: Recruiter) -> None:
    join(anna.home, "benno", anna.team.member.place)
    with pytest.raises(ProgressError, match='"benno" is in a team already'):
        people.rename(anna.home, "anna", "Benno", anna.clock)
    assert anna.home.recruiters() == ["anna", "benno"]
    assert in_team(anna.home, "anna")


def test_a_new_name_that_is_refused_leaves_the_team_where_it_was(anna: Recruiter) -> None:
    with anna.trainer(), pytest.raises(ProgressError):
        people.rename(anna.home, "anna", "Cleo", anna.clock)
    assert in_team(anna.home, "anna")
    assert not in_team(anna.home, "Cleo")


def test_a_rename_that_is_interrupted_leaves_the_team_where_the_record_is(
    anna: Recruiter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(records, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        people.rename(anna.home, "anna", "Cleo", anna.clock)
    assert in_team(anna.home, "anna")
    assert not in_team(anna.home, "Cleo")


def test_the_team_goes_with_a_merge_where_the_other_is_in_none(anna: Recruiter) -> None:
    practise(anna.home, "Dora")
    assert people.merge(anna.home, "anna", "Dora", anna.clock)[1] is None
    assert in_team(anna.home, "Dora")
    assert not anna.home.team_of("anna").exists()


def test_two_teams_are_not_merged_and_that_is_told(anna: Recruiter) -> None:
    join(anna.home, "dora", anna.team.member.place)
    practise(anna.home, "dora")
    done = ran("merge", "anna", "dora", "--yes", "--home", anna.home.root)
    assert "Both are in a team" in done.err
    assert str(anna.home.root / "teams" / "anna") in done.err
    assert in_team(anna.home, "dora")


def test_all_of_a_person_is_removed_and_what_others_made_is_named(anna: Recruiter) -> None:
    notes = anna.team.own.folder / "attempts" / "notes.txt"
    notes.write_bytes(b"mine")
    removed, left = people.remove(anna.home, "anna", anna.clock)
    assert left == [notes]
    assert files(anna.home.root) == [
        "progress",
        "teams",
        "teams/anna",
        "teams/anna/attempts",
        "teams/anna/attempts/notes.txt",
    ]
    assert len(removed) == len(set(removed)) > 4
    notes.unlink()
    assert ran("erase", "--recruiter", "anna", "--yes", "anna", "--home", anna.home.root).status == 0
    assert files(anna.home.root / "teams") == []


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_no_link_in_the_place_of_a_team_is_followed(anna: Recruiter, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "attempts").mkdir(parents=True)
    (elsewhere / "member.json").write_bytes(b"{}")
    folder = anna.team.own.folder
    (folder / "attempts" / "far").symlink_to(elsewhere)
    (folder / "drafts").symlink_to(elsewhere)
    assert set(people.remove(anna.home, "anna", anna.clock).left) == {
        folder / "attempts" / "far",
        folder / "drafts",
    }
    for link in (folder / "attempts" / "far", folder / "drafts"):
        link.unlink()
    (folder / "attempts").rmdir()
    folder.rmdir()
    folder.symlink_to(elsewhere)
    assert people.remove(anna.home, "anna", anna.clock).left == [folder]
    assert files(elsewhere) == ["attempts", "member.json"]


def test_a_file_is_not_named_twice_where_the_home_is_named_from_the_current_folder(
    anna: Recruiter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(anna.home.root.parent)
    done = ran("erase", "--recruiter", "anna", "--yes", "anna", "--home", "anna")
    assert done.out.count("anna.json\n") == 1


def test_who_leads_and_never_answered_is_known(laura: Home) -> None:
    assert first_step(laura, None, newcomer=False, has_choice=False) == FirstStep(name="Laura", known=True)
    assert first_step(laura, "laura", newcomer=False, has_choice=False) == FirstStep(name="Laura", known=True)
    assert [(each.name, each.held) for each in people.people(laura)] == [
        ("Laura", "0 answers, 0 backups, a team")
    ]
    done = ran("team", "--home", laura.root)
    assert (done.status, done.err) == (0, "")
    assert '"Casting" as Laura' in done.out


def test_a_folder_of_who_left_is_nobody(laura: Home) -> None:
    lead = Team(laura, "Laura", FakeClock())
    lead.leave(lead.leave_line())
    assert laura.team_of("Laura").is_dir()
    assert laura.recruiters() == []


def test_a_folder_of_teams_that_cant_be_read_keeps_nobody_out(tmp_path: Path) -> None:
    home = Home(tmp_path)
    answered(home, "Ben")
    for make in (lambda: home.teams.write_text(""), lambda: home.teams.symlink_to(home.teams)):
        make()
        assert home.recruiters() == ["Ben"]
        assert home.known("Laura") is None
        assert not home.in_team("Ben")
        home.teams.unlink()


def test_another_name_takes_the_team_of_who_never_answered_along(laura: Home) -> None:
    assert people.rename(laura, "laura", "Zoë", FakeClock()).recruiter == "Zoë"
    assert laura.recruiters() == ["Zoë"]
    assert Team(laura, "Zoë", FakeClock()).member.alias == "Laura"


def test_a_name_that_has_a_team_is_not_taken(laura: Home) -> None:
    answered(laura, "Ben")
    for name in ("ben", "laura"):
        laura.team_of(name).mkdir(exist_ok=True)
    before = sorted(laura.root.rglob("*"))
    for old, new in (("Ben", "Laura"), ("Laura", "Ben")):
        with pytest.raises(ProgressError, match="is in a team already"):
            people.rename(laura, old, new, FakeClock())
    assert sorted(laura.root.rglob("*")) == before


def test_a_folder_in_the_place_of_what_one_has_of_a_team_is_told(laura: Home) -> None:
    own = Team(laura, "Laura", FakeClock()).own
    for name in ("agreed.jsonl", "member.json"):
        (own.folder / name).unlink()
        (own.folder / name).mkdir()
        with pytest.raises(TeamError, match=rf"{name} can't be used: Is a directory"):
            Team(laura, "Laura", FakeClock()).send()
