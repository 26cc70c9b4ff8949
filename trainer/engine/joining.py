"""The one team that there is to join where a server has it: what joining and leaving send, and both."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from trainer.engine.team import Team
from trainer.engine.team_desk import HERE_READ_BY
from trainer.engine.team_joining import Joining
from trainer.errors import AliasTakenError, TeamError

if TYPE_CHECKING:
    from trainer.engine.engine import Engine

_SETTINGS = "team.toml"
_NAMESAKES = 9
"""People of one name in a team at most."""


def is_member(engine: "Engine") -> bool:
    """Return whether somebody is in a team, or took drills by mail; nothing of it is loaded for that."""
    return engine.home.in_team(engine.recruiter)


def can_join(engine: "Engine") -> bool:
    """Return whether there is a team to join; who leads it can make it first."""
    team = engine.rights.team
    if team is None or not engine.saved or is_member(engine):
        return False
    return engine.rights.leads or (team / _SETTINGS).is_file()


def is_offered(engine: "Engine") -> bool:
    """Return whether joining is to be offered: as long as it was not declined."""
    with suppress(OSError):
        return can_join(engine) and not engine.home.was_told(_of(engine))
    return False


def decline(engine: "Engine") -> None:
    """Offer joining no more by itself."""
    with suppress(OSError):  # then it is offered again
        engine.home.note_told(_of(engine))


def plan(engine: "Engine") -> Joining:
    """Return what joining would send, under one's name or, where that is taken, with a number behind it.

    A lead makes the team where there is none, by joining it. Raises TeamError.
    """
    team, folder = Team.of(engine), _of(engine)
    if engine.rights.leads and not (folder / _SETTINGS).is_file():
        made = team.plan_new(str(folder), engine.rights.team_name, engine.recruiter)
        return replace(made, readers=HERE_READ_BY, here=True)
    for number in range(1, _NAMESAKES + 1):
        alias = f"{engine.recruiter} {number}" if number > 1 else engine.recruiter
        try:
            planned = team.plan_join(str(folder), alias, lead=engine.rights.leads)
        except AliasTakenError:
            continue
        return replace(planned, readers=HERE_READ_BY, here=True)
    raise TeamError("There are too many people of your name in this team already.")


def join(engine: "Engine", planned: Joining) -> str:
    """Join as it was planned, and agreed to; return what there is to say. Raises TeamError."""
    sent = Team.of(engine).join(planned)
    own = planned.membership
    return " ".join([f"You are in “{own.name}” as {own.alias}.", sent.problem]).strip()


def _of(engine: "Engine") -> Path:
    assert engine.rights.team is not None
    return engine.rights.team
