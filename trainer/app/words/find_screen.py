"""Find: a word, a question, or what can be done, as one types."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from msgspec import Struct
from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input

from trainer.app.kit.entry import Entry
from trainer.app.kit.row_list import Row, RowList
from trainer.app.kit.screen import OutcomeScreen
from trainer.app.kit.too_small import TooSmall
from trainer.app.words.deeds import Deeds
from trainer.app.words.entry_screen import EntryScreen
from trainer.app.words.find_view import CARD, DEED, Results, find_rows
from trainer.app.words.keys import FIND_KEYS
from trainer.app.words.word_screen import WordScreen
from trainer.cards.finding import LONGEST
from trainer.engine.engine import Engine
from trainer.errors import TrainerError
from trainer.reports.lookup import Hits, Lookup

PAUSE = 0.15
"""Seconds without a key after which slips and other spellings are looked for."""


class Sought(Struct, frozen=True):
    """How finding ended."""

    do: Callable[[], Any] | None
    """What is to be done on the screen below; None for nothing."""
    looked_up: bool
    """Whether a word or a question was read."""


class FindScreen(OutcomeScreen[Sought]):
    """Finds at each key what begins so; a worker finds a moment later what nearly does."""

    AUTO_FOCUS = "Entry"
    CSS_PATH = Path(__file__).with_suffix(".tcss")
    BINDINGS: ClassVar[list[BindingType]] = list(FIND_KEYS)

    class Ready(Message):
        """The sheets are read, and words can be found."""

        def __init__(self, lookup: Lookup | None) -> None:
            self.lookup = lookup
            super().__init__()

    class Near(Message):
        """What is nearly so was found."""

        def __init__(self, typed: str, hits: Hits) -> None:
            self.typed, self.hits = typed, hits
            super().__init__()

    def __init__(self, engine: Engine, below: Screen[Any]) -> None:
        self._engine, self._below = engine, below
        self._lookup: Lookup | None = None
        self._deeds = Deeds(())
        self._results = Results()
        self._looked_up = False
        self._pause: Timer | None = None
        self.entry = Entry(LONGEST, placeholder="a word, a title, what to do")
        super().__init__()
        self.page.can_focus = False

    def compose(self) -> ComposeResult:
        """Keep what is typed in sight while the results scroll."""
        yield self.top
        yield self.entry
        yield self.column
        yield self.bar
        yield TooSmall()

    async def on_mount(self) -> None:
        """Offer what can be done at once, and have the words read."""
        self.top.show("Find", "")
        self._deeds = await Deeds.on(self._below)
        self._seek("")
        self.run_worker(self._prepare, thread=True)

    def rows(self, width: int) -> list[Row]:
        """Lay out what was found."""
        return find_rows(self._results, width)

    @property
    def room(self) -> int:
        """The lines that there is room for below what is typed."""
        return super().room - self.entry.outer_size.height

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what can't be done now."""
        match action:
            case "go":
                return bool(self.page.cursor)
            case "move":
                return self.page.check_action("move", parameters)
        return super().check_action(action, parameters)

    def seek_again(self) -> None:
        """Begin anew: what is typed next takes the place of what stands there."""
        self.entry.action_select_all()

    # As one types

    def on_input_changed(self, message: Input.Changed) -> None:
        """Find what begins so now, and what nearly does once nothing more is typed."""
        self._seek(message.value)

    def _seek(self, typed: str) -> None:
        ready = self._lookup is not None
        hits = self._lookup.begins(typed) if self._lookup else Hits()
        found = self._deeds.begins(typed)
        deeds = [(place, self._deeds.all[place].name, self._deeds.all[place].told) for place in found]
        near = None if ready and typed.strip() else Hits()
        self._show(Results(typed=typed, ready=ready, hits=hits, deeds=deeds, near=near), keep=False)
        if self._pause:
            self._pause.stop()
        if near is None:
            self._pause = self.set_timer(PAUSE, self._seek_near)

    def _seek_near(self) -> None:
        self.run_worker(self._find_near, thread=True, exclusive=True, group="near")

    def _find_near(self) -> None:
        typed, lookup = self._results.typed, self._lookup
        if lookup:
            self.post_message(self.Near(typed, lookup.nearly(typed)))

    def on_find_screen_near(self, message: Near) -> None:
        """Show what is nearly so below the rest, unless something else was typed meanwhile."""
        if message.typed == self._results.typed:
            self._show(replace(self._results, near=message.hits), keep=True)

    def _prepare(self) -> None:
        try:
            lookup = self._engine.lookup
            lookup.prepare()
        except TrainerError as error:
            self._engine.tell(str(error))
            self.post_message(self.Ready(None))
        else:
            self.post_message(self.Ready(lookup))

    def on_find_screen_ready(self, message: Ready) -> None:
        """Find words too from now on."""
        self._lookup = message.lookup
        self._seek(self.entry.value)

    def _show(self, results: Results, *, keep: bool) -> None:
        """Show results, with the first of them marked, or what is marked now if that is to be kept."""
        self._results = results
        rows = find_rows(results, max(1, self.page.size.width))
        targets = [row.target for row in rows if row.target]
        kept = self.page.cursor if keep and self.page.cursor in targets else ""
        typed = bool(results.typed.strip())
        self.page.show(self.fitted, cursor=kept or (targets[0] if targets and typed else ""))
        if not kept:
            self.column.scroll_home(animate=False)
        self.call_after_refresh(self.bar.follow)

    # What is done with it

    def action_move(self, step: int) -> None:
        """Mark another line."""
        self.page.action_move(step)
        self.refresh_bindings()

    def action_go(self) -> None:
        """Open the line that is marked, as it is for all that was typed."""
        if self.entry.value != self._results.typed:
            self._seek(self.entry.value)
        self._open(self.page.cursor)

    def action_back(self) -> None:
        """Go back to where one was."""
        self.dismiss(Sought(None, self._looked_up))

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Open what was clicked."""
        self.page.show(self.fitted, cursor=message.target)
        self._open(message.target)

    def _open(self, target: str) -> None:
        kind, _, id_ = target.partition(" ")
        self.seek_again()  # who comes back from there types something else
        if kind == DEED:
            self.dismiss(Sought(self._deeds.all[int(id_)].run, self._looked_up))
        elif kind == CARD:
            self._looked_up = True
            self.app.push_screen(EntryScreen(self._engine.entry(id_), ()))
        elif entry := self._engine.word(id_):
            self._looked_up = True
            self.app.push_screen(WordScreen(self._engine, entry))
