"""An import, as a test goes through it."""

from pathlib import Path

import pytest
from textual.events import Paste

from tests.app.sheets import home_with_sheet
from tests.app.stage import Stage
from tests.learners import begun
from tests.material.pages import FULL, changed
from trainer.app.importing.mending_screen import MendingScreen
from trainer.app.importing.paste_screen import PasteScreen
from trainer.app.kit.problem import Problem
from trainer.home import Home
from trainer.material.files import read_sheet
from trainer.material.page.found import Found
from trainer.material.sheet import Sheet

WRONG = changed(FULL, ("Head of Props", "Head Props"))
HOSTILE = changed(
    FULL,
    ("Kit Runner Props", "[/x]Kit Runner [@click=app.quit]Props"),
    ("No idea what a preset is", "\x1b[31mNo \u202eidea[/bold] 🎭 \x07what a preset is"),
)


def home_to_import(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    home = home_with_sheet(tmp_path / "home")
    begun(home, "anna")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    return home


async def paste(stage: Stage, page: str) -> None:
    """Open the import, and paste a page."""
    await stage.press("i")
    stage.on(PasteScreen)
    stage.app.post_message(Paste(page))
    await stage.settle()


async def mending_of(stage: Stage, page: str) -> MendingScreen:
    await paste(stage, page)
    await stage.press("ctrl+s")
    await stage.settle()
    return stage.on(MendingScreen)


async def go_to(stage: Stage, target: str) -> None:
    """Move down to a line by the key."""
    page = stage.on(MendingScreen).page
    for _ in range(60):
        if page.cursor == target:
            return
        await stage.press("down")
    raise AssertionError(f"{target} is not below {page.cursor}")


def found(stage: Stage) -> Found:
    return stage.on(MendingScreen).mending.found


def titles(stage: Stage) -> list[str]:
    return [item.text for item in found(stage).titles]


def cursor(stage: Stage) -> str:
    return stage.on(MendingScreen).page.cursor


def problem(stage: Stage) -> str:
    shown = stage.app.screen.query_one(Problem)
    return str(shown.render()) if shown.display else ""


def sheet(home: Home, id_: str = "skt") -> Sheet:
    return read_sheet(home.decks / f"{id_}.toml")
