"""The brief in the app."""

from pathlib import Path

import pytest

from tests.app.stage import running
from tests.learners import begun, wrong
from trainer.app.brief.screen import BriefScreen
from trainer.app.kit.pick import PickScreen
from trainer.app.study.screen import StudyScreen
from trainer.engine.engine import Engine
from trainer.home import Home
from trainer.study.turns import Phase


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    home = Home(tmp_path)
    begun(home, "anna")
    return home


async def test_it_is_read_by_role_and_level_and_saved(home: Home) -> None:
    async with running(home) as stage:
        await stage.press("4")
        assert "v  A brief to take into an interview" in stage.text
        await stage.press("v")
        stage.on(BriefScreen)
        assert "you hire for this" not in stage.text
        await stage.press("left")
        assert "Senior (you hire for this)" in stage.text
        await stage.press("right", "right")
        assert "Junior (you hire for this)" in stage.text
        await stage.press("o")
        stage.on(PickScreen)
        await stage.press("2")
        assert "Two members of the company complain" in stage.text
        await stage.press("right", "P")
        saved = home.briefs / "company-manager-junior.html"
        assert "Company Manager" in saved.read_text(encoding="utf-8")
        await stage.press("escape")
        assert "v  A brief" in stage.text


async def test_the_search_string_is_copied(home: Home) -> None:
    async with running(home) as stage:
        await stage.press("v", "c")
        assert '"Assistant Stage Manager" OR "ASM"' in stage.app.clipboard


async def test_where_it_cannot_be_saved_it_says_so(home: Home) -> None:
    home.briefs.write_text("in the way", encoding="utf-8")
    async with running(home) as stage:
        await stage.press("v", "p")
        stage.on(BriefScreen)
        told = " ".join(str(note.message) for note in stage.app._notifications)
        assert "can't be used" in told


async def test_ten_minutes_before_an_interview_end_with_what_to_read(home: Home) -> None:
    with Engine.open(home, "anna") as engine:
        engine.choose_roles(["props", "stage-manager"])
    async with running(home) as stage:
        await stage.press("4")
        assert "Stage Manager" in stage.text
        await stage.press("z")
        session = stage.on(StudyScreen).session
        assert session.question
        assert session.question.card.sheet.id == "props"
        while session.phase is not Phase.DONE and not session.enough:
            session.answer(wrong(session.question))
            session.next()
        await stage.press("escape")
        assert "Read these once more:" in stage.text
        assert "Take the brief with you" in stage.text
