"""Drafts of a lead that could not be published: under a title that all can read, and of one team alone."""

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.cards.shipped import LIBRARY
from tests.sharing.casting import Casting, Recruiter
from tests.sharing.drills import draft, published
from trainer.engine.agreements import of_leaving
from trainer.engine.making import Made, Making, Offered, Wanted
from trainer.engine.setting import freeze_draft
from trainer.errors import DrillError

ROLE = "assistant-stage-manager"


def making(lead: Recruiter) -> Making:
    return Making(lead.team, LIBRARY, [Offered(ROLE, "ASM")])


def kept_back(team: Casting, title: str) -> Made:
    """Make a drill that can't be published: the folder is away."""
    step = making(team.lead)
    made = step.make(Wanted(role=ROLE, number=5, title=title, seed=1))
    away = team.share.with_name("away")
    shutil.move(team.share, away)
    with pytest.raises(DrillError, match="Nothing is lost"):
        step.publish(made)
    shutil.move(away, team.share)
    return made


@pytest.mark.slow
def test_a_long_title_that_was_taken_meanwhile_makes_room_for_a_number(tmp_path: Path) -> None:
    team = Casting(tmp_path)
    title = "T" * 80
    kept_back(team, title)
    team.ben.team.publish(published(count=3, title=title))
    step = making(team.lead)
    (made,) = step.kept()
    assert made.draft.title == f"{'T' * 78} 2"
    step.publish(made)
    rows, problems = team.anna.team.drills()
    assert problems == []
    assert {len(row.drill.drill.title) for row in rows} == {9, 80}
    with pytest.raises(DrillError, match="80 letters at most"):
        step.check_title("U" * 81)


def test_what_nobody_could_read_is_not_published() -> None:
    with pytest.raises(DrillError, match="title"):
        freeze_draft(replace(draft(), title="T" * 82), LIBRARY)


def test_a_draft_goes_with_the_team_that_it_was_for(tmp_path: Path) -> None:
    team = Casting(tmp_path)
    kept_back(team, "Secret plan")
    lead = team.lead.team
    stranger = lead.own.folder / "drafts" / "notes.txt"
    stranger.write_text("mine")
    agreement = of_leaving(lead)
    assert list(agreement.told) == ["A drill of yours that could not be published yet goes too."]
    lead.leave(agreement.line)
    lead.join(lead.plan_new(str(tmp_path / "other"), "Other", "Lead"))
    assert making(team.lead).kept() == []
    assert list(stranger.parent.iterdir()) == [stranger]


@pytest.mark.slow
def test_an_empty_folder_of_drafts_goes_too(tmp_path: Path) -> None:
    team = Casting(tmp_path)
    for title in ("Secret plan", "Another"):
        kept_back(team, title)
    lead = team.lead.team
    assert lead.lost_by_leaving == "2 drills of yours that could not be published yet go too."
    lead.leave(lead.leave_line())
    assert not (lead.own.folder / "drafts").exists()
    assert list(of_no_team(lead.own.folder)) == []


def of_no_team(folder: Path) -> list[str]:
    """Return what is left of a team that was left, but attempts and locks."""
    return [path.name for path in folder.iterdir() if path.suffix not in {".lock", ""}]
