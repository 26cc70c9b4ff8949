"""All cards: to look through, filter, and change many at once; and a card's page."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.app.sheets import home_with_sheet
from tests.app.stage import Stage, learn, running
from tests.clocks import FakeClock
from tests.learners import begun
from trainer.app.browse.card_screen import CardScreen
from trainer.app.browse.filter_screen import FilterScreen
from trainer.app.browse.screen import BrowseScreen
from trainer.app.editing.screen import EditScreen
from trainer.app.kit.confirm import ConfirmScreen
from trainer.app.kit.row_list import RowList
from trainer.app.places.screen import ListScreen
from trainer.engine.browsing import Browsing
from trainer.errors import NotSavedError
from trainer.home import Home
from trainer.material import sheet_files
from trainer.memory.state import Marks

Look = Callable[[Stage], None]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home with the sample alone: the shipped sheets change."""
    monkeypatch.setattr(sheet_files, "shipped_decks", lambda: tmp_path / "none")
    return home_with_sheet(tmp_path / "home")


@pytest.fixture
def clock(home: Home) -> FakeClock:
    clock = learn(home, 2, "sample/meanings")
    clock.forward(days=-1999)
    return clock


async def browse(stage: Stage) -> BrowseScreen:
    await stage.press("3", "C")
    return stage.on(BrowseScreen)


def marks(stage: Stage) -> dict[str, Marks]:
    marked = stage.engine.progress.marked.items()
    return {card.rpartition("/")[2]: each for card, each in marked if each != Marks()}


def place(screen: BrowseScreen) -> int:
    """Where the cursor is."""
    return [row.card for row in screen.found].index(screen.page.cursor)


async def test_the_list(home: Home, clock: FakeClock, looks_right: Look) -> None:
    async with running(home, "anna", clock=clock) as stage:
        screen = await browse(stage)
        await stage.press("down", "asterisk", "space", "space")
        assert "[bold]Cue" in stage.text
        assert place(screen) == 3
        looks_right(stage)


@pytest.mark.slow
async def test_a_low_and_narrow_window_shows_the_card_at_the_cursor(home: Home, clock: FakeClock) -> None:
    for size in ((60, 20), (40, 12), (140, 45)):
        async with running(home, "anna", clock=clock, size=size) as stage:
            screen = await browse(stage)
            await stage.press("end")
            rows = screen.page.rows(screen.page.size.width)
            assert screen.page.cursor == screen.found[-1].card
            assert len(rows) == screen.page.size.height, "all of it is seen"
            assert screen.page.cursor in {row.target for row in rows}
            assert all(row.content.cell_length <= screen.page.size.width for row in rows)


@pytest.mark.slow
async def test_where_there_is_room_a_role_is_named_in_full(tmp_path: Path) -> None:
    wide = Home(tmp_path / "shipped")
    begun(wide, "anna")
    async with running(wide, "anna", size=(140, 45)) as stage:
        await browse(stage)
        assert stage.text.count("Assistant Stage Manager  ") > 5


async def test_keys_go_by_lines_and_screens_and_to_the_ends(home: Home, clock: FakeClock) -> None:
    async with running(home, "anna", clock=clock, size=(60, 14)) as stage:
        screen = await browse(stage)
        last = len(screen.found) - 1
        seen = []
        for key in ("down", "j", "k", "up", "up", "pagedown", "end", "down", "pageup", "home"):
            await stage.press(key)
            seen.append(place(screen))
        page = seen[5]
        assert seen == [1, 2, 1, 0, 0, page, last, last, max(0, last - page), 0]
        assert page > 2


