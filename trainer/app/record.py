"""Whose record is open: the app's beginning and end."""

import asyncio
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from msgspec import Struct
from textual.binding import BindingType
from textual.message import Message
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.worker import WorkerFailed

from trainer.app import features
from trainer.app.kit.keys import APP_KEYS
from trainer.app.kit.places import TODAY
from trainer.app.machine import MachineApp
from trainer.app.today.screen import TodayScreen
from trainer.clean import printable
from trainer.crash import PRACTISED, SAVED
from trainer.engine.choice import SessionChoice
from trainer.engine.rights import Rights
from trainer.errors import InUseError, NotWritableError, TrainerError, told_of_file
from trainer.home import Home, login_name
from trainer.memory.calendar import Clock, system_clock
from trainer.names import check_recruiter, look_alike, new_here

if TYPE_CHECKING:
    from rich.console import RenderableType

    from trainer.app.start.welcome_screen import WelcomeScreen
    from trainer.app.start.who_screen import WhoScreen
    from trainer.cards.library import Library
    from trainer.engine.engine import Engine

_OPENING = "opening"


class Opened(Message):
    """A record is open; a learner without a past goes straight to the first question if `begin` is set."""

    def __init__(self, engine: "Engine", *, begin: bool) -> None:
        self.engine, self.begin = engine, begin
        super().__init__()


class Refused(Message):
    """A record can't be opened."""

    def __init__(self, name: str, error: TrainerError) -> None:
        self.name, self.error = name, error
        super().__init__()


class FirstStep(Struct, frozen=True, kw_only=True):
    """Where the app begins."""

    name: str = ""
    """Whose record to open if it is known, else the name to offer."""
    known: bool = False
    """Whether it is opened without being asked about."""
    names: Sequence[str] = ()
    """The names to choose from, if there are several."""
    problem: str = ""
    """What is to be said of the name that was given: why it can't be used, or that it is a new one."""


def first_step(home: Home, recruiter: str | None, *, newcomer: bool, has_choice: bool) -> FirstStep:
    """Find out who trains.

    A new name is welcomed first, unless a session was chosen for it already; where others train, that has
    to be said to be new too, else it may be a slip.
    """
    try:
        names = home.recruiters() or home.backed_up()  # whose record is gone is told, when it is opened
        wanted = "" if recruiter is None else home.known(recruiter) or check_recruiter(recruiter)
    except (OSError, TrainerError) as error:
        return FirstStep(name=recruiter or "", problem=str(error))
    if not wanted and len(names) > 1:
        return FirstStep(names=names)
    name = wanted or next(iter(names), "")
    if not name or name in names or (has_choice and (newcomer or not names)):
        return FirstStep(name=name, known=bool(name))
    return FirstStep(name=name, problem=new_here(name, names) if names and not newcomer else "")


