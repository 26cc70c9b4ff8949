"""The brief in the app."""

from pathlib import Path

import pytest

from tests.app.stage import running
from tests.clocks import FakeClock
from tests.learners import begun, right, shipped, wrong
from trainer.app.interview.brief_screen import BriefScreen
from trainer.app.kit.pick import PickScreen
from trainer.app.study.screen import StudyScreen
from trainer.engine.choice import SessionChoice
from trainer.engine.engine import Engine
from trainer.errors import ProgressError
from trainer.home import Home
from trainer.progress.progress import Progress
from trainer.study.turns import Phase


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    home = Home(tmp_path)
    begun(home, "anna")
    return home


@pytest.mark.slow
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


async def test_the_place_and_the_brief_say_how_ready_one_is(tmp_path: Path) -> None:
    home, clock = Home(tmp_path), FakeClock()
    with Engine.open(home, "anna", clock=clock, library=shipped()) as engine:
        engine.choose_roles(["props", "wardrobe-supervisor"])
        for _ in range(4):
            session = engine.session(SessionChoice("study", ("props",), new=12))
            while session and session.question:
                session.answer(right(session.question))
                session.go_on()
                session.next()
            clock.forward(days=1)
        told = engine.readiness("props")
    assert told.whole
    async with running(home, clock=clock) as stage:
        await stage.press("4")
        assert "What you would know in an interview now" in stage.text
        known = f"{told.whole.least} to {told.whole.most} of {told.cards}"
        line = next(line for line in stage.text.splitlines() if "Props Master" in line and known in line)
        assert line
        assert "nothing met yet" in stage.text
        await stage.press("v")
        assert f"You would know {known} cards now." in " ".join(stage.text.split())


async def test_where_the_history_cannot_be_read_the_place_is_there_all_the_same(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ProgressError("The record can't be read.")

    with Engine.open(home, "anna") as engine:
        engine.choose_roles(["props"])
    monkeypatch.setattr(Progress, "history", fail)
    async with running(home) as stage:
        await stage.press("4")
        assert "v  A brief to take into an interview" in stage.text
        assert "would know" not in stage.text
        await stage.press("1")
        assert "The record can't be read." in stage.text


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
        assert "Take the brief with you: v." in stage.text
        assert "v Brief" in stage.bar
        await stage.press("v")
        stage.on(BriefScreen)
