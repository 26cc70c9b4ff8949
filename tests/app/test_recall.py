"""Recalling the points of a strong answer: typed line by line, matched, and the match corrected."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.app.stage import Stage, learn, running
from tests.app.test_typed_in_order import at_once
from tests.clocks import FakeClock
from tests.ratings import RATE, home_with_ratings
from trainer.app.study.screen import StudyScreen
from trainer.engine.choice import SessionChoice
from trainer.engine.engine import Engine
from trainer.home import Home
from trainer.material import sheet_files
from trainer.memory.state import Marks, Rating
from trainer.study.turns import Feedback

pytestmark = pytest.mark.slow

RECALLING = SessionChoice(decks=("whole/answers",))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setattr(sheet_files, "shipped_decks", lambda: tmp_path / "none")
    return home_with_ratings(tmp_path / "home")


@pytest.fixture
def clock(home: Home) -> FakeClock:
    """A day on which the recall is all there is to ask."""
    clock = FakeClock()
    with Engine.open(home, "anna", clock=clock) as training:
        training.progress.mark(RATE, Marks(suspended=True))
    return learn(home, 1, "whole/answers", clock=clock)


def feedback(stage: Stage) -> Feedback:
    found = stage.on(StudyScreen).session.feedback
    assert found
    return found


async def type_lines(stage: Stage, *lines: str) -> None:
    for line in lines:
        await stage.write(line)
        await stage.press("enter")


def top(stage: Stage) -> str:
    return stage.on(StudyScreen).top.render().plain


async def test_lines_that_come_at_once_with_their_slips_mended(home: Home, clock: FakeClock) -> None:
    async with running(home, "anna", choice=RECALLING, clock=clock) as stage:
        await at_once(stage, "cal ", "backspace", "m 1", "enter", "safx", "backspace", "ety", "enter")
        assert "1  calm 1" in stage.text
        assert "2  safety" in stage.text


async def test_lines_are_typed_matched_and_counted(home: Home, clock: FakeClock) -> None:
    async with running(home, "anna", choice=RECALLING, clock=clock) as stage:
        assert "1 Your lines ▸ 2 Match" in top(stage)
        assert stage.bar == ["Enter Next line", "F1 Help", "Esc Leave"]
        await type_lines(stage, "calm 1", "first things 1st", "delegation", "safety")
        assert "4  safety" in stage.text
        assert "Gives other people" not in stage.text, "nothing is told while lines are typed"
        await stage.press("enter")
        assert "✓ Your lines ▸ 2 Match" in top(stage)
        assert "Is each line taken as you meant it?" in stage.text
        assert "Named by no line" not in stage.text
        assert stage.bar == ["1-4 Change", "Enter Confirm", "g Guessing", "? Help", "Esc Leave"]
        await stage.press("enter")
        assert feedback(stage).mark.rating is Rating.GOOD
        assert "Right. 4 of 4 points named." in stage.text


async def test_a_digit_corrects_the_match_and_what_is_left_out_is_shown(home: Home, clock: FakeClock) -> None:
    async with running(home, "anna", choice=RECALLING, clock=clock) as stage:
        await type_lines(stage, "panic", "cake", "urgency", "")
        assert "→ Shows calm by what they did" in stage.text
        assert "→ none of the points" in stage.text
        assert stage.text.index("Named by no line") < stage.text.index("Gives other people clear jobs")
        await stage.press("2", "2", "2")
        assert "→ Gives other people clear jobs" in stage.text
        await stage.press("enter")
        assert feedback(stage).answer.chosen == {0, 1, 2}
        assert feedback(stage).mark.rating is Rating.HARD
        said = " ".join(stage.text.split())
        assert "+ Guards safety and the show left out" in said
        assert "3 of 4 points named." in said
        assert "Gives other people" not in said, "what was named waits"
        await stage.press("space")
        said = " ".join(stage.text.split())
        assert "Gives other people" in said
        assert "Left out Guards safety and the show. For example: “I told the caller" in said


async def test_a_match_can_be_taken_away_by_arrows_and_by_mouse(home: Home, clock: FakeClock) -> None:
    async with running(home, "anna", choice=RECALLING, clock=clock) as stage:
        await type_lines(stage, "safety", "delegation", "")
        await stage.press("down", "space")
        assert "→ none of the points" in stage.text
        await stage.click("delegation")
        assert stage.text.count("→ Guards safety and the show") == 1
        await stage.click("Confirm")
        assert feedback(stage).answer.chosen == {3}
        assert feedback(stage).mark.rating is Rating.AGAIN


async def test_nothing_typed_is_asked_once_more(home: Home, clock: FakeClock) -> None:
    async with running(home, "anna", choice=RECALLING, clock=clock) as stage:
        await stage.press("enter")
        assert "Don't know?" in stage.text
        await stage.press("x", "backspace")
        assert "Don't know?" not in stage.text
        await stage.press("enter", "enter")
        assert feedback(stage).answer.gave_up
        assert stage.text.count("left out") == 4


async def test_hint_and_dont_know_are_reached_by_tab(home: Home, clock: FakeClock) -> None:
    async with running(home, "anna", choice=RECALLING, clock=clock) as stage:
        await type_lines(stage, "calm")
        await stage.press("tab", "enter")
        assert "4 points." in stage.text
        await type_lines(stage, "safety")
        assert not stage.on(StudyScreen).query_one("#hint").display, "a hint is given once"
        await stage.press("tab", "enter")
        assert feedback(stage).answer.gave_up
        assert feedback(stage).answer.hint


async def test_the_ninth_line_is_the_last(home: Home, clock: FakeClock) -> None:
    async with running(home, "anna", choice=RECALLING, clock=clock, size=(60, 20)) as stage:
        for number in range(1, 10):
            assert "1 Your lines ▸ 2 Match" in top(stage)
            await type_lines(stage, f"line {number}")
        assert "✓ Your lines ▸ 2 Match" in top(stage)
        assert "9  line 9" in stage.text


async def test_the_place_to_type_stays_in_view(home: Home, clock: FakeClock) -> None:
    async with running(home, "anna", choice=RECALLING, clock=clock, size=(60, 20)) as stage:
        await type_lines(stage, *["a line"] * 7)
        column = stage.on(StudyScreen).column
        assert column.max_scroll_y > 0
        assert column.scroll_y == column.max_scroll_y


async def test_undo_begins_with_no_line(home: Home, clock: FakeClock) -> None:
    async with running(home, "anna", choice=RECALLING, clock=clock) as stage:
        await type_lines(stage, "calm", "", "")
        stage.on(StudyScreen)
        await stage.press("u")
        assert "1 Your lines ▸ 2 Match" in top(stage)
        assert "1  calm" not in stage.text


async def test_nothing_typed_is_on_record(home: Home, clock: FakeClock) -> None:
    async with running(home, "anna", choice=RECALLING, clock=clock) as stage:
        await type_lines(stage, "calm and quite unlike anything else", "", "")
        assert feedback(stage).answer.chosen == {1}
    for path in (home.root / "progress").iterdir():
        assert b"unlike" not in path.read_bytes()


Look = Callable[[Stage], None]


async def test_match_picture(home: Home, clock: FakeClock, looks_right: Look) -> None:
    async with running(home, "anna", choice=RECALLING, clock=clock) as stage:
        await type_lines(stage, "keeps a cool head", "delegation", "smiles", "")
        await stage.press("down", "down")
        looks_right(stage)


async def test_a_letter_that_could_not_be_read_is_asked_about(home: Home, clock: FakeClock) -> None:
    async with running(home, "anna", choice=RECALLING, clock=clock) as stage:
        await stage.write("caf\ufffd")
        await stage.press("enter")
        assert "could not be read" in " ".join(stage.text.split())
        await stage.press("backspace", "é", "enter")
        assert "1  café" in stage.text
