"""The keys of a form: those that save and leave, and those of its fields and ticks."""

from trainer.app.kit.keys import EVERYWHERE, key

EDIT_KEYS = (
    key("edit.save", "ctrl+s,f4", "save", "Save", "Keep what you wrote", show=True),
    *EVERYWHERE,
    key("edit.leave", "escape", "back", "Back", "Back; what is not saved is asked about", show=True),
)

FIELD_KEYS = (
    # Before the text area takes it for the end of a line.
    key("field.next", "enter", "app.focus_next", "Next", "To the next field", priority=True),
)

TICK_KEYS = (
    key("tick.toggle", "space,enter", "tick", "Tick", "Set the tick, or take it away", show=True),
    key("tick.up", "up", "app.focus_previous", "Up", "To the field above"),
    key("tick.down", "down", "app.focus_next", "Down", "To the field below"),
)
