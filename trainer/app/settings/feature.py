"""The settings: of the learner, and of this computer."""

from typing import TYPE_CHECKING

from trainer.app.kit.feature import Feature
from trainer.app.kit.places import PERSON

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trainer.app.kit.host import Host
    from trainer.app.kit.keys import KeyTable
    from trainer.engine.engine import Engine


def _open(app: "Host", engine: "Engine") -> None:
    from trainer.app.settings.screen import SettingsScreen

    app.show(SettingsScreen(engine, app))


def _keys() -> "Iterable[KeyTable]":
    from trainer.app.kit.keys import ROW_KEYS
    from trainer.app.settings.keys import SETTINGS_KEYS

    return ((*ROW_KEYS, *SETTINGS_KEYS),)


SETTINGS = Feature(
    name="settings",
    place=PERSON,
    key="f",
    label="Settings",
    tooltip="Minutes a day, region, colours, where your files are",
    line="Settings: minutes, region, colours, files",
    open=_open,
    keys=_keys,
    needs_cards=False,
)
