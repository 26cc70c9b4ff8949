"""The app as a server runs it for one person, in a process of its own, shown in their browser."""

import gc
import os
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct
from textual.driver import Driver

from trainer.app.app import TrainerApp
from trainer.app.kit.page_driver import PageDriver, tell
from trainer.crash import SAVED, keep_report, true_of_answers
from trainer.engine.rights import served_rights
from trainer.engine.server_words import ASK
from trainer.errors import InUseError, NotWritableError, TrainerError, say_errors_as
from trainer.home import Home

_LEFT = "You have left trainer. Every answer is saved."
_BROKE = "Something went wrong, and trainer had to stop. {answers}"

_IN_USE = "It is open in another window of yours, which does not let it go. Close that one, then try again."

_LOCK_PATIENCE = 10.0
"""Seconds for which the record may be in the hands of the session that is being taken over."""
_LOCK_TOLD = 1.0
"""Seconds after which it is said what is waited for."""
_LOCK_AGAIN = 0.1
"""Seconds between two tries."""


class Served(Struct, frozen=True, kw_only=True):
    """Who is served, and with what. All paths are the server's own: none is ever typed by a person."""

    home: Home
    """The person's own: their record, settings, and what they have of the team."""
    recruiter: str
    """Their name, as the invitation says it."""
    lead: bool = False
    """Whether they look after the sheets that all are trained with."""
    sheets: Path
    """The folder of these sheets, `decks` of the server's home; what else belongs to them lies beside it."""
    team: Path | None = None
    """The folder of the server's own team; None if it has none."""
    title: str = "trainer"
    """What the page is called, and the team if it is made now."""
    size: tuple[int, int] | None = None
    """Columns and lines at the start; None for what COLUMNS and ROWS say, else 80 by 24."""


def run_served(served: Served) -> int:
    """Run the app for one person on the standard streams, which are packets, until it ends.

    Returns the status for the process to end with. How it ended is told by a last message of the type
    "ended", once the record is closed.
    """
    _take_streams()
    gc.disable()  # starting makes little garbage; the app turns it on again with the first picture
    app = ServedApp(served)
    say_errors_as(app.rights.told)
    raised: Exception | None = None
    try:
        app.run(size=served.size)
    except Exception as error:  # noqa: BLE001 — it is told once the record is closed
        raised = error
    finally:
        app.close_record()
    if unforeseen := app.crashed or raised:
        keep_report(unforeseen, served.home)
        answers = true_of_answers(unforeseen, app.answers or SAVED)
        tell({"type": "ended", "message": _BROKE.format(answers=answers).strip()})
        return 1
    tell({"type": "ended", "message": " ".join([_LEFT, *app.last_words])})
    return app.return_code or 0


class ServedApp(TrainerApp):
    """Is for one person, who needs not say who they are, and reaches no file but those of trainer."""

    def __init__(self, served: Served, **options: Any) -> None:
        server = served.sheets.parent
        folders = (served.home.root, server)
        hidden = (*folders, *(each.resolve() for each in folders))
        rights = served_rights(lead=served.lead, team=served.team, team_name=served.title, hidden=hidden)
        home = Home(served.home.root, shared=server)
        self._waited = 0.0
        super().__init__(home, served.recruiter, rights=rights, **options)
        self.title = served.title

    def get_driver_class(self) -> type[Driver]:
        """Return the driver that speaks to the page."""
        return PageDriver

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what a page has not: a shell to go back to."""
        return action != "suspend_process" and super().check_action(action, parameters)

    def hand_over(self, name: str, page: Callable[[], str], save: Callable[[], Path]) -> str:  # noqa: ARG002
        """Have the browser open a page that prints."""
        self._deliver(name, page(), "browser", "text/html")
        return "It opens as a page of its own, which your browser prints or saves."

    def download(self, name: str, content: str) -> str:
        """Have the browser keep a file."""
        kind = "application/json" if name.endswith(".json") else "text/csv"
        self._deliver(name, content, "download", kind)
        return f"Your browser downloads {name}."

    def _deliver(self, name: str, content: str, how: Literal["browser", "download"], kind: str) -> None:
        file = BytesIO(content.encode())
        self.deliver_binary(file, save_directory=Path(), save_filename=name, open_method=how, mime_type=kind)

    def notify(self, message: str, **said: Any) -> None:
        """Say something for some seconds; it names nothing of the server."""
        super().notify(self.rights.told(message), **said)

    def _find_recruiter(self) -> None:
        """Open the person's record; who never answered is asked what they hire for."""
        assert self._recruiter is not None
        self._open_record(self._recruiter, saving=self._saving, begin=True)

    def _refuse(self, name: str, error: TrainerError) -> None:  # noqa: ARG002 — it is the one there is
        """Wait while the session that this one takes over puts its record away."""
        if isinstance(error, InUseError) and self._waited < _LOCK_PATIENCE:
            if not self._waited:
                self.set_timer(_LOCK_TOLD, self._tell_of_wait)
            self._waited += _LOCK_AGAIN
            self.set_timer(_LOCK_AGAIN, self._find_recruiter)
        else:
            self._tell_refused(error)

    def _tell_of_wait(self) -> None:
        if not self.engine:
            self.notify("One moment: your other window puts your record away.", markup=False)

    def _tell_refused(self, error: TrainerError) -> None:
        from trainer.app.start.refused_screen import RefusedScreen  # noqa: PLC0415 — it is seldom shown

        can_practise = isinstance(error, (InUseError, NotWritableError))
        told = self.rights.told(str(error))
        asked = told if ASK in told else f"{told} {ASK}"
        problem = _IN_USE if isinstance(error, InUseError) else asked
        self._waited = 0.0
        self.show(RefusedScreen(problem, self._find_recruiter, self._practise if can_practise else None))

    def _practise(self) -> None:
        """Open the record without saving anything."""
        self._saving = False
        self._find_recruiter()


def _take_streams() -> None:
    """Have the packets' streams to oneself: what is printed by mistake goes where errors go."""
    os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
    vars(sys)["__stdin__"] = open(0, closefd=False)  # noqa: SIM115 — they last as long as the process
    vars(sys)["__stdout__"] = open(1, "w", closefd=False)  # noqa: SIM115 — the same
    sys.stdin, sys.stdout = sys.__stdin__, sys.stderr
