"""The sheets: one of them, or one deck of it, is trained alone."""

from typing import TYPE_CHECKING

from trainer.app.kit.feature import Feature
from trainer.app.kit.places import TRAIN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trainer.app.kit.host import Host
    from trainer.app.kit.keys import KeyTable
    from trainer.engine.engine import Engine


def _open(app: "Host", engine: "Engine") -> None:
    from trainer.app.sheets.screen import SheetsScreen

    app.show(SheetsScreen(engine.sheets(), saved=engine.saved))


def _keys() -> "Iterable[KeyTable]":
    from trainer.app.sheets.keys import SHEETS_KEYS

    return (SHEETS_KEYS,)


SHEETS = Feature(
    name="sheets",
    place=TRAIN,
    key="d",
    label="Sheets",
    tooltip="Train one sheet, or one deck of it",
    line="One sheet or a deck of it",
    open=_open,
    keys=_keys,
)
