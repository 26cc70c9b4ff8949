from pathlib import Path

import pytest

from tests.app.sheets import home_with_sheet
from tests.app.stage import learn, running
from trainer.app.study.screen import StudyScreen
from trainer.app.study.summary_screen import SummaryScreen
from trainer.app.today.screen import TodayScreen
from trainer.engine.choice import SessionChoice
from trainer.errors import NotSavedError
from trainer.home import Home
from trainer.progress.progress import Progress

TWO = SessionChoice("quiz", ("sample/levels",), count=2)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return home_with_sheet(tmp_path)


async def test_it_tells_what_was_right_missed_and_when_it_comes(home: Home) -> None:
    clock = learn(home, 1, "sample/levels")
    async with running(home, "anna", choice=TWO, clock=clock) as stage:
        question = stage.on(StudyScreen).session.question
        assert question
        await stage.press(str(min(question.right_options) + 1), "enter", "0", "enter")
        stage.on(SummaryScreen)
        assert "1 of 2 right at first try." in stage.text
        assert "✓ You told one" in stage.text
        assert "→ One thing to watch:" in stage.text
        assert "    It proves" in stage.text
        assert "Cards that come back: today 1, tomorrow 1." in stage.text


@pytest.mark.slow
async def test_undo_goes_back_into_the_question_any_number_of_times(home: Home) -> None:
    async with running(home, "anna", choice=TWO) as stage:
        first = stage.on(StudyScreen).session.question
        await stage.press("0", "enter", "0", "enter")
        stage.on(SummaryScreen)
        await stage.press("u")
        study = stage.on(StudyScreen)
        assert study.session.question != first
        assert len(study.session.answers) == 1
        await stage.press("u")
        assert stage.on(StudyScreen).session.question == first
        assert not stage.on(StudyScreen).session.answers
        await stage.press("0", "enter", "0", "enter")
        stage.on(SummaryScreen)
        await stage.click("Undo the last answer")
        stage.on(StudyScreen)


async def test_undo_that_is_not_saved(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> None:
        raise NotSavedError("Not saved: The disk is full.")

    async with running(home, "anna", choice=TWO) as stage:
        await stage.press("0", "escape")
        monkeypatch.setattr(Progress, "undo", full)
        await stage.press("u")
        stage.on(SummaryScreen)
        assert "Not saved: The disk is full. Nothing has changed." in stage.text


async def test_one_more_round(home: Home) -> None:
    async with running(home, "anna", choice=TWO) as stage:
        await stage.press("0", "escape", "o")
        assert not stage.on(StudyScreen).session.answers
        await stage.press("0", "escape")
        assert "The first card you met" not in stage.text, "that is for the very first session"
        await stage.click("One more round")
        stage.on(StudyScreen)


@pytest.mark.slow
@pytest.mark.parametrize("key", ["enter", "escape", "space"])
async def test_back_to_today(home: Home, key: str) -> None:
    async with running(home, "anna", choice=TWO) as stage:
        await stage.press("0", "escape", key)
        stage.on(TodayScreen)
