"""A screen that shows something else while another one stands over it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.events import Key

from tests.app.stage import running
from tests.app.ways import go, home_for
from trainer.app.kit.help import HelpScreen
from trainer.app.kit.painted_screen import PaintedScreen
from trainer.app.study.screen import StudyScreen
from trainer.home import Home


async def test_it_takes_keys_when_that_one_closes(tmp_path: Path) -> None:
    async with running(Home(tmp_path)) as stage:
        await stage.press("f1")
        below = stage.app.screen_stack[-2]
        assert isinstance(stage.app.screen, HelpScreen)
        assert isinstance(below, PaintedScreen)
        below.unsee()
        await stage.settle()
        below._callbacks.clear()  # a paint that never came, as a window of another size leaves it
        below._painted = 0
        assert not below.takes_deeds
        await stage.press("escape")
        assert stage.app.screen is below
        assert below.takes_deeds


async def test_a_key_that_came_before_what_stands_there_does_nothing(tmp_path: Path) -> None:
    """On a slow machine the next question may be painted between two keys of one read."""
    async with running(home_for(tmp_path, "study")) as stage:
        await go(stage, "study")
        early = Key("0", "0")
        await stage.press("0", "enter")
        session = stage.on(StudyScreen).session
        assert len(session.answers) == 1
        stage.app.post_message(early)
        await stage.settle()
        assert len(session.answers) == 1
        await stage.press("0")
        assert len(session.answers) == 2


async def test_a_key_that_came_before_it_was_painted_does_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was put up when the key came, and painted when the key's turn came."""
    async with running(home_for(tmp_path, "study")) as stage:
        await go(stage, "study")
        await stage.press("0")
        early: list[Key] = []

        def unsee(screen: PaintedScreen[object], put_up: Callable[..., None] = PaintedScreen.unsee) -> None:
            put_up(screen)
            early.append(Key("0", "0"))

        monkeypatch.setattr(PaintedScreen, "unsee", unsee)
        await stage.press("enter")
        stage.app.post_message(early[-1])
        await stage.settle()
        assert len(stage.on(StudyScreen).session.answers) == 1


async def test_a_burst_answers_one_question_on_a_machine_that_paints_between_its_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(home_for(tmp_path, "study")) as stage:
        await go(stage, "study")

        def paint(screen: PaintedScreen[object], unsee: Callable[..., None] = PaintedScreen.unsee) -> None:
            unsee(screen)
            screen._see(screen._pictures)

        monkeypatch.setattr(PaintedScreen, "unsee", paint)
        for key, character in [("0", "0"), ("enter", "\r")] * 3:
            stage.app.post_message(Key(key, character))
        await stage.settle()
        session = stage.on(StudyScreen).session
        assert len(session.answers) == 1
        assert session.feedback is None
