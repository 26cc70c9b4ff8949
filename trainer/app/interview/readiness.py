"""How much of each role one would know in an interview now: of those ahead first, then of what is learned."""

from typing import TYPE_CHECKING

from trainer.app.interview.interview_words import role_and_level
from trainer.app.kit.feature import Feature, Line
from trainer.app.kit.places import INTERVIEW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trainer.engine.engine import Engine


def _roles(engine: "Engine") -> "Sequence[Line]":
    from trainer.reports.readiness import in_brief
    from trainer.reports.reliability import in_brief as how_true

    names = {role.id: role.name for role in engine.roles() if role.state != "vocabulary"}
    ahead = [each for each in engine.interviews() if not (each.over or each.gone) and each.role in names]
    prepared = dict.fromkeys((each.role, engine.asked_level(each)) for each in ahead)
    begun = {role for role, _ in prepared}
    learned = [(role.id, "") for role in engine.learned_roles() if role.id not in begun]
    told = [
        Line(role_and_level(names[role], level), in_brief(engine.readiness(role, level)))
        for role, level in (*prepared, *learned)
    ]
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
