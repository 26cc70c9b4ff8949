"""The roles: what a learner hires for, in an order."""

from typing import TYPE_CHECKING

from trainer.app.kit.feature import Feature
from trainer.app.kit.places import PERSON

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trainer.app.kit.host import Host
    from trainer.app.kit.keys import KeyTable
    from trainer.engine.engine import Engine


def _open(app: "Host", engine: "Engine") -> None:
    from trainer.app.roles.screen import RolesScreen

    app.show(RolesScreen(engine))


def _keys() -> "Iterable[KeyTable]":
    from trainer.app.kit.keys import ROW_KEYS
    from trainer.app.roles.keys import ROLES_KEYS

    return ((*ROW_KEYS, *ROLES_KEYS),)


ROLES = Feature(
    name="roles",
    place=PERSON,
    key="l",
    label="What you hire for",
    tooltip="Choose the roles that you learn, and their order",
    line="What you hire for: choose, order, pause",
    open=_open,
    keys=_keys,
    needs_cards=False,
)
