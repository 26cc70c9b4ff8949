"""The warm-up on its screen."""

from pathlib import Path

import pytest

from tests.app.sheets import home_with_sheet
from tests.app.stage import Stage, running
from tests.learners import begun
from tests.study.test_pairs import ROLE
from trainer.app.kit.help import HelpScreen
from trainer.app.pairs.screen import PairsScreen
from trainer.app.today.screen import TodayScreen
from trainer.engine.engine import Engine
from trainer.home import Home
from trainer.material import sheet_files

pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setattr(sheet_files, "shipped_decks", lambda: tmp_path / "none")
    home = home_with_sheet(tmp_path / "home")
    for i in range(4):
        text = ROLE.format(id=f"r{i}", name=f"Role [b]{i}", own=f"Title {i}")
        (home.decks / f"r{i}.toml").write_text(text, encoding="utf-8")
    begun(home, "anna")
    return home


def role(stage: Stage, *, right: bool) -> str:
    """Return the digit of the right role for the title that stands, or of a wrong one that is left."""
    pairs = stage.on(PairsScreen).pairs
    assert pairs.pair
    return next(
        str(i + 1)
        for i, name in enumerate(pairs.roles)
        if (name == pairs.pair.role) is right and name not in pairs.found
    )


async def test_a_round_by_keys(home: Home) -> None:
    async with running(home) as stage:
        await stage.press("p")
        screen = stage.on(PairsScreen)
        assert "Which role does this title belong to?" in stage.text
        missed = role(stage, right=False)
        await stage.press(missed)
        assert f"It is not Role [b]{screen.pairs.roles[int(missed) - 1][-1]}." in stage.text
        for left in (3, 2, 1, 0):
            await stage.press(role(stage, right=True))
            assert len(screen.pairs.roles) - len(screen.pairs.found) == left
        assert "All 4 pairs, with 1 slip." in stage.text
        assert "Title" in stage.text
        await stage.press("enter")
        assert screen.pairs.pair
        await stage.press("question_mark")
        stage.on(HelpScreen)
        await stage.press("escape", "escape")
        stage.on(TodayScreen)
    with Engine.open(home, "anna", saving=False) as training:
        assert not training.progress.states, "nothing of it is kept"


async def test_a_wrong_role_is_taken_once(home: Home) -> None:
    async with running(home) as stage:
        await stage.press("p")
        pairs = stage.on(PairsScreen).pairs
        missed = role(stage, right=False)
        await stage.press(missed, "enter", "space", missed)
        assert pairs.slips == 1
        assert not any(each.startswith("Enter") for each in stage.bar)
        await stage.press("down")
        assert "Enter Take it" in stage.bar


async def test_a_round_by_arrows_and_by_mouse(home: Home) -> None:
    async with running(home) as stage:
        await stage.press("2")
        await stage.click("Warm up")
        screen = stage.on(PairsScreen)
        await stage.press(*["down"] * int(role(stage, right=True)), "enter")
        assert len(screen.pairs.found) == 1
        while screen.pairs.pair:
            await stage.click(screen.pairs.pair.role)
        await stage.click("Another round")
        assert screen.pairs.pair


async def test_with_too_few_roles_it_says_what_is_missing(home: Home) -> None:
    for file in list(home.decks.glob("r*.toml"))[:1]:
        file.unlink()
    async with running(home) as stage:
        await stage.press("p")
        stage.on(TodayScreen)
        assert "needs four roles" in stage.text


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (80, 24), (140, 45)])
async def test_it_fits(home: Home, size: tuple[int, int]) -> None:
    async with running(home, size=size) as stage:
        await stage.press("p")
        await stage.press(role(stage, right=False))
        page = stage.on(PairsScreen).page
        assert all(row.content.cell_length <= page.size.width for row in page.rows(page.size.width))
