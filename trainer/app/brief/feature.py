"""The brief: what to take into an interview."""

from typing import TYPE_CHECKING

from trainer.app.kit.feature import Feature
from trainer.app.kit.places import INTERVIEW

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trainer.app.kit.host import Host
    from trainer.app.kit.keys import KeyTable
    from trainer.engine.engine import Engine


def _open(app: "Host", engine: "Engine") -> None:
    from trainer.app.brief.screen import BriefScreen

    roles = [role for role in engine.roles() if role.counts.cards and role.state != "vocabulary"]
    first = next((role for role in roles if role.state == "learned"), None) or next(iter(roles), None)
    if first is None:
        app.show_today("There is no role to make a brief of yet: import a page first.")
        return
    # It looks at every card of the role, and reads the sheets where nothing has done so yet.
    app.prepare(lambda: engine.brief(first.id), lambda brief: app.show(BriefScreen(engine, roles, brief)))


def _keys() -> "Iterable[KeyTable]":
    from trainer.app.brief.keys import BRIEF_KEYS

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
)