@pytest.mark.slow
async def test_many_are_changed_at_once_and_taken_back_by_one_key(home: Home, clock: FakeClock) -> None:
    async with running(home, "anna", clock=clock) as stage:
        screen = await browse(stage)
        await stage.press("t", "shift+down")
        assert "2 cards are marked for the next key." in stage.text
        assert stage.bar[:3] == ["x Put away 2", "* Star 2", "b Not today 2"]
        await stage.press("x")
        first, second = (row.card.rpartition("/")[2] for row in screen.found[:2])
        assert marks(stage) == {first: Marks(suspended=True), second: Marks(suspended=True)}
        assert stage.bar[:2] == ["u Undo", "x Bring back 2"]
        await stage.press("asterisk", "b")
        whole = Marks(suspended=True, star=True, buried=stage.engine.day)
        assert marks(stage) == {first: whole, second: whole}
        await stage.press("u", "u")
        assert marks(stage) == {first: Marks(suspended=True), second: Marks(suspended=True)}
        await stage.press("escape", "home", "x")
        assert marks(stage) == {second: Marks(suspended=True)}, "the key brings back what is put away"
        await stage.press("u", "u")
        assert marks(stage) == {}
        assert "u Undo" not in stage.bar


@pytest.mark.slow
async def test_all_that_are_listed_are_marked_and_unmarked(home: Home, clock: FakeClock) -> None:
    async with running(home, "anna", clock=clock) as stage:
        screen = await browse(stage)
        await stage.press("a", "asterisk")
        assert len(marks(stage)) == len(screen.found)
        await stage.press("a", "asterisk")
        assert len(marks(stage)) == len(screen.found) - 1, "the one at the cursor"
        await stage.press("shift+up", "escape")
        assert screen.marked == {}
        stage.on(BrowseScreen)
        await stage.press("escape")
        stage.on(ListScreen)


@pytest.mark.slow
async def test_forgetting_asks_first_and_is_taken_back(home: Home, clock: FakeClock) -> None:
    async with running(home, "anna", clock=clock) as stage:
        await browse(stage)
        states = dict(stage.engine.progress.states)
        await stage.press("t", "t", "delete")
        stage.on(ConfirmScreen)
        assert "Forget what you know of 2 cards?" in stage.text
        await stage.press("enter")
        assert dict(stage.engine.progress.states) == states, "the safe answer is marked"
        await stage.press("backspace", "2")
        assert len(stage.engine.progress.states) == len(states) - 2
        assert "to come" in stage.text
        await stage.press("u")
        assert dict(stage.engine.progress.states) == states


@pytest.mark.slow
async def test_what_was_never_met_can_not_be_forgotten(home: Home, clock: FakeClock) -> None:
    async with running(home, "anna", clock=clock) as stage:
        screen = await browse(stage)
        await stage.press("end", "delete")
        assert screen.found[place(screen)].state == "to come"
        stage.on(BrowseScreen)


@pytest.mark.slow
async def test_a_filter_leaves_what_it_says_and_a_second_one_narrows_it(
    home: Home, clock: FakeClock, looks_right: Look
) -> None:
    async with running(home, "anna", clock=clock) as stage:
        screen = await browse(stage)
        await stage.press("asterisk", "f")
        stage.on(FilterScreen)
        looks_right(stage)
        await stage.press("down", "down", "enter")
        assert stage.on(BrowseScreen) is screen
        assert [row.star for row in screen.found] == [True]
        assert "Your roles, starred" in stage.text
        await stage.press("f", "escape")
        assert len(screen.found) == 1, "Escape leaves it as it was"
        await stage.press("f", *["down"] * 8, "enter")
        assert screen.found == []
        assert "No card is like that. f changes the filter." in stage.text
        assert stage.bar == ["f Filter", "n By a word", "u Undo", "? Help", "Esc Back"]
        await stage.press("asterisk", "enter", "t", "a", "down", "end", "pageup")
        await stage.press("f", "c")
        assert len(screen.found) > 1


