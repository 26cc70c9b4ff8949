"""From Today through an import: paste or file, mend, save, study."""

import re
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.events import Paste
from textual.widgets import Input

from tests.app.edits import notices
from tests.app.imports import (
    HOSTILE,
    WRONG,
    cursor,
    found,
    home_to_import,
    mending_of,
    paste,
    problem,
    sheet,
    titles,
)
from tests.app.stage import Stage, running
from tests.app.test_everywhere import fits
from tests.colours import contrast
from tests.commands import ran
from tests.learners import begun
from tests.material.pages import FLAT, FULL, THING, TITLES, changed
from trainer.app.importing.changes_screen import ChangesScreen
from trainer.app.importing.imported_screen import ImportedScreen
from trainer.app.importing.mending_screen import MendingScreen
from trainer.app.importing.paste_screen import PasteScreen
from trainer.app.kit.confirm import ConfirmScreen
from trainer.app.kit.entry import Entry
from trainer.app.kit.paste_box import MOST, PasteBox
from trainer.app.kit.places import TRAIN
from trainer.app.kit.themes import DARK, LIGHT
from trainer.app.places.screen import ListScreen
from trainer.app.study.screen import StudyScreen
from trainer.app.today.screen import TodayScreen
from trainer.home import Home
from trainer.material.page.found import Found
from trainer.material.page.reading import read_pages

pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    return home_to_import(tmp_path, monkeypatch)


async def test_a_page_is_pasted_a_wrong_cut_mended_saved_and_studied(home: Home) -> None:
    async with running(home) as stage:
        new = stage.engine.overview().new
        await mending_of(stage, WRONG)
        assert titles(stage)[3:] == ["Stage Hand", "Head Props"], "the cut that is to be mended"
        assert cursor(stage) == "titles.4", "the first line in doubt is marked"
        await stage.press("up", "m", "c", "1", "down", "a")
        assert titles(stage)[3:] == ["Stage", "Hand Head Props"]
        await stage.press("ctrl+s")
        stage.on(ImportedScreen)
        assert "“SKT (Scene Kit Technician)” is a sheet now." in stage.text
        assert "skt.toml" in "".join(stage.text.split())
        assert "What would make the decks better" in stage.text
        assert "Confirm how 13 points of answers were cut" in " ".join(stage.text.split())
        await stage.press("enter")
        session = stage.on(StudyScreen).session
        assert session.question
        assert session.question.card.id.startswith("skt/")
        await stage.press("escape")
        stage.on(TodayScreen)
        assert stage.engine.overview().new >= new
        assert stage.engine.overview().decks["levels"].cards > 9
        await stage.press("d")
        assert "SKT (Scene Kit Technician)" in stage.text
    assert [title.title for title in sheet(home).titles][3:] == ["Stage", "Hand Head Props"]


