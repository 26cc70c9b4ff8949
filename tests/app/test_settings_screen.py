"""The settings in the app: what is changed is kept at once, for the learner or for this computer."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.app.stage import Stage, running
from tests.learners import answered
from trainer.app.kit.help import HelpScreen
from trainer.app.kit.pick import PickScreen
from trainer.app.kit.place_screen import PlaceScreen
from trainer.app.kit.themes import DARK, LIGHT
from trainer.app.roles.screen import RolesScreen
from trainer.app.settings.choices import minutes_after
from trainer.app.settings.screen import SettingsScreen
from trainer.app.study.screen import StudyScreen
from trainer.engine.engine import Engine
from trainer.errors import NotSavedError
from trainer.home import Home
from trainer.memory.schedule import DEFAULT_RETENTION
from trainer.plain.preferred import prefers_plain
from trainer.progress.progress import Progress

pytestmark = pytest.mark.slow

LINES = ("minutes", "region", "retention", "roles", "theme", "motion", "plain", "keys")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ACCESSIBLE", raising=False)
    home = Home(Path("home"))
    answered(home, "Anna", 3)
    return home


async def go_to(stage: Stage, line: str) -> None:
    """Open the settings, and move down to a line."""
    await stage.press("f", *["down"] * LINES.index(line))
    assert stage.on(SettingsScreen).page.cursor == line


async def test_it_shows_what_is_set_and_where_files_lie(
    home: Home, looks_right: Callable[[Stage], None]
) -> None:
    async with running(home, "Anna") as stage:
        await stage.press("f")
        stage.on(SettingsScreen)
        for words in ("Minutes a day       10", "ask me", "90%", "dark", "home/progress/Anna.json"):
            assert words in stage.text
        looks_right(stage)


async def test_minutes_are_picked_or_stepped(home: Home) -> None:
    async with running(home, "Anna") as stage:
        await go_to(stage, "minutes")
        await stage.press("enter")
        stage.on(PickScreen)
        await stage.press("4")
        assert stage.engine.settings.minutes == 20
        await stage.press("right", "right")
        assert stage.engine.settings.minutes == 30
        await stage.press("left", "left", "left")
        assert stage.engine.settings.minutes == 19
        assert "Minutes a day       19" in stage.text
        await stage.press("enter", "escape")
        assert stage.engine.settings.minutes == 19
    with Engine.open(home, "Anna") as engine:
        assert engine.minutes == 19


def test_steps_of_minutes_stay_in_what_a_day_has() -> None:
    assert [minutes_after(1, -1), minutes_after(1440, 1)] == [1, 1440]
    assert [minutes_after(19, 1), minutes_after(20, 1), minutes_after(22, 1)] == [20, 25, 25]
    assert [minutes_after(22, -1), minutes_after(25, -1), minutes_after(20, -1)] == [20, 20, 19]


def region(stage: Stage) -> str | None:
    return stage.engine.settings.region


async def test_region_and_back_to_being_asked(home: Home) -> None:
    async with running(home, "Anna") as stage:
        await go_to(stage, "region")
        await stage.press("enter", "2")
        assert region(stage) == "US"
        assert "American" in stage.text
        await stage.press("right", "right", "right")
        assert region(stage) is None
        await stage.press("left")
        assert region(stage) == "both"


async def test_retention_is_picked_by_what_it_costs(home: Home) -> None:
    async with running(home, "Anna") as stage:
        await go_to(stage, "retention")
        await stage.press("enter")
        pick = stage.on(PickScreen)
        assert "90% (usual): less than a minute of reviews a day this week" in stage.text
        assert pick._page.cursor == "2"
        await stage.press("4")
        assert stage.engine.settings.retention == 0.95
        said = " ".join(stage.text.split())
        assert "95% less than a minute of reviews a day this week, from the next start on" in said
        await stage.press("left")
        assert stage.engine.settings.retention == DEFAULT_RETENTION


async def test_another_retention_stays_among_the_values(home: Home) -> None:
    with Engine.open(home, "Anna") as engine:
        engine.set_retention(0.87)
    async with running(home, "Anna") as stage:
        await go_to(stage, "retention")
        await stage.press("enter")
        assert "3  87%" in stage.text
        await stage.press("escape", "right", "left")
        assert stage.engine.settings.retention == 0.85, "what was left is not offered any more"


async def test_colours_motion_and_line_by_line_are_kept_on_this_computer(home: Home) -> None:
    home.settings.write_text('# mine\n[keys]\ntoday.quiz = "f9"\n', encoding="utf-8")
    async with running(home, "Anna") as stage:
        await go_to(stage, "theme")
        await stage.press("enter")
        assert stage.app.theme == LIGHT
        await stage.press("f2")
        assert stage.app.theme == DARK
        await stage.press("enter", "down", "space")
        assert stage.app.animation_level == "none"
        await stage.press("down", "enter")
        assert "from the next start on" in stage.text
    assert prefers_plain(home)
    kept = home.settings.read_text("utf-8")
    assert kept.startswith('# mine\ntheme = "light"\nmotion = false\nplain = true\n')
    assert 'today.quiz = "f9"' in kept
    async with running(home, "Anna") as stage:
        assert stage.app.theme == LIGHT
        assert stage.app.animation_level == "none"
        await stage.press("f")
        assert "Motion              off" in stage.text
        assert "Line by line        on" in stage.text


async def test_what_can_not_be_kept_is_told(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise NotSavedError("Not saved: The disk is full.")

    home.settings.mkdir()
    async with running(home, "Anna", size=(40, 12)) as stage:
        await go_to(stage, "motion")
        await stage.press("enter")
        assert stage.app.animation_level == "none"
        assert any("not kept for the next time" in each.message for each in stage.app._notifications)
        monkeypatch.setattr(Progress, "set_setting", full)
        await stage.press(*["up"] * 5, "right")
        assert "! Not saved: The disk is full." in stage.text
        assert all(len(line) <= 38 for line in stage.text.splitlines())


async def test_roles_and_keys_are_one_key_away(home: Home) -> None:
    async with running(home, "Anna") as stage:
        await go_to(stage, "keys")
        assert "Enter Show the keys" in stage.bar
        await stage.press("enter")
        stage.on(HelpScreen)
        await stage.press("escape", "up", "up", "up", "up")
        assert "Enter Choose roles" in stage.bar
        await stage.press("enter")
        stage.on(RolesScreen)
        await stage.press("escape")
        stage.on(PlaceScreen)


async def test_by_mouse_and_what_is_set_counts_at_once(home: Home) -> None:
    async with running(home, "Anna") as stage:
        await stage.press("6")
        await stage.click("Settings: minutes")
        await stage.click("Minutes a day")
        await stage.click("5 minutes")
        assert stage.engine.settings.minutes == 5
        await stage.press("escape", "1", "enter")
        assert stage.on(StudyScreen).session.minutes_left <= 5
