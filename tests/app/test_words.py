"""Starred, put away, doubtful: every mark of a card has a way back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.app.sheets import home_with_sheet
from tests.app.stage import Stage, learn, running
from tests.clocks import FakeClock
from trainer.app import features
from trainer.app.kit.place_screen import PlaceScreen
from trainer.app.kit.places import WORDS
from trainer.app.study.screen import StudyScreen
from trainer.app.words.entry_screen import EntryScreen
from trainer.app.words.feature import MARKED
from trainer.app.words.screen import MarkedScreen
from trainer.engine.engine import Engine
from trainer.errors import NotSavedError
from trainer.home import Home
from trainer.progress.progress import Progress

pytestmark = pytest.mark.slow

CUE, PROP, CALL = (f"sample/meanings/{word}" for word in ("cue", "prop", "call"))


@pytest.fixture
def clock(tmp_path: Path) -> FakeClock:
    return learn(home_with_sheet(tmp_path), 1, "sample/meanings")


@pytest.fixture
def home(tmp_path: Path, clock: FakeClock) -> Home:
    home = Home(tmp_path)
    with Engine.open(home, "anna", clock=clock) as engine:
        engine.put_away(CUE)
        engine.star(PROP)
        engine.star(CUE)
        engine.doubt(CALL, "typo")
    return home


def marked(stage: Stage) -> tuple[list[str], list[str], list[str]]:
    engine = stage.engine
    found = (engine.starred_cards(), engine.put_away_cards(), engine.doubted_cards())
    stars, away, doubts = ([each.card for each in cards] for cards in found)
    return stars, away, doubts


async def test_it_lists_what_was_marked(
    home: Home, clock: FakeClock, looks_right: Callable[[Stage], None]
) -> None:
    async with running(home, "anna", clock=clock) as stage:
        await stage.press("c")
        stage.on(MarkedScreen)
        lines = stage.text.splitlines()
        for head in ("  Starred  2", "  Put away  1", "  Doubtful  1"):
            assert head in lines
        assert "Not today" not in stage.text
        assert "[bold]Cue" in stage.text
        assert "Typo · Term meanings, Sample [red]room[/x] · since today" in stage.text
        assert stage.bar == [
            "Enter Read",
            "* Unstar",
            "x Bring back",
            "t Train the starred",
            "? Help",
            "Esc Back",
        ]
        looks_right(stage)


async def test_each_mark_is_taken_away_and_given_back(home: Home) -> None:
    async with running(home, "anna") as stage:
        await stage.press("c")
        before = marked(stage)
        await stage.press("asterisk")
        assert marked(stage) == ([PROP], [CUE], [CALL])
        assert "u Undo" in stage.bar
        await stage.press("down")
        assert "x Bring back" in stage.bar
        await stage.press("x")
        assert marked(stage) == ([PROP], [], [CALL])
        assert "You have put nothing away. x on a question asks it no more." in stage.text
        assert "! Not doubtful" in stage.bar, "the cursor goes on to what follows"
        await stage.press("exclamation_mark")
        assert marked(stage) == ([PROP], [], [])
        await stage.press("u", "u", "u")
        assert marked(stage) == before
        assert stage.engine.doubted_cards()[0].reason == "Typo"
        assert "u Undo" not in stage.bar
        await stage.press("u")
        assert marked(stage) == before


async def test_enter_opens_the_card_and_changes_nothing(
    home: Home, clock: FakeClock, looks_right: Callable[[Stage], None]
) -> None:
    async with running(home, "anna", clock=clock) as stage:
        await stage.press("c")
        before = marked(stage)
        await stage.press("enter")
        stage.on(EntryScreen)
        assert stage.bar == ["* Unstar", "x Bring back", "? Help", "Esc Back"]
        for told in ("[bold]Cue", "Starred.", "Put away.", "It is not asked until you bring it back."):
            assert told in stage.text
        assert "Met on " in stage.text
        looks_right(stage)
        await stage.press("escape")
        stage.on(MarkedScreen)
        assert marked(stage) == before


async def test_a_mark_is_taken_away_in_the_entry_and_given_back_in_the_list(home: Home) -> None:
    async with running(home, "anna") as stage:
        await stage.press("c", "enter", "b")
        stage.on(EntryScreen)
        await stage.press("x")
        stage.on(MarkedScreen)
        assert marked(stage)[1] == []
        await stage.press("u")
        assert marked(stage)[1] == [CUE]


async def test_a_star_and_a_doubt_go_by_their_own_keys_too(home: Home) -> None:
    async with running(home, "anna") as stage:
        await stage.press("c", "down", "down")
        assert "x Bring back" in stage.bar
        await stage.press("exclamation_mark")
        assert marked(stage)[2] == [CALL], "this card is not doubtful"
        await stage.press("asterisk")
        assert marked(stage) == ([PROP], [CUE], [CALL])


async def test_the_starred_are_trained(home: Home) -> None:
    async with running(home, "anna") as stage:
        await stage.press("c", "t")
        assert set(stage.on(StudyScreen).session._waiting.cards) == {PROP}, "what is put away is not asked"


async def test_what_is_not_saved_is_told(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise NotSavedError("Not saved: The disk is full.")

    async with running(home, "anna", size=(40, 12)) as stage:
        await stage.press("c")
        monkeypatch.setattr(Progress, "mark", full)
        await stage.press("asterisk")
        assert "! Not saved: The disk is full." in stage.text
        assert marked(stage) == ([CUE, PROP], [CUE], [CALL])
        assert all(len(line) <= 38 for line in stage.text.splitlines())


async def test_a_card_that_is_gone_can_be_let_go(home: Home) -> None:
    with Engine.open(home, "anna") as engine:
        engine.star("sample/meanings/gone")
    async with running(home, "anna") as stage:
        await stage.press("c")
        assert "sample/meanings/gone: it is in no sheet any more." in stage.text
        await stage.click("gone: it is in no sheet")
        await stage.click("gone: it is in no sheet")
        assert "It is in no sheet any more, so it is not asked." in stage.text
        await stage.press("asterisk")
        assert marked(stage)[0] == [CUE, PROP]


async def test_the_place_tells_of_marked_cards_as_long_as_there_are_any(home: Home) -> None:
    async with running(home, "anna") as stage:
        await stage.press("3")
        assert stage.on(PlaceScreen).here.name == "words"
        for words, figures in (("Starred", "2 cards"), ("Put away", "1 card"), ("Doubtful", "1 card")):
            assert any(words in line and figures in line for line in stage.text.splitlines())
        await stage.press("c", "asterisk", "asterisk", "x", "exclamation_mark")
        assert marked(stage) == ([], [], [])
        await stage.press("escape")
        assert stage.on(PlaceScreen).here.name == "words"
        assert "starred" not in stage.text
        await stage.press("c")
        assert not isinstance(stage.app.screen, MarkedScreen)


async def test_the_place_says_what_it_is_for_while_it_is_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [each for each in features.FEATURES if each is MARKED or each.place is not WORDS]
    monkeypatch.setattr(features, "FEATURES", others)
    async with running(home_with_sheet(tmp_path), "anna", newcomer=True) as stage:
        await stage.begin()
        await stage.press("escape")
        assert stage.on(PlaceScreen).here.name == "today"
        await stage.press("3")
        assert [each.message for each in stage.app._notifications] == [WORDS.empty]
        assert "1-6 Places" in stage.bar
        assert stage.on(PlaceScreen).here.name == "today"
