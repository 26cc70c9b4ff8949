"""Yesterday's confusion on Today, and a Today that goes stale."""

from datetime import date
from pathlib import Path

import pytest

from tests.app.sheets import home_with_sheet
from tests.app.stage import Stage, running
from tests.clocks import FakeClock
from tests.learners import begun, wrong
from trainer.app.app import Recalled
from trainer.app.kit.help import HelpScreen
from trainer.app.study.screen import StudyScreen
from trainer.app.today.screen import TodayScreen
from trainer.app.today.view import START
from trainer.cards.card import Answer
from trainer.engine.choice import SessionChoice
from trainer.engine.engine import Engine
from trainer.errors import ProgressError
from trainer.home import Home
from trainer.reports import confusion

pytestmark = pytest.mark.slow

TOLD = "Yesterday you took a Junior line for Senior. It is back today."


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return home_with_sheet(tmp_path)


def confused(home: Home) -> FakeClock:
    """Take a Junior line for Senior; return the clock, on the day after."""
    clock = FakeClock()
    with Engine.open(home, "anna", clock=clock) as training:
        for answer in (lambda _: Answer(gave_up=True), wrong):  # a first meeting does not count
            session = training.study(["sample/levels"], new=1)
            assert session.question
            session.answer(answer(session.question))
            clock.forward(days=1)
    return clock


def button(stage: Stage) -> int:
    page = stage.on(TodayScreen).page
    return min(i for i, row in enumerate(page.rows(page.size.width)) if row.target == START)


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (80, 24), (80, 22), (140, 45)])
async def test_it_is_told_below_a_button_that_does_not_move(home: Home, size: tuple[int, int]) -> None:
    clock = confused(home)
    async with running(home, clock=clock, size=size) as stage:
        assert TOLD in " ".join(stage.text.split())
        place, today = button(stage), stage.on(TodayScreen)
        assert today.day
        today.recall("", today.day)
        assert "Yesterday" not in stage.text
        assert button(stage) == place


async def test_it_is_gone_once_the_card_was_asked(home: Home) -> None:
    clock = confused(home)
    choice = SessionChoice(decks=("sample/levels",), new=0)
    async with running(home, "anna", clock=clock, choice=choice) as stage:
        question = stage.on(StudyScreen).session.question
        assert question
        await stage.press(str(min(question.right_options) + 1), "escape", "enter")
        stage.on(TodayScreen)
        assert "Yesterday" not in stage.text


async def test_a_history_that_cant_be_read_is_told_on_the_next_today(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ProgressError("anna.json [/x] is damaged.")

    clock = confused(home)
    monkeypatch.setattr(confusion, "yesterdays_confusion", fail)
    async with running(home, clock=clock) as stage:
        assert "Yesterday" not in stage.text
        await stage.press("enter", "escape")
        assert "[/x] is damaged" in stage.text


async def test_it_comes_to_today_under_the_help(home: Home) -> None:
    clock = confused(home)
    async with running(home, clock=clock) as stage:
        await stage.press("question_mark")
        stage.on(HelpScreen)
        stage.app._recall()
        await stage.press("escape")
        assert TOLD in stage.text


@pytest.mark.parametrize("how", ["resumed", "after a while"])
async def test_a_new_day_is_met_without_the_focus_changing(home: Home, how: str) -> None:
    clock = FakeClock()
    begun(home, "anna")
    async with running(home, clock=clock) as stage:
        await stage.press("enter", "0", "escape", "enter")
        assert stage.on(TodayScreen).day == date(2026, 11, 24)
        clock.forward(days=1)
        if how == "resumed":
            stage.app.app_resume_signal.publish(stage.app)
        else:
            stage.app._meet_new_day()
        await stage.settle()
        assert stage.on(TodayScreen).day == date(2026, 11, 25)
        assert "1 to see again" in stage.text


async def test_what_is_found_while_the_app_ends_is_let_go(home: Home) -> None:
    async with running(home) as stage:
        assert stage.app.screen_stack
    assert not stage.app.screen_stack
    stage.app.on_recalled(Recalled("It is back today.", date(2026, 11, 24)))
