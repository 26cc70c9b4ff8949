"""How a team stands with its drills, for whoever is in it; and making one, for leads."""

from functools import partial
from typing import TYPE_CHECKING

from trainer.app.kit.feature import Event, Feature, Line
from trainer.app.kit.places import PERSON, PROGRESS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trainer.app.kit.host import Host
    from trainer.app.kit.keys import KeyTable
    from trainer.engine.engine import Engine
    from trainer.engine.making import Made, Making
    from trainer.engine.team import Team
    from trainer.reports.team import DrillReport, TeamReport


_SECONDS = 3
"""How long it is told how far reading has come."""


def _is_there(engine: "Engine") -> bool:
    return engine.home.in_team(engine.recruiter)


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
    """Return whether the learner sets drills in a team."""
    team = _team(engine)
    return bool(team and team.member.lead)


def _in_team(engine: "Engine") -> bool:
    """Return whether the learner is in a team; who only takes drills by mail is in none."""
    return _team(engine) is not None


def _team(engine: "Engine") -> "Team | None":
    """Return the learner's team, if they are in one; without one nothing of it is loaded."""
    if not _is_there(engine):
        return None
    from trainer.engine.team import Team
    from trainer.errors import TrainerError

    team = Team.of(engine)
    try:
        own = team.membership
    except TrainerError:  # told where the team is opened
        return None
    return team if own and own.place else None


def _can_join(engine: "Engine") -> bool:
    """Return whether the learner may join a team; a server has one, which somebody has to have made."""
    if engine.rights.team is None:
        return engine.saved and not _in_team(engine)
    from trainer.engine.joining import can_join

    return can_join(engine)


def _to_join(engine: "Engine") -> Event | None:
    """Offer the team of a server until it is declined."""
    if engine.rights.team is None:
        return None
    from trainer.engine.joining import is_offered

    return Event("Team", "there is a team here, which takes drills", "join") if is_offered(engine) else None


def _join(app: "Host", engine: "Engine") -> None:
    if engine.rights.team is not None:
        from trainer.app.team.served import join

        join(app, engine)
        return
    from trainer.app.team.joining import JoiningSteps
    from trainer.engine.team import Team

    JoiningSteps(app, Team.of(engine), engine.recruiter).begin()


def _leaving(engine: "Engine") -> "Sequence[Line]":
    team = _team(engine)
    if team is None:
        return ()
    if engine.rights.team is not None:
        return (Line("Leave the team", open=_leave),)
    own = team.member
    return (Line(f"Your team “{own.name}”", own.place), Line("Leave the team", open=_leave))


def _leave(app: "Host", engine: "Engine") -> None:
    from trainer.app.team.joining import leave

    if team := _team(engine):
        if engine.rights.team is not None:
            from trainer.engine.joining import decline

            decline(engine)  # it is not offered at once again
        leave(app, team)


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

JOIN = Feature(
    name="join_team",
    place=PERSON,
    key="J",
    label="Team",
    tooltip="Join a team that takes drills together, or make one",
    line="Team: join or make one",
    open=_join,
    needs_cards=False,
    there=_can_join,
    event=_to_join,
)

LEAVE = Feature(
    name="leave_team",
    place=PERSON,
    label="Leave your team",
    tooltip="Leave your team, and remove what you sent",
    lines=_leaving,
    needs_cards=False,
    there=lambda engine: engine.saved and _in_team(engine),
)
