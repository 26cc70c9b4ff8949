"""The glossary in the app: lists, entries, copying, and looking words up from feedback."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.app.sheets import home_with_sheet
from tests.app.stage import Stage, running
from tests.bench.library import library_with
from tests.learners import begun
from trainer.app.app import TrainerApp
from trainer.app.kit.pick import PickScreen
from trainer.app.kit.row_list import RowList
from trainer.app.places.screen import ListScreen
from trainer.app.study.screen import StudyScreen
from trainer.app.words.entry_screen import EntryScreen
from trainer.app.words.glossary_screen import GlossaryScreen
from trainer.app.words.word_screen import WordScreen
from trainer.engine.choice import SessionChoice
from trainer.home import Home

LEVELS = SessionChoice(decks=("sample/levels",))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = home_with_sheet(tmp_path)
    begun(home, "anna")
    return home


def heads(stage: Stage) -> list[str]:
    """Return the heads of what is listed: they end with a count."""
    return [line for line in stage.text.splitlines() if re.fullmatch(r"  \w[\w ]*  [\d,]+( to .*)?", line)]


def told(stage: Stage) -> list[str]:
    return [each.message for each in stage.app._notifications]


async def test_words_stand_by_letter_and_by_role(home: Home) -> None:
    async with running(home) as stage:
        await stage.press("3", "enter")
        screen = stage.on(GlossaryScreen)
        assert "  A  14" in stage.text.splitlines()
        assert stage.bar == [
            *("Enter Read", "→ Next letter", "o By role", "/ Find", "? Help", "Esc Back"),
        ]
        await stage.press("right", "right")
        first = screen._engine.glossary.by_letter[2].words[0]
        assert screen.page.cursor == f"2 {first.id}"
        rows = screen.page.rows(screen.page.size.width)
        assert rows[screen.column.scroll_offset.y].content.plain == "  C  24", "the letter is at the top"
        await stage.press("left", "left", "left")
        assert screen.page.cursor.startswith(f"{len(screen._engine.glossary.by_letter) - 1} ")
        await stage.press("o")
        assert "→ Next role" in stage.bar
        assert "  Theatre vocabulary  133" in stage.text.splitlines()
        await stage.press("escape")
        stage.on(ListScreen)


async def test_an_entry_leads_to_others_and_back_the_same_way(home: Home) -> None:
    async with running(home, size=(80, 120)) as stage:
        entry = stage.engine.word("theatre-vocabulary#asm")
        assert entry
        stage.app.push_screen(WordScreen(stage.engine, entry))
        await stage.settle()
        assert "Enter Open" not in stage.bar
        await stage.click("Stagehand")
        assert "Worker who sets up, moves" in stage.text.replace("\n", " ")
        await stage.click("Term meanings · Theatre vocabulary")
        stage.on(EntryScreen)
        assert "  Stagehand" in stage.text.splitlines()
        await stage.press("escape", "escape")
        assert stage.on(WordScreen)._entry is entry
        assert "Enter Open" in stage.bar, "what was opened is marked still"
        await stage.press("escape")
        assert not isinstance(stage.app.screen, WordScreen)


@pytest.mark.slow
async def test_regions_are_told_with_their_names(home: Home, looks_right: Callable[[Stage], None]) -> None:
    async with running(home, size=(60, 20)) as stage:
        entry = stage.engine.word("theatre-vocabulary#half-hour")
        assert entry
        stage.app.push_screen(WordScreen(stage.engine, entry))
        await stage.settle()
        lines = stage.text.splitlines()
        assert any(line.strip().startswith("UK ") for line in lines)
        assert any(line.strip().startswith("US ") for line in lines)
        looks_right(stage)


@pytest.mark.slow
async def test_a_word_and_a_search_string_are_copied_and_told(home: Home) -> None:
    async with running(home) as stage:
        entry = stage.engine.word("theatre-vocabulary#asm")
        assert entry
        stage.app.push_screen(WordScreen(stage.engine, entry))
        await stage.settle()
        await stage.press("c")
        assert stage.app.clipboard == "ASM"
        assert told(stage)[-1].startswith("“ASM” is copied.")
        await stage.press("s")
        assert stage.app.clipboard.startswith('"Assistant Stage Manager" OR "ASM"')
        assert told(stage)[-1].startswith("The search string is copied.")
        await stage.press("escape", "W", "c")
        assert stage.app.clipboard == "A1"


@pytest.mark.slow
async def test_what_names_no_role_has_no_search_string(home: Home) -> None:
    async with running(home) as stage:
        entry = stage.engine.word("theatre-vocabulary#prop")
        assert entry
        stage.app.push_screen(WordScreen(stage.engine, entry))
        await stage.settle()
        assert "s Copy search" not in stage.bar
        await stage.press("s")
        assert stage.app.clipboard == ""


@pytest.mark.slow
async def test_from_feedback_a_word_is_looked_up_and_the_same_feedback_stands_again(home: Home) -> None:
    async with running(home, "anna", choice=LEVELS) as stage:
        study = stage.on(StudyScreen)
        await stage.press("l")
        stage.on(StudyScreen)
        await stage.press("1")
        assert "l  look up a word" in stage.text
        before, feedback, answers = stage.text, study.session.feedback, study.session.answers
        await stage.press("l")
        if isinstance(stage.app.screen, PickScreen):
            await stage.press("enter")
        stage.on(WordScreen)
        await stage.press("escape")
        assert stage.on(StudyScreen) is study
        assert (stage.text, study.session.feedback, study.session.answers) == (before, feedback, answers)
        await stage.press("enter")
        assert study.session.feedback is None


@pytest.mark.slow
async def test_where_several_words_stand_one_is_picked(home: Home) -> None:
    async with running(home, "anna", choice=SessionChoice(decks=("props/levels",))) as stage:
        await stage.press("1", "l")
        pick = stage.on(PickScreen)
        assert "Look up which word?" in stage.text
        assert len(pick._answers) > 1
        await stage.press("escape")
        stage.on(StudyScreen)
        await stage.press("l", "2")
        stage.on(WordScreen)


@pytest.mark.slow
@pytest.mark.parametrize("deck", ["props/synonyms", "props/meanings"])
async def test_what_the_card_asks_for_is_picked_first(home: Home, deck: str) -> None:
    async with running(home, "anna", choice=SessionChoice(decks=(deck,))) as stage:
        await stage.press("1", "l")
        question = stage.on(PickScreen).app.screen_stack[1]
        assert isinstance(question, StudyScreen)
        card = question._face.question.card
        await stage.press("enter")
        assert card.id in {each.card for each in stage.on(WordScreen)._entry.asked}


@pytest.mark.slow
@pytest.mark.parametrize("size", [(40, 12), (60, 20), (500, 100)])
async def test_every_line_fits(home: Home, size: tuple[int, int]) -> None:
    async with running(home, size=size) as stage:
        for keys in (("3",), ("enter",), ("o",), ("enter",), ("slash",), (*"stage",), ("enter",)):
            await stage.press(*keys)
            page = stage.app.screen.query(RowList).first()
            assert all(row.content.cell_length <= page.size.width for row in page.rows(page.size.width))
        stage.on(WordScreen)


@pytest.mark.slow
async def test_of_very_many_words_one_page_is_listed_at_a_time(tmp_path: Path) -> None:
    home = Home(tmp_path)
    begun(home, "anna")
    app = TrainerApp(home, "anna", library=library_with(2_000, 100))
    async with app.run_test(size=(80, 24)) as pilot:
        stage = Stage(app, pilot)
        await stage.settle()
        app.show(GlossaryScreen(stage.engine))
        await stage.settle()
        assert heads(stage) == ["  S  20"]
        await stage.press("right")
        assert heads(stage) == ["  T  1 to 300 of 4,000"]
        await stage.press("o")
        assert heads(stage) == ["  Sheet 0  201"]
        await stage.press("right")
        assert heads(stage) == ["  Sheet 100  201"]


@pytest.mark.slow
async def test_how_it_looks(home: Home, looks_right: Callable[[Stage], None]) -> None:
    async with running(home) as stage:
        await stage.press("3", "enter", "right")
        looks_right(stage)
