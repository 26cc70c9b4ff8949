"""Sessions in the app: begun, gone through, summed up, and where one goes from there."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from trainer.app.kit.feature import Begin
from trainer.app.looking_up import LookingUpApp
from trainer.engine.choice import SessionChoice
from trainer.errors import TrainerError

if TYPE_CHECKING:
    from trainer.app.study.screen import StudyScreen
    from trainer.app.study.summary_screen import SummaryScreen
    from trainer.app.study.worked_screen import WorkedScreen
    from trainer.engine.drills import DrillRun
    from trainer.study.session import Session


class SessionsApp(LookingUpApp):
    """Begins sessions and drills, and leads from their questions to the summary and back."""

    _began = SessionChoice()
    """The session that was begun last."""

    def open_feature(self, name: str) -> None:
        """Open another feature, by its name, in the place of the screen that is shown."""
        raise NotImplementedError

    def begin_session(self, choice: SessionChoice) -> None:
        """Begin a session, or say on Today why there is none."""
        self._began = choice
        try:
            session = self._record.session(choice)
        except TrainerError as error:
            self.show_today(str(error))
            return
        if session:
            self._study(session)
        else:
            self.show_today("There is nothing to ask in this choice now.")

    def _study(self, session: "Session") -> None:
        from trainer.app.study.screen import StudyScreen

        engine = self._record
        self.show(StudyScreen(session, saved=engine.saved, can_edit=engine.rights.sheets))

    def take(self, run: "DrillRun", end: Callable[[], object]) -> None:
        """Ask the questions of a drill, and go on with `end` once it is over or left."""
        from trainer.app.study.drill_screen import DrillScreen

        self.show(DrillScreen(run, end))

    def on_begin(self, message: Begin) -> None:
        """Start what was chosen."""
        self.begin(message.choice)

    def begin(self, choice: SessionChoice) -> None:
        """Start a session; where the choice has nothing for today, it brings more."""
        self._began = choice
        session = self._record.session(choice) or self._record.any_session(choice.decks)
        if session:
            self._study(session)
        else:
            self.show_today("There is nothing to ask there.")

    def take_back(self) -> None:
        """Take the last answer back, of a run before this one too, and put its question again."""
        try:
            session, told = self._record.take_back()
        except TrainerError as error:
            self.show_today(f"{error} Nothing has changed.")
            return
        if session.question is None:
            self.show_today(told)
            return
        self._study(session)
        self.notify(told, markup=False)

    def on_study_screen_region_picked(self, message: "StudyScreen.RegionPicked") -> None:
        """Keep the learner's region; where that fails, it counts for the session all the same."""
        try:
            self._record.set_region(message.region)
        except TrainerError as error:
            self.notify(str(error), severity="error", markup=False)

    def on_study_screen_left(self) -> None:
        """Go back to where it began."""
        self._leave_session()

    def _leave_session(self) -> None:
        """Go back to the steps of an interview's day, if it was one of them; else to Today."""
        self.show_today()
        if self._began.part:
            self.open_feature("interviews")

    def on_study_screen_finished(self, message: "StudyScreen.Finished") -> None:
        """Say what the session came to; on the first day an example of what is to come stands before it.

        Not before an interview: there is no time to lose.
        """
        if not self._began.part and (worked := self._record.worked_example(message.session)):
            from trainer.app.study.worked_screen import WorkedScreen

            self.show(WorkedScreen(worked, message.session))
        else:
            self._summarize(message.session)

    def on_worked_screen_read(self, message: "WorkedScreen.Read") -> None:
        """Say what the session came to."""
        self._summarize(message.session)

    def _summarize(self, session: "Session") -> None:
        from trainer.app.study.summary_screen import SummaryScreen

        engine, leads_to = self._record, "Today"
        if self._began.part:
            leads_to = "the steps"
            self._note_step(session)
        outlook, first_ever = engine.outlook(), engine.first_ever
        told = SummaryScreen(session, outlook, first_ever=first_ever, saved=engine.saved, leads_to=leads_to)
        self.show(told)

    def _note_step(self, session: "Session") -> None:
        try:
            self._record.step_was_done(self._began, session)
        except TrainerError as error:  # its answers are saved; it only has no check mark
            self.notify(str(error), severity="error", markup=False)

    def on_summary_screen_back(self) -> None:
        """Go back to where it began."""
        self._record.first_ever = False
        self._leave_session()

    def on_summary_screen_again(self) -> None:
        """Go on with another session."""
        self._record.first_ever = False
        if session := self._record.any_session():
            self._study(session)
        else:
            self.show_today("There is nothing to ask now.")

    def on_summary_screen_brief(self) -> None:
        """Go on to the brief for the interview that is next."""
        self._record.first_ever = False
        self.show_today()
        self.open_feature("brief")

    def on_summary_screen_reopened(self, message: "SummaryScreen.Reopened") -> None:
        """Put the question again whose answer was taken back."""
        self._study(message.session)
