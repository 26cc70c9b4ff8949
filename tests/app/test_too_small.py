"""A window that is too small to be read says so; its keys help, leave and quit, and do nothing else."""

from pathlib import Path
from typing import Any

import pytest
from textual.events import Key, MouseDown, MouseUp, Paste, Resize
from textual.geometry import Size
from textual.keys import key_to_character
from textual.screen import Screen
from textual.widgets import Input

from tests.app.stage import Stage, running
from tests.app.ways import LEARNERS, WAYS, go, home_for
from tests.terminal import Terminal
from trainer.app.editing.screen import EditScreen
from trainer.app.features import key_tables
from trainer.app.importing.mending_screen import MendingScreen
from trainer.app.kit.help import HelpScreen
from trainer.app.kit.keys import is_safe_unseen
from trainer.app.kit.row_list import RowList
from trainer.app.today.screen import TodayScreen
from trainer.engine.choice import SessionChoice
from trainer.engine.engine import Engine

pytestmark = pytest.mark.slow

_ASKING = {"edited", "mending", "split", "changes", "words", "lens", "lens-list", "lens-nothing"}
"""Where it is asked before something that was given is lost."""
_DEEPEST = 8
"""So many screens lie one on the other at most."""
SMALL = [(100, 10), (30, 30), (39, 12), (40, 11), (39, 11), (30, 8), (10, 5), (1, 1)]
_SAFE = {key for room in key_tables() for each in room if is_safe_unseen(each) for key in each.key.split(",")}
DEEDS = sorted({key for room in key_tables() for each in room for key in each.key.split(",")} - _SAFE)
"""Every key of the app that does something."""


async def shrink(stage: Stage, size: tuple[int, int]) -> None:
    await stage.pilot.resize_terminal(*size)
    await stage.settle()


def reviews(stage: Stage) -> list[int]:
    return list(stage.engine.progress.history()) if stage.app.engine else []


async def press_at_once(stage: Stage, *keys: str) -> None:
    for key in keys:
        stage.app.post_message(Key(key, key_to_character(key)))
    await stage.settle()


def looks(screen: Screen[Any]) -> list[object]:
    """What keys could have changed on a screen."""
    pages = [(page.cursor, [row.content.plain for row in page.rows(70)]) for page in screen.query(RowList)]
    return [*pages, *(entry.value for entry in screen.query(Input))]


@pytest.mark.parametrize("way", WAYS)
async def test_no_key_does_anything_and_all_is_as_it_was_in_a_larger_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    async with running(home_for(tmp_path / "home", way)) as stage:
        await go(stage, way)
        screen, focused = stage.app.screen, stage.app.focused
        before, known = looks(screen), reviews(stage)
        for size in SMALL:
            await shrink(stage, size)
            stage.app.post_message(Paste("pasted"))
            await press_at_once(stage, *DEEDS, "tab", "ctrl+p")
            for kind in (MouseDown, MouseUp):
                stage.app.post_message(kind(None, 0, 0, 0, 0, 1, False, False, False))
            await stage.settle()
            assert stage.app.screen is screen
            assert reviews(stage) == known
        await shrink(stage, (80, 24))
        assert looks(screen) == before
        assert stage.app.focused is focused, "what was typed into still is"