class TestPasting:
    async def test_the_ways_in(self, home: Home) -> None:
        async with running(home) as stage:
            await stage.press("2")
            await stage.click("Import a page")
            stage.on(PasteScreen)
            await stage.press("escape")
            assert stage.on(ListScreen).here is TRAIN
            await stage.press("question_mark")
            await stage.click("Import a page")
            stage.on(PasteScreen)
            assert stage.bar == ["Ctrl+S Read it", "F1 Help", "Esc Back"]

    async def test_twice_i_opens_it_once(self, home: Home) -> None:
        async with running(home) as stage:
            today = stage.on(TodayScreen)
            today.action_open("import")
            today.action_open("import")
            await stage.settle()
            await stage.press("escape")
            stage.on(TodayScreen)

    @pytest.mark.parametrize(
        ("page", "told"),
        [("", "The page is empty"), ("Dear all,\n\nthe show is on.", "This is no glossary page")],
    )
    async def test_no_page_says_what_was_looked_for(self, home: Home, page: str, told: str) -> None:
        async with running(home) as stage:
            await paste(stage, page)
            await stage.press("f4")
            screen = stage.on(PasteScreen)
            assert told in problem(stage)
            assert screen.box.text == page, "what was pasted is still there"
            await stage.press("x")
            assert problem(stage) == ""

    @pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
    async def test_line_ends_of_any_terminal(self, home: Home, end: str) -> None:
        async with running(home) as stage:
            await mending_of(stage, FULL.replace("\n", end))
            assert found(stage).missing == ()
            assert found(stage).unsure == ()

    async def test_tabs_part_titles(self, home: Home) -> None:
        async with running(home) as stage:
            await mending_of(stage, changed(FULL, (" ".join(TITLES), "Kit Person\tHead Props")))
            assert titles(stage) == ["Kit Person", "Head Props"]

    async def test_typed_letters_are_text(self, home: Home) -> None:
        async with running(home) as stage:
            await stage.press("i", *"q?i", "enter", "x")
            assert stage.on(PasteScreen).box.page == "q?i\nx"

    async def test_back_from_mending_the_page_is_still_there(self, home: Home) -> None:
        async with running(home) as stage:
            await mending_of(stage, FULL)
            await stage.press("escape")
            assert stage.on(PasteScreen).box.page == FULL
            await stage.press("ctrl+s")
            stage.on(MendingScreen)

    async def test_leaving_asks_where_something_was_pasted(self, home: Home) -> None:
        async with running(home) as stage:
            await paste(stage, FULL)
            await stage.press("escape")
            stage.on(ConfirmScreen)
            await stage.press("enter")
            assert stage.on(PasteScreen).box.page == FULL
            await stage.press("ctrl+q")
            stage.on(ConfirmScreen)
            await stage.press("1", "ctrl+s")
            await stage.settle()
            await stage.press("escape", "escape")
            assert "is not imported" in stage.text
            await stage.press("2")
            assert not isinstance(stage.app.screen, PasteScreen | ConfirmScreen)

    async def test_a_page_pasted_into_a_box_that_was_read_takes_its_place(self, home: Home) -> None:
        async with running(home) as stage:
            await mending_of(stage, FULL)
            await stage.press("escape")
            stage.app.post_message(Paste(THING))
            await stage.settle()
            assert stage.on(PasteScreen).box.page == THING
            await stage.press("ctrl+s")
            await stage.settle()
            assert found(stage).name == read_pages(THING)[0].name

    async def test_what_was_written_into_it_since_stays(self, home: Home) -> None:
        async with running(home) as stage:
            await mending_of(stage, FULL)
            await stage.press("escape", "ctrl+end", "x")
            stage.app.post_message(Paste("yz"))
            await stage.settle()
            assert stage.on(PasteScreen).box.page == f"{FULL}xyz"

    async def test_several_pages_are_shown_and_saved_one_after_the_other(self, home: Home) -> None:
        async with running(home) as stage:
            before = len(list(home.decks.glob("*.toml")))
            await mending_of(stage, f"{FULL}\n\n{THING}")
            first = stage.on(MendingScreen)
            await stage.press("ctrl+s")
            await stage.settle()
            assert stage.on(MendingScreen) is not first
            assert found(stage).term == read_pages(THING)[0].term
            await stage.press("ctrl+s")
            await stage.settle()
            assert len(list(home.decks.glob("*.toml"))) == before + 2

    async def test_a_megabyte_is_held_but_not_laid_out(self, home: Home) -> None:
        big = FULL + "\n" * 10 + "More of it.\n" * 80_000
        async with running(home) as stage:
            await paste(stage, big)
            screen = stage.on(PasteScreen)
            assert screen.box.page == big
            assert len(screen.box.text) <= MOST
            assert f"{len(big):,} characters were pasted" in stage.text
            screen.action_read()
            assert screen.box.page == big, "the reading goes on beside"
            await stage.settle()
            await stage.settle()
            mending = stage.on(MendingScreen)
            assert len(mending.source.rows(80)) < 500
            assert len(found(stage).titles) == 5

    async def test_reading_is_not_done_where_keys_are(
        self, home: Home, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        go_on, where = threading.Event(), []
        real = read_pages

        def slow(text: str) -> list[Found]:
            where.append(threading.current_thread())
            go_on.wait(10)
            return real(text)

        monkeypatch.setattr("trainer.app.importing.paste_screen.read_text", slow)
        async with running(home) as stage:
            await paste(stage, FULL)
            screen = stage.on(PasteScreen)
            screen.action_read()
            await stage.pilot.pause()
            assert "Ctrl+S Reading …" in stage.bar
            screen.action_read()
            screen.box.insert("typed meanwhile")
            assert "typed meanwhile" in screen.box.page
            go_on.set()
            await stage.settle()
            await stage.settle()
            stage.on(MendingScreen)
        assert len(where) == 1
        assert where[0] is not threading.main_thread()

    async def test_what_is_left_of_a_long_text_once_it_is_edited(self, home: Home) -> None:
        async with running(home) as stage:
            await paste(stage, FULL + "x" * MOST)
            box = stage.on(PasteScreen).box
            await stage.press("x")
            assert len(box.page) <= MOST + 1
            assert not box.is_cut
            stage.app.post_message(Paste("y" * 3 * MOST))
            await stage.settle()
            assert box.page.endswith("y" * 3 * MOST)

    async def test_too_much_is_refused(self, home: Home) -> None:
        async with running(home) as stage:
            await paste(stage, "x" * 6_000_000)
            await stage.press("ctrl+s")
            assert "too large" in problem(stage)


class TestFiles:
    async def test_a_file_by_its_name(self, home: Home, tmp_path: Path) -> None:
        (tmp_path / "page.txt").write_text(FULL, encoding="utf-8")
        async with running(home) as stage:
            await stage.press("i", "tab")
            assert "page.txt" in stage.text, "it is offered too"
            await stage.write("page.txt")
            assert "Enter Take the file" in stage.bar
            await stage.press("enter")
            stage.on(MendingScreen)

    async def test_a_file_that_is_offered(self, home: Home, tmp_path: Path) -> None:
        (tmp_path / "page.txt").write_text(FULL, encoding="utf-8")
        async with running(home) as stage:
            await stage.press("i", "tab", "tab", "down", "enter")
            stage.on(MendingScreen)
            await stage.press("escape")
            await stage.press("shift+tab")

    async def test_through_a_folder_by_mouse(self, home: Home, tmp_path: Path) -> None:
        (tmp_path / "pages").mkdir()
        (tmp_path / "pages" / "props.txt").write_text(FULL, encoding="utf-8")
        async with running(home) as stage:
            await stage.press("i", "tab", "p")
            await stage.click("pages/")
            assert stage.app.screen.query_one(Input).value == "pages/"
            await stage.click("props.txt")
            stage.on(MendingScreen)

    @pytest.mark.parametrize(
        ("typed", "told"),
        [("nowhere/[x].txt", "can't be read"), (".", "a folder"), ("other.txt", "no glossary page")],
    )
    async def test_a_bad_one_says_why(self, home: Home, tmp_path: Path, typed: str, told: str) -> None:
        (tmp_path / "other.txt").write_text("Dear all", encoding="utf-8")
        async with running(home) as stage:
            await stage.press("i", "tab")
            stage.app.screen.query_one(Input).value = typed
            await stage.press("enter")
            stage.on(PasteScreen)
            assert told in problem(stage)
            assert stage.app.screen.query_one(Input).value == typed

    async def test_ctrl_s_reads_the_file_where_nothing_was_pasted(self, home: Home, tmp_path: Path) -> None:
        (tmp_path / "page.txt").write_text(FULL, encoding="utf-8")
        async with running(home) as stage:
            await stage.press("i", "tab", *"page.txt", "ctrl+s")
            stage.on(MendingScreen)


class TestAgain:
    async def once(self, stage: Stage) -> None:
        await mending_of(stage, FULL)
        await stage.press("ctrl+s", "escape")
        stage.on(TodayScreen)

    async def test_the_same_page_changes_nothing(self, home: Home) -> None:
        async with running(home) as stage:
            await self.once(stage)
            before = (home.decks / "skt.toml").read_bytes()
            await self.once(stage)
        assert (home.decks / "skt.toml").read_bytes() == before

    async def test_changes_are_shown_and_the_safe_answer_is_marked(self, home: Home) -> None:
        async with running(home) as stage:
            await self.once(stage)
            before = (home.decks / "skt.toml").read_bytes()
            await mending_of(stage, changed(FULL, ("Poor record keeping", "Poor [/x] records")))
            for keys in (("enter",), ("escape",), ("1",)):
                await stage.press("ctrl+s")
                stage.on(ChangesScreen)
                assert "“SKT (Scene Kit Technician)” was imported before." in stage.text
                assert "Poor [/x] records" in stage.text
                await stage.press(*keys)
                stage.on(MendingScreen)
                assert (home.decks / "skt.toml").read_bytes() == before
            await stage.press("ctrl+s", "2")
            stage.on(ImportedScreen)
            assert "is up to date" in stage.text
        assert sheet(home).red_flags[1].text == "Poor [/x] records"

    async def test_what_the_page_no_longer_has_stays_unless_a_key_takes_it_out(self, home: Home) -> None:
        async with running(home) as stage:
            await self.once(stage)
            page = changed(
                FULL, ("  • Poor record keeping\n", ""), ("Counting pieces", "Counting all pieces")
            )
            await mending_of(stage, page)
            await stage.press("ctrl+s")
            stage.on(ChangesScreen)
            assert "No longer on the page: 1 red flag" in stage.text
            await stage.press("r", "enter")
            stage.on(ChangesScreen)
            await stage.press("2")
            stage.on(ImportedScreen)
            assert [flag.text for flag in sheet(home).red_flags][1] == "Poor record keeping"

    async def test_a_key_takes_out_what_the_page_no_longer_has_and_makes_the_changes(
        self, home: Home
    ) -> None:
        async with running(home) as stage:
            await self.once(stage)
            page = ("  • Poor record keeping\n", ""), ("Counting pieces", "Counting all pieces")
            await mending_of(stage, changed(FULL, *page))
            await stage.press("ctrl+s", "r", "2")
            stage.on(ImportedScreen)
        flags = [flag.text for flag in sheet(home).red_flags]
        assert flags == ["No idea what a preset is", "Works without gloves"]
        assert "Counting all pieces" in (home.decks / "skt.toml").read_text(encoding="utf-8")

    async def test_a_page_that_was_cut_short_says_what_it_lacks_and_takes_nothing_out(
        self, home: Home
    ) -> None:
        page = changed(FULL, ("  • Poor record keeping\n", ""), ("  • Works without gloves\n", ""))
        async with running(home) as stage:
            await self.once(stage)
            for _ in range(2):
                await mending_of(stage, page)
                await stage.press("ctrl+s")
                stage.on(ChangesScreen)
                assert "No longer on the page: 2 red flags." in stage.text
                assert "r Take out" not in stage.bar
                await stage.press("2", "r", "enter")
                stage.on(ImportedScreen)
                await stage.press("escape")
        assert len(sheet(home).red_flags) == 3

    async def test_a_page_that_only_lacks_something_says_so_with_counts(self, home: Home) -> None:
        page = changed(FULL, ("  • No idea what a preset is\n", ""), ("  • Poor record keeping\n", ""))
        async with running(home) as stage:
            await self.once(stage)
            before = (home.decks / "skt.toml").read_bytes()
            for keys in (("enter",), ("escape",), ("2", "enter", "1"), ("r", "escape", "escape")):
                await mending_of(stage, page)
                await stage.press("ctrl+s")
                stage.on(ChangesScreen)
                assert "It changes nothing." in stage.text
                assert "No longer on the page: 2 red flags" in stage.text
                assert "r Take out" in stage.bar
                await stage.press(*keys)
                stage.on(ImportedScreen)
                assert "stays as it was" in stage.text
                assert (home.decks / "skt.toml").read_bytes() == before
                await stage.press("escape")
            await mending_of(stage, page)
            await stage.press("ctrl+s", "2", "2")
            stage.on(ImportedScreen)
            assert "is up to date" in stage.text
        assert [flag.text for flag in sheet(home).red_flags] == ["Works without gloves"]

    async def test_what_was_mended_here_stays(self, home: Home) -> None:
        async with running(home) as stage:
            await mending_of(stage, WRONG)
            await stage.press("m", "up", "m", "a", "ctrl+s", "escape")
            assert [title.title for title in sheet(home).titles][3:] == ["Stage Hand Head Props"]
            await mending_of(stage, WRONG)
            await stage.press("ctrl+s")
            stage.on(ImportedScreen)
            assert "stays as it was" in stage.text
        assert [title.title for title in sheet(home).titles][3:] == ["Stage Hand Head Props"]


async def test_it_tells_as_the_command_line_does_what_a_page_brings(tmp_path: Path) -> None:
    """With the shipped sheets beside it: which is on the same term, and what the page still lacks."""
    text = FULL.replace("SKT (Scene Kit Technician)", "ASM (Assistant Stage Manager)")
    page = tmp_path / "page.txt"
    page.write_text(text, encoding="utf-8")
    said = ran("import", page, "--home", tmp_path / "other").out
    gain = r"(\d+ more cards?|no more cards, but better ones)"
    gains = re.findall(rf"^  .* \([\w, ]+\): {gain}\.$", said, re.MULTILINE)
    assert gains
    home = Home(tmp_path / "home")
    begun(home, "anna")
    async with running(home, "anna", size=(140, 60)) as stage:
        await mending_of(stage, text)
        await stage.press("ctrl+s")
        stage.on(ImportedScreen)
        shown = " ".join(stage.text.split())
        assert re.findall(rf": {gain}", shown) == gains
        named = "“ASM (Assistant Stage Manager)” and “Assistant Stage Manager” say which you mean."
        assert named in shown
        assert named in said


async def test_an_imported_role_is_learned_at_once(home: Home) -> None:
    async with running(home) as stage:
        stage.engine.choose_roles(["sample"])
        await mending_of(stage, FULL)
        await stage.press("ctrl+s")
        stage.on(ImportedScreen)
        assert "l Learn it" in stage.bar
        await stage.press("l")
        assert "✓      It is among the roles that you learn." in stage.text
        assert stage.engine.settings.roles == ("sample", "skt")
        assert "l Learn it" not in stage.bar
        await stage.press("escape")
        await mending_of(stage, FULL)
        await stage.press("ctrl+s")
        assert "l Learn it" not in stage.bar, "it is learned already"


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (80, 24), (140, 45)])
async def test_every_size_and_no_markup(home: Home, size: tuple[int, int]) -> None:
    async with running(home, size=size) as stage:
        await paste(stage, HOSTILE)
        assert "\x1b" not in stage.on(PasteScreen).box.text
        await stage.press("ctrl+s")
        screen = stage.on(MendingScreen)
        assert fits(screen.page)
        shown = " ".join(row.content.plain.strip() for row in screen.page.rows(screen.page.size.width))
        assert "[/x]Kit Runner" in shown
        assert "No idea[/bold] 🎭 what a preset is" in shown
        assert "\x1b" not in stage.text
        assert "\u202e" not in stage.text
        if size[0] < 100:
            await stage.press("p")
        assert fits(screen.source)
        if size[0] < 100:
            await stage.press("p")
        await stage.press("ctrl+s")
        assert fits(stage.on(ImportedScreen).page)
        await stage.press("enter")
        stage.on(StudyScreen)


