"""Mending what was found on a page: every key, the mouse, and the page beside it."""

from pathlib import Path

import pytest

from tests.app.imports import cursor, found, go_to, home_to_import, mending_of, problem, sheet, titles
from tests.app.stage import running
from tests.material.pages import FLAT, FULL, TITLES, changed
from trainer.app.editing.screen import EditScreen
from trainer.app.importing.imported_screen import ImportedScreen
from trainer.app.importing.mending_screen import MendingScreen
from trainer.app.importing.paste_screen import PasteScreen
from trainer.app.kit.confirm import ConfirmScreen
from trainer.app.kit.help import HelpScreen
from trainer.app.kit.pick import PickScreen
from trainer.app.study.screen import StudyScreen
from trainer.home import Home

pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    return home_to_import(tmp_path, monkeypatch)


class TestReview:
    async def test_lines_without_a_place(self, home: Home) -> None:
        async with running(home) as stage:
            await mending_of(stage, FLAT)
            assert cursor(stage) == "unplaced.0"
            assert "1-7 Place" in stage.bar
            assert "Enter Choose place" in stage.bar
            await stage.press("1", "4", "8", "delete")
            assert [item.text for item in found(stage).red_flags] == ["No idea what a preset is"]
            assert found(stage).levels[2].indicators[-1].text == "Poor record keeping"
            assert found(stage).unplaced == ()
            assert cursor(stage) == "name.0"

    async def test_the_place_is_chosen_from_a_list_too(self, home: Home) -> None:
        async with running(home) as stage:
            await mending_of(stage, FLAT)
            await stage.press("enter", "escape", "enter", "down", "right", "enter")
            assert found(stage).levels[1].indicators[-1].text == "No idea what a preset is"
            await stage.click("Choose place")
            await stage.click("Red flag")
            assert [item.text for item in found(stage).red_flags] == ["Poor record keeping"]
            await stage.click("Works without gloves")
            await stage.click("Senior")
            assert found(stage).unplaced == ()
            assert found(stage).levels[2].indicators[-1].text == "Works without gloves"

    @pytest.mark.parametrize("key", ["a", "enter", "space"])
    async def test_accepting_goes_on_to_the_next_in_doubt(self, home: Home, key: str) -> None:
        async with running(home) as stage:
            await mending_of(stage, FLAT)
            await stage.press("down", "down", "n")
            assert cursor(stage) == "name.0"
            await stage.press(key, key)
            assert cursor(stage) == "questions.1"
            assert (stage.on(MendingScreen).mending.doubtful, stage.on(MendingScreen).mending.drafts) == (
                6,
                9,
            )

    async def test_points_are_confirmed(self, home: Home) -> None:
        async with running(home) as stage:
            await mending_of(stage, FULL)
            assert cursor(stage) == "name.0", "nothing is in doubt"
            await stage.press("n")
            assert cursor(stage) == "questions.0", "drafts are looked at, too"
            await stage.press("a", "a", "a", "a")
            assert stage.on(MendingScreen).mending.drafts == 0
            await stage.press("ctrl+s")
            assert "cut by the import" not in stage.text
        assert not any(point.draft for question in sheet(home).questions for point in question.points)

    async def test_all_is_right_and_undo(self, home: Home) -> None:
        async with running(home) as stage:
            await mending_of(stage, FLAT)
            assert "9" not in stage.bar
            await stage.press("A")
            assert stage.on(MendingScreen).mending.doubtful == 3
            await stage.press("u")
            assert stage.on(MendingScreen).mending.doubtful == 7
            assert not stage.on(MendingScreen).unsaved

    @pytest.mark.parametrize(
        ("keys", "parts"),
        [
            (("enter",), ["Assistant", "Props Master"]),
            (("2",), ["Assistant Props", "Master"]),
            (("right", "space"), ["Assistant Props", "Master"]),
            (("right", "left", "enter"), ["Assistant", "Props Master"]),
            (("down", "up", "enter"), ["Assistant", "Props Master"]),
            (("3", "escape"), ["Assistant Props Master", "Stage Hand"]),
        ],
    )
    async def test_splitting(self, home: Home, keys: tuple[str, ...], parts: list[str]) -> None:
        async with running(home) as stage:
            await mending_of(stage, FULL)
            await go_to(stage, "titles.2")
            await stage.press("c")
            stage.on(PickScreen)
            await stage.press(*keys)
            assert titles(stage)[2:4] == parts

    async def test_by_mouse(self, home: Home) -> None:
        async with running(home, size=(140, 45)) as stage:
            await mending_of(stage, FULL)
            await stage.click("Props Technician")
            screen = stage.on(MendingScreen)
            assert cursor(stage) == "titles.0", "the line on the page belongs to the first title"
            await stage.click("m Join")
            assert titles(stage)[0] == "Kit Runner Props Technician"
            await stage.click("c Cut")
            await stage.click("Kit Runner  |")
            assert titles(stage) == TITLES
            assert screen.unsaved
            await stage.click("Esc Back")
            await stage.click("Go on here")
            stage.on(MendingScreen)
            await stage.click("Ctrl+S Save")
            stage.on(ImportedScreen)
            await stage.click("Study it now")
            stage.on(StudyScreen)

    async def test_editing(self, home: Home) -> None:
        async with running(home) as stage:
            await mending_of(stage, FULL)
            await go_to(stage, "titles.0")
            await stage.press("e")
            stage.on(EditScreen)
            await stage.press("end", "s", "ctrl+s")
            assert titles(stage)[0] == "Kit Runners"
            await stage.press("e", "escape")
            assert cursor(stage) == "titles.0"
            await stage.press("e", "shift+end", "delete", "ctrl+s")
            assert "There is no text" in problem(stage)

    async def test_taking_out(self, home: Home) -> None:
        async with running(home) as stage:
            await mending_of(stage, FULL)
            await go_to(stage, "red_flags.1")
            await stage.press("backspace")
            assert [line.text for line in found(stage).unplaced] == ["Poor record keeping"]
            assert cursor(stage) == "red_flags.1"
            await stage.press("ctrl+s")
            assert "1 line was given no place" in stage.text

    async def test_another_section(self, home: Home) -> None:
        async with running(home) as stage:
            await mending_of(stage, FULL)
            await go_to(stage, "red_flags.1")
            await stage.press("5")
            assert "Poor record keeping" in [item.text for item in found(stage).examples]
            assert "Poor record keeping" not in [item.text for item in found(stage).red_flags]
            await stage.press("u")
            assert "Poor record keeping" in [item.text for item in found(stage).red_flags]

    async def test_leaving_with_corrections_asks(self, home: Home) -> None:
        async with running(home) as stage:
            await mending_of(stage, FULL)
            await stage.press("n", "a", "escape", "enter")
            stage.on(MendingScreen)
            await stage.press("ctrl+q")
            stage.on(ConfirmScreen)
            await stage.press("1", "escape", "2")
            stage.on(PasteScreen)
        assert not (home.decks / "skt.toml").exists()

    async def test_help_names_the_keys(self, home: Home) -> None:
        async with running(home) as stage:
            await mending_of(stage, FLAT)
            await stage.press("question_mark")
            stage.on(HelpScreen)
            for words in ("Place", "Next ?", "All right", "Save", "Leave out", "Page"):
                assert words in stage.text, words

    async def test_a_page_that_can_t_be_saved_says_why(self, home: Home) -> None:
        async with running(home) as stage:
            await mending_of(stage, FLAT[FLAT.index("Q: How would") :])
            await stage.press("ctrl+s")
            stage.on(MendingScreen)
            assert "The page has no title" in stage.text
            await go_to(stage, "name.0")
            await stage.press("e", *"Kit", "ctrl+s", "ctrl+s")
            stage.on(ImportedScreen)
        assert sheet(home, "kit").name == "Kit"

    async def test_a_folder_that_can_t_be_written_says_so(self, home: Home) -> None:
        home.pages.write_text("no folder", encoding="utf-8")
        async with running(home) as stage:
            await mending_of(stage, FULL)
            await stage.press("ctrl+s")
            stage.on(MendingScreen)
            assert "! " in stage.text
            assert "Ctrl+S Save" in stage.bar


