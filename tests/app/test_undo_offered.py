"""That something can be undone is told as long as the key does it."""

from pathlib import Path

import pytest

from tests.app.stage import Stage, running
from tests.app.ways import go, home_for
from trainer.app.study.screen import StudyScreen
from trainer.app.study.summary_screen import SummaryScreen
from trainer.engine.choice import SessionChoice

OFFER = "Press u to undo."


def told(stage: Stage) -> str:
    return " ".join(each.message for each in stage.app._notifications)


@pytest.mark.parametrize(("way", "deed"), [("study", "b"), ("browse-text", "enter b"), ("lens", "asterisk")])
@pytest.mark.parametrize("then", ["u", "escape escape escape", "question_mark"])
async def test_it_is_told_until_it_is_done_or_another_screen_comes(
    tmp_path: Path, way: str, deed: str, then: str
) -> None:
    async with running(home_for(tmp_path, way)) as stage:
        await go(stage, way)
        await stage.press(*deed.split())
        assert OFFER in told(stage)
        await stage.press(*then.split())
        assert OFFER not in told(stage)


async def test_an_answer_given_since_is_what_the_key_would_take_back(tmp_path: Path) -> None:
    async with running(home_for(tmp_path, "study")) as stage:
        await go(stage, "study")
        await stage.press("b", "0")
        assert OFFER not in told(stage)


async def test_of_the_last_card_of_a_session_it_is_told_on_the_summary(tmp_path: Path) -> None:
    async with running(home_for(tmp_path, "study"), "anna", choice=SessionChoice(limit=1)) as stage:
        await stage.press("b")
        stage.on(SummaryScreen)
        assert OFFER in told(stage)
        await stage.press("u")
        stage.on(StudyScreen)
        assert OFFER not in told(stage)
