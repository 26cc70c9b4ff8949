"""The statistics behind a key on Today, and the same in the command."""

import json
from pathlib import Path

import pytest

from tests.app.sheets import home_with_sheet
from tests.app.stage import running
from tests.clocks import FakeClock
from tests.commands import trainer
from tests.learners import begun
from trainer.app.kit.help import HelpScreen
from trainer.app.statistics.screen import StatisticsScreen
from trainer.app.today.screen import TodayScreen
from trainer.engine.engine import Engine
from trainer.home import Home
from trainer.memory.calendar import study_day
from trainer.memory.state import Degree, Rated, Rating, Review

pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = home_with_sheet(tmp_path)
    begun(home, "anna")
    return home


def rate(home: Home, times: int) -> None:
    """Rate so many answers, each a point too high; the reference shows one point of two."""
    clock = FakeClock()
    with Engine.open(home, "anna", clock=clock) as training:
        for i in range(times):
            rated = Rated(
                score=2 + i % 4,
                reference=1 + i % 4,
                points={"calm": (Degree.SHOWN, Degree.SHOWN), "order": (Degree.PARTLY, Degree.NOT)},
                flags={"blames": (True, True)},
                first=True,
            )
            review = Review(
                card="sample/answers/q.rate",
                day=study_day(clock()),
                rating=Rating.HARD,
                given=1,
                form="rate",
                ms=1,
                rated=rated,
            )
            training.progress.record(review, clock())


async def test_without_a_rating_it_says_where_they_come_from(home: Home) -> None:
    async with running(home) as stage:
        await stage.press("s")
        stage.on(StatisticsScreen)
        assert "No whole answer has been rated yet." in stage.text
        await stage.press("escape")
        stage.on(TodayScreen)


async def test_it_tells_every_figure(home: Home) -> None:
    rate(home, 20)
    async with running(home) as stage:
        await stage.press("5")
        await stage.click("How you rate answers")
        for words in (
            "20, each counted the first time.",
            "1.0 on average",
            "Lenient: +1.0 on average.",
            "1.00 (1 always, 0 by chance)",
            "20 of 20 spotted; 20 of 20 imagined.",
            "20 of 20 spotted; 0 of 0 imagined.",
            "0.71, good",
            "1.0 → 1.0 off, ten ratings each: the same.",
        ):
            assert words in " ".join(stage.text.split())
        await stage.press("question_mark")
        stage.on(HelpScreen)
        await stage.press("escape", "enter", "1")
        stage.on(TodayScreen)


async def test_what_needs_more_ratings_says_so(home: Home) -> None:
    rate(home, 4)
    async with running(home, size=(40, 12)) as stage:
        await stage.press("s")
        assert "from 5 ratings on; 1 to go." in stage.text
        page = stage.on(StatisticsScreen).page
        assert all(row.content.cell_length <= page.size.width for row in page.rows(page.size.width))


def test_the_command_says_the_same_and_gives_json(home: Home) -> None:
    rate(home, 12)
    done = trainer("stats", "--home", home.root)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Lenient: +1.0 on average." in done.stdout
    found = json.loads(trainer("stats", "--json", "--home", home.root).stdout)
    assert (found["ratings"], found["distance"], found["leniency"]) == (12, 1.0, 1.0)
    assert (found["ranking"], found["agreement"]) == (None, None)
    assert found["points"] == {"there": 12, "spotted": 12, "absent": 12, "imagined": 12}


def test_the_command_without_a_rating_and_without_a_record(tmp_path: Path) -> None:
    done = trainer("stats", "--home", tmp_path, "--recruiter", "nobody")
    assert (done.returncode, done.stderr) == (0, "")
    assert "No whole answer" in done.stdout
    assert not list(tmp_path.rglob("*.json")), "to look at statistics makes no record"
