"""What you hire for: roles are added, removed, ordered and paused, each change kept at once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.app.stage import Stage, running
from trainer.app.kit.help import HelpScreen
from trainer.app.roles.screen import RolesScreen
from trainer.app.study.screen import StudyScreen
from trainer.app.today.screen import TodayScreen
from trainer.engine.engine import Engine
from trainer.errors import NotSavedError
from trainer.home import Home
from trainer.progress.progress import Progress

pytestmark = pytest.mark.slow

ASM, SM = "assistant-stage-manager", "stage-manager"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    with Engine.open(home, "Anna") as engine:
        engine.choose_roles([ASM, SM])
    return home


def learned(stage: Stage) -> list[str]:
    return [role.id for role in stage.engine.roles() if role.state == "learned"]


async def mark(stage: Stage, words: str) -> None:
    """Move the cursor to the role with these words."""
    screen, ids = stage.on(RolesScreen), [role.id for role in stage.engine.roles()]
    wanted = next(role.id for role in stage.engine.roles() if words in role.name)
    steps = ids.index(wanted) - ids.index(screen.page.cursor)
    await stage.press(*(["down"] * steps or ["up"] * -steps))


async def test_it_lists_roles_with_what_is_known(home: Home, looks_right: Callable[[Stage], None]) -> None:
    async with running(home, "Anna") as stage:
        await stage.press("l")
        stage.on(RolesScreen)
        lines = stage.text.splitlines()
        (first,) = [line for line in lines if "Assistant Stage Manager" in line]
        counts = stage.engine.roles()[0].counts
        assert first.split() == ["1", "Assistant", "Stage", "Manager", "0", "0", str(counts.to_come)]
        assert lines.index("  With every role") > lines.index("  In the library")
        assert stage.bar == ["Enter Leave it out", "→ Later", "p Pause", "? Help", "Esc Back"]
        looks_right(stage)
        await stage.press("question_mark")
        stage.on(HelpScreen)
        assert "Met, and not known yet" in stage.text


async def test_each_change_is_kept_at_once_and_taken_back(home: Home) -> None:
    async with running(home, "Anna") as stage:
        await stage.press("l")
        await mark(stage, "Wardrobe")
        assert "Enter Learn it" in stage.bar
        await stage.press("enter")
        assert learned(stage) == [ASM, SM, "wardrobe-supervisor"]
        assert stage.on(RolesScreen).page.cursor == "wardrobe-supervisor", "the cursor goes with the role"
        await stage.press("left", "left", "left")
        assert learned(stage) == ["wardrobe-supervisor", ASM, SM]
        await stage.press("p")
        assert learned(stage) == [ASM, SM]
        assert "Wardrobe Supervisor  paused" in stage.text
        assert "p Resume" in stage.bar
        await stage.press("u")
        assert learned(stage) == ["wardrobe-supervisor", ASM, SM]
        await stage.press("space", "u", "right")
        assert learned(stage) == [ASM, "wardrobe-supervisor", SM]
        await stage.press("u", "u", "u", "u", "u", "u", "u")
        assert learned(stage) == [ASM, SM]
    with Engine.open(home, "Anna") as engine:
        assert engine.settings.roles == (ASM, SM)


async def test_one_role_stays(home: Home) -> None:
    async with running(home, "Anna") as stage:
        await stage.press("l", "enter")
        await mark(stage, "Stage Manager")
        for key in ("enter", "p"):
            await stage.press(key)
            assert "! One role at least has to be learned" in stage.text
            assert learned(stage) == [SM]
        await stage.press("u")
        assert learned(stage) == [ASM, SM]
        assert "One role at least" not in stage.text


async def test_a_change_that_is_not_saved(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise NotSavedError("Not saved: The disk is full.")

    async with running(home, "Anna") as stage:
        await stage.press("l")
        monkeypatch.setattr(Progress, "set_setting", full)
        await stage.press("enter")
        assert "! Not saved: The disk is full." in stage.text
        assert "u Undo" not in stage.bar
        assert learned(stage) == [ASM, SM]


async def test_the_vocabulary_goes_with_every_role(home: Home) -> None:
    async with running(home, "Anna") as stage:
        await stage.press("l")
        await mark(stage, "vocabulary")
        assert stage.bar == ["? Help", "Esc Back"]
        await stage.press("enter", "p", "left")
        assert learned(stage) == [ASM, SM]


async def test_today_follows_and_the_first_question_too(home: Home) -> None:
    async with running(home, "Anna") as stage:
        await stage.press("l", "enter", "escape")
        standing = stage.on(TodayScreen).standing
        assert standing
        assert standing.role
        assert standing.role.id == SM
        await stage.press("enter")
        assert {card.sheet.id for card in stage.on(StudyScreen).session._waiting.cards.values()} <= {
            SM,
            "theatre-vocabulary",
        }


async def test_a_role_whose_sheet_is_gone_can_be_left_out(home: Home) -> None:
    with Engine.open(home, "Anna") as engine:
        engine.progress.set_setting("roles", ("[/x]gone", ASM))
    async with running(home, "Anna", size=(40, 12)) as stage:
        await stage.press("l")
        assert "  ·  [/x]gone" in stage.text
        assert "its sheet can't be used" in stage.text
        await stage.press("enter")
        assert "gone" not in stage.text
        assert all(len(line) <= 38 for line in stage.text.splitlines())
        assert stage.engine.settings.roles == (ASM,)


async def test_by_mouse(home: Home) -> None:
    async with running(home, "Anna") as stage:
        await stage.press("l")
        await stage.click("Company Manager")
        assert learned(stage) == [ASM, SM], "the first click marks it"
        await stage.click("Learn it")
        assert learned(stage) == [ASM, SM, "company-manager"]
        await stage.click("Company Manager")
        assert learned(stage) == [ASM, SM]
