"""How much of each role one would know in an interview now."""

from typing import TYPE_CHECKING

from trainer.app.kit.feature import Feature, Line
from trainer.app.kit.places import INTERVIEW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trainer.engine.engine import Engine


def _roles(engine: "Engine") -> "Sequence[Line]":
    from trainer.reports.readiness import in_brief

    learned = [role for role in engine.roles() if role.state == "learned"]
    return [Line(role.name, in_brief(engine.readiness(role.id))) for role in learned]


READINESS = Feature(
    name="readiness",
    place=INTERVIEW,
    label="Readiness",
    tooltip="How many cards of each role you would know now",
    line="What you would know in an interview now",
    later=_roles,
)