def end_on_signals(stop: Callable[[], object]) -> None:
    """End in order when the system or a closed terminal says so; the app runs on the present loop."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        with suppress(NotImplementedError, AttributeError):  # Windows has no such handlers
            asyncio.get_running_loop().add_signal_handler(getattr(signal, name), stop)


class RecordApp(MachineApp):
    """Finds out who trains, and holds their record while it is open. A subclass leads on from there."""

    BINDINGS: ClassVar[list[BindingType]] = list(APP_KEYS)

    def __init__(  # noqa: PLR0913 — what the command says, and what tests replace
        self,
        home: Home,
        recruiter: str | None = None,
        *,
        newcomer: bool = False,
        choice: SessionChoice | None = None,
        saving: bool = True,
        library: "Library | None" = None,
        clock: Clock = system_clock,
        rights: Rights = Rights(),  # noqa: B008 — it never changes
    ) -> None:
        self._home = home
        self.rights = rights
        self._recruiter, self._newcomer = recruiter, newcomer
        self._choice = choice
        self._saving = saving
        self._library = library
        self._clock = clock
        self.engine: Engine | None = None
        """The record, while it is open."""
        self.last_words: list[str] = []
        """What went wrong when it was closed."""
        self._came_from = ""
        """Whose Today a new name was asked for on."""
        self.stopped = False
        """Whether the system ended the app, and not the learner."""
        self.answers = ""
        """What is true of the answers if the app comes to a bad end, in a sentence."""
        super().__init__(home.settings)

    def get_default_screen(self) -> TodayScreen:
        """Return Today: it stands at the bottom, and the others come over it."""
        self.read_settings(features.key_tables)
        return TodayScreen.of(features.FEATURES, TODAY)

    def on_mount(self) -> None:
        """Take the user's keys; find out who trains; end in order when the system says so."""
        if self._settings:
            self.set_keymap(self._settings.keymap)
        self._find_recruiter()
        if not self.is_headless:
            end_on_signals(self._stop)

    def _stop(self) -> None:
        """End because the system says so."""
        self.stopped = True
        self.exit()

    def _find_recruiter(self) -> None:
        """Open the record if it is known whose; ask for a name if not."""
        step = first_step(
            self._home, self._recruiter, newcomer=self._newcomer, has_choice=self._choice is not None
        )
        if step.names:
            self._who(step.names)
        elif step.known:
            # Before the first picture no key waits; a worker would only have an empty Today painted first.
            self._open_record(step.name, saving=self._saving, begin=False)
        else:
            self._welcome(step.name, step.problem)

    def _welcome(self, name: str = "", problem: str = "") -> None:
        from trainer.app.start.welcome_screen import WelcomeScreen

        offered = name or login_name()
        with suppress(TrainerError, OSError):  # opening the record tells it
            if not name and offered and self._home.known(offered):
                offered = ""  # they train here already: this is somebody else
        at_once, returns = self._choice is not None, bool(self._came_from)
        self.show(WelcomeScreen(offered, problem, at_once=at_once, returns=returns))

    def _who(self, names: Sequence[str]) -> "WhoScreen":
        from trainer.app.start.who_screen import WhoScreen

        screen = WhoScreen(names)
        self.show(screen)
        return screen

    def on_welcome_screen_named(self, message: "WelcomeScreen.Named") -> None:
        """Open the record of a name; one that looks like another one's is asked about."""
        begin = partial(self._open, message.name, saving=self._saving and not message.practice, begin=True)
        known: Sequence[str] = ()
        there = None
        with suppress(TrainerError):  # opening the record tells it
            known, there = self._home.recruiters(), self._home.known(message.name)
        if there and not message.practice:
            self._ask_if_meant(there, begin)
        elif alike := look_alike(message.name, known):
            self._ask_if_new(message.name, known, alike, begin)
        else:
            begin()

    def _ask_if_meant(self, name: str, begin: Callable[[], None]) -> None:
        """Ask whether somebody who was to be new is who trains here under that name already."""
        from trainer.app.kit.confirm import ConfirmScreen

        def go_on(meant: bool | None) -> None:  # noqa: FBT001 — the answer of the screen that asks
            if meant:
                begin()

        question = f"{name} trains here already. Open {name}'s progress, or take another name?"
        self.push_screen(ConfirmScreen(question, no="Take another name", yes=f"I am {name}"), go_on)

    def _ask_if_new(self, name: str, known: Sequence[str], alike: str, begin: Callable[[], None]) -> None:
        from trainer.app.kit.confirm import ConfirmScreen

        def go_on(new: bool | None) -> None:  # noqa: FBT001 — the answer of the screen that asks
            if new:
                begin()
            else:
                self._open(alike, saving=self._saving)

        self.push_screen(ConfirmScreen(new_here(name, known), no=f"I am {alike}", yes="I am new"), go_on)

    def on_who_screen_named(self, message: "WhoScreen.Named") -> None:
        """Open the record of a name."""
        self._open(message.name, saving=self._saving and not message.practice)

    def on_who_screen_new(self) -> None:
        """Ask for a new name."""
        self._welcome()

    def on_welcome_screen_back(self) -> None:
        """Leave; who came from their own Today goes back to it."""
        if self._came_from:
            self.switch_to(self._came_from)
        else:
            self.exit(0)

    def _open(self, name: str, *, saving: bool, begin: bool = False) -> None:
        if self.engine or any(worker.group == _OPENING and worker.is_running for worker in self.workers):
            return  # Enter was pressed twice
        work = partial(self._open_record, name, saving=saving, begin=begin)
        self.run_worker(work, thread=True, group=_OPENING)

    def _open_record(self, name: str, *, saving: bool, begin: bool) -> None:
        """Open a record: at the start before the first picture, later in a worker, as it may be long."""
        from trainer.engine.engine import Engine

        try:
            engine = Engine.open(
                self._home,
                name,
                saving=saving,
                clock=self._clock,
                library=self._library,
                rights=self.rights,
            )
            # Set here, so that it is closed even if the app ends before the message is read.
            self.engine = engine
            for problem in self._settings.problems if self._settings else ():
                engine.tell(problem)
            self.answers = SAVED if self.engine.saved else PRACTISED
        except TrainerError as error:
            self.post_message(Refused(name, error))
        except OSError as error:
            if not (told := told_of_file(error)):
                raise  # nobody foresaw it, and a blank screen would tell nothing
            self.post_message(Refused(name, told))
        else:
            self.post_message(Opened(engine, begin=begin))

    def on_refused(self, message: Refused) -> None:
        """Say why a record can't be opened."""
        if self.screen_stack:  # else the app is ending
            self._refuse(message.name, message.error)

    def _refuse(self, name: str, error: TrainerError) -> None:
        """Say in place why it can't be opened; offer practice if it can only not be saved."""
        from trainer.app.start.welcome_screen import WelcomeScreen

        can_practise = isinstance(error, (InUseError, NotWritableError))
        asking = self.screen
        if isinstance(asking, WelcomeScreen):
            asking.refuse(str(error), can_practise=can_practise)
            return
        from trainer.app.start.who_screen import WhoScreen

        who = asking if isinstance(asking, WhoScreen) else self._who([name])
        who.refuse(str(error), name=name, can_practise=can_practise)

    def call_later(self, callback: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        """Call something once all is quiet; see Textual.

        The thread that reads the terminal has its own last line: it asks to draw the error that it is
        handling. It goes the way of all others here.
        """
        if callback == self.panic and isinstance(error := sys.exc_info()[1], Exception):
            return super().call_later(self._handle_exception, error)
        return super().call_later(callback, *args, **kwargs)

    def panic(self, *_renderables: "RenderableType") -> None:
        """End without drawing what Textual would draw of an error."""
        self._fatal_error()

    def _fatal_error(self) -> None:
        """End after an error that nobody foresaw: `crashed` has it, and tests raise it.

        Textual would draw it with all its variables: answers and names among them, and for half a
        minute of a blank screen.
        """
        self._close_messages_no_wait()

    @property
    def crashed(self) -> BaseException | None:
        """The first error that nobody foresaw; None as long as there was none."""
        error = self._exception
        return error.error if isinstance(error, WorkerFailed) else error

    def on_unmount(self) -> None:
        """Release the record."""
        self.close_record()

    def close_record(self) -> None:
        """Put everything in its place on the disk. A second call does nothing."""
        engine, self.engine = self.engine, None
        if engine:
            self.last_words = engine.close()

    def switch_to(self, name: str, *, saving: bool | None = None, notice: str = "") -> None:
        """Close the record that is open, and open another; say something on its Today."""
        self.close_record()
        told = [*self.last_words, *([notice] if notice else [])]
        self._open_record(name, saving=self._saving if saving is None else saving, begin=False)
        if engine := self.engine:
            for each in told:
                engine.tell(each)

    @property
    def _record(self) -> "Engine":
        assert self.engine is not None
        return self.engine

    def show(self, screen: Screen[None]) -> None:
        """Show a screen over Today, in the place of any other."""
        while len(self.screen_stack) > 2:
            self.pop_screen()
        if len(self.screen_stack) > 1:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Say something for some seconds; whatever it quotes steers no terminal."""
        super().notify(printable(message), title=title, severity=severity, timeout=timeout, markup=markup)
