"""Pictures of the running app for the README: `python -m tests.pictures [FOLDER]` writes them.

The clock, the record and the decks that are shipped decide every pixel: a test compares
the pictures in the repository with new ones, so that they stay true.
"""

import asyncio
import os
import re
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

os.environ["TEXTUAL_ANIMATIONS"] = "none"  # read when Textual is imported

from tests.app.stage import Stage, running
from tests.clocks import FakeClock
from tests.learners import right, wrong
from trainer.app.study.screen import StudyScreen
from trainer.cards.card import Answer, Question
from trainer.cards.levels import IndicatorCard
from trainer.engine.choice import SessionChoice
from trainer.engine.engine import Engine
from trainer.home import Home

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
NAME = "Anna"
_WEEK = 6


async def draw(folder: Path) -> None:
    """Write every picture into a folder, in colour whatever the terminal wants."""
    os.environ.pop("NO_COLOR", None)
    async with _opened() as stage:
        _keep(stage, folder / "today.svg")
    async with _opened(theme="light") as stage:
        _keep(stage, folder / "today-light.svg")
    levels = SessionChoice("quiz", ("levels",), count=5)
    async with _opened(levels) as stage:
        while not isinstance(_question(stage).card, IndicatorCard):
            await _answer(stage, right)
            await stage.press("enter")
        await _answer(stage, wrong)
        _keep(stage, folder / "answered.svg")
    async with _opened(SessionChoice("quiz", ("meanings", "levels"), count=8)) as stage:
        answers = 0
        while isinstance(stage.app.screen, StudyScreen):
            answers += 1
            await _answer(stage, wrong if answers % 4 == 3 else right)
            await stage.press("enter")
        _keep(stage, folder / "summary.svg")


@asynccontextmanager
async def _opened(choice: SessionChoice | None = None, *, theme: str = "dark") -> AsyncIterator[Stage]:
    """Run the app for somebody in her second week."""
    with tempfile.TemporaryDirectory() as root:
        home = Home(Path(root))
        (home.root / "config.toml").write_text(f'theme = "{theme}"\n', encoding="utf-8")
        clock = _trained(home)
        async with running(home, NAME, choice=choice, clock=clock) as stage:
            yield stage


def _trained(home: Home) -> FakeClock:
    """Let her train for some days; return the clock, on the morning after."""
    clock = FakeClock()
    morning = clock.at
    clock.forward(days=-_WEEK)
    answers = 0
    for day in range(_WEEK):
        clock.at = morning - timedelta(days=_WEEK - day)
        with Engine.open(home, NAME, clock=clock) as training:
            training.choose_roles(["ASM", "Stage Manager"])
            session = training.study()
            while question := session.question:
                answers += 1
                clock.forward(seconds=25)
                session.answer((wrong if answers % 7 == 0 else right)(question))
                session.next()
    clock.at = morning
    return clock


def _question(stage: Stage) -> Question:
    question = stage.on(StudyScreen).session.question
    assert question
    return question


async def _answer(stage: Stage, judge: Callable[[Question], Answer]) -> None:
    """Press the digit of an option, or say that it is not known where there are none."""
    chosen = judge(_question(stage)).chosen
    await stage.press(str(min(chosen) + 1) if chosen else "0")


def _keep(stage: Stage, path: Path) -> None:
    svg = stage.app.export_screenshot(title="trainer", simplify=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(re.sub(r"terminal-\d+-", "terminal-", svg) + "\n", encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(draw(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER))
