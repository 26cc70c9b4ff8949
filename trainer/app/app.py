"""The app: opens a learner's record, and leads from screen to screen."""

import gc
import sys
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen

from trainer.app.choice import SessionChoice
from trainer.app.keys import APP_KEYS, key_name
from trainer.app.opening import Opened, Profiled, Recalled, Refused, end_on_signals, first_step, login_name
from trainer.app.screens.base import OutcomeScreen
from trainer.app.screens.today import TodayScreen
from trainer.app.themes import DARK, LIGHT, THEMES, WORDS
from trainer.errors import InUseError, NotWritableError, ProgressError, TrainerError
from trainer.home import Home
from trainer.memory.calendar import Clock, system_clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.command import Provider

    from trainer.app.desk import Desk
    from trainer.app.screens.sheets import SheetsScreen
    from trainer.app.screens.study import StudyScreen
    from trainer.app.screens.summary import SummaryScreen
    from trainer.app.screens.welcome import WelcomeScreen
    from trainer.app.screens.who import WhoScreen
    from trainer.app.settings import Settings
    from trainer.cards.library import Library
    from trainer.study.session import Session

_OPENING, _RECALLING, _PROFILING = "opening", "recalling", "profiling"
_DAY_LOOKED_AT = 60
"""Seconds between two looks whether Today is still today."""


def _commands() -> type["Provider"]:
    from trainer.app.palette import ScreenCommands

    return ScreenCommands


def run_app(
    home: Home,
    recruiter: str | None,
    *,
    session: SessionChoice | None = None,
    saving: bool = True,
    library: "Library | None" = None,
) -> int:
    """Run the app until the learner leaves it; return the status to end with."""
    app = TrainerApp(home, recruiter, choice=session, saving=saving, library=library)
    try:
        app.run()
    finally:
        app.close_record()
    for notice in app.last_words:
        sys.stderr.write(f"trainer: {notice}\n")
    return app.return_code or 0


def _collect_again() -> None:
    """Let garbage be collected again; what starting made stays for good, and need not be looked at."""
    gc.freeze()
    gc.enable()


