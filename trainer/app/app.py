"""The app: leads from screen to screen."""

import gc
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar

from msgspec.structs import replace
from textual.message import Message

from trainer.app import features
from trainer.app.kit.copying import how_to_copy
from trainer.app.kit.feature import Event, Feature, Line
from trainer.app.kit.place_screen import PlaceScreen
from trainer.app.kit.places import TODAY, Around, Place, around
from trainer.app.kit.screen import OutcomeScreen
from trainer.app.kit.terminal_state import TerminalState
from trainer.app.record import Opened
from trainer.app.sessions import SessionsApp
from trainer.app.today.screen import TodayScreen
from trainer.crash import UnforeseenError, true_of_answers
from trainer.engine.choice import SessionChoice
from trainer.errors import OutputError, TrainerError
from trainer.home import Home

if TYPE_CHECKING:
    from textual.command import Provider

    from trainer.app.kit.host import Editable
    from trainer.app.places.screen import ListScreen
    from trainer.app.study.screen import StudyScreen
    from trainer.cards.library import Library
    from trainer.engine.engine import Engine
    from trainer.memory.state import Day

_T = TypeVar("_T")
_EVENTS = 2
"""Events on Today at most."""
_RECALLING, _PREPARING, _FINDING = "recalling", "preparing", "finding"
_DAY_LOOKED_AT = 60
"""Seconds between two looks whether Today is still today."""


class Recalled(Message):
    """Yesterday's confusion was looked for in the history: a sentence, empty if there is none."""

    def __init__(self, confusion: str, day: "Day") -> None:
        self.confusion, self.day = confusion, day
        super().__init__()


def _commands() -> type["Provider"]:
    from trainer.app.kit.palette import ScreenCommands

    return ScreenCommands


def run_app(  # noqa: PLR0913 — what the command says
    home: Home,
    recruiter: str | None,
    *,
    newcomer: bool = False,
    session: SessionChoice | None = None,
    saving: bool = True,
    library: "Library | None" = None,
    leave: Callable[[], None] | None = None,
) -> int:
    """Run the app until the learner leaves it; return the status to end with.

    `leave` is called where the learner left it, and no signal ended it; the terminal is as it was by then.

    Raises UnforeseenError for an error that nobody foresaw. The record is closed by then, and the terminal
    is as it was.
    """
    app = TrainerApp(home, recruiter, newcomer=newcomer, choice=session, saving=saving, library=library)
    terminal = TerminalState()
    raised: Exception | None = None
    try:
        app.run()
    except Exception as error:  # noqa: BLE001 — it is raised again once the record is closed
        raised = error
    finally:
        terminal.restore()
        app.close_record()
    for notice in app.last_words:
        sys.stderr.write(f"trainer: {notice}\n")
    if unforeseen := app.crashed or raised:
        raise UnforeseenError(true_of_answers(unforeseen, app.answers), home) from unforeseen
    status = app.return_code or 0
    if leave and not (status or app.stopped):
        with suppress(OSError, OutputError):  # the terminal is gone
            leave()
    return status


_GARBAGE = 20_000
"""So many new objects are looked through for garbage at any moment; a key makes fewer."""


def _collect_again() -> None:
    """Let garbage be collected again; what starting made stays for good, and need not be looked at."""
    gc.freeze()
    gc.set_threshold(_GARBAGE)
    gc.enable()


