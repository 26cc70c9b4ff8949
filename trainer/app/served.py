"""The app as a server runs it for one person, in a process of its own, shown in their browser."""

import gc
import os
import sys
from pathlib import Path
from typing import Any

from msgspec import Struct
from textual.driver import Driver

from trainer.app.app import TrainerApp
from trainer.app.kit.page_driver import PageDriver, tell
from trainer.crash import SAVED, keep_report
from trainer.engine.rights import served_rights
from trainer.errors import InUseError, TrainerError
from trainer.home import Home

_LEFT = "You have left trainer. Every answer is saved."
_BROKE = "Something went wrong, and trainer had to stop. {answers}"

_LOCK_PATIENCE = 10.0
"""Seconds for which the record may be in the hands of the session that is being taken over."""
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
    """What the page is called."""
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
    raised: Exception | None = None
    try:
        app.run(size=served.size)
    except Exception as error:  # noqa: BLE001 — it is told once the record is closed
        raised = error
    finally:
        app.close_record()
    if unforeseen := app.crashed or raised:
        keep_report(unforeseen, served.home)
        tell({"type": "ended", "message": _BROKE.format(answers=app.answers or SAVED).strip()})
        return 1
    tell({"type": "ended", "message": " ".join([_LEFT, *app.last_words])})
    return app.return_code or 0


class ServedApp(TrainerApp):
    """Is for one person, who needs not say who they are, and reaches no file but those of trainer."""

    def __init__(self, served: Served, **options: Any) -> None:
        rights = served_rights(lead=served.lead, team=served.team)
        home = Home(served.home.root, shared=served.sheets.parent)
        self._waited = 0.0
        super().__init__(home, served.recruiter, rights=rights, **options)
        self.title = served.title

    def get_driver_class(self) -> type[Driver]:
        """Return the driver that speaks to the page."""
        return PageDriver

    def _find_recruiter(self) -> None:
        """Open the person's record; who never answered is asked what they hire for."""
        assert self._recruiter is not None
        self._open_record(self._recruiter, saving=self._saving, begin=True)

    def _refuse(self, name: str, error: TrainerError) -> None:
        """Wait while the session that this one takes over puts its record away."""
        if isinstance(error, InUseError) and self._waited < _LOCK_PATIENCE:
            self._waited += _LOCK_AGAIN
            self.set_timer(_LOCK_AGAIN, self._find_recruiter)
        else:
            super()._refuse(name, error)


def _take_streams() -> None:
    """Have the packets' streams to oneself: what is printed by mistake goes where errors go."""
    os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
    vars(sys)["__stdin__"] = open(0, closefd=False)  # noqa: SIM115 — they last as long as the process
    vars(sys)["__stdout__"] = open(1, "w", closefd=False)  # noqa: SIM115 — the same
    sys.stdin, sys.stdout = sys.__stdin__, sys.stderr
