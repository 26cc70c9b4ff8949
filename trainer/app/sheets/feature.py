"""The sheets: one of them, or one deck of it, is trained alone."""

from typing import TYPE_CHECKING

from trainer.app.kit.feature import Feature
from trainer.app.kit.keys import EVERYWHERE, digits, key

if TYPE_CHECKING:
    from trainer.app.kit.host import Host
    from trainer.engine.engine import Engine

KEYS = (
    *digits(
        "sheets.sheet", "sheet", "Sheet", "Train all of the sheet with this number", show=True, listed=False
    ),
    key("sheets.go", "enter,space", "go", "Train", "Train the line that is marked", show=True),
    *EVERYWHERE,
    key("sheets.leave", "escape", "back", "Today", "Back to Today", show=True),
)


def _open(app: "Host", engine: "Engine") -> None:
    from trainer.app.sheets.screen import SheetsScreen

    app.show(SheetsScreen(engine.sheets(), saved=engine.saved))


SHEETS = Feature(
    name="sheets",
    key="d",
    label="Sheets",
    tooltip="Train one sheet, or one deck of it",
    line="One sheet or a deck of it",
    open=_open,
    keys=lambda: (KEYS,),
)
