"""One picture a screen at 80 by 24, of the running app on a sheet that does not change."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests import pictures
from tests.app.sheets import home_with_sheet
from tests.app.stage import Stage, learn, running
from tests.clocks import FakeClock
from trainer.app.editing.field_row import FieldText
from trainer.app.start.welcome_screen import WelcomeScreen
from trainer.engine.choice import SessionChoice
from trainer.home import Home
from trainer.material import sheet_files

Look = Callable[[Stage], None]
TWO = SessionChoice("quiz", ("sample/levels",), count=2)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home with the sample alone: the shipped sheets change."""
    monkeypatch.setattr(sheet_files, "shipped_decks", lambda: tmp_path / "none")
    return home_with_sheet(tmp_path / "home")


async def test_welcome(home: Home, looks_right: Look) -> None:
    async with running(home) as stage:
        welcome = stage.on(WelcomeScreen)
        welcome.entry.cursor_blink = False
        welcome.entry.value = "anna"
        await stage.settle()
        looks_right(stage)


async def test_today(home: Home, looks_right: Look) -> None:
    clock = FakeClock()
    learn(home, 2, "levels", clock=clock)
    clock.forward(days=-1999)
    learn(home, 1, "meanings", clock=clock)
    clock.forward(days=-1999)
    async with running(home, clock=clock) as stage:
        looks_right(stage)


async def test_question(home: Home, looks_right: Look) -> None:
    async with running(home, "anna", choice=TWO) as stage:
        await stage.press("h", "g", "down")
        looks_right(stage)


async def test_feedback(home: Home, looks_right: Look) -> None:
    clock = learn(home, 1, "levels")
    async with running(home, "anna", choice=TWO, clock=clock) as stage:
        await stage.press("3")
        looks_right(stage)


async def test_summary(home: Home, looks_right: Look) -> None:
    async with running(home, "anna", choice=TWO) as stage:
        await stage.press("1", "enter", "0", "enter")
        looks_right(stage)


async def test_help(home: Home, looks_right: Look) -> None:
    async with running(home, "anna", choice=TWO) as stage:
        await stage.press("question_mark", "down")
        looks_right(stage)


async def test_edit(home: Home, monkeypatch: pytest.MonkeyPatch, looks_right: Look) -> None:
    monkeypatch.chdir(home.root.parent)  # the screen says where it saves
    async with running(Home(Path(home.root.name)), "anna", choice=TWO) as stage:
        await stage.press("3", "e")
        for box in stage.app.screen.query(FieldText):
            box.cursor_blink = False
        await stage.press("end", "!")
        looks_right(stage)


async def test_sheets(home: Home, looks_right: Look) -> None:
    clock = learn(home, 3, "levels")
    async with running(home, clock=clock) as stage:
        await stage.press("d", "down")
        looks_right(stage)


def svgs(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.svg")}


@pytest.mark.slow
async def test_the_pictures_of_the_readme_are_true(tmp_path: Path) -> None:
    await pictures.draw(tmp_path)
    new, kept = svgs(tmp_path), svgs(pictures.FOLDER)
    assert new.keys() == kept.keys()
    assert [name for name in new if new[name] != kept[name]] == [], "python -m tests.pictures; then look"


async def test_interview(home: Home, looks_right: Look) -> None:
    clock = FakeClock()
    learn(home, 1, "levels", clock=clock)
    clock.forward(days=-1999)
    async with running(home, clock=clock) as stage:
        stage.engine.add_interview("sample", "today", "14:00")
        await stage.press("z")
        looks_right(stage)
