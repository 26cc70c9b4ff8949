"""The mouse acts once, with its left button, on what it was pressed on."""

from pathlib import Path

import pytest
from textual._time import get_time  # events are stamped by it
from textual.events import MouseDown, MouseUp
from textual.geometry import Offset
from textual.widget import Widget

from tests.app.stage import Stage, running
from tests.app.ways import home_for
from trainer.app.kit.double_press import DoublePress
from trainer.app.kit.row_list import RowList
from trainer.app.start.hire_screen import HireScreen
from trainer.app.start.who_screen import WhoScreen
from trainer.app.study.screen import StudyScreen
from trainer.app.today.screen import TodayScreen
from trainer.home import Home

pytestmark = pytest.mark.slow

HERE = Offset(0, 0)
ASIDE = [HERE, Offset(1, 0), Offset(-2, 0), Offset(0, 1)]
"""How far the second press of a double click may be from the first."""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return home_for(tmp_path, "today")


def line(stage: Stage, number: int) -> tuple[RowList, Offset]:
    """Return the page, and where a line that can be chosen stands on it."""
    page = stage.app.screen.query_one(RowList)
    targets = [row.target for row in page.rows(page.size.width)]
    wanted = list(dict.fromkeys(filter(None, targets)))[number]
    return page, Offset(4, targets.index(wanted))


def at(widget: Widget, place: Offset) -> Offset:
    return widget.content_region.offset + place


async def double_click(stage: Stage, widget: Widget, place: Offset, aside: Offset = HERE) -> None:
    """Click twice, and what the first one brought is painted in between."""
    where, now = at(widget, place), get_time()
    stage.look()
    for moved, time in (HERE, now), (aside, now + 0.4):
        for kind in MouseDown, MouseUp:
            stage.mouse(kind, where + moved, time=time)
        await stage.settle()


@pytest.mark.parametrize("aside", ASIDE)
async def test_a_double_click_leaves_one_screen(tmp_path: Path, aside: Offset) -> None:
    async with running(home_for(tmp_path, "who")) as stage:
        stage.on(WhoScreen)
        await double_click(stage, *line(stage, 0), aside)
        stage.on(TodayScreen)


@pytest.mark.parametrize(
    ("moved", "later", "second"),
    [(aside, 0.45, True) for aside in ASIDE]
    + [(HERE, 0.6, False), (Offset(8, 0), 0.2, False), (Offset(0, 2), 0.2, False)],
)
def test_what_is_a_double_click(moved: Offset, later: float, second: bool) -> None:
    presses, there = DoublePress(), Offset(20, 10)
    first, again = (MouseDown(None, *place, 0, 0, 1, False, False, False) for place in (there, there + moved))
    again.time = first.time + later
    assert not presses.is_second(first, "this", None)
    assert presses.is_second(again, "that", None) is second


async def test_it_presses_no_key_that_has_only_just_come_under_it(home: Home) -> None:
    async with running(home, size=(120, 40)) as stage:
        await stage.press("enter", "0")
        session = stage.on(StudyScreen).session
        await double_click(stage, *stage.key("Count as right"))
        assert len(session.answers) == 1
        await double_click(stage, *stage.key("Undo"))
        assert not session.answers
        assert not stage.on(StudyScreen)._face.guess


@pytest.mark.parametrize("button", [2, 3])
async def test_other_buttons_are_the_terminal_s(home: Home, button: int) -> None:
    async with running(home) as stage:
        await stage.press("enter")
        session = stage.on(StudyScreen).session
        await stage.click_at(*line(stage, 0), button=button)
        await stage.click_at(*stage.key("Leave"), button=button)
        assert not stage.on(StudyScreen).session.answers
        await stage.click_at(*line(stage, 0))
        assert len(session.answers) == 1


async def test_a_line_is_chosen_where_it_was_pressed(home: Home) -> None:
    async with running(home) as stage:
        await stage.press("enter")
        session = stage.on(StudyScreen).session
        for pressed in at(*line(stage, 1)), Offset(6, 4), at(*stage.key("Leave")):
            stage.mouse(MouseDown, pressed)
            stage.mouse(MouseUp, at(*line(stage, 0)))
            await stage.settle()
        stage.mouse(MouseUp, at(*line(stage, 0)))
        await stage.settle()
        assert not session.answers


async def test_a_button_that_is_held_chooses_nothing_on_the_next_card(home: Home) -> None:
    async with running(home) as stage:
        await stage.press("enter")
        session = stage.on(StudyScreen).session
        stage.mouse(MouseDown, at(*line(stage, 0)))
        await stage.settle()
        await stage.press("0", "enter")
        stage.mouse(MouseUp, at(*line(stage, 0)))
        await stage.settle()
        assert len(session.answers) == 1


async def test_a_click_that_came_before_what_stands_there_does_nothing(home: Home) -> None:
    async with running(home) as stage:
        await stage.press("enter", "0")
        session, early = stage.on(StudyScreen).session, get_time()
        await stage.press("enter")
        for kind in MouseDown, MouseUp:
            stage.mouse(kind, at(*line(stage, 0)), time=early)
        await stage.settle()
        assert len(session.answers) == 1
        await stage.click_at(*line(stage, 0))
        assert len(session.answers) == 2


async def test_a_double_click_ticks_a_role_once(tmp_path: Path) -> None:
    async with running(Home(tmp_path)) as stage:
        await stage.press("enter")
        screen = stage.on(HireScreen)
        await double_click(stage, *line(stage, 2))
        assert len(screen._ticked) == 1
        stage.look()
        await stage.click_at(*line(stage, 3))
        assert len(screen._ticked) == 2
