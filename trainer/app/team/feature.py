"""How a team stands with its drills, for whoever is in it: they can all read what was sent."""

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
    from trainer.app.team.keys import TEAM_KEYS

    return (TEAM_KEYS,)


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
