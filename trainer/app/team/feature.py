"""How a team stands with its drills, for whoever is in it; and making one, for leads."""

from functools import partial
from typing import TYPE_CHECKING

from trainer.app.kit.feature import Feature
from trainer.app.kit.places import PROGRESS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trainer.app.kit.host import Host
    from trainer.app.kit.keys import KeyTable
    from trainer.engine.engine import Engine
    from trainer.engine.making import Made, Making
    from trainer.reports.team import DrillReport, TeamReport


_SECONDS = 3
"""How long it is told how far reading has come."""


def _is_there(engine: "Engine") -> bool:
    return (engine.home.team_of(engine.recruiter) / "member.json").is_file()


def _open(app: "Host", engine: "Engine") -> None:
    from trainer.engine.team import Team

    team = Team.of(engine)

    def hand_over(report: "TeamReport") -> str:
        page, save = partial(team.printed_report, report), partial(team.save_report, report)
        return app.hand_over("report.html", page, save)

    def show(report: "TeamReport") -> None:
        from trainer.app.team.screen import TeamScreen

        again = partial(_make_again, app, engine) if _leads(engine) else None
        app.show(TeamScreen(report, hand_over, again))

    def tell(words: str) -> None:
        app.notify(words, markup=False, timeout=_SECONDS)  # from the thread in which it is read

    app.prepare(partial(team.report, tell=tell), show)  # the place may be slow


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
        own = Team.of(engine).membership
    except TrainerError:  # told where the team is opened
        return False
    return bool(own and own.place and own.lead)


def _make(app: "Host", engine: "Engine") -> None:
    from trainer.app.team.making import MakingSteps

    app.prepare(lambda: _making(engine), lambda making: MakingSteps(app, making).begin())


def _make_again(app: "Host", engine: "Engine", report: "DrillReport") -> None:
    """Show the next drill of what was mixed up in one."""
    from trainer.app.team.making import show_draft

    def made() -> "tuple[Making, Made]":
        making = _making(engine)
        return making, making.make_of_confusions(report)

    app.go_to(PROGRESS)
    app.prepare(made, lambda found: show_draft(app, *found))


def _making(engine: "Engine") -> "Making":
    from trainer.engine.making import Making, Offered
    from trainer.engine.team import Team

    team = Team.of(engine)
    return Making(team, engine.library, [Offered(role.id, role.name) for role in engine.roles()])


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