class TrainerApp(App[int]):
    """Holds the record while it is open; the screens tell it where to go next."""

    TITLE = "trainer"
    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = list(APP_KEYS)
    COMMANDS: ClassVar = {_commands}
    # Textual declares these two so that mypy takes them for the instance's own.
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (40, "-narrow"), (80, "-normal"), (120, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (12, "-short"), (20, "-tall"), (36, "-lofty")]  # noqa: RUF012

    def __init__(  # noqa: PLR0913 — what the command says, and what tests replace
        self,
        home: Home,
        recruiter: str | None = None,
        *,
        choice: SessionChoice | None = None,
        saving: bool = True,
        library: "Library | None" = None,
        clock: Clock = system_clock,
    ) -> None:
        self._home = home
        self._recruiter = recruiter
        self._choice = choice
        self._saving = saving
        self._library = library
        self._clock = clock
        self.desk: Desk | None = None
        """The record, while it is open."""
        self.last_words: list[str] = []
        """What went wrong when it was closed."""
        self._settings: Settings | None = None
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        # Without its watchers: they would have the style sheet parsed once more before the first picture.
        self.set_reactive(App.theme, DARK)
        self.stylesheet.set_variables(self.get_css_variables())

    # The first screen

    def get_default_screen(self) -> TodayScreen:
        """Return Today: it stands at the bottom, and the others come over it."""
        if self._home.settings.exists():
            from trainer.app.settings import read_settings

            self._settings = read_settings(self._home.settings)
            self.theme = self._settings.theme
        return TodayScreen(saved=self._saving)

    def on_mount(self) -> None:
        """Find out who trains; take the user's keys; end in order when the system says so."""
        if self._settings:
            self.set_keymap(self._settings.keymap)
        self._find_recruiter()
        self.app_resume_signal.subscribe(self, lambda _: self._meet_new_day())
        self.set_interval(_DAY_LOOKED_AT, self._meet_new_day)
        if not self.is_headless:
            end_on_signals(self.exit)

    def _find_recruiter(self) -> None:
        """Open the record if it is known whose; ask for a name if not."""
        step = first_step(self._home, self._recruiter, has_choice=self._choice is not None)
        if step.names:
            self._who(step.names)
        elif step.known:
            # Before the first picture no key waits; a worker would only have an empty Today painted first.
            self._open_record(step.name, saving=self._saving, begin=False)
        else:
            self._welcome(step.name, step.problem)

    def _welcome(self, name: str = "", problem: str = "") -> None:
        from trainer.app.screens.welcome import WelcomeScreen

        self._over(WelcomeScreen(name or login_name(), problem))

    def _who(self, names: "Sequence[str]") -> "WhoScreen":
        from trainer.app.screens.who import WhoScreen

        screen = WhoScreen(names)
        self._over(screen)
        return screen

    def on_unmount(self) -> None:
        """Give the record free."""
        self.close_record()

    def close_record(self) -> None:
        """Put everything in its place on the disk. A second call does nothing."""
        desk, self.desk = self.desk, None
        if desk:
            self.last_words = desk.close()

    def _open(self, name: str, *, saving: bool, begin: bool = False) -> None:
        if self.desk or any(worker.group == _OPENING and worker.is_running for worker in self.workers):
            return  # Enter was pressed twice
        work = partial(self._open_record, name, saving=saving, begin=begin)
        # What is not foreseen ends the app with its traceback: a blank screen would tell nothing.
        self.run_worker(work, thread=True, group=_OPENING)

    def _open_record(self, name: str, *, saving: bool, begin: bool) -> None:
        """Open a record: at the start before the first picture, later in a worker, as it may be long."""
        from trainer.app.desk import Desk
        from trainer.training import Training

        try:
            training = Training.open(
                self._home, name, saving=saving, clock=self._clock, library=self._library
            )
            # Set here, so that it is closed even if the app ends before the message is read.
            notices = self._settings.problems if self._settings else ()
            self.desk = Desk(training, self._clock, notices)
        except TrainerError as error:
            self.post_message(Refused(name, error))
        except OSError as error:
            self.post_message(Refused(name, ProgressError(str(error))))
        else:
            self.post_message(Opened(self.desk, begin=begin))

    def on_opened(self, message: Opened) -> None:
        """Go where the learner wanted to."""
        desk = message.desk
        self.call_after_refresh(_collect_again)
        if choice := self._choice:
            self._choice = None
            self._begin(choice)
        elif message.begin and desk.first_ever:
            self._begin(SessionChoice())
        else:
            self._show_today()

    def on_refused(self, message: Refused) -> None:
        """Say in place why it can't be opened; offer practice if it can only not be saved."""
        from trainer.app.screens.welcome import WelcomeScreen

        can_practise = isinstance(message.error, (InUseError, NotWritableError))
        asking = self.screen
        if isinstance(asking, WelcomeScreen):
            asking.refuse(str(message.error), can_practise=can_practise)
            return
        from trainer.app.screens.who import WhoScreen

        who = asking if isinstance(asking, WhoScreen) else self._who([message.name])
        who.refuse(str(message.error), name=message.name, can_practise=can_practise)

    # From screen to screen

    def _over(self, screen: Screen[None]) -> None:
        """Show a screen over Today, in the place of any other."""
        while len(self.screen_stack) > 2:
            self.pop_screen()
        if len(self.screen_stack) > 1:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def _show_today(self, notice: str = "") -> None:
        if notice:
            self._record.tell(notice)
        while len(self.screen_stack) > 1:
            self.pop_screen()
        if isinstance(self.screen, TodayScreen):
            self.screen.fill(self._record.standing(), self._record.recruiter, saved=self._record.saved)
            self.call_after_refresh(self._recall)

    def _recall(self) -> None:
        """Look for yesterday's confusion while Today is shown already: the history may be long."""
        if desk := self.desk:
            work = partial(self._find_confusion, desk)
            self.run_worker(work, thread=True, exclusive=True, group=_RECALLING)

    def _find_confusion(self, desk: "Desk") -> None:
        day = desk.day
        self.post_message(Recalled(desk.confusion(), day))

    def on_recalled(self, message: Recalled) -> None:
        """Tell it on Today, which may lie under another screen by now."""
        today, up = self.screen_stack[0], len(self.screen_stack) == 1
        if not isinstance(today, TodayScreen):
            return
        if up and self.desk and today.standing and self.desk.otherwise(today.standing):
            self._show_today()  # by the sheets, which have been read meanwhile
        else:
            today.recall(message.confusion, message.day)

    def on_app_focus(self) -> None:
        """Bring Today up to date if the learner comes back to it on another day."""
        self._meet_new_day()

    def _meet_new_day(self) -> None:
        screen = self.screen
        if self.desk and isinstance(screen, TodayScreen) and screen.day != self.desk.day:
            self._show_today()

    def _begin(self, choice: SessionChoice) -> None:
        try:
            session = self._record.session(choice)
        except TrainerError as error:
            self._show_today(str(error))
            return
        if session:
            self._study(session)
        else:
            self._show_today("There is nothing to ask in this choice now.")

    def _study(self, session: "Session") -> None:
        from trainer.app.screens.study import StudyScreen

        desk = self._record
        self._over(StudyScreen(session, desk.minutes_for, saved=desk.saved))

    @property
    def _record(self) -> "Desk":
        assert self.desk is not None
        return self.desk

    def on_welcome_screen_named(self, message: "WelcomeScreen.Named") -> None:
        """Open the record of a name."""
        self._open(message.name, saving=self._saving and not message.practice, begin=True)

    def on_who_screen_named(self, message: "WhoScreen.Named") -> None:
        """Open the record of a name."""
        self._open(message.name, saving=self._saving and not message.practice)

    def on_who_screen_new(self) -> None:
        """Ask for a new name."""
        self._welcome()

    def on_welcome_screen_back(self) -> None:
        """Leave."""
        self.exit(0)

    def on_today_screen_begin(self, message: TodayScreen.Begin) -> None:
        """Start what was chosen; a deck that has nothing for today brings more."""
        self._begin_or_more(message.choice)

    def _begin_or_more(self, choice: SessionChoice) -> None:
        session = self._record.session(choice) or self._record.any_session(choice.decks)
        if session:
            self._study(session)
        else:
            self._show_today("There is nothing to ask there.")

    def on_today_screen_undo(self) -> None:
        """Take the last answer back, of a run before this one too, and put its question again."""
        try:
            session, told = self._record.take_back()
        except TrainerError as error:
            self._show_today(f"{error} Nothing has changed.")
            return
        if session.question is None:
            self._show_today(told)
            return
        self._study(session)
        self.notify(told, markup=False)

    def on_today_screen_sheets(self) -> None:
        """Show sheet by sheet where the learner stands."""
        from trainer.app.screens.sheets import SheetsScreen

        self._over(SheetsScreen(self._record.sheets(), saved=self._record.saved))

    def on_sheets_screen_begin(self, message: "SheetsScreen.Begin") -> None:
        """Start the sheet or the deck that was chosen."""
        self._begin_or_more(message.choice)

    def on_sheets_screen_back(self) -> None:
        """Go back to Today."""
        self._show_today()

    def on_today_screen_pairs(self) -> None:
        """Match titles with roles, if there are enough of them."""
        from trainer.app.screens.pairs import PairsScreen

        if first := self._record.pairs():
            self._over(PairsScreen(first, self._record.pairs))
        else:
            self._show_today("The warm-up needs four roles with titles of their own.")

    def on_pairs_screen_back(self) -> None:
        """Go back to Today."""
        self._show_today()

    def on_today_screen_statistics(self) -> None:
        """Read the history for the statistics; it may be long."""
        if desk := self.desk:
            self.run_worker(partial(self._profile, desk), thread=True, exclusive=True, group=_PROFILING)

    def _profile(self, desk: "Desk") -> None:
        try:
            self.post_message(Profiled(desk.profile()))
        except TrainerError as error:
            desk.tell(str(error))
            self.call_from_thread(self._show_today)

    def on_profiled(self, message: Profiled) -> None:
        """Show the statistics."""
        from trainer.app.screens.statistics import StatisticsScreen

        if isinstance(self.screen, TodayScreen) and self.desk:
            self._over(StatisticsScreen(message.profile, self.desk.recruiter))

    def on_statistics_screen_back(self) -> None:
        """Go back to Today."""
        self._show_today()

    def on_study_screen_edit(self, message: "StudyScreen.Edit") -> None:
        """Open the texts behind a card."""
        from trainer.app.editing import edit_card
        from trainer.app.screens.study import StudyScreen

        if isinstance(self.screen, StudyScreen):  # not twice, when the key was pressed twice
            edit_card(self.screen, self._record, message.question)

    def on_study_screen_left(self) -> None:
        """Go back to Today."""
        self._show_today()

    def on_study_screen_finished(self, message: "StudyScreen.Finished") -> None:
        """Say what the session came to."""
        from trainer.app.screens.summary import SummaryScreen

        desk = self._record
        self._over(SummaryScreen(message.session, desk.day, first_ever=desk.first_ever, saved=desk.saved))

    def on_summary_screen_back(self) -> None:
        """Go back to Today."""
        self._record.first_ever = False
        self._show_today()

    def on_summary_screen_again(self) -> None:
        """Go on with another session."""
        self._record.first_ever = False
        if session := self._record.any_session():
            self._study(session)
        else:
            self._show_today("There is nothing to ask now.")

    def on_summary_screen_reopened(self, message: "SummaryScreen.Reopened") -> None:
        """Put the question again whose answer was taken back."""
        self._study(message.session)

    async def action_quit(self) -> None:
        """End, after asking if something that was written would be lost."""
        pages = [screen for screen in self.screen_stack if isinstance(screen, OutcomeScreen)]
        if writing := [screen for screen in pages if screen.unsaved]:
            writing[-1].ask_to_quit()
        else:
            self.exit()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give our own colour names a value in every theme."""
        return WORDS

    def get_key_display(self, binding: Binding) -> str:
        """Name keys as they stand on the keyboard."""
        return binding.key_display or key_name(binding.key) or super().get_key_display(binding)

    def action_swap_theme(self) -> None:
        """Change between dark and light."""
        self.theme = LIGHT if self.theme == DARK else DARK
