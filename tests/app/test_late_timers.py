"""A window that gets another size while the machine is so busy that a timer begins too late."""

import sys
from pathlib import Path

import pytest
from textual import _time
from textual.app import App
from textual.geometry import Size

from tests.app.ways import home_for
from trainer.app.app import TrainerApp
from trainer.app.kit.input import InputApp


def late() -> float:
    """Return the time; to a timer that is to come once, and has just begun, that of a second later."""
    asking = sys._getframe(1).f_locals
    return _time.time() + (asking.get("_repeat") == 0 and "start" in asking)


async def sizes(app: App[int] | App[None], monkeypatch: pytest.MonkeyPatch) -> list[Size]:
    """Return how the screen is laid out after two new sizes of the window, the first one at a busy moment."""
    laid_out = []
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        with monkeypatch.context() as patched:
            patched.setattr(_time, "get_time", late)
            await pilot.resize_terminal(90, 30)
            await pilot.pause(0.1)
            laid_out.append(app.screen.outer_size)
        await pilot.resize_terminal(100, 40)
        await pilot.pause(0.1)
        laid_out.append(app.screen.outer_size)
    return laid_out


async def test_plain_textual_still_loses_every_size_that_follows(monkeypatch: pytest.MonkeyPatch) -> None:
    """When this fails, Textual has mended its timers: InputApp.set_timer can go."""
    assert await sizes(App[None](), monkeypatch) == [Size(80, 24), Size(80, 24)]


async def test_the_screen_has_the_size_of_the_window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = TrainerApp(home_for(tmp_path, "today"))
    assert isinstance(app, InputApp)
    assert await sizes(app, monkeypatch) == [Size(90, 30), Size(100, 40)]
