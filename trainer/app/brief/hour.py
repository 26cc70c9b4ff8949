"""The quiz for the hour before an interview."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from trainer.app.kit.feature import Feature, Line
from trainer.app.kit.places import INTERVIEW
from trainer.engine.choice import SessionChoice

if TYPE_CHECKING:
    from trainer.app.kit.host import Host
    from trainer.engine.engine import Engine

_MINUTES = 10


def _choice(*roles: str) -> SessionChoice:
    return SessionChoice("hour", roles, minutes=_MINUTES)


def _open(app: "Host", engine: "Engine") -> None:
    first = next((role.id for role in engine.roles() if role.state == "learned"), "")
    app.begin(_choice(*([first] if first else [])))


def _roles(engine: "Engine") -> Sequence[Line]:
    learned = [role for role in engine.roles() if role.state == "learned"]
    return [Line(role.name, choice=_choice(role.id)) for role in learned] if len(learned) > 1 else []


HOUR = Feature(
    name="hour",
    place=INTERVIEW,
    key="z",
    label="Hour before",
    tooltip="Ten minutes of what helps most in an interview within the hour",
    line="An interview within the hour: ten minutes of what helps most",
    open=_open,
    lines=_roles,
)
