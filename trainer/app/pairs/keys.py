"""The keys of the warm-up."""

from trainer.app.kit.keys import EVERYWHERE, digits, key

PAIRS_KEYS = (
    *digits("pairs.role", "role", "Role", "The title belongs to the role with this number", show=True),
    key("pairs.go", "enter,space", "go", "Go on", "Take the marked role, or another round", show=True),
    *EVERYWHERE,
    key("pairs.leave", "escape", "back", "Back", "Back to where you came from", show=True),
)
