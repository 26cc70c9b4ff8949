"""A key that is pressed twice at once, or held down, acts on one thing and not on two."""

from itertools import pairwise
from pathlib import Path

import pytest
from textual.events import Key

from tests.app.edits import OLD_MEANINGS
from tests.app.sheets import home_with_sheet
from tests.app.stage import learn, running
from tests.app.ways import home_for
from trainer.app.editing.screen import EditScreen
from trainer.app.kit.double_press import SECONDS, DoublePress
from trainer.app.kit.help import HelpScreen
from trainer.app.start.who_screen import WhoScreen
from trainer.app.study.screen import StudyScreen
from trainer.app.study.summary_screen import SummaryScreen
from trainer.app.today.screen import TodayScreen
from trainer.cards.card import Form
from trainer.home import Home

pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return home_for(tmp_path, "today")


async def test_escape_leaves_one_level(home: Home) -> None:
    async with running(home) as stage:
        await stage.press("enter", "0")
        await stage.press_twice("escape")
        stage.on(SummaryScreen)
        await stage.press_again("escape", after=SECONDS * 2)
        stage.on(TodayScreen)


async def test_one_that_is_held_down_does_too(home: Home) -> None:
    async with running(home) as stage:
        await stage.press("enter", "0", "question_mark")
        for _ in range(30):
            await stage.press_again("escape", after=0.05)
        stage.on(StudyScreen)


async def test_enter_over_the_summary_does_one_thing(home: Home) -> None:
    async with running(home) as stage:
        await stage.press("enter", "0", "escape")
        await stage.press_twice("enter")
        stage.on(TodayScreen)
        await stage.press_again("enter", after=0.15)
        stage.on(TodayScreen)
        await stage.press_again("enter", after=SECONDS * 2)
        stage.on(StudyScreen)


async def test_help_that_is_opened_twice_stays_open(home: Home) -> None:
    async with running(home) as stage:
        await stage.press_twice("question_mark")
        stage.on(HelpScreen)
        await stage.press_twice("q")
        stage.on(TodayScreen)
        assert stage.app.is_running


async def test_the_key_that_opens_a_text_is_not_written_into_it(home: Home) -> None:
    async with running(home) as stage:
        await stage.press("enter", "0")
        await stage.press_twice("e")
        assert not stage.on(EditScreen).unsaved
        await stage.press_again("e", after=SECONDS * 2)
        await stage.press_again("e", after=0.01)
        assert any("ee" in str(row.value) for row in stage.on(EditScreen)._fields)


async def test_a_name_that_is_chosen_twice_begins_nothing(tmp_path: Path) -> None:
    async with running(home_for(tmp_path, "who")) as stage:
        stage.on(WhoScreen)
        await stage.press_twice("1")
        stage.on(TodayScreen)


async def test_the_same_key_on_one_screen_counts_each_time(home: Home) -> None:
    async with running(home) as stage:
        await stage.press("enter", "0")
        session = stage.on(StudyScreen).session
        for _ in range(3):
            await stage.press_again("enter", after=0.15)
            await stage.press_again("0", after=0.15)
        assert len(session.answers) == 4


async def test_nothing_ticked_is_asked_about_before_it_is_an_answer(tmp_path: Path) -> None:
    home = home_with_sheet(tmp_path)
    clock = learn(home, 1, "sample/meanings")
    async with running(home, "anna", choice=OLD_MEANINGS, clock=clock) as stage:
        session = stage.on(StudyScreen).session
        while session.question and session.question.form is not Form.TICK:
            await stage.press("0", "enter")
        answers = len(session.answers)
        await stage.press_twice("enter")
        assert "Enter again says: none of these" in stage.text
        assert len(session.answers) == answers
        await stage.press_again("enter", after=SECONDS * 2)
        assert len(session.answers) == answers + 1


@pytest.mark.parametrize(("key", "between"), [("enter", 0.21), ("escape", 0.25), ("enter", 0.15)])
def test_what_is_tapped_on_and_on_counts_again(key: str, between: float) -> None:
    presses, events = DoublePress(), [Key(key, None) for _ in range(20)]
    acted: list[int] = []
    for number, event in enumerate(events):
        event.time = 100 + between * number
        if not presses.is_second(event, len(acted), None):
            acted.append(number)
    assert len(acted) >= 7, "it leaves one screen after the other"
    assert min(b - a for a, b in pairwise(acted)) * between >= SECONDS


def test_what_is_held_down_does_not() -> None:
    presses, acted = DoublePress(), 0
    for number in range(100):
        event = Key("enter", None)
        event.time = 100 + 0.033 * number
        acted += not presses.is_second(event, acted, None)
    assert acted == 1


async def test_several_answers_are_undone_quickly(home: Home) -> None:
    async with running(home) as stage:
        await stage.press("enter", "0", "enter", "0", "enter", "0")
        session = stage.on(StudyScreen).session
        for _ in range(3):
            await stage.press_again("u", after=0.22)
        assert not session.answers
