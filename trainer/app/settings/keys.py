"""The keys of the settings."""

from trainer.app.kit.keys import EVERYWHERE, key

SETTINGS_KEYS = (
    key("settings.go", "enter,space", "go", "Change", "Choose another value for the marked line", show=True),
    key("settings.less", "left", "step(-1)", "Less", "The value before this one", show=True),
    key("settings.greater", "right", "step(1)", "More", "The next value", show=True),
    *EVERYWHERE,
    key("settings.leave", "escape", "back", "Back", "Back; every change is kept", show=True),
)