class TestThePageBesideIt:
    async def test_wide_both_are_seen_and_the_line_is_marked(self, home: Home) -> None:
        async with running(home, size=(140, 45)) as stage:
            screen = await mending_of(stage, FULL)
            assert screen.source.size.width > 50
            assert screen.page.size.width > 50
            assert "p Page" not in stage.bar
            assert screen.source.cursor == "line.1"
            await stage.press("down")
            assert screen.source.cursor == "line.3"
            await stage.press("n")
            assert screen.source.cursor == "line.25"

    async def test_narrow_a_key_turns_to_it(self, home: Home) -> None:
        async with running(home) as stage:
            screen = await mending_of(stage, FULL)
            assert not screen.source.size.width
            await stage.press("p")
            assert screen.source.has_focus
            assert "p Findings" in stage.bar
            await stage.press("down", "down", "p")
            assert cursor(stage) == "meaning.0"
            assert screen.page.has_focus
            await stage.press("p", "escape")
            assert screen.page.has_focus

    async def test_made_wider_both_are_seen(self, home: Home) -> None:
        async with running(home) as stage:
            screen = await mending_of(stage, FULL)
            await stage.press("p")
            await stage.pilot.resize_terminal(120, 30)
            await stage.settle()
            assert screen.page.has_focus
            assert screen.source.size.width > 40

    async def test_of_a_very_long_page_what_is_near_is_laid_out(self, home: Home) -> None:
        page = changed(FULL, ("Red Flags to Watch For", "\n" * 2000 + "Red Flags to Watch For"))
        async with running(home, size=(140, 45)) as stage:
            screen = await mending_of(stage, page)
            await go_to(stage, "red_flags.0")
            rows = [row.content.plain for row in screen.source.rows(70)]
            assert len(rows) < 400
            assert any("No idea what a preset is" in row for row in rows)
            assert "more lines above" in rows[1]


