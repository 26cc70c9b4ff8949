"""The keys of the roles."""

from trainer.app.kit.keys import EVERYWHERE, key

ROLES_KEYS = (
    key("roles.go", "enter,space", "go", "Learn", "Learn the marked role, or put it back", show=True),
    key("roles.earlier", "left,shift+up", "shift(-1)", "Earlier", "Learn it before the others", show=True),
    key("roles.later", "right,shift+down", "shift(1)", "Later", "Learn it after the others", show=True),
    key("roles.pause", "p", "pause", "Pause", "Don't ask it for now; nothing is lost", show=True),
    key("roles.undo", "u", "undo", "Undo", "Take the last change back", show=True),
    *EVERYWHERE,
    key("roles.leave", "escape", "back", "Back", "Back; every change is kept", show=True),
)