async def test_without_colour_the_signs_stay(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(home) as stage:
        await mending_of(stage, FLAT)
        marked = [line for line in stage.text.splitlines() if line.startswith("  ?")]
        assert len(marked) == 7
        assert any(line.startswith("  ~") for line in stage.text.splitlines())


async def test_practice_imports_too(home: Home) -> None:
    async with running(home, "anna", saving=False) as stage:
        await mending_of(stage, FULL)
        await stage.press("ctrl+s", "enter")
        stage.on(StudyScreen)
    assert sheet(home).name == "SKT (Scene Kit Technician)"


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home without a sheet, named as it is on every machine."""
    from trainer.material import sheet_files

    monkeypatch.setattr(sheet_files, "shipped_decks", lambda: tmp_path / "none")
    monkeypatch.chdir(tmp_path)
    home = Home(Path("home"))
    begun(home, "anna")
    return home


async def test_picture(alone: Home, looks_right: Callable[[Stage], None]) -> None:
    async with running(alone) as stage:
        await mending_of(stage, FLAT)
        await stage.press("1", "n")
        looks_right(stage)


async def test_picture_wide(alone: Home, looks_right: Callable[[Stage], None]) -> None:
    async with running(alone, size=(140, 45)) as stage:
        await mending_of(stage, WRONG)
        looks_right(stage)


async def test_picture_pasted(alone: Home, looks_right: Callable[[Stage], None]) -> None:
    async with running(alone) as stage:
        await paste(stage, FULL)
        stage.on(PasteScreen).box.cursor_blink = False
        await stage.press("home")
        looks_right(stage)


async def test_picture_saved(alone: Home, looks_right: Callable[[Stage], None]) -> None:
    async with running(alone) as stage:
        await mending_of(stage, FULL)
        await stage.press("ctrl+s")
        looks_right(stage)


@pytest.mark.parametrize("theme", [DARK, LIGHT])
async def test_what_stands_in_empty_boxes_can_be_read(home: Home, theme: str) -> None:
    async with running(home, "anna") as stage:
        await stage.press("i")
        stage.app.theme = theme
        await stage.settle()
        for kind, part in ((Entry, "input--placeholder"), (PasteBox, "text-area--placeholder")):
            style = stage.app.screen.query_one(kind).get_visual_style(part)
            assert style.foreground
            assert style.background
            seen = style.background + style.foreground  # it may let what lies behind shine through
            assert contrast(seen.hex, style.background.hex) >= 4.5


async def test_what_was_learned_at_once_is_learned_no_more_where_the_import_is_taken_back(
    tmp_path: Path,
) -> None:
    home = Home(tmp_path / "home")
    begun(home, "anna")
    async with running(home, "anna") as stage:
        stage.engine.choose_roles(["props"])
        await mending_of(stage, FULL)
        await stage.press("ctrl+s")
        stage.on(ImportedScreen)
        await stage.press("l")
        assert "skt" in stage.engine.settings.roles
        await stage.press("u")
        assert "is as it was before the import" in notices(stage)
        assert "skt" not in stage.text
        assert stage.engine.settings.roles == ("props",)


async def test_a_file_whose_name_is_dropped_into_the_box_is_read(home: Home, tmp_path: Path) -> None:
    page = tmp_path / "my page.txt"
    page.write_text(FULL, encoding="utf-8")
    async with running(home) as stage:
        await stage.press("i")
        stage.app.post_message(Paste(f"'{page}'"))
        await stage.settle()
        await stage.press("ctrl+s")
        stage.on(MendingScreen)
