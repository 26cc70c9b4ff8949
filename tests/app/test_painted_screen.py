"""A screen that shows something else while another one stands over it."""

from pathlib import Path

from tests.app.stage import running
from trainer.app.kit.help import HelpScreen
from trainer.app.kit.painted_screen import PaintedScreen
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
