"""Pictures of a drill's screens and of making one, of a drill and a folder that do not change."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.app.sheets import home_with_sheet
from tests.app.stage import Stage, running
from tests.clocks import FakeClock
from tests.learners import begun
from trainer.app.drill import feature
from trainer.app.drill.offer_screen import OfferScreen
from trainer.app.drill.result_screen import ResultScreen
from trainer.app.editing.field_row import FieldText
from trainer.app.kit.agree_screen import AgreeScreen
from trainer.app.study.drill_screen import DrillScreen
from trainer.app.team.draft_screen import DraftScreen
from trainer.app.team.screen import TeamScreen
from trainer.cards.library import load_library
from trainer.engine import team_joining
from trainer.engine.making import Making, Offered, Wanted
from trainer.engine.team import Team
from trainer.material import sheet_files

pytestmark = pytest.mark.slow

Look = Callable[[Stage], None]


class Stopped(FakeClock):
    """Stands still: what is drawn in between looks at it at any time."""

    def __call__(self) -> datetime:
        return self.at


class Desk:
    """A lead and Anna, in a folder and with ids that are the same at every run."""

    def __init__(self, folder: Path) -> None:
        self.clock = Stopped()
        self.lead, self.anna = (home_with_sheet(folder / name) for name in ("lead", "anna"))
        begun(self.lead, "lead")
        begun(self.anna, "anna")
        lead = self.team("lead")
        lead.join(lead.plan_new("share", "Casting", "Lead"))
        library = load_library(self.lead)
        making = Making(lead, library, [Offered("sample", "Sample")])
        wanted = Wanted(role="sample", number=5, due="28 Nov", title="First week", seed=2)
        making.publish(making.make(wanted))

    def team(self, who: str) -> Team:
        return Team(self.lead if who == "lead" else self.anna, who, self.clock)

    def join(self) -> None:
        team = self.team("anna")
        team.join(team.plan_join("share", "Anna"))
        team.own.change(lambda own: replace(own, place="share"))
        team.drills()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk with the sample alone: the shipped sheets change."""
    monkeypatch.setattr(sheet_files, "shipped_decks", lambda: tmp_path / "none")
    monkeypatch.chdir(tmp_path)
    numbers = iter(range(1, 100))
    monkeypatch.setattr(team_joining, "new_id", lambda length=8: f"{next(numbers):0{2 * length}x}")
    monkeypatch.setattr("secrets.randbelow", lambda _: 5)  # draws the questions that are offered
    monkeypatch.setattr(feature, "_look", lambda team: None)
    monkeypatch.setattr(Path, "absolute", lambda path: path)
    monkeypatch.setattr("os.path.realpath", lambda path, **_: path)
    return Desk(Path())


def still(stage: Stage) -> None:
    """Have no cursor blink in a picture."""
    for box in stage.app.screen.query(FieldText):
        box.cursor_blink = False


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_taking_a_drill(desk: Desk, looks_right: Look, size: tuple[int, int]) -> None:
    desk.join()
    async with running(desk.anna, clock=desk.clock, size=size) as stage:
        await stage.press("D")
        stage.on(OfferScreen)
        looks_right(stage)
        await stage.press("enter")
        stage.on(DrillScreen)
        looks_right(stage)
        for _ in range(5):
            await stage.press("0", "enter")
        stage.on(ResultScreen)
        looks_right(stage)


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_joining_a_team(desk: Desk, looks_right: Look, size: tuple[int, int]) -> None:
    async with running(desk.anna, clock=desk.clock, size=size) as stage:
        await stage.press("6", "J", "1")
        await stage.write("share")
        still(stage)
        await stage.settle()
        looks_right(stage)
        await stage.press("ctrl+s")
        stage.on(AgreeScreen)
        looks_right(stage)


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_making_a_drill_and_the_report(desk: Desk, looks_right: Look, size: tuple[int, int]) -> None:
    desk.join()
    async with running(desk.lead, clock=desk.clock, size=size) as stage:
        await stage.press("5", "T")
        stage.on(TeamScreen)
        looks_right(stage)
        await stage.press("escape", "N", "1")
        looks_right(stage)
        await stage.press("1", "1", "3", "3")
        still(stage)
        await stage.settle()
        looks_right(stage)
        await stage.press("ctrl+s")
        stage.on(DraftScreen)
        looks_right(stage)
