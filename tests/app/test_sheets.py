"""The sheets behind a key on Today."""

from pathlib import Path

import pytest

from tests.app.sheets import home_with_sheet
from tests.app.stage import Stage, running
from tests.learners import begun
from tests.material.sheets import DESIGN
from trainer.app.kit.help import HelpScreen
from trainer.app.sheets.screen import SheetsScreen
from trainer.app.study.screen import StudyScreen
from trainer.app.today.screen import TodayScreen
from trainer.home import Home
from trainer.material import sheet_files

pytestmark = pytest.mark.slow

VOCABULARY = """
format = 1
id = "theatre-vocabulary"
name = "Theatre vocabulary"
[[terms]]
id = "dsm"
term = "DSM"
meaning = "Calls the show."
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home with the sample beside two shipped sheets that stay as small as they are."""
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    (shipped / "assistant-stage-manager.toml").write_text(DESIGN, encoding="utf-8")
    (shipped / "theatre-vocabulary.toml").write_text(VOCABULARY, encoding="utf-8")
    monkeypatch.setattr(sheet_files, "shipped_decks", lambda: shipped)
    home = home_with_sheet(tmp_path)
    begun(home, "anna")
    return home


def trained(stage: Stage) -> set[tuple[str, str]]:
    """Return the sheets and decks of the session."""
    screen = stage.on(StudyScreen)
    return {(card.sheet.id, card.deck) for card in screen.session._waiting.cards.values()}


async def test_it_lists_each_sheet_with_its_decks(home: Home) -> None:
    async with running(home) as stage:
        await stage.press("d")
        stage.on(SheetsScreen)
        for words in (
            "Assistant Stage Manager",
            "Theatre vocabulary",
            "Sample [red]room[/x]",
            "Answer quality",
        ):
            assert words in stage.text
        head = stage.text.splitlines()[1].split()
        assert head == ["review", "new", "learned", "cards"]
        assert stage.bar == ["1-3 One sheet", "Enter Train", "? Help", "Esc Back"]
        await stage.press("escape")
        stage.on(TodayScreen)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (("3",), {("theatre-vocabulary", "meanings")}),
        (("down", "enter"), {("assistant-stage-manager", "meanings")}),
        (("down", "down", "down", "space"), {("assistant-stage-manager", "answers")}),
        (("9", "down", "down", "enter"), {("assistant-stage-manager", "synonyms")}),
    ],
)
async def test_by_keys(home: Home, keys: tuple[str, ...], expected: set[tuple[str, str]]) -> None:
    async with running(home) as stage:
        await stage.press("d", *keys)
        assert trained(stage) == expected


async def test_enter_takes_the_first_sheet(home: Home) -> None:
    async with running(home) as stage:
        await stage.press("d", "enter")
        assert {sheet for sheet, _ in trained(stage)} == {"assistant-stage-manager"}


async def test_by_mouse(home: Home) -> None:
    async with running(home) as stage:
        await stage.press("2")
        await stage.click("One sheet or a deck of it")
        await stage.click("Sample [red]room[/x]")
        assert {sheet for sheet, _ in trained(stage)} == {"sample"}
        await stage.press("escape")
        stage.on(TodayScreen)


async def test_from_help_and_palette(home: Home) -> None:
    async with running(home) as stage:
        await stage.press("question_mark")
        stage.on(HelpScreen)
        await stage.click("Sheets")
        stage.on(SheetsScreen)
        await stage.press("question_mark")
        assert "Train all of the sheet with this number" in stage.text
        await stage.press("escape", "escape", "ctrl+p")
        await stage.pilot.press(*"sheets")
        await stage.settle()
        await stage.press("enter")
        stage.on(SheetsScreen)


async def test_practice_is_told_here_too(home: Home) -> None:
    async with running(home, "anna", saving=False) as stage:
        await stage.press("d")
        assert "practice, nothing is saved" in stage.on(SheetsScreen).top.render().plain


async def test_without_a_sheet_there_is_no_key_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet_files, "shipped_decks", lambda: tmp_path / "none")
    begun(Home(tmp_path), "anna")
    async with running(Home(tmp_path)) as stage:
        await stage.press("d")
        stage.on(TodayScreen)


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (80, 24), (140, 45)])
async def test_it_fits(home: Home, size: tuple[int, int]) -> None:
    async with running(home, size=size) as stage:
        await stage.press("d")
        page = stage.on(SheetsScreen).page
        assert all(row.content.cell_length <= page.size.width for row in page.rows(page.size.width))
        assert "Assistant Stage Manager" in stage.text or size[0] < 60
