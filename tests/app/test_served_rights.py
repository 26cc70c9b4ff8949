"""What a served person may do, and what is not there for them at all."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.app.stage import Stage
from tests.clocks import FakeClock
from tests.served import person_home
from trainer.app.kit.active_keys import active_keys
from trainer.app.served import Served, ServedApp


@asynccontextmanager
async def served(root: Path, *, lead: bool = False, recruiter: str = "Anna") -> AsyncIterator[Stage]:
    """Serve somebody who has answered the first questions."""
    who = Served(
        home=person_home(root, recruiter),
        recruiter=recruiter,
        lead=lead,
        sheets=root / "decks",
        team=root / "web" / "team",
        title="Casting",
    )
    app = ServedApp(who, clock=FakeClock())
    async with app.run_test(size=(80, 40)) as pilot:
        stage = Stage(app, pilot)
        await stage.settle()
        yield stage


async def begin(stage: Stage) -> None:
    """Answer the first question, and go to Today."""
    await stage.press("enter", "enter", "1", "enter", "escape", "escape")
    if "Good" not in stage.text:
        await stage.press("escape")


def names(stage: Stage) -> set[str]:
    return {each.id for each in active_keys(stage.app.screen)}


HIDDEN = {"today.people", "app.suspend"}


@pytest.mark.parametrize("lead", [False, True])
async def test_a_served_person_has_no_other_people_and_no_shell(tmp_path: Path, *, lead: bool) -> None:
    async with served(tmp_path, lead=lead) as stage:
        assert "name" not in stage.text.lower()
        await begin(stage)
        assert not names(stage) & HIDDEN
        assert ("today.import" in names(stage)) == lead
        await stage.press("slash")
        await stage.write("who")
        assert "Who trains" not in stage.text
