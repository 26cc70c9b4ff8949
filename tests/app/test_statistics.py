"""The statistics behind a key on Progress: sections, pictures, and what can be done about a card."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.app.sheets import home_with_sheet
from tests.app.stage import Stage, running
from tests.clocks import FakeClock
from tests.learners import begun
from tests.measured import confused, rate
from trainer.app.kit.help import HelpScreen
from trainer.app.places.screen import ListScreen
from trainer.app.statistics.screen import StatisticsScreen
from trainer.app.study.screen import StudyScreen
from trainer.app.today.screen import TodayScreen
from trainer.engine.engine import Engine
from trainer.errors import NotSavedError, ProgressError
from trainer.home import Home
from trainer.reports.statistics.sections import SHORT

pytestmark = pytest.mark.slow
LEVELS = "sample/levels/"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = home_with_sheet(tmp_path)
    begun(home, "anna")
    return home


def said(stage: Stage) -> str:
    return " ".join(stage.text.split())


async def test_without_an_answer_each_section_says_what_comes(home: Home) -> None:
    async with running(home, size=(60, 20)) as stage:
        await stage.press("5", "s")
        stage.on(StatisticsScreen)
        for number, words in enumerate(
            (
                "No answers yet. From your first session on, every day with answers is marked here.",
                "Nothing comes back in the next two weeks.",
                "A first meeting is no test",
                "there are 0",
                "No card is hard.",
                "Nothing was mixed up in the last 90 days.",
                "No whole answer has been rated yet.",
            ),
            start=1,
        ):
            await stage.press(str(number))
            assert words in said(stage)
        await stage.press("escape")
        stage.on(ListScreen)


async def test_sections_follow_each_other_by_arrows_too(home: Home) -> None:
    async with running(home) as stage:
        await stage.press("s", "left")
        assert "7▸Rating" in stage.text
        await stage.press("right", "right")
        assert "2▸Minutes" in stage.text
        await stage.press("8", "9")
        assert "2▸Minutes" in stage.text, "there are seven"
        await stage.press("escape")
        stage.on(TodayScreen)


async def test_it_tells_every_figure_on_ratings(home: Home) -> None:
    rate(home, 20)
    async with running(home) as stage:
        await stage.press("5")
        await stage.click("See how you get on")
        await stage.press("7")
        for words in (
            "20, each counted the first time.",
            "1.0 on average",
            "Lenient: +1.0 on average.",
            "10, 1.0 off on average; lenient: +1.0.",
            "5, 1.0 off on average; lenient: +1.0.",
            "1.00 (1 always, 0 by chance)",
            "20 of 20 spotted; 20 of 20 imagined.",
            "20 of 20 spotted; 0 of 0 imagined.",
            "0.71, good",
            "1.0 → 1.0 off, ten ratings each: the same.",
        ):
            assert words in said(stage)
        await stage.press("question_mark")
        stage.on(HelpScreen)
        await stage.press("escape", "escape", "1")
        stage.on(TodayScreen)


async def test_what_needs_more_ratings_says_so(home: Home) -> None:
    rate(home, 4)
    async with running(home, size=(40, 12)) as stage:
        await stage.press("s")
        for number in range(1, len(SHORT) + 1):
            await stage.press(str(number))
            page = stage.on(StatisticsScreen).page
            assert all(row.content.cell_length <= page.size.width for row in page.rows(page.size.width))
        assert "from 5 ratings on; 1 to go." in stage.text


async def test_a_hard_card_can_be_put_away_and_brought_back(home: Home) -> None:
    clock = confused(home, misses=4)
    async with running(home, clock=clock) as stage:
        await stage.press("s", "5")
        assert "missed 4 of 5" in stage.text
        assert "mostly you took" in said(stage)
        await stage.press("x")
        assert "No card is hard." in said(stage)
        assert stage.engine.put_away_cards()
        await stage.press("u")
        assert "missed 4 of 5" in stage.text
        assert not stage.engine.put_away_cards()
        assert not any("Undo" in each for each in stage.bar)


async def test_what_is_not_saved_is_told(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise NotSavedError("Not saved: the disk is full.")

    async with running(home, clock=confused(home, misses=4)) as stage:
        await stage.press("s", "5")
        monkeypatch.setattr(Engine, "put_away", refuse)
        await stage.press("x")
        assert "the disk is full" in stage.text
        assert "missed 4 of 5" in stage.text


async def test_a_hard_card_can_be_rewritten(home: Home) -> None:
    async with running(home, clock=confused(home, misses=4)) as stage:
        await stage.press("s", "5", "e")
        assert stage.app.screen.query("FieldRow")
        await stage.press("escape")
        stage.on(StatisticsScreen)
        assert "missed 4 of 5" in stage.text


async def test_what_is_mixed_up_can_be_practised(home: Home) -> None:
    clock = confused(home, misses=2)
    async with running(home, clock=clock) as stage:
        await stage.press("s", "6")
        assert "twice" in stage.text
        assert "Enter Practise" in stage.bar
        assert not any("Rewrite" in each for each in stage.bar)
        await stage.press("enter")
        session = stage.on(StudyScreen).session
        assert session.question
        assert session.question.card.id.startswith(LEVELS)


async def test_a_click_marks_and_a_second_one_practises(home: Home) -> None:
    async with running(home, clock=confused(home, misses=4)) as stage:
        await stage.press("s", "5")
        await stage.click("missed 4 of 5")
        stage.on(StudyScreen)


async def test_a_history_that_cannot_be_read_is_told(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise ProgressError("The history can't be read.")

    monkeypatch.setattr(Engine, "statistics", refuse)
    async with running(home) as stage:
        await stage.press("s")
        assert "The history can't be read." in stage.text
        await stage.press("3")
        assert "The history can't be read." in stage.text
        await stage.press("escape")
        stage.on(TodayScreen)


async def test_the_days_are_there_before_the_history_is_read(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = confused(home, misses=1)
    monkeypatch.setattr(StatisticsScreen, "_look", lambda _: None)  # the worker never comes back
    async with running(home, clock=clock) as stage:
        await stage.press("s")
        assert "2 of 4 days" in said(stage)
        await stage.press("3")
        assert "Reading your answers" in stage.text


@pytest.mark.parametrize("number", range(1, len(SHORT) + 1))
async def test_no_line_is_wider_than_its_window(home: Home, number: int) -> None:
    rate(home, 20)
    clock = confused(home, misses=5)
    for size in ((40, 12), (60, 20), (80, 24), (140, 45)):
        async with running(home, size=size, clock=FakeClock(clock.at)) as stage:
            await stage.press("s", str(number))
            page = stage.on(StatisticsScreen).page
            assert all(row.content.cell_length <= page.size.width for row in page.rows(page.size.width))


@pytest.mark.parametrize("section", ["days", "hard"])
async def test_it_looks_right(home: Home, looks_right: Callable[[Stage], None], section: str) -> None:
    clock = confused(home, misses=4)
    async with running(home, clock=FakeClock(clock.at)) as stage:
        await stage.press("s", str([*SHORT].index(section) + 1))
        looks_right(stage)
