"""The running app, as a test sees it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

from textual.events import Key, MouseDown, MouseEvent, MouseUp
from textual.geometry import Offset
from textual.keys import key_to_character
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import WorkerCancelled

from tests.clocks import FakeClock
from tests.learners import right
from trainer.app.app import TrainerApp
from trainer.app.kit.double_press import DoublePress
from trainer.app.kit.key_bar import KeyBar
from trainer.app.kit.row_list import RowList
from trainer.engine.choice import SessionChoice
from trainer.engine.engine import Engine
from trainer.home import Home

_Screen = TypeVar("_Screen", bound=Screen[Any])


class Stage:
    """Presses keys and clicks lines, and reads what stands there then."""

    def __init__(self, app: TrainerApp, pilot: Pilot[int]) -> None:
        self.app, self.pilot = app, pilot

    async def settle(self) -> None:
        """Wait until nothing is worked on, nor begun by what was; newer work may take the place of older."""
        quiet = 0
        while quiet < 2:  # what a worker posted may begin another one
            quiet += 1
            if self.app.workers:
                quiet = 0
                with suppress(WorkerCancelled):
                    await self.app.workers.wait_for_complete()
            await self.pilot.pause()

    def look(self) -> None:
        """Look what stands there, for longer than between two presses that come at once."""
        self.app._presses = DoublePress()

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other, as somebody who looks before pressing the same one again."""
        for key in keys:
            self.look()
            self.app.post_message(Key(key, key_to_character(key)))
            await self.pilot.pause()
            await self.settle()  # a key that opens a record would else race with the next

    async def press_again(self, key: str, *, after: float) -> None:
        """Press a key some seconds after the last one, that one's picture painted."""
        event = Key(key, key_to_character(key))
        self.app._presses._at = self.app._presses._last = event.time - after
        self.app.post_message(event)
        await self.settle()

    async def press_twice(self, key: str) -> None:
        """Press a key twice at once, after a while."""
        await self.press_again(key, after=10)
        await self.press_again(key, after=0.15)

    async def write(self, text: str) -> None:
        await self.press(*text)

    async def click(self, words: str) -> None:
        """Click the line that holds the words, on the page or in the key bar, having looked."""
        self.look()
        for page in self.app.screen.query(RowList):
            for y, row in enumerate(page.rows(page.size.width)):
                if words in row.content.plain:
                    await self.click_at(page, Offset(row.content.plain.index(words), y))
                    return
        await self.click_at(*self.key(words))

    def key(self, words: str) -> tuple[KeyBar, Offset]:
        """Return the key bar, and where words stand in it."""
        bar = self.app.screen.query_one(KeyBar)
        for y, line in enumerate(bar.render().plain.splitlines()):
            if words in line:
                return bar, Offset(line.index(words), y)
        raise AssertionError(f"nothing says {words!r} in:\n{self.text}\n{self.bar}")

    async def click_at(self, widget: Widget, place: Offset, *, button: int = 1) -> None:
        """Press a button of the mouse, and let it go, at a place of a widget's content that can be seen."""
        at = widget.content_region.offset + place
        assert self.app.get_widget_at(*at)[0] is widget
        for kind in (MouseDown, MouseUp):
            self.mouse(kind, at, button=button)
        await self.settle()

    def mouse(
        self, kind: type[MouseEvent], at: Offset, *, button: int = 1, time: float | None = None
    ) -> None:
        """Send what the mouse does at a place of the window."""
        event = kind(None, at.x, at.y, 0, 0, button, False, False, False)
        event.time = time or event.time
        self.app.post_message(event)

    def on(self, kind: type[_Screen]) -> _Screen:
        """Return the screen that is up, which is of a kind."""
        screen: Screen[Any] = self.app.screen
        assert isinstance(screen, kind), screen
        return screen

    @property
    def engine(self) -> Engine:
        """The record that the app has open."""
        assert self.app.engine
        return self.app.engine

    @property
    def text(self) -> str:
        """What the pages say."""
        return "\n".join(
            row.content.plain for page in self.app.screen.query(RowList) for row in page.rows(page.size.width)
        )

    @property
    def bar(self) -> list[str]:
        return self.app.screen.query_one(KeyBar).texts()

    async def begin(self) -> None:
        """Take all that first run offers, from the name on."""
        await self.press("enter", "enter", "enter")


@asynccontextmanager
async def running(
    home: Home,
    recruiter: str | None = None,
    *,
    size: tuple[int, int] = (80, 24),
    newcomer: bool = False,
    choice: SessionChoice | None = None,
    saving: bool = True,
    clock: FakeClock | None = None,
) -> AsyncIterator[Stage]:
    app = TrainerApp(
        home, recruiter, newcomer=newcomer, choice=choice, saving=saving, clock=clock or FakeClock()
    )
    async with app.run_test(size=size) as pilot:
        stage = Stage(app, pilot)
        await stage.settle()
        yield stage


def learn(
    home: Home,
    days: int,
    *decks: str,
    recruiter: str = "anna",
    clock: FakeClock | None = None,
    seconds: float = 0,
) -> FakeClock:
    """Answer everything right on so many days; return the clock, on a day when all is to be reviewed.

    Each answer takes `seconds`, and a moment.
    """
    clock = clock or FakeClock()
    for _ in range(days):
        with Engine.open(home, recruiter, clock=clock) as training:
            session = training.study(decks, new=100)
            while session.question:
                clock.forward(seconds=seconds)
                session.answer(right(session.question))
                session.next()
        clock.forward(days=2000)
    return clock
