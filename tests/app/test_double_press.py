"""A key or a button that is pressed twice at once, or a key held down, leaves one screen and not two."""

from pathlib import Path

import pytest
from textual._time import get_time  # events are stamped by it
from textual.events import Key, MouseDown, MouseUp
from textual.keys import key_to_character

from tests.app.stage import Stage, running
from tests.app.ways import home_for
from trainer.app.editing.screen import EditScreen
from trainer.app.kit.double_press import SECONDS
from trainer.app.kit.help import HelpScreen
from trainer.app.kit.row_list import RowList
from trainer.app.start.who_screen import WhoScreen
from trainer.app.study.screen import StudyScreen
from trainer.app.study.summary_screen import SummaryScreen
from trainer.app.today.screen import TodayScreen
from trainer.home import Home

pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return home_for(tmp_path, "today")


async def press(stage: Stage, key: str, *, after: float) -> None:
    """Press a key some seconds after the last one, that one's picture painted."""
    event = Key(key, key_to_character(key))
    stage.app._presses._at = event.time - after
    stage.app.post_message(event)
    await stage.settle()


async def twice(stage: Stage, key: str) -> None:
    await press(stage, key, after=10)
    await press(stage, key, after=0.15)


async def test_escape_leaves_one_level(home: Home) -> None:
    async with running(home) as stage:
        await stage.press("enter", "0")
        await twice(stage, "escape")
        stage.on(SummaryScreen)
        await press(stage, "escape", after=SECONDS * 2)
        stage.on(TodayScreen)


async def test_one_that_is_held_down_does_too(home: Home) -> None:
    async with running(home) as stage:
        await stage.press("enter", "0", "question_mark")
        for _ in range(30):
            await press(stage, "escape", after=0.05)
        stage.on(StudyScreen)


async def test_enter_over_the_summary_does_one_thing(home: Home) -> None:
    async with running(home) as stage:
        await stage.press("enter", "0", "escape")
        await twice(stage, "enter")
        stage.on(TodayScreen)
        await press(stage, "enter", after=0.15)
        stage.on(TodayScreen)
        await press(stage, "enter", after=SECONDS * 2)
        stage.on(StudyScreen)


async def test_help_that_is_opened_twice_stays_open(home: Home) -> None:
    async with running(home) as stage:
        await twice(stage, "question_mark")
        stage.on(HelpScreen)
        await twice(stage, "q")
        stage.on(TodayScreen)
        assert stage.app.is_running


async def test_the_key_that_opens_a_text_is_not_written_into_it(home: Home) -> None:
    async with running(home) as stage:
        await stage.press("enter", "0")
        await twice(stage, "e")
        assert not stage.on(EditScreen).unsaved
        await press(stage, "e", after=SECONDS * 2)
        await press(stage, "e", after=0.01)
        assert any("ee" in str(row.value) for row in stage.on(EditScreen)._fields)


async def test_a_name_that_is_chosen_twice_begins_nothing(tmp_path: Path) -> None:
    async with running(home_for(tmp_path, "who")) as stage:
        stage.on(WhoScreen)
        await twice(stage, "1")
        stage.on(TodayScreen)


async def test_the_same_key_on_one_screen_counts_each_time(home: Home) -> None:
    async with running(home) as stage:
        await stage.press("enter", "0")
        session = stage.on(StudyScreen).session
        for _ in range(3):
            await press(stage, "enter", after=0.15)
            await press(stage, "0", after=0.15)
        assert len(session.answers) == 4


def click(stage: Stage, x: int, y: int, *, at: float) -> None:
    """Press and let go the left button."""
    for kind in (MouseDown, MouseUp):
        event = kind(None, x, y, 0, 0, 1, False, False, False)
        event.time = at
        stage.app.post_message(event)


async def double_click(stage: Stage, x: int, y: int, *, between: float = 0.2) -> None:
    """Click twice, what the first one brought painted."""
    now = get_time() + 1
    click(stage, x, y, at=now)
    await stage.settle()
    click(stage, x, y, at=now + between)
    await stage.settle()


async def test_a_double_click_leaves_one_screen(tmp_path: Path) -> None:
    async with running(home_for(tmp_path, "who")) as stage:
        page = stage.on(WhoScreen).query_one(RowList)
        y = next(y for y, row in enumerate(page.rows(page.size.width)) if row.target)
        x, y = page.content_region.x + 1, page.content_region.y + y
        await double_click(stage, x, y)
        stage.on(TodayScreen)


async def test_a_click_that_came_before_what_stands_there_does_nothing(home: Home) -> None:
    async with running(home) as stage:
        await stage.press("enter")
        screen = stage.on(StudyScreen)
        y = next(y for y, row in enumerate(screen.page.rows(screen.page.size.width)) if row.target)
        x, y = screen.page.content_region.x + 1, screen.page.content_region.y + y
        early = get_time()
        click(stage, x, y, at=get_time())
        await stage.settle()
        await stage.press("enter")
        assert len(screen.session.answers) == 1
        click(stage, x, y, at=early)
        await stage.settle()
        assert len(screen.session.answers) == 1
        click(stage, x, y, at=get_time())
        await stage.settle()
        assert len(screen.session.answers) == 2
