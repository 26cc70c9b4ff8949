"""The keys of the cards that were marked."""

from trainer.app.kit.keys import EVERYWHERE, key

_TAKE_KEYS = (
    key("marked.unstar", "asterisk", "take('stars')", "Unstar", "Take the card's star away", show=True),
    key("marked.back", "x", "take('away')", "Bring back", "Ask the card again", show=True),
    key("marked.today", "b", "take('off')", "Ask today", "Ask the card today after all", show=True),
    key(
        "marked.sound",
        "exclamation_mark",
        "take('doubts')",
        "Not doubtful",
        "Say that nothing is wrong with the card any more",
        show=True,
    ),
)
"""The key that marks a card in a session takes the mark away here."""

MARKED_KEYS = (
    key("marked.go", "enter,space", "go", "Read", "Read the card of the marked line", show=True),
    *_TAKE_KEYS,
    key("marked.train", "t", "train", "Train the starred", "A session of the cards with a star", show=True),
    key("marked.undo", "u", "undo", "Undo", "Give the last mark back", show=True),
    *EVERYWHERE,
    key("marked.leave", "escape", "back", "Back", "Back; every change is kept", show=True),
)

ENTRY_KEYS = (
    *_TAKE_KEYS,
    *EVERYWHERE,
    key("entry.leave", "escape,enter", "back", "Back", "Back to the list", show=True),
)
"""A mark that is taken away here leads back to the list, where `u` gives it back."""
