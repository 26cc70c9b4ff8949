"""The learner's region: asked at the first card on which British and American usage differ, and kept."""

from pathlib import Path

import pytest

from tests.app.sheets import home_with_sheet
from tests.app.stage import running
from tests.learners import begun
from trainer.app.kit.pick import PickScreen
from trainer.app.study.screen import StudyScreen
from trainer.engine.choice import SessionChoice
from trainer.engine.engine import Engine
from trainer.errors import NotSavedError
from trainer.home import Home

pytestmark = pytest.mark.slow

SHEET = """
format = 1
id = "role"
name = "Role"
[[terms]]
id = "role"
term = "Role"
meaning = "Someone who does it."
[[titles]]
id = "helper"
title = "Helper"
from = "trade"
search = "yes"
relation = "same"
why = "They do it too."
notes = [{ region = "UK", search = "no", text = "Another job there." }]
"""
TITLES = SessionChoice(decks=("role/synonyms",))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = home_with_sheet(tmp_path)
    (made.decks / "role.toml").write_text(SHEET, encoding="utf-8")
    return made


async def test_it_is_asked_kept_and_used_at_once(home: Home) -> None:
    async with running(home, "anna", choice=TITLES) as stage:
        stage.on(PickScreen)
        await stage.press("2")
        question = stage.on(StudyScreen).session.question
        assert question is not None
        assert question.prompt == "In the US, hiring a Role, would you search for this title?"
        await stage.press("1")
        feedback = stage.on(StudyScreen).session.feedback
        assert feedback is not None
        assert feedback.mark.right
    with Engine.open(home, "anna") as engine:
        assert engine.progress.settings.region == "US"
    begun(home, "bert")
    async with running(home, "bert", choice=TITLES) as stage:
        stage.on(PickScreen)  # somebody else is asked again


async def test_escape_puts_it_off_and_asks_for_what_is_right_somewhere(home: Home) -> None:
    async with running(home, "anna", choice=TITLES) as stage:
        await stage.press("escape")
        question = stage.on(StudyScreen).session.question
        assert question is not None
        assert question.prompt == "Hiring a Role, would you search for this title?"
        assert {question.options[i].id for i in question.right_options} == {"yes", "no"}
        await stage.press("3")
        feedback = stage.on(StudyScreen).session.feedback
        assert feedback is not None
        assert feedback.mark.right
    with Engine.open(home, "anna") as engine:
        assert engine.progress.settings.region is None


async def test_where_it_cannot_be_kept_it_counts_for_the_session(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise NotSavedError("Not saved: the disk is full.")

    async with running(home, "anna", choice=TITLES) as stage:
        monkeypatch.setattr("trainer.progress.progress.Progress.set_setting", full)
        await stage.press("1")
        question = stage.on(StudyScreen).session.question
        assert question is not None
        assert question.prompt.startswith("In the UK, ")
        assert [note.message for note in stage.app._notifications] == ["Not saved: the disk is full."]
