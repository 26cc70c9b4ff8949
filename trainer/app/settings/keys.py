"""The keys of the settings."""

from trainer.app.kit.keys import EVERYWHERE, ROW_KEYS, KeyTable, key

SETTINGS_KEYS: KeyTable = (
    key("settings.go", "enter,space", "go", "Change", "Choose another value for the marked line", show=True),
    key("settings.less", "left", "step(-1)", "Less", "The value before this one", show=True),
    key("settings.greater", "right", "step(1)", "More", "The next value", show=True),
    *EVERYWHERE,
    key("settings.leave", "escape", "back", "Back", "Back; every change is kept", show=True),
)
TABLE = (*ROW_KEYS, *SETTINGS_KEYS)
"""Those that work together: the list has its own."""
