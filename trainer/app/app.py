"""The app: leads from screen to screen."""

import gc
import sys
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from trainer.app.kit.screen import OutcomeScreen
from trainer.app.kit.terminal_state import TerminalState
from trainer.app.record import RecordApp
from trainer.app.start.opening import Opened, Profiled, Recalled
from trainer.app.today.screen import TodayScreen
from trainer.crash import UnforeseenError
from trainer.engine.choice import SessionChoice
from trainer.errors import TrainerError
from trainer.home import Home

if TYPE_CHECKING:
    from textual.command import Provider

    from trainer.app.sheets.screen import SheetsScreen
    from trainer.app.study.screen import StudyScreen
    from trainer.app.study.summary_screen import SummaryScreen
    from trainer.cards.library import Library
    from trainer.engine.engine import Engine
    from trainer.study.session import Session

_RECALLING, _PROFILING = "recalling", "profiling"
_DAY_LOOKED_AT = 60
"""Seconds between two looks whether Today is still today."""


def _commands() -> type["Provider"]:
    from trainer.app.kit.palette import ScreenCommands

    return ScreenCommands


def run_app(
    home: Home,
    recruiter: str | None,
    *,
    session: SessionChoice | None = None,
    saving: bool = True,
    library: "Library | None" = None,
) -> int:
    """Run the app until the learner leaves it; return the status to end with.

    Raises UnforeseenError for an error that nobody foresaw. The record is closed by then, and the terminal
    is as it was.
    """
    app = TrainerApp(home, recruiter, choice=session, saving=saving, library=library)
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
        raise UnforeseenError(app.answers, home) from unforeseen
    return app.return_code or 0


def _collect_again() -> None:
    """Let garbage be collected again; what starting made stays for good, and need not be looked at."""
    gc.freeze()
    gc.enable()


class TrainerApp(RecordApp):
    """Leads from screen to screen; they tell it where to go next."""

    TITLE = "trainer"
    CSS_PATH = "app.tcss"
    COMMANDS: ClassVar = {_commands}
    # Textual declares these two so that mypy takes them for the instance's own.
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (40, "-narrow"), (80, "-normal"), (120, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (12, "-short"), (20, "-tall"), (36, "-lofty")]  # noqa: RUF012

    def on_mount(self) -> None:
        """Look now and then whether Today is still today."""
        self.app_resume_signal.subscribe(self, lambda _: self._meet_new_day())
        self.set_interval(_DAY_LOOKED_AT, self._meet_new_day)

    def on_opened(self, message: Opened) -> None:
        """Go where the learner wanted to."""
        if not self.screen_stack:
            return  # the app is ending
        engine = message.engine
        self.call_after_refresh(_collect_again)
        if choice := self._choice:
            self._choice = None
            self._begin(choice)
        elif message.begin and engine.first_ever:
            self._begin(SessionChoice())
        else:
            self._show_today()

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
            self._show_today()  # by the sheets, which have been read meanwhile
        else:
            today.recall(message.confusion, message.day)

    def on_app_focus(self) -> None:
        """Bring Today up to date if the learner comes back to it on another day."""
        self._meet_new_day()

    def _meet_new_day(self) -> None:
        screen = self.screen
        if self.engine and isinstance(screen, TodayScreen) and screen.day != self.engine.day:
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
        from trainer.app.study.screen import StudyScreen

        engine = self._record
        self._over(StudyScreen(session, engine.minutes_for, saved=engine.saved))

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
        from trainer.app.sheets.screen import SheetsScreen

        self._over(SheetsScreen(self._record.sheets(), saved=self._record.saved))

    def on_sheets_screen_begin(self, message: "SheetsScreen.Begin") -> None:
        """Start the sheet or the deck that was chosen."""
        self._begin_or_more(message.choice)

    def on_sheets_screen_back(self) -> None:
        """Go back to Today."""
        self._show_today()

    def on_today_screen_pairs(self) -> None:
        """Match titles with roles, if there are enough of them."""
        from trainer.app.pairs.screen import PairsScreen

        if first := self._record.pairs():
            self._over(PairsScreen(first, self._record.pairs))
        else:
            self._show_today("The warm-up needs four roles with titles of their own.")

    def on_pairs_screen_back(self) -> None:
        """Go back to Today."""
        self._show_today()

    def on_today_screen_statistics(self) -> None:
        """Read the history for the statistics; it may be long."""
        if engine := self.engine:
            self.run_worker(partial(self._profile, engine), thread=True, exclusive=True, group=_PROFILING)

    def _profile(self, engine: "Engine") -> None:
        try:
            self.post_message(Profiled(engine.profile()))
        except TrainerError as error:
            engine.tell(str(error))
            self.call_from_thread(self._show_today)

    def on_profiled(self, message: Profiled) -> None:
        """Show the statistics."""
        from trainer.app.statistics.screen import StatisticsScreen

        if self.engine and self.screen_stack and isinstance(self.screen, TodayScreen):
            self._over(StatisticsScreen(message.profile, self.engine.recruiter))

    def on_statistics_screen_back(self) -> None:
        """Go back to Today."""
        self._show_today()

    def on_today_screen_import(self) -> None:
        """Make a sheet of a page."""
        from trainer.app.importing.feature import open_import

        if isinstance(self.screen, TodayScreen) and self.engine:  # not twice, when the key was pressed twice
            open_import(self, self.engine, begin=self._begin_or_more, today=self._show_today)

    def on_study_screen_edit(self, message: "StudyScreen.Edit") -> None:
        """Open the texts behind a card."""
        from trainer.app.editing.card import edit_card
        from trainer.app.study.screen import StudyScreen

        if isinstance(self.screen, StudyScreen):  # not twice, when the key was pressed twice
            edit_card(self.screen, self._record, message.question)

    def on_study_screen_left(self) -> None:
        """Go back to Today."""
        self._show_today()

    def on_study_screen_finished(self, message: "StudyScreen.Finished") -> None:
        """Say what the session came to."""
        from trainer.app.study.summary_screen import SummaryScreen

        engine = self._record
        self._over(
            SummaryScreen(message.session, engine.day, first_ever=engine.first_ever, saved=engine.saved)
        )

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