@pytest.mark.parametrize("size", SMALL)
async def test_started_in_a_small_window_it_answers_once_it_can_be_read(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    home, choice = home_for(tmp_path, "today"), SessionChoice(decks=("levels",))
    async with running(home, choice=choice, size=size) as stage:
        known = len(reviews(stage))
        await press_at_once(stage, *DEEDS)
        assert len(reviews(stage)) == known
        await shrink(stage, (80, 24))
        assert "I don't know" in stage.text
        await stage.press("down", "enter")
        assert len(reviews(stage)) == known + 1, "arrows work: the page has the focus"


@pytest.mark.parametrize("way", [way for way in WAYS if way not in {*LEARNERS, "somebody-new"}])
@pytest.mark.parametrize("size", [(100, 10), (1, 1)])
async def test_one_gets_out_by_keys_and_nothing_is_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str, size: tuple[int, int]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    async with running(home_for(tmp_path / "home", way)) as stage:
        await go(stage, way)
        known = reviews(stage)
        await shrink(stage, size)
        if way not in _ASKING:
            await stage.press(*["escape"] * _DEEPEST)
            assert isinstance(stage.app.screen, TodayScreen)
        assert reviews(stage) == known
        await stage.press("ctrl+q", "ctrl+q")
        assert not stage.app.is_running


async def test_help_opens_says_the_same_and_closes(tmp_path: Path) -> None:
    async with running(home_for(tmp_path, "study"), size=(30, 10)) as stage:
        await stage.press("question_mark")
        stage.on(HelpScreen)
        assert "too small" in str(stage.app.screen.query_one(".too-small").render())
        await stage.press("enter", "1", "down")
        stage.on(HelpScreen)
        await stage.press("question_mark")
        stage.on(TodayScreen)


@pytest.mark.parametrize(("way", "kind"), [("edited", EditScreen), ("mending", MendingScreen)])
async def test_what_was_written_is_lost_only_to_somebody_who_quits_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str, kind: type[Screen[Any]]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    async with running(home_for(tmp_path / "home", way)) as stage:
        await go(stage, way)
        if way == "mending":
            await stage.press("A")
        await shrink(stage, (30, 10))
        await stage.press("ctrl+q")
        assert "not saved" in str(stage.app.screen.query_one(".too-small").render())
        await stage.press("1", "2", "enter", "space", "escape")
        assert stage.app.is_running
        stage.on(kind)
        await stage.press("escape", "escape")
        stage.on(kind)
        await stage.press("ctrl+q", "ctrl+q")
        assert not stage.app.is_running


@pytest.mark.parametrize("way", WAYS)
async def test_any_page_can_be_laid_out_in_any_width(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    async with running(home_for(tmp_path / "home", way)) as stage:
        await go(stage, way)
        pages = list(stage.app.screen.query(RowList))
        for page in pages:
            for width in range(42):
                assert page._build(width) is not None
            assert page.rows(0) == ()
        assert pages or way == "palette"


async def test_typing_goes_on_where_it_was(tmp_path: Path) -> None:
    async with running(home_for(tmp_path, "edit")) as stage:
        await go(stage, "edit")
        await stage.press("A")
        await shrink(stage, (20, 5))
        await stage.press("B")
        await shrink(stage, (80, 24))
        await stage.press("C")
        typed = [str(row.value) for row in stage.on(EditScreen)._fields if row.changed]
        assert len(typed) == 1
        assert typed[0].startswith("AC")


async def test_a_key_that_comes_with_the_larger_size_does_nothing(
    tmp_path: Path,
) -> None:
    home, choice = home_for(tmp_path, "today"), SessionChoice(decks=("levels",))
    async with running(home, choice=choice, size=(30, 10)) as stage:
        known = reviews(stage)
        stage.app.post_message(Resize(Size(80, 24), Size(80, 24)))
        await press_at_once(stage, "1", "0", "enter")
        assert "I don't know" in stage.text
        assert reviews(stage) == known


@pytest.mark.parametrize("size", [(80, 24), (100, 10), (39, 11), (30, 8), (20, 8), (10, 5), (1, 1)])
@pytest.mark.parametrize("first", [None, (80, 24)], ids=["from the start", "made small"])
def test_a_window_that_is_closed_ends_the_app(
    tmp_path: Path, size: tuple[int, int], first: tuple[int, int] | None
) -> None:
    home = home_for(tmp_path, "today")
    columns, rows = first or size
    options = ("study", "levels", "--recruiter", "anna", "--home", tmp_path)
    with Terminal.trainer(*options, columns=columns, rows=rows) as terminal:
        if first or size[0] > 1:
            terminal.wait_for_any("This", "I don't know")
        else:
            terminal.read_for(3)
        terminal.resize(*size)
        terminal.press("1h\r?")
        terminal.read_for(0.5)
        terminal.hang_up()
        assert terminal.wait_for_end(seconds=2) == 0
    with Engine.open(home, "anna") as training:
        assert training.progress.saved, "the record is free again"
