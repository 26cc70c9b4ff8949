"""The end of the day's minutes on the screen."""

from pathlib import Path

import pytest

from tests.app.sheets import home_with_sheet
from tests.app.stage import running
from tests.clocks import FakeClock
from trainer.app.study.screen import StudyScreen
from trainer.app.study.summary_screen import SummaryScreen
from trainer.app.today.screen import TodayScreen
from trainer.engine.choice import SessionChoice
from trainer.home import Home

ONE_MINUTE = SessionChoice(decks=("sample",), minutes=2)
ENOUGH = "That is enough for today."


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return home_with_sheet(tmp_path)


async def test_when_the_minutes_are_over_enter_leaves(home: Home) -> None:
    clock = FakeClock()
    async with running(home, "anna", choice=ONE_MINUTE, clock=clock) as stage:
        assert "m Go on" not in stage.bar
        clock.forward(seconds=120)
        await stage.press("0")
        assert ENOUGH in stage.text
        assert {"Enter Leave for today", "m Go on"} <= set(stage.bar)
        await stage.press("enter")
        stage.on(SummaryScreen)
        await stage.press("enter")
        stage.on(TodayScreen)


async def test_m_goes_on_and_it_is_not_said_again(home: Home) -> None:
    clock = FakeClock()
    async with running(home, "anna", choice=ONE_MINUTE, clock=clock) as stage:
        clock.forward(seconds=120)
        await stage.press("0", "m")
        assert stage.on(StudyScreen).session.question
        assert ENOUGH not in stage.text
        clock.forward(seconds=120)
        await stage.press("0")
        assert ENOUGH not in stage.text
        assert "Enter Go on" in stage.bar


async def test_before_the_minutes_are_over_nothing_is_said(home: Home) -> None:
    async with running(home, "anna", choice=ONE_MINUTE) as stage:
        await stage.press("0")
        assert ENOUGH not in stage.text
        await stage.press("m")
        assert stage.on(StudyScreen).session.feedback
