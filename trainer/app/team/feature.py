"""How a team stands with its drills, for whoever is in it; and making one, for leads."""

from typing import TYPE_CHECKING

from trainer.app.kit.feature import Feature
from trainer.app.kit.places import PROGRESS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trainer.app.kit.host import Host
    from trainer.app.kit.keys import KeyTable
    from trainer.engine.engine import Engine
    from trainer.reports.team import TeamReport


def _is_there(engine: "Engine") -> bool:
    return (engine.home.team_of(engine.recruiter) / "member.json").is_file()


def _open(app: "Host", engine: "Engine") -> None:
    from trainer.engine.team import Team

    team = Team(engine.home, engine.recruiter, engine.clock)

    def show(report: "TeamReport") -> None:
        from trainer.app.team.screen import TeamScreen

        app.show(TeamScreen(report, team.save_report))

    app.prepare(team.report, show)  # the place may be slow


def _keys() -> "Iterable[KeyTable]":
    from trainer.app.team.keys import DRAFT_KEYS, TEAM_KEYS

    return (TEAM_KEYS, DRAFT_KEYS)


def _leads(engine: "Engine") -> bool:
    """Return whether the learner sets drills in a team; without one nothing of it is loaded."""
    if not _is_there(engine):
        return False
    from trainer.engine.team import Team
    from trainer.errors import TrainerError

    try:
        own = Team(engine.home, engine.recruiter, engine.clock).membership
    except TrainerError:  # told where the team is opened
        return False
    return bool(own and own.place and own.lead)


def _make(app: "Host", engine: "Engine") -> None:
    from trainer.app.team.making import MakingSteps
    from trainer.engine.making import Making, Offered
    from trainer.engine.team import Team

    team = Team(engine.home, engine.recruiter, engine.clock)
    roles = [Offered(role.id, role.name) for role in engine.roles()]
    app.prepare(lambda: Making(team, engine.library, roles), lambda making: MakingSteps(app, making).begin())


TEAM = Feature(
    name="team",
    place=PROGRESS,
    key="T",
    label="Team",
    tooltip="Who of your team stands where with its drills, and what is weakest",
    line="Your team's drills",
    open=_open,
    keys=_keys,
    needs_cards=False,
    there=_is_there,
)

MAKE = Feature(
    name="make_drill",
    place=PROGRESS,
    key="N",
    label="New drill",
    tooltip="Make a drill for your team: you see its questions before it is published",
    line="Make a drill for your team",
    open=_make,
    there=_leads,
)
