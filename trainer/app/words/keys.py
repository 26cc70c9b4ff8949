"""The keys of the cards that were marked."""

from trainer.app.kit.keys import EVERYWHERE, key

MARKED_KEYS = (
    key("marked.go", "enter,space", "go", "Bring back", "Take the mark of the marked line away", show=True),
    key("marked.unstar", "asterisk", "take('stars')", "Unstar", "Take the card's star away"),
    key(
        "marked.sound",
        "exclamation_mark",
        "take('doubts')",
        "Not doubtful",
        "Say that nothing is wrong with the card any more",
    ),
    key("marked.train", "t", "train", "Train the starred", "A session of the cards with a star", show=True),
    key("marked.undo", "u", "undo", "Undo", "Give the last mark back", show=True),
    *EVERYWHERE,
    key("marked.leave", "escape", "back", "Back", "Back; every change is kept", show=True),
)
