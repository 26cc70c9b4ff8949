"""Joining a team, making one, and leaving it, in the app."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from trainer.app.kit.agree_screen import AgreeScreen
from trainer.app.kit.host import Host
from trainer.app.kit.phrases import said
from trainer.app.kit.pick import PickScreen
from trainer.app.kit.typed_path import unquoted
from trainer.engine.agreements import of_joining, of_leaving
from trainer.engine.team import Team
from trainer.engine.team_joining import Joining
from trainer.errors import AliasError, TeamNameError, TrainerError
from trainer.home import expanded
from trainer.material.changes import Way
from trainer.material.fields import Field, FieldError, Kind

_FOLDER = "Folder"
_ALIAS = "What you are called there"
_LEAD = "I set drills: nobody waits for me to take them"
_AT: Mapping[type[TrainerError], int] = {AliasError: 1, TeamNameError: 2}
"""Which field an error is about; any other is about the first one."""
_OPTION = re.compile(r": --\w+ .*$")
"""What an error says to whoever types commands."""
_NEXT = "Next you see what is written there. Nothing is before you say so."


@dataclass(frozen=True)
class Form:
    """What has to be said to join a team, or to make one, as fields."""

    fields: tuple[Field, ...]
    plan: Callable[[Sequence[str | bool]], Joining]

    def save(self, values: Sequence[str | bool]) -> Joining:
        """Return what joining would send. Raises FieldError, at the field that has to be mended."""
        for place, (field, value) in enumerate(zip(self.fields, values, strict=True)):
            if isinstance(value, str) and not value.strip():
                raise FieldError(f"{field.label}: nothing stands there.", place)
        try:
            return self.plan(values)
        except TrainerError as error:
            place = next((place for kind, place in _AT.items() if isinstance(error, kind)), 0)
            raise FieldError(_OPTION.sub(".", str(error)), place) from error

    def knowing(self, present: Mapping[Way, Any]) -> Self:  # noqa: ARG002 — nothing is written over
        """Return the same."""
        return self


def _line(label: str, value: str = "", *, offered: bool = False, advice: str = "") -> Field:
    return Field(way=(), label=label, value=value, kind=Kind.LINE, offered=offered, advice=advice)


def to_join(team: Team, recruiter: str) -> Form:
    """Return what has to be said to join a team."""

    def plan(values: Sequence[str | bool]) -> Joining:
        folder, alias, lead = values
        return team.plan_join(_folder(str(folder)), str(alias).strip(), lead=bool(lead))

    lead = Field(way=(), label=_LEAD, value=False, kind=Kind.TICK)
    return Form((_line(_FOLDER), _line(_ALIAS, recruiter, offered=True), lead), plan)


def to_make(team: Team, recruiter: str) -> Form:
    """Return what has to be said to make a team."""

    def plan(values: Sequence[str | bool]) -> Joining:
        folder, alias, name = values
        return team.plan_new(_folder(str(folder)), str(name), str(alias).strip())

    name = _line("What the team is called", "Casting", offered=True)
    return Form((_line(_FOLDER), _line(_ALIAS, recruiter, offered=True), name), plan)


class JoiningSteps:
    """Asks for a team's folder and a name, shows what would be written there, and writes it on yes."""

    def __init__(self, app: Host, team: Team, recruiter: str) -> None:
        self._app, self._team, self._recruiter = app, team, recruiter

    def begin(self) -> None:
        """Ask whether to join a team that is there, or to make one."""
        offered = ["Join a team: whoever leads it tells you its folder", "Make a team: you set its drills"]

        def go_on(chosen: int | None) -> None:
            if chosen is not None:
                (self._join, self._make)[chosen]()

        ask = "A team is a folder that all of it can reach: a share, a synced folder, a stick."
        self._app.push_screen(PickScreen(ask, [said(each) for each in offered], verb="Next"), go_on)

    def _join(self) -> None:
        form = to_join(self._team, self._recruiter)
        self._app.edit(form, "Join a team", _NEXT, self._show, verb="Next")

    def _make(self) -> None:
        advice = f"The folder is made if it is not there yet. {_NEXT}"
        form = to_make(self._team, self._recruiter)
        self._app.edit(form, "Make a team", advice, self._show, verb="Next")

    def _show(self, planned: Joining | None) -> None:
        if planned is None:
            return

        def answer(agreed: bool) -> None:  # noqa: FBT001 — the answer
            if agreed:
                self._do(planned)
            else:
                self._app.back()

        self._app.show(AgreeScreen(of_joining(planned), answer))

    def _do(self, planned: Joining) -> None:
        own, app = planned.membership, self._app

        def told(problem: str) -> None:
            made = (
                f"“{own.name}” is made. Tell those who are to be in it: in trainer, 6, then “Team”, and this "
                f"folder: {own.place}. “New drill” under Progress makes its first drill."
            )
            joined = f"You are in “{own.name}” as {own.alias}. Its drills stand on Today, and under Train."
            app.show_today(problem or (made if planned.founds else joined))

        app.show_today()
        app.prepare(lambda: self._joined(planned), told)

    def _joined(self, planned: Joining) -> str:
        """Join, and look what drills there are; return what could not be done."""
        problem = self._team.join(planned).problem
        if not problem:
            self._team.drills()
        return problem


def leave(app: Host, team: Team) -> None:
    """Show what leaving puts in the place of what one sent, and leave on yes."""
    agreement, name = of_leaving(team), team.member.name

    def answer(agreed: bool) -> None:  # noqa: FBT001 — the answer
        if agreed:
            app.show_today()
            app.prepare(lambda: team.leave(agreement.line), told)
        else:
            app.back()

    def told(copies: Sequence[str]) -> None:
        others = f" Copies that others made stay: {', '.join(copies)}." if copies else ""
        app.show_today(f"You left “{name}”. Your results are removed.{others}")

    app.show(AgreeScreen(agreement, answer))


def _folder(typed: str) -> str:
    """Return the folder that was meant; what has an address of another kind stays as it is."""
    words = unquoted(typed)
    return words if "://" in words or not words else str(expanded(Path(words)))