class TrainerApp(SessionsApp):
    """Leads from screen to screen; they tell it where to go next."""

    TITLE = "trainer"
    CSS_PATH = "app.tcss"
    COMMANDS: ClassVar = {_commands, *(each.commands for each in features.FEATURES if each.commands)}
    _place = TODAY
    """The place that was shown last."""
    # Textual declares these two so that mypy takes them for the instance's own.
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (40, "-narrow"), (80, "-normal"), (100, "-broad"), (120, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (12, "-short"), (20, "-tall"), (36, "-lofty")]  # noqa: RUF012

    def on_mount(self) -> None:
        """Look now and then whether Today is still today."""
        self.app_resume_signal.subscribe(self, self._come_back)
        self.set_interval(_DAY_LOOKED_AT, self._meet_new_day)

    def _come_back(self, _: object) -> None:
        """Paint all again, for the shell has written over it, and see whether it is still today."""
        self.screen.refresh(layout=True)
        self._meet_new_day()

    def on_opened(self, message: Opened) -> None:
        """Go where the learner wanted to."""
        if not self.screen_stack:
            return  # the app is ending
        self.call_after_refresh(_collect_again)
        if choice := self._choice:
            self._choice = None
            self.begin_session(choice)
        elif not self.begin_anew(message):
            self.show_today()

    def show_today(self, notice: str = "") -> None:
        """Go back to Today, and say something there."""
        if notice:
            self._record.tell(notice)
        self._place = TODAY
        while len(self.screen_stack) > 1:
            self.pop_screen()
        if isinstance(self.screen, TodayScreen):
            standing = self._record.standing()
            if (shown := self.screen.role) in standing.learned[1:]:
                standing = replace(standing, role=self._record.role_standing(shown))
            there = around(features.FEATURES, self._record, has_cards=standing.overview.has_cards)
            self.screen.fill(standing, there, self._events(there))
            self.call_after_refresh(self._recall)

    def _events(self, there: Around) -> "list[tuple[Feature, Event]]":
        """Return what features have to tell on Today: two at most, so that it never grows."""
        known = [feature for feature in features.FEATURES if feature.name in there.features]
        return [(each, event) for each in known if (event := each.event(self._record))][:_EVENTS]

    def _recall(self) -> None:
        """Look for yesterday's confusion while Today is shown already: the history may be long."""
        if engine := self.engine:
            work = partial(self._find_confusion, engine)
            self.run_worker(work, thread=True, exclusive=True, group=_RECALLING)

    def _find_confusion(self, engine: "Engine") -> None:
        day = engine.day
        self.post_message(Recalled(engine.confusion(), day))

    def on_recalled(self, message: Recalled) -> None:
        """Tell it on Today, which may lie under another screen by now."""
        stack = self.screen_stack
        if not stack or not isinstance(today := stack[0], TodayScreen):
            return  # no screen is left where the app is ending
        if len(stack) == 1 and self.engine and today.standing and self.engine.otherwise(today.standing):
            self.show_today()  # by the sheets, which have been read meanwhile
        else:
            today.recall(message.confusion, message.day)

    def on_app_focus(self) -> None:
        """Bring Today up to date if the learner comes back to it on another day."""
        self._meet_new_day()

    def _meet_new_day(self) -> None:
        screen = self.screen
        if self.engine and isinstance(screen, TodayScreen) and screen.day != self.engine.day:
            self.show_today()

    def on_today_screen_role(self, message: TodayScreen.Role) -> None:
        """Show another role on Today."""
        if self.engine and isinstance(self.screen, TodayScreen):
            self.screen.show_role(self.engine.role_standing(message.role))

    # Features

    def on_place_screen_open(self, message: PlaceScreen.Open) -> None:
        """Open a feature over a place."""
        if isinstance(self.screen, PlaceScreen) and self.engine and message.opens:  # not twice
            message.opens(self, self.engine)

    def open_feature(self, name: str) -> None:
        """Open another feature, by its name, in the place of the screen that is shown."""
        opens = next((each.open for each in features.FEATURES if each.name == name), None)
        if self.engine and opens:
            opens(self, self.engine)

    def on_place_screen_go_to(self, message: PlaceScreen.GoTo) -> None:
        """Go to another place."""
        if isinstance(self.screen, PlaceScreen) and self.engine:
            self.go_to(message.place)

    def go_to(self, place: Place) -> None:
        """Show a place."""
        if place is TODAY:
            self.show_today()
            return
        from trainer.app.places.screen import ListScreen

        there = around(features.FEATURES, self._record, has_cards=self._record.has_cards)
        here = [each for each in features.FEATURES if each.place is place and each.name in there.features]
        screen = ListScreen.of(features.FEATURES, place)
        screen.fill(there, [(each, each.lines(self._record)) for each in here])
        self._place = place
        self.show(screen)
        if later := {each.name: each.later for each in here if each.later}:
            finding = partial(self._find_later, self._record, screen, later)
            self.run_worker(finding, thread=True, exclusive=True, group=_FINDING)

    def _find_later(
        self,
        engine: "Engine",
        screen: "ListScreen",
        later: "Mapping[str, Callable[[Engine], Sequence[Line]]]",
    ) -> None:
        """Find the lines of a place that take long."""
        try:
            found = {name: find(engine) for name, find in later.items()}
        except TrainerError as error:
            engine.tell(str(error))
        else:
            self.call_later(screen.extend, found)

    def back(self) -> None:
        """Show the place that was shown last."""
        self.go_to(self._place)

    def on_back(self) -> None:
        """Go back to the place from which a feature was opened."""
        self.back()

    def on_to_today(self) -> None:
        """Go back to Today."""
        self.show_today()

    def prepare(self, work: Callable[[], _T], then: Callable[[_T], None]) -> None:
        """Do long work in a thread, and go on with its outcome unless the learner has left the place by then.

        If the work raises TrainerError, Today tells it.
        """
        if engine := self.engine:
            preparing = partial(self._prepare, engine, work, then)
            self.run_worker(preparing, thread=True, exclusive=True, group=_PREPARING)

    def _prepare(self, engine: "Engine", work: Callable[[], _T], then: Callable[[_T], None]) -> None:
        go_on: Callable[[], None] = self.show_today
        try:
            go_on = partial(then, work())
        except TrainerError as error:
            engine.tell(str(error))
        self.call_later(self._go_on_from_place, go_on)

    def _go_on_from_place(self, go_on: Callable[[], None]) -> None:
        if self.engine and self.screen_stack and isinstance(self.screen, PlaceScreen):
            go_on()

    def edit(
        self,
        draft: "Editable[_T]",
        topic: str,
        advice: str,
        then: Callable[[_T | None], None],
        *,
        verb: str = "Save",
    ) -> None:
        """Open texts for editing over the screen that is shown, and go on with what was saved, or None.

        `verb` is what saving them is called.
        """
        from trainer.app.editing.screen import EditScreen

        self.push_screen(EditScreen(draft, topic, advice, verb=verb), then)

    def edit_card(self, card: str, then: Callable[[], None]) -> None:
        """Open the texts behind a card, by its id, over this screen, and go on if they were changed."""
        from trainer.app.editing.card import edit_card

        engine = self._record
        if question := engine.as_asked(card):
            edit_card(self, engine, question, lambda saved: then() if saved else None)
        else:
            self.notify("This card is in no sheet any more.", markup=False)

    def on_study_screen_edit(self, message: "StudyScreen.Edit") -> None:
        """Open the texts behind a card."""
        from trainer.app.editing.card import edit_card
        from trainer.app.study.screen import StudyScreen

        study = self.screen
        if isinstance(study, StudyScreen):  # not twice, when the key was pressed twice
            edit_card(self, self._record, message.question, study.go_on_edited)

    def action_help_quit(self) -> None:
        """Say after Ctrl+C, with nothing to copy, how to leave, and how to copy."""
        holds, copies = how_to_copy(self)
        leave = "" if self.is_web else "Ctrl+Q quits. "  # a browser may take that key for itself
        copying = f"To copy what stands here, hold {holds} and drag over it, then copy {copies}."
        self.notify(leave + copying, markup=False)

    async def action_quit(self) -> None:
        """End, after asking if something that was written would be lost."""
        pages = [screen for screen in self.screen_stack if isinstance(screen, OutcomeScreen)]
        if writing := [screen for screen in pages if screen.unsaved]:
            writing[-1].ask_to_lose(self.exit)
        else:
            self.exit()