@pytest.mark.slow
async def test_a_typed_text_narrows_the_list_at_each_key(home: Home, clock: FakeClock) -> None:
    async with running(home, "anna", clock=clock) as stage:
        screen = await browse(stage)
        every = len(screen.found)
        await stage.press("n")
        await stage.write("[bold]")
        assert {row.heading for row in screen.found} == {"[bold]Cue", "[bold]Cue, on a résumé"}
        await stage.press("enter", "down", "asterisk")
        assert list(marks(stage)) == ["cue.signal"]
        await stage.press("escape")
        assert len(screen.found) == every
        await stage.press("n")
        await stage.write("zzz")
        assert "n changes the text" in stage.text
        await stage.press("escape", "escape")
        stage.on(ListScreen)


@pytest.mark.slow
async def test_a_cards_page(home: Home, clock: FakeClock, looks_right: Look) -> None:
    async with running(home, "anna", clock=clock) as stage:
        await browse(stage)
        await stage.press("enter")
        stage.on(CardScreen)
        assert "What you answered" in stage.text
        looks_right(stage)
        await stage.press("end")
        below = stage.on(CardScreen).column.scroll_y
        await stage.press("asterisk", "x", "b")
        assert stage.on(CardScreen).column.scroll_y >= below, "what is read stays in sight"
        assert marks(stage) == {"cue": Marks(star=True, suspended=True, buried=stage.engine.day)}
        assert {"x Bring back", "* Unstar", "b Ask today"} <= set(stage.bar)
        assert "Starred." in stage.text
        await stage.press("u", "u")
        assert marks(stage) == {"cue": Marks(star=True)}
        await stage.press("delete", "2")
        assert "It is asked as a new card." in stage.text
        await stage.press("enter")
        screen = stage.on(BrowseScreen)
        assert (screen.found[0].state, screen.found[0].star) == ("to come", True)
        await stage.press("u", "u")
        assert (screen.found[0].state, screen.found[0].star) == ("soon", False)


@pytest.mark.slow
async def test_a_card_is_edited_on_its_page(home: Home, clock: FakeClock) -> None:
    async with running(home, "anna", clock=clock) as stage:
        screen = await browse(stage)
        await stage.press("down", "down", "enter", "e")
        stage.on(EditScreen)
        await stage.press("home")
        await stage.write("New ")
        await stage.press("ctrl+s")
        stage.on(CardScreen)
        assert "New " in stage.text
        await stage.press("escape")
        assert stage.on(BrowseScreen) is screen


@pytest.mark.slow
async def test_a_click_goes_to_a_card_and_a_second_one_opens_it(home: Home, clock: FakeClock) -> None:
    async with running(home, "anna", clock=clock) as stage:
        screen = await browse(stage)
        await stage.click("Wing")
        assert screen.page.cursor == "sample/meanings/wing"
        await stage.click("Wing")
        stage.on(CardScreen)


@pytest.mark.slow
async def test_a_click_on_a_card_that_was_sifted_out_meanwhile_does_nothing(
    home: Home, clock: FakeClock
) -> None:
    async with running(home, "anna", clock=clock) as stage:
        screen = await browse(stage)
        clicked = screen.found[1].card
        screen.words.value = "nothing has this"
        screen.page.post_message(RowList.Chosen(clicked))
        await stage.settle()
        assert screen.found == []
        stage.on(BrowseScreen)


async def test_what_can_not_be_saved_is_told_and_nothing_changes(
    home: Home, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise NotSavedError("Not saved: the disk is full.")

    async with running(home, "anna", clock=clock) as stage:
        await browse(stage)
        monkeypatch.setattr(Browsing, "do", fails)
        await stage.press("x")
        assert "! Not saved: the disk is full." in stage.text
        await stage.press("enter", "x")
        assert "! Not saved: the disk is full." in stage.text
        assert marks(stage) == {}


@pytest.mark.slow
async def test_a_record_that_is_only_practised_on_changes_for_the_session(
    home: Home, clock: FakeClock
) -> None:
    async with running(home, "anna", clock=clock, saving=False) as stage:
        screen = await browse(stage)
        await stage.press("asterisk", "delete", "2")
        assert (screen.found[0].star, screen.found[0].state) == (True, "to come")
