"""What a 5 and a 1 sound like: shown once, at the end of the first day's session."""

import io
from pathlib import Path

import pytest

from tests.app.stage import Stage, running
from tests.clocks import FakeClock
from trainer.app.kit.pick import PickScreen
from trainer.app.study.screen import StudyScreen
from trainer.app.study.summary_screen import SummaryScreen
from trainer.app.study.worked_screen import WorkedScreen
from trainer.engine.choice import SessionChoice
from trainer.engine.engine import Engine
from trainer.home import Home
from trainer.plain.session import PlainSession

FIVE = SessionChoice(decks=("theatre-vocabulary",), new=5)


async def _answer_all(stage: Stage) -> None:
    while isinstance(stage.app.screen, StudyScreen | PickScreen):
        if isinstance(stage.app.screen, PickScreen):
            await stage.press("escape")  # whose usage counts is left open
        else:
            await stage.press("0", "enter")


@pytest.mark.slow
async def test_it_stands_before_the_first_summary_and_once(tmp_path: Path) -> None:
    home = Home(tmp_path)
    async with running(home, "anna", choice=FIVE) as stage:
        await _answer_all(stage)
        stage.on(WorkedScreen)
        assert "What a 5 and a 1 sound like" in stage.text
        assert stage.text.index("  5  “") < stage.text.index("  1  “")
        await stage.press("enter")
        stage.on(SummaryScreen)
        await stage.press("o")
        await _answer_all(stage)
        stage.on(SummaryScreen)


def test_nobody_is_told_who_did_little_or_has_rated_or_began_earlier(tmp_path: Path) -> None:
    clock = FakeClock()
    with Engine.open(Home(tmp_path), "anna", clock=clock) as engine:
        session = engine.study(["theatre-vocabulary"], new=9)
        for _ in range(4):
            _give_up(session)
        assert engine.worked_example(session) is None
        _give_up(session)
        clock.forward(days=1)
        assert engine.worked_example(session) is None


def _give_up(session: object) -> None:
    from trainer.cards.card import Answer
    from trainer.study.session import Session

    assert isinstance(session, Session)
    session.answer(Answer(gave_up=True))
    session.next()


def test_line_by_line_it_comes_before_the_figures(tmp_path: Path) -> None:
    with Engine.open(Home(tmp_path), "anna", clock=FakeClock()) as engine:
        out = io.StringIO()
        source = io.StringIO("0\n" * 6 + ":q\n")
        session = engine.study(["theatre-vocabulary"], new=9)
        PlainSession(session, source, out, saved=True, worked_example=engine.worked_example).run()
    said = out.getvalue()
    assert "What a 5 and a 1 sound like." in said
    assert said.index("  5: “") < said.index("  1: “") < said.index("6 answers:")
