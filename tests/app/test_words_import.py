"""A list of words through the app: pasted, shown, asked once, saved, and taken back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.app.imports import home_to_import, paste, problem, sheet
from tests.app.stage import Stage, running
from tests.app.test_everywhere import fits
from trainer.app.importing.imported_screen import ImportedScreen
from trainer.app.importing.paste_screen import PasteScreen
from trainer.app.importing.words_screen import WordsScreen
from trainer.app.kit.pick import PickScreen
from trainer.app.study.screen import StudyScreen
from trainer.app.today.screen import TodayScreen
from trainer.home import Home

pytestmark = pytest.mark.slow

LIST = "Boom\tA pole [/x] for lamps\nGel\tA sheet of colour\nGobo\tA shape in the light\nsee the handbook\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    return home_to_import(tmp_path, monkeypatch)


async def words_of(stage: Stage, text: str) -> WordsScreen:
    await paste(stage, text)
    await stage.press("ctrl+s")
    await stage.settle()
    return stage.on(WordsScreen)


async def test_a_list_is_pasted_named_saved_and_studied(home: Home) -> None:
    async with running(home) as stage:
        screen = await words_of(stage, LIST)
        assert "line 4" in stage.text
        assert "Gobo – A shape in the light" in stage.text
        screen.entry.value = "House words"
        await stage.settle()
        await stage.press("ctrl+s")
        await stage.settle()
        stage.on(ImportedScreen)
        assert "“House words” is a sheet now." in stage.text
        await stage.press("enter")
        stage.on(StudyScreen)
    assert [term.term for term in sheet(home, "house-words").terms] == ["Boom", "Gel", "Gobo"]


async def test_a_typed_name_takes_the_place_of_the_one_that_is_offered(home: Home) -> None:
    async with running(home) as stage:
        screen = await words_of(stage, LIST)
        assert "Enter Save" in stage.bar
        await stage.press("B", "a", "r")
        assert screen.entry.value == "Bar"
        await stage.press("enter")
        await stage.settle()
        assert "“Bar” is a sheet now." in stage.text


async def test_a_list_is_given_its_industry(home: Home) -> None:
    async with running(home) as stage:
        screen = await words_of(stage, LIST)
        await stage.press("tab", *"Film")
        assert screen.industry.value == "Film"
        await stage.press("enter")
        await stage.settle()
        stage.on(ImportedScreen)
    assert sheet(home, "our-words").industry == "Film"


async def test_an_import_is_taken_back_by_a_key(home: Home) -> None:
    async with running(home) as stage:
        await words_of(stage, LIST)
        await stage.press("ctrl+s")
        await stage.settle()
        assert (home.decks / "our-words.toml").exists()
        await stage.press("u")
        await stage.settle()
        stage.on(TodayScreen)
        assert not (home.decks / "our-words.toml").exists()
        assert stage.engine.sheet_called("Our words") is None


@pytest.mark.parametrize(("key", "meaning"), [("1", "A sheet of colour"), ("2", "Something for hair")])
async def test_another_meaning_is_asked_about_once(home: Home, key: str, meaning: str) -> None:
    async with running(home) as stage:
        await words_of(stage, LIST)
        await stage.press("ctrl+s")
        await stage.settle()
        await stage.press("escape")
        await words_of(stage, "Gel\tSomething for hair\nScoop\tA wide lamp\n")
        assert "which is there" in stage.text
        await stage.press("ctrl+s")
        await stage.settle()
        stage.on(PickScreen)
        await stage.press(key)
        await stage.settle()
        stage.on(ImportedScreen)
    assert {term.term: term.meaning for term in sheet(home, "our-words").terms}["Gel"] == meaning
    assert len(sheet(home, "our-words").terms) == 4


async def test_what_is_neither_and_a_list_without_a_name_are_told(home: Home) -> None:
    async with running(home) as stage:
        await paste(stage, "I hung lamps for years.")
        await stage.press("ctrl+s")
        await stage.settle()
        stage.on(PasteScreen)
        assert "term – meaning" in " ".join(problem(stage).split())
        await stage.press("escape", "2")
        screen = await words_of(stage, LIST)
        screen.entry.value = ""
        await stage.press("ctrl+s")
        await stage.settle()
        stage.on(WordsScreen)
        assert "no name" in problem(stage)
        await stage.press("escape")
        stage.on(PasteScreen)


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (120, 40)])
async def test_every_size(home: Home, size: tuple[int, int]) -> None:
    async with running(home, size=size) as stage:
        screen = await words_of(stage, LIST)
        assert fits(screen.page)
        await stage.press("ctrl+s")
        await stage.settle()
        assert fits(stage.on(ImportedScreen).page)


async def test_picture_words(home: Home, looks_right: Callable[[Stage], None]) -> None:
    async with running(home) as stage:
        await words_of(stage, LIST)
        looks_right(stage)
