"""How the app begins and ends: who trains, whether the record could be opened, and signals."""

import asyncio
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec import Struct
from textual.message import Message

from trainer.errors import TrainerError
from trainer.home import Home, check_recruiter

if TYPE_CHECKING:
    from trainer.engine.engine import Engine
    from trainer.memory.state import Day
    from trainer.reports.profile import Profile


@dataclass
class Opened(Message):
    """A record is open."""

    engine: "Engine"
    begin: bool
    """Whether a learner without a past goes straight to the first question."""


@dataclass
class Refused(Message):
    """A record can't be opened."""

    name: str
    error: TrainerError


@dataclass
class Recalled(Message):
    """Yesterday's confusion was looked for in the history."""

    confusion: str
    """A sentence, empty if there is none."""
    day: "Day"


@dataclass
class Profiled(Message):
    """A rater's profile was made from the history."""

    profile: "Profile"


class FirstStep(Struct, frozen=True, kw_only=True):
    """Where the app begins."""

    name: str = ""
    """Whose record to open if it is known, else the name to offer."""
    known: bool = False
    names: Sequence[str] = ()
    """The names to choose from, if there are several."""
    problem: str = ""
    """Why the name that was given can't be used."""


def first_step(home: Home, recruiter: str | None, *, has_choice: bool) -> FirstStep:
    """Find out who trains. A new name is welcomed first, unless a session was chosen for it already."""
    try:
        names = home.recruiters()
        wanted = "" if recruiter is None else check_recruiter(recruiter)
    except (OSError, TrainerError) as error:
        return FirstStep(name=recruiter or "", problem=str(error))
    if not wanted and len(names) > 1:
        return FirstStep(names=names)
    name = wanted or next(iter(names), "")
    return FirstStep(name=name, known=bool(name) and (name in names or has_choice))


def end_on_signals(stop: Callable[[], object]) -> None:
    """End in order when the system or a closed terminal says so; the app runs on the present loop."""
    for name in ("SIGTERM", "SIGHUP"):
        with suppress(NotImplementedError, AttributeError):  # Windows has neither SIGHUP nor handlers
            asyncio.get_running_loop().add_signal_handler(getattr(signal, name), stop)
