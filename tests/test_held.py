"""What is asked line by line once an interview is over."""

import io
from pathlib import Path

import pytest

from tests.clocks import FakeClock
from tests.learners import shipped
from trainer.engine.engine import Engine
from trainer.home import Home
from trainer.plain.held import ask_held
from trainer.plain.streams import Left, Streams


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    clock = FakeClock()
    engine = Engine.open(Home(tmp_path), "anna", clock=clock, library=shipped())
    engine.add_interview("props", "today", "10:30", level="mid")
    return engine


def asked(engine: Engine, *lines: str) -> str:
    out = io.StringIO()
    ask_held(Streams(io.StringIO("".join(f"{line}\n" for line in lines)), out), engine)
    return out.getvalue()


def kept(engine: Engine) -> tuple[set[str], set[str]]:
    (interview,) = engine.progress.interviews.values()
    return set(interview.asked), set(interview.hard)


def after(engine: Engine) -> None:
    clock = engine._clock
    assert isinstance(clock, FakeClock)
    clock.forward(hours=2)


def test_before_its_hour_nothing_is_asked(engine: Engine) -> None:
    assert asked(engine) == ""


def test_what_was_asked_and_hard_is_kept_once(engine: Engine) -> None:
    after(engine)
    out = asked(engine, "7", "1 x", "1, 3 2!")
    assert "1  How does a prop get from the first list" in out
    assert out.count("Give numbers from 1 to 5") == 2
    assert "What was hard comes first." in out
    assert kept(engine) == ({"list-to-stage", "borrowed-piece", "worrying-weapon"}, {"borrowed-piece"})
    assert asked(engine) == ""


def test_it_can_be_put_off_and_left_untold(engine: Engine) -> None:
    after(engine)
    assert "hard to judge" in asked(engine, "")
    with pytest.raises(Left):
        asked(engine)
    asked(engine, "0")
    assert kept(engine) == (set(), set())
    assert asked(engine) == ""
