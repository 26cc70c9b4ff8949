"""The terminal's own cursor, suspending, and copying: for those who see little of the screen, or nothing."""

from pathlib import Path

import pytest

from tests.app.stage import Stage, running
from tests.app.ways import go, home_for
from trainer.app.kit.place_line import PlaceLine
from trainer.app.kit.places import PLACES, TODAY, Around
from trainer.app.kit.row_list import RowList
from trainer.app.start.welcome_screen import WelcomeScreen
from trainer.app.study.screen import StudyScreen
from trainer.home import Home

pytestmark = pytest.mark.slow


def line_at_cursor(stage: Stage) -> str:
    """What stands on the screen from the terminal's cursor to the end of its line."""
    x, y = stage.app.cursor_position
    lines = stage.app.screen._compositor.render_strips()
    return "".join(segment.text for segment in lines[y])[x:].rstrip()


async def test_it_follows_the_mark(tmp_path: Path) -> None:
    async with running(home_for(tmp_path, "today")) as stage:
        await stage.press("2", "down")
        first = line_at_cursor(stage)
        assert first.startswith("› ")
        await stage.press("down")
        assert line_at_cursor(stage).startswith("› ")
        assert line_at_cursor(stage) != first
        await stage.pilot.resize_terminal(60, 14)
        await stage.settle()
        await stage.press("down", "down")
        assert line_at_cursor(stage).startswith("› "), "also where the page has scrolled"
        await stage.press("1", "enter", "0")
        assert stage.on(StudyScreen).session.feedback
        assert line_at_cursor(stage).lstrip()[0] in "✓✗○", "the feedback"


async def test_it_stays_on_what_is_seen_of_a_text_without_a_mark(tmp_path: Path) -> None:
    """Scrolled down, it went up to the title and further."""
    async with running(home_for(tmp_path, "today")) as stage:
        await stage.press("4", "v")
        first = stage.app.cursor_position
        await stage.press("pagedown", "down", "down")
        assert stage.app.cursor_position == first


async def test_it_stands_where_one_types(tmp_path: Path) -> None:
    async with running(Home(tmp_path)) as stage:
        entry = stage.on(WelcomeScreen).entry
        entry.value = ""
        await stage.write("Anna")
        assert stage.app.cursor_position == entry.cursor_screen_offset
        assert stage.app.cursor_position.y == entry.content_region.y
        at = stage.app.cursor_position.x
        await stage.press("left", "left")
        assert stage.app.cursor_position.x < at


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (1, 1)])
async def test_it_is_on_every_screen_somewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    async with running(home_for(tmp_path / "home", "today")) as stage:
        for way in (
            "today",
            "study",
            "feedback",
            "edit",
            "paste",
            "sheets",
            "help",
            "palette",
            "find",
            "word",
        ):
            stage.app.show_today()
            await go(stage, way)
            await stage.pilot.resize_terminal(*size)
            await stage.settle()
            assert stage.app.cursor_position is not None
            await stage.pilot.resize_terminal(80, 24)
            await stage.settle()
            focused = stage.app.focused
            if isinstance(focused, RowList):
                assert focused.region.contains_point(stage.app.cursor_position) or not focused.cursor
            while len(stage.app.screen_stack) > 1:
                stage.app.pop_screen()
            await stage.settle()


async def test_the_help_says_how_to_copy(tmp_path: Path) -> None:
    async with running(home_for(tmp_path, "today")) as stage:
        await stage.press("question_mark")
        assert "drag over it" in " ".join(stage.text.split())
        assert "Suspend" in stage.text


async def test_ctrl_c_says_how_to_leave_and_how_to_copy(tmp_path: Path) -> None:
    async with running(home_for(tmp_path, "today")) as stage:
        await stage.press("ctrl+c")
        (told,) = stage.app._notifications
        assert told.message.startswith("Ctrl+Q quits. To copy what stands here, hold Shift")


async def test_what_can_not_be_suspended_says_so(tmp_path: Path) -> None:
    async with running(home_for(tmp_path, "today")) as stage:
        await stage.press("ctrl+z")
        assert ["no shell to go back to" in note.message for note in stage.app._notifications] == [True]


@pytest.mark.parametrize("columns", range(40, 61))
def test_on_a_phone_every_place_has_its_name_or_the_beginning_of_it(columns: int) -> None:
    line = PlaceLine(TODAY)
    line._around = Around(places=PLACES, person="Anna")
    words = line._laid(columns)[0].plain.split()
    named = [words[at + 1] for at, word in enumerate(words) if word in set("12345")]
    assert len(named) == 5
    labels = [place.label for place in PLACES if place.key in set("12345")]
    assert all(label.startswith(name) and len(name) > 2 for name, label in zip(named, labels, strict=True))
