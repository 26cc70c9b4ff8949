"""The keys of the sheets."""

from trainer.app.kit.keys import EVERYWHERE, digits, key

SHEETS_KEYS = (
    *digits(
        "sheets.sheet", "sheet", "Sheet", "Train all of the sheet with this number", show=True, listed=False
    ),
    key("sheets.go", "enter,space", "go", "Train", "Train the line that is marked", show=True),
    *EVERYWHERE,
    key("sheets.leave", "escape", "back", "Back", "Back to where you came from", show=True),
)
