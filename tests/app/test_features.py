"""A feature of a few lines is registered in one place, and the app has it everywhere."""

from pathlib import Path
from typing import ClassVar

import pytest
from msgspec.structs import replace
from textual.binding import BindingType
from textual.command import CommandPalette

from tests.app.sheets import home_with_sheet
from tests.app.stage import running
from tests.learners import begun
from trainer.app import features
from trainer.app.kit.feature import Back, Event, Feature
from trainer.app.kit.help import HelpScreen
from trainer.app.kit.keys import EVERYWHERE, key
from trainer.app.kit.layout import text
from trainer.app.kit.place_line import PlaceLine
from trainer.app.kit.places import PERSON, PLACES, PROGRESS, TRAIN, WORDS, around
from trainer.app.kit.row_list import Row
from trainer.app.kit.screen import RowScreen
from trainer.app.places.screen import ListScreen
from trainer.app.places.view import place_page
from trainer.app.study.screen import StudyScreen
from trainer.app.today import view as today_view
from trainer.app.today.screen import TodayScreen
from trainer.home import Home
from trainer.material import sheet_files

KEYS = (*EVERYWHERE, key("weather.leave", "escape", "back", "Back", "Back to where you came from", show=True))


class WeatherScreen(RowScreen):
    BINDINGS: ClassVar[list[BindingType]] = list(KEYS)

    def rows(self, width: int) -> list[Row]:
        return text("It rains.", width)

    def action_back(self) -> None:
        self.lead_on(Back())


