"""People: who trains here; switch, rename, remove."""

from typing import TYPE_CHECKING

from trainer.app.kit.feature import Feature
from trainer.app.kit.places import PERSON

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trainer.app.kit.host import Host
    from trainer.app.kit.keys import KeyTable
    from trainer.engine.engine import Engine


def _open(app: "Host", engine: "Engine") -> None:
    from trainer.app.people.screen import PeopleScreen

    app.prepare(engine.people, lambda people: app.show(PeopleScreen(people, engine.recruiter)))


def _keys() -> "Iterable[KeyTable]":
    from trainer.app.kit.keys import ROW_KEYS
    from trainer.app.people.keys import NAME_KEYS, PEOPLE_KEYS

    return (*ROW_KEYS, *PEOPLE_KEYS), NAME_KEYS


PEOPLE = Feature(
    name="people",
    place=PERSON,
    key="n",
    label="Who",
    tooltip="Who trains: switch, rename, remove",
    line="Who trains here",
    open=_open,
    keys=_keys,
    needs_cards=False,
    there=lambda engine: engine.rights.people,
)
