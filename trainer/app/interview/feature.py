"""The brief: what to take into an interview."""

from typing import TYPE_CHECKING

from trainer.app.interview.interview_words import on_today, roles_with_cards
from trainer.app.kit.feature import Event, Feature
from trainer.app.kit.places import INTERVIEW

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trainer.app.kit.host import Host
    from trainer.app.kit.keys import KeyTable
    from trainer.engine.engine import Engine
    from trainer.reports.brief import Brief


def _open(app: "Host", engine: "Engine") -> None:
    from trainer.app.interview.brief_screen import BriefScreen

    roles = roles_with_cards(engine)
    first = next((role for role in roles if role.is_learned), None) or next(iter(roles), None)
    if first is None:
        app.show_today("There is no role to make a brief of yet: import a page first.")
        return

    def brief() -> "Brief":
        wanted, level = engine.wanted_brief()
        return engine.brief(wanted or first.id, level)

    # It looks at every card of the role, and reads the sheets where nothing has done so yet.
    app.prepare(brief, lambda brief: app.show(BriefScreen(app, engine, roles, brief)))


def _event(engine: "Engine") -> Event | None:
    """Tell of the next interview; on its day, and after its hour, other features do."""
    ahead = next((each for each in engine.interviews() if not (each.over or each.gone)), None)
    if ahead is None or not ahead.days or engine.held():
        return None
    return on_today(ahead, "brief")


def _keys() -> "Iterable[KeyTable]":
    from trainer.app.interview.keys import BRIEF_KEYS

    return (BRIEF_KEYS,)


BRIEF = Feature(
    name="brief",
    place=INTERVIEW,
    key="v",
    label="Brief",
    tooltip="A page to take into an interview: questions, red flags, titles to search for",
    line="A brief to take into an interview",
    open=_open,
    keys=_keys,
    event=_event,
)
