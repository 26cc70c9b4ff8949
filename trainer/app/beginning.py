"""Who begins: a newcomer, who is asked some things first, or somebody else of those here."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from trainer.app.record import Opened, RecordApp
from trainer.engine.choice import SessionChoice
from trainer.errors import TrainerError

if TYPE_CHECKING:
    from trainer.app.people.screen import PeopleScreen
    from trainer.app.start.hire_screen import HireScreen
    from trainer.app.start.minutes_screen import MinutesScreen


class BeginningApp(RecordApp):
    """Asks a new learner what there is to ask, a screen each; lets somebody else train.

    Nothing of what a newcomer says is written before the first answer: it is saved with that one.
    """

    _hired: tuple[str, ...] = ()
    """The roles that were chosen."""

    def begin_anew(self, message: Opened) -> bool:
        """Ask somebody new what they hire for; return False for anybody else."""
        engine = message.engine
        if not (message.begin and engine.first_ever):
            return False
        self._hired = ()
        if engine.roles_chosen or not engine.first_role():
            self._ask_minutes()
        else:
            self._ask_roles()
        return True

    def begin_session(self, choice: SessionChoice) -> None:
        """Begin a session."""
        raise NotImplementedError

    def show_today(self, notice: str = "") -> None:
        """Go back to Today, and say something there."""
        raise NotImplementedError

    def _ask_roles(self) -> None:
        from trainer.app.start.hire_screen import HireScreen

        roles = [role for role in self._record.roles() if role.state != "vocabulary"]
        first = not self.rights.people
        self.show(HireScreen(roles, self._record.first_role(), self._hired, first=first))

    def _ask_minutes(self) -> None:
        from trainer.app.start.minutes_screen import MinutesScreen

        self.show(MinutesScreen(self._record.minutes))

    def on_hire_screen_hired(self, message: "HireScreen.Hired") -> None:
        """Ask for the minutes next."""
        self._hired = message.roles
        self._ask_minutes()

    def on_hire_screen_back(self) -> None:
        """Ask for the name again; nothing was written under the one that was given."""
        if not self.rights.people:
            self.exit()
            return
        name = self._record.recruiter
        self.close_record()
        self._welcome(name)

    def on_minutes_screen_back(self) -> None:
        """Ask for the roles again, or for the name where there was nothing to ask of roles."""
        if self._hired:
            self._ask_roles()
        else:
            self.on_hire_screen_back()

    def on_minutes_screen_chosen(self, message: "MinutesScreen.Chosen") -> None:
        """Ask the first question."""
        self._record.begin_with(self._hired, message.minutes)
        self.begin_session(SessionChoice())

    def on_people_screen_switch(self, message: "PeopleScreen.Switch") -> None:
        """Close this record, and open another."""
        self.switch_to(message.name)

    def on_people_screen_new(self) -> None:
        """Close this record, and ask for a new name."""
        self._came_from = self._record.recruiter
        self.show_today()
        self.close_record()
        self._welcome()

    def on_people_screen_rename(self, message: "PeopleScreen.Rename") -> None:
        """Give somebody another name; the record is closed meanwhile, if it is the open one."""
        from trainer.engine import people

        present = self._record.recruiter

        def act() -> tuple[str, str]:
            new = people.rename(self._home, message.name, message.new, self._clock).recruiter
            return new if message.name == present else present, f"{message.name} is {new} now."

        self._between(act, present)

    def on_people_screen_remove(self, message: "PeopleScreen.Remove") -> None:
        """Remove all of somebody; who was training is asked for if it was them."""
        from trainer.engine import people

        present = self._record.recruiter

        def act() -> tuple[str, str]:
            left = people.remove(self._home, message.name, self._clock).left
            others = f" Left, as trainer did not make it: {', '.join(map(str, left))}." if left else ""
            done = f"All that was kept of {message.name} is removed.{others}"
            return "" if message.name == present else present, done

        self._between(act, present)

    def _between(self, act: Callable[[], tuple[str, str]], present: str) -> None:
        """Do something to a record while none is open; it gives whose goes on, and what is to tell.

        Without a name it is asked who trains. If it fails, all is as it was, and Today tells why.
        """
        saving = self._record.saved
        self.show_today()
        self.close_record()
        try:
            name, done = act()
        except (OSError, TrainerError) as error:
            name, done = present, str(error)
        if name:
            self.switch_to(name, saving=saving, notice=done)
        else:
            self._recruiter = None
            self._find_recruiter()
            self.notify(done, markup=False)