class TestMany:
    async def test_lines_are_marked_and_one_key_places_them(self, home: Home) -> None:
        async with running(home) as stage:
            await mending_of(stage, FLAT)
            lines = [line.text for line in found(stage).unplaced]
            await stage.press("t", "t")
            assert stage.on(MendingScreen).marked == ("unplaced.0", "unplaced.1")
            assert "2 lines are marked" in stage.text
            assert "1-7 Place 2" in stage.bar
            await stage.press("1")
            assert [item.text for item in found(stage).red_flags] == lines[:2]
            assert [line.text for line in found(stage).unplaced] == lines[2:]
            assert stage.on(MendingScreen).marked == ()
            await stage.press("u")
            assert [line.text for line in found(stage).unplaced] == lines, "one step back"

    async def test_the_place_of_many_is_chosen_from_a_list(self, home: Home) -> None:
        async with running(home) as stage:
            await mending_of(stage, FLAT)
            lines = [line.text for line in found(stage).unplaced]
            await stage.press("shift+down", "shift+down", "shift+down", "enter")
            assert "Where do these 3 belong?" in stage.text
            await stage.press("1")
            assert [item.text for item in found(stage).red_flags] == lines

    async def test_they_are_left_out(self, home: Home) -> None:
        async with running(home) as stage:
            await mending_of(stage, FULL)
            await go_to(stage, "titles.1")
            await stage.press("t", "down", "t", "delete")
            assert titles(stage) == [TITLES[0], TITLES[2], TITLES[4]]

    async def test_they_are_joined_where_they_stand_together(self, home: Home) -> None:
        async with running(home) as stage:
            await mending_of(stage, FULL)
            await go_to(stage, "red_flags.0")
            await stage.press("t", "t", "t", "m")
            assert [item.text for item in found(stage).red_flags] == [
                "No idea what a preset is Poor record keeping Works without gloves"
            ]

    async def test_they_are_cut_at_a_sign(self, home: Home) -> None:
        flags = ("Poor record keeping", "Poor record keeping, late; rude")
        page = changed(FULL, flags, ("Works without gloves", "Works without gloves, alone"))
        async with running(home) as stage:
            await mending_of(stage, page)
            await go_to(stage, "red_flags.0")
            await stage.press("t", "t", "t", "c")
            assert "At commas" in stage.text
            assert "At slashes" not in stage.text
            await stage.press("1")
            assert [item.text for item in found(stage).red_flags] == [
                "No idea what a preset is",
                "Poor record keeping",
                "late; rude",
                "Works without gloves",
                "alone",
            ]

    async def test_they_are_confirmed(self, home: Home) -> None:
        async with running(home) as stage:
            await mending_of(stage, FULL)
            await go_to(stage, "questions.0")
            await stage.press("t", "t", "enter")
            drafts = [any(point.draft for point in each.points) for each in found(stage).questions]
            assert drafts == [False, False, True, True]

    async def test_marks_go_by_the_same_key_and_by_escape(self, home: Home) -> None:
        async with running(home) as stage:
            await mending_of(stage, FLAT)
            await stage.press("t", "up", "t")
            assert stage.on(MendingScreen).marked == ()
            await stage.press("t", "escape")
            assert stage.on(MendingScreen).marked == ()
            await stage.press("escape")
            stage.on(PasteScreen)
