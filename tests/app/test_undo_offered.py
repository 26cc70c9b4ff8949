"""That something can be undone is told as long as the key does it."""

from pathlib import Path

import pytest

from tests.app.stage import Stage, running
from tests.app.ways import go, home_for

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
