"""The quiz for the hour before an interview."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from trainer.app.interview.interview_words import HOW_IT_WENT, held_in_short, on_today
from trainer.app.kit.feature import Event, Feature, Line
from trainer.app.kit.places import INTERVIEW
from trainer.engine.choice import SessionChoice

if TYPE_CHECKING:
    from trainer.app.kit.host import Host
    from trainer.engine.engine import Engine
    from trainer.engine.interviewing import InterviewEntry

_MINUTES = 10


def _choice(*roles: str) -> SessionChoice:
    return SessionChoice("hour", roles, minutes=_MINUTES)


def _open(app: "Host", engine: "Engine") -> None:
    if engine.held() or _of_today(engine):
        app.open_feature("interviews")
        return
    first = next((role.id for role in engine.learned_roles()), "")
    app.begin(_choice(*([first] if first else [])))


def _roles(engine: "Engine") -> Sequence[Line]:
    learned = engine.learned_roles()
    return [Line(role.name, choice=_choice(role.id)) for role in learned] if len(learned) > 1 else []


def _of_today(engine: "Engine") -> "InterviewEntry | None":
    ahead = (each for each in engine.interviews() if not (each.days or each.over or each.gone))
    return next(ahead, None)


def _event(engine: "Engine") -> Event | None:
    if entry := _of_today(engine):
        return on_today(entry, "steps")
    if held := engine.held():
        return Event("Interview", held_in_short(held), "tell", HOW_IT_WENT)
    return None


HOUR = Feature(
    name="hour",
    place=INTERVIEW,
    key="z",
    label="Hour before",
    tooltip="Ten minutes of what helps most in an interview within the hour; on its day, its steps",
    line="An interview within the hour: ten minutes of what helps most",
    open=_open,
    lines=_roles,
    event=_event,
)