WEATHER = Feature(
    name="weather",
    key="y",
    label="Weather",
    tooltip="Whether it rains",
    line="How the weather is",
    open=lambda app, engine: app.show(WeatherScreen()),
    keys=lambda: (KEYS,),
    place=TRAIN,
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
    async def test_it_stands_on_its_place_and_opens_and_goes_back_there(self, home: Home) -> None:
        async with running(home) as stage:
            assert "How the weather is" not in stage.text
            await stage.press("2")
            assert stage.on(ListScreen).here is TRAIN
            assert f"{WEATHER.key}  How the weather is" in stage.text
            await stage.click("How the weather is")
            stage.on(WeatherScreen)
            assert "It rains." in stage.text
            assert "Esc Back" in stage.bar
            await stage.press("escape")
            assert stage.on(ListScreen).here is TRAIN
            await stage.press("escape")
            stage.on(TodayScreen)
            assert len(stage.app.screen_stack) == 1

    async def test_its_key_works_on_every_place(self, home: Home) -> None:
        async with running(home) as stage:
            await stage.press(WEATHER.key)
            stage.on(WeatherScreen)
            await stage.press("escape")
            stage.on(TodayScreen)
            await stage.press("5", WEATHER.key, "escape")
            assert stage.on(ListScreen).here is PROGRESS

    async def test_it_is_in_the_help(self, home: Home) -> None:
        async with running(home, size=(80, 60)) as stage:
            await stage.press("question_mark")
            stage.on(HelpScreen)
            await stage.click("Whether it rains")
            stage.on(WeatherScreen)

    @pytest.mark.slow
    async def test_it_is_in_the_palette(self, home: Home) -> None:
        async with running(home) as stage:
            await stage.press("ctrl+p")
            stage.on(CommandPalette)
            await stage.pilot.press(*"weather")
            await stage.settle()
            await stage.press("enter")
            stage.on(WeatherScreen)

    async def test_its_keys_can_be_set(self, home: Home) -> None:
        home.settings.write_text('[keys]\ntoday.weather = "g"\nweather.leave = "v"\n', encoding="utf-8")
        async with running(home) as stage:
            await stage.press(WEATHER.key)
            stage.on(TodayScreen)
            await stage.press("g")
            stage.on(WeatherScreen)
            await stage.press("v")
            stage.on(TodayScreen)

    async def test_without_a_card_it_is_not_offered(
        self, home: Home, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (home.decks / "sample.toml").unlink()
        monkeypatch.setattr(sheet_files, "shipped_decks", lambda: home.decks)
        async with running(home) as stage:
            assert "There are no cards" in stage.text
            assert "How the weather is" not in stage.text
            await stage.press(WEATHER.key)
            stage.on(TodayScreen)


async def test_what_is_not_registered_is_nowhere(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(features, "FEATURES", [])
    async with running(home) as stage:
        assert stage.on(TodayScreen).top.render().plain.split()[:3] == ["trainer", "1", "Today"]
        await stage.press("d", "p", "s", "i", "2", "5", "6")
        stage.on(TodayScreen)
        await stage.press("enter")
        stage.on(StudyScreen)


class TestPlaces:
    """A place is there as soon as a feature in it has something."""

    @pytest.mark.parametrize("width", [40, 60, 63, 80])
    async def test_figures_are_there_in_every_width(self, home: Home, width: int) -> None:
        async with running(home, size=(width, 24)) as stage:
            await stage.press(PROGRESS.key)
            assert "day 1 of 4" in stage.text
            assert "right on 3 days since its last miss" in " ".join(stage.text.split())
            await stage.press(TRAIN.key)
            assert "cards" in stage.text

    @pytest.mark.slow
    async def test_by_digit_by_mouse_and_by_palette(self, home: Home) -> None:
        async with running(home) as stage:
            for place in (TRAIN, PROGRESS, PERSON):
                await stage.press(place.key)
                assert stage.on(ListScreen).here is place
            await stage.press("1")
            line = stage.on(TodayScreen).top.render().plain.splitlines()[0]
            assert await stage.pilot.click(PlaceLine, offset=(line.index("Train"), 0))
            await stage.settle()
            assert stage.on(ListScreen).here is TRAIN
            assert await stage.pilot.click(PlaceLine, offset=(line.index("anna"), 0))
            await stage.settle()
            assert stage.on(ListScreen).here is PERSON
            await stage.press("slash")
            await stage.pilot.press(*"progress")
            await stage.settle()
            await stage.press("enter")
            assert stage.on(ListScreen).here is PROGRESS

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("query", "line", "trained"),
        [("sample", "Train Sample", "sample"), ("synonym", "Train Synonym", "synonyms")],
    )
    async def test_roles_and_decks_are_found_too(
        self, home: Home, query: str, line: str, trained: str
    ) -> None:
        async with running(home) as stage:
            await stage.press("slash")
            await stage.write(query)
            await stage.click(line)
            cards = stage.on(StudyScreen).session._waiting.cards.values()
            assert {trained} in ({card.sheet.id for card in cards}, {card.deck for card in cards})

    async def test_one_without_anything_is_hidden(self, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
        words = replace(WEATHER, place=WORDS, there=lambda engine: bool(engine.progress.states))
        others = [each for each in features.FEATURES if each.place is not WORDS]
        monkeypatch.setattr(features, "FEATURES", [*others, words])
        async with running(home) as stage:
            assert "Words" not in stage.on(TodayScreen).top.render().plain
            await stage.press("3", WEATHER.key)
            stage.on(TodayScreen)
            await stage.press("enter", "0", "escape", "enter")
            assert "3 Words" in stage.on(TodayScreen).top.render().plain
            await stage.press("3")
            assert stage.on(ListScreen).here is WORDS

    @pytest.mark.parametrize("width", [40, 50, 60, 80, 140])
    async def test_none_is_dropped_where_it_is_narrow(self, home: Home, width: int) -> None:
        everywhere = [replace(WEATHER, name=each.name, key="", place=each) for each in PLACES[1:]]
        async with running(home, size=(width, 24)) as stage:
            today = stage.on(TodayScreen)
            there = around(everywhere, stage.engine, has_cards=True)
            today.surround(there)
            line = today.top.render().plain.splitlines()[0]
            assert len(line) <= width
            assert all(place.key in line for place in PLACES)
            assert "1 Today" in line

    async def test_an_event_takes_a_row_of_today_while_there_is_one(
        self, home: Home, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rain = [
            replace(
                WEATHER, name=f"w{i}", key=key, event=lambda _, i=i: Event("Rain", f"at {i} o'clock", "look")
            )
            for i, key in enumerate("xyz", start=0)
        ]
        monkeypatch.setattr(features, "FEATURES", [*features.FEATURES, *rain])
        for size in ((80, 24), (120, 30)):
            async with running(home, size=size) as stage:
                assert "at 0 o'clock" in stage.text
                assert "at 1 o'clock" in stage.text
                assert "at 2 o'clock" not in stage.text, "two at most"
                await stage.click("at 1 o'clock")
                stage.on(WeatherScreen)


def test_no_two_features_share_a_name_or_a_key() -> None:
    found = features.FEATURES
    assert len({each.name for each in found}) == len(found)
    keys = [each.key for each in found if each.key]
    assert len(set(keys)) == len(keys)
    assert not {*keys} & {"o", "q", "slash", *(place.key for place in PLACES)}


def test_the_ids_that_somebody_may_have_set_stay() -> None:
    ids = {binding.id for table in features.key_tables() for binding in table}
    for place, names in IDS.items():
        assert {f"{place}.{name}" for name in names.split()} <= ids
    for name, most in NUMBERED.items():
        assert {f"{name}.{digit}" for digit in range(1, most + 1)} <= ids


@pytest.mark.parametrize("width", [42, 46, 56])
def test_a_line_of_a_place_is_told_whole_however_narrow_the_window_is(width: int) -> None:
    for feature in features.FEATURES:
        if feature.open:
            rows = [row.content.plain for row in place_page([(feature, ())], width)]
            assert all(len(row) <= width for row in rows)
            assert " ".join(" ".join(rows).split()).endswith(feature.line), rows


def test_an_event_gives_the_room_of_its_column_to_its_words() -> None:
    event = Event("Team", "a team is here, that takes drills", "join")
    row = today_view._event(features.FEATURES[0], event, 50)
    assert event.words in row.content.plain
