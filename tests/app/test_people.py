"""People: switched, renamed and removed from inside the app, each with its record."""

from pathlib import Path

import pytest

from tests.app.stage import running
from tests.learners import answered
from trainer.app.kit.confirm import ConfirmScreen
from trainer.app.people.name_screen import NameScreen
from trainer.app.people.screen import PeopleScreen
from trainer.app.start.welcome_screen import WelcomeScreen
from trainer.app.start.who_screen import WhoScreen
from trainer.app.study.screen import StudyScreen
from trainer.app.today.screen import TodayScreen
from trainer.engine.engine import Engine
from trainer.home import Home

pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    for name, answers in (("Anna", 2), ("Ben", 1)):
        answered(home, name, answers)
    return home


async def test_another_one_trains(home: Home) -> None:
    async with running(home, "Anna") as stage:
        await stage.press("n")
        stage.on(PeopleScreen)
        assert "2 answers" in stage.text
        assert "training now" in stage.text
        await stage.press("2")
        stage.on(TodayScreen)
        assert stage.engine.recruiter == "Ben"
        assert "Ben" in stage.on(TodayScreen).top.render().plain
        with Engine.open(home, "Anna"):
            pass  # it is free


async def test_somebody_new_begins_and_esc_goes_back(home: Home) -> None:
    async with running(home, "Anna") as stage:
        await stage.press("n", "n", "escape")
        stage.on(TodayScreen)
        assert stage.engine.recruiter == "Anna"
        await stage.press("n", "n")
        stage.on(WelcomeScreen).entry.value = "Cleo"
        await stage.begin()
        stage.on(StudyScreen)
        assert stage.engine.recruiter == "Cleo"


async def test_a_name_that_trains_here_already_is_asked_about(home: Home) -> None:
    async with running(home, "Anna") as stage:
        await stage.press("n", "n")
        stage.on(WelcomeScreen).entry.value = "ben"
        await stage.press("enter")
        assert "Ben trains here already." in stage.text
        await stage.press("enter")
        stage.on(WelcomeScreen)
        assert stage.app.engine is None, "the safe answer opens nobody"
        await stage.press("enter", "2")
        stage.on(TodayScreen)
        assert stage.engine.recruiter == "Ben"


async def test_somebody_new_is_not_offered_the_name_of_one_who_trains_here(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    for login, offered in (("Anna", ""), ("zoe", "zoe")):
        monkeypatch.setenv("LOGNAME", login)
        async with running(home, "Anna") as stage:
            await stage.press("n", "n")
            assert stage.on(WelcomeScreen).entry.value == offered


@pytest.mark.parametrize("who", ["Anna", "Ben"])
async def test_a_name_is_changed(home: Home, who: str) -> None:
    async with running(home, "Anna") as stage:
        await stage.press("n", *(["down"] if who == "Ben" else []), "r")
        stage.on(NameScreen).entry.value = "Zoë"
        await stage.press("enter")
        stage.on(TodayScreen)
        assert f"{who} is Zoë now." in " ".join(stage.text.split())
        assert stage.engine.recruiter == ("Zoë" if who == "Anna" else "Anna")
    assert home.recruiters() == sorted({"Anna", "Ben", "Zoë"} - {who})


async def test_a_name_that_is_taken_is_told_and_nothing_changes(home: Home) -> None:
    async with running(home, "Anna") as stage:
        await stage.press("n", "r")
        stage.on(NameScreen).entry.value = "BEN"
        await stage.press("enter")
        assert 'There is progress of "Ben" already' in " ".join(stage.text.split())
        assert stage.engine.recruiter == "Anna"
    assert home.recruiters() == ["Anna", "Ben"]


async def test_removing_asks_and_the_safe_answer_is_marked(home: Home) -> None:
    async with running(home, "Anna") as stage:
        await stage.press("n", "down", "x")
        stage.on(ConfirmScreen)
        assert "can't be undone" in " ".join(stage.text.split())
        await stage.press("enter")
        stage.on(PeopleScreen)
        assert home.recruiters() == ["Anna", "Ben"]
        await stage.press("x", "2")
        stage.on(TodayScreen)
        assert "All that was kept of Ben is removed." in " ".join(stage.text.split())
    assert home.recruiters() == ["Anna"]


async def test_who_removes_themselves_is_asked_who_trains(home: Home) -> None:
    answered(home, "Cleo")
    async with running(home, "Anna") as stage:
        await stage.press("n", "x", "2")
        stage.on(WhoScreen)
        assert home.recruiters() == ["Ben", "Cleo"]
        await stage.press("1")
        stage.on(TodayScreen)
        assert stage.engine.recruiter == "Ben"


async def test_one_who_is_in_use_elsewhere_is_not_removed(home: Home) -> None:
    with Engine.open(home, "Ben"):
        async with running(home, "Anna") as stage:
            await stage.press("n", "down", "x", "2")
            stage.on(TodayScreen)
            assert "open in another window" in " ".join(stage.text.split())
    assert home.recruiters() == ["Anna", "Ben"]
