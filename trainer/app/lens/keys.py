"""The keys of the lens: where a text comes from, and what stands in it."""

from trainer.app.kit.keys import EVERYWHERE, key

LENS_PASTE_KEYS = (
    key(
        "lens-paste.read", "ctrl+s,f4", "read", "Look", "See which words of the trade stand in it", show=True
    ),
    key("lens-paste.file", "enter", "take", "Take the file", "Look into the file that is named", show=True),
    *EVERYWHERE,
    key("lens-paste.leave", "escape", "back", "Back", "Back to where you came from", show=True),
)

LENS_KEYS = (
    key("lens.next", "right", "step(1)", "Next word", "To the next word of the trade", show=True),
    key("lens.before", "left", "step(-1)", "Word before", "To the word before"),
    key("lens.undo", "u", "undo", "Undo", "Take the last star or stars back", show=True),
    key("lens.star", "asterisk", "star", "Star", "Let the word come up next, or not", show=True),
    key("lens.all", "n", "all", "All new ones", "Let all that you never met come up next", show=True),
    key("lens.train", "t", "train", "Train", "A session of the cards with a star", show=True),
    key("lens.list", "v", "turn", "List", "All words with what to ask, and back to the text", show=True),
    *EVERYWHERE,
    key("lens.leave", "escape", "back", "Back", "Back to the box, for another text", show=True),
)
