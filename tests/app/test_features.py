"""A feature of a few lines is registered in one place, and the app has it everywhere."""

from pathlib import Path
from typing import ClassVar

import pytest
from textual.binding import BindingType
from textual.command import CommandPalette

from tests.app.sheets import home_with_sheet
from tests.app.stage import running
from tests.learners import begun
from trainer.app import features
from trainer.app.kit.feature import Feature, ToToday
from trainer.app.kit.help import HelpScreen
from trainer.app.kit.keys import EVERYWHERE, key
from trainer.app.kit.layout import text
from trainer.app.kit.row_list import Row
from trainer.app.kit.screen import RowScreen
from trainer.app.study.screen import StudyScreen
from trainer.app.today.screen import TodayScreen
from trainer.home import Home
from trainer.material import sheet_files

KEYS = (*EVERYWHERE, key("weather.leave", "escape", "back", "Today", "Back to Today", show=True))


class WeatherScreen(RowScreen):
    BINDINGS: ClassVar[list[BindingType]] = list(KEYS)

    def rows(self, width: int) -> list[Row]:
        return text("It rains.", width)

    def action_back(self) -> None:
        self.lead_on(ToToday())


WEATHER = Feature(
    name="weather",
    key="y",
    label="Weather",
    tooltip="Whether it rains",
    line="How the weather is",
    open=lambda app, engine: app.show(WeatherScreen()),
    keys=lambda: (KEYS,),
    gives_way=9,
)


IDS = {
    "app": "help quit theme",
    "confirm": "go leave no yes",
    "edit": "leave save",
    "field": "next",
    "help": "go leave",
    "import": "file leave read",
    "imported": "leave study",
    "page": "down up",
    "pairs": "go leave",
    "people": "go leave new remove rename",
    "pick": "go leave left right",
    "mending": "accept all drop edit leave merge next page save split undo",
    "rename": "leave save",
    "sheets": "go leave",
    "statistics": "leave today",
    "study": "back bury doubt easy edit go guess hint leave put_away right space star undo unknown wrong",
    "summary": "again leave today undo",
    "tick": "down toggle up",
    "today": "import leave more pairs people quiz sheets start statistics undo",
    "welcome": "begin leave practice",
    "who": "go leave new practice",
}
"""What config.toml could set when features began to register themselves, by the first part of the id."""

NUMBERED = {
    "pairs.role": 9,
    "people.name": 9,
    "pick": 9,
    "mending.place": 9,
    "sheets.sheet": 9,
    "study.option": 9,
    "today.deck": 4,
    "who.name": 9,
}
"""… and the keys that go by digits, with the last digit of each."""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = home_with_sheet(tmp_path)
    begun(home, "anna")
    return home


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Register the weather: the one line that a feature takes."""
    monkeypatch.setattr(features, "FEATURES", [*features.FEATURES, WEATHER])


@pytest.mark.usefixtures("registered")
class TestRegistered:
    async def test_it_stands_on_today_and_opens_and_closes(self, home: Home) -> None:
        async with running(home) as stage:
            assert "y  How the weather is" in stage.text
            await stage.press("y")
            stage.on(WeatherScreen)
            assert "It rains." in stage.text
            assert "Esc Today" in stage.bar
            await stage.press("escape")
            stage.on(TodayScreen)
            assert len(stage.app.screen_stack) == 1
            await stage.click("How the weather is")
            stage.on(WeatherScreen)

    async def test_it_is_in_the_help(self, home: Home) -> None:
        async with running(home) as stage:
            await stage.press("question_mark")
            stage.on(HelpScreen)
            await stage.click("Whether it rains")
            stage.on(WeatherScreen)

    async def test_it_is_in_the_palette(self, home: Home) -> None:
        async with running(home) as stage:
            await stage.press("ctrl+p")
            stage.on(CommandPalette)
            await stage.pilot.press(*"weather")
            await stage.settle()
            await stage.press("enter")
            stage.on(WeatherScreen)

    async def test_its_keys_can_be_set(self, home: Home) -> None:
        home.settings.write_text('[keys]\ntoday.weather = "z"\nweather.leave = "x"\n', encoding="utf-8")
        async with running(home) as stage:
            await stage.press("y")
            stage.on(TodayScreen)
            await stage.press("z")
            stage.on(WeatherScreen)
            await stage.press("x")
            stage.on(TodayScreen)

    async def test_its_line_gives_way_in_a_low_window_and_its_key_stays(self, home: Home) -> None:
        async with running(home, size=(80, 14)) as stage:
            assert "How the weather is" not in stage.text
            await stage.press("y")
            stage.on(WeatherScreen)

    async def test_without_a_card_it_is_not_offered(
        self, home: Home, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (home.decks / "sample.toml").unlink()
        monkeypatch.setattr(sheet_files, "shipped_decks", lambda: home.decks)
        async with running(home) as stage:
            assert "There are no cards" in stage.text
            assert "How the weather is" not in stage.text
            await stage.press("y")
            stage.on(TodayScreen)


async def test_what_is_not_registered_is_nowhere(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(features, "FEATURES", [])
    async with running(home) as stage:
        for feature in ("Import a page", "Warm up", "How you rate", "One sheet"):
            assert feature not in stage.text
        await stage.press("d", "p", "s", "i")
        stage.on(TodayScreen)
        await stage.press("enter")
        stage.on(StudyScreen)


async def test_lines_leave_today_by_their_rank(home: Home) -> None:
    ranked = [each for each in features.FEATURES if each.gives_way]
    order = [each.line for each in sorted(ranked, key=lambda each: each.gives_way)]
    seen = set()
    for height in (24, 19, 18, 17, 16, 12):
        async with running(home, size=(80, height)) as stage:
            left = tuple(line for line in order if line in stage.text)
        assert left == tuple(order[len(order) - len(left) :])
        seen.add(len(left))
    assert len(seen) > 1


def test_no_two_features_share_a_name_a_key_or_a_rank() -> None:
    found = features.FEATURES
    assert len({each.name for each in found}) == len({each.key for each in found}) == len(found)
    ranks = [each.gives_way for each in found if each.gives_way]
    assert len(set(ranks)) == len(ranks)


def test_the_ids_that_somebody_may_have_set_stay() -> None:
    ids = {binding.id for table in features.key_tables() for binding in table}
    for place, names in IDS.items():
        assert {f"{place}.{name}" for name in names.split()} <= ids
    for name, most in NUMBERED.items():
        assert {f"{name}.{digit}" for digit in range(1, most + 1)} <= ids
