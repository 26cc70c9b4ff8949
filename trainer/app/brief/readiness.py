"""How much of each role one would know in an interview now: of those ahead first, then of what is learned."""

from typing import TYPE_CHECKING

from trainer.app.kit.feature import Feature, Line
from trainer.app.kit.places import INTERVIEW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trainer.engine.engine import Engine


def _roles(engine: "Engine") -> "Sequence[Line]":
    from trainer.reports.readiness import in_brief
    from trainer.reports.reliability import in_brief as how_true

    roles = {role.id: role for role in engine.roles() if role.state != "vocabulary"}
    prepared = [each.role for each in engine.interviews() if not each.over and each.role in roles]
    learned = [id_ for id_, role in roles.items() if role.state == "learned"]
    wanted = dict.fromkeys([*prepared, *learned])
    told = [Line(roles[id_].name, in_brief(engine.readiness(id_))) for id_ in wanted]
    reliability = engine.reliability()
    return [*told, Line("How true that has been", how_true(reliability))] if reliability else told


READINESS = Feature(
    name="readiness",
    place=INTERVIEW,
    label="Readiness",
    tooltip="How many cards of each role you would know now",
    line="What you would know in an interview now",
    later=_roles,
)
