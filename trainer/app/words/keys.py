"""The keys of the glossary, of an entry, of finding, and of the cards that were marked."""

from dataclasses import replace

from trainer.app.kit.keys import EVERYWHERE, FIND, HELP, THEME, key

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

GLOSSARY_KEYS = (
    key("glossary.go", "enter,space", "go", "Read", "Read all about the marked word", show=True),
    key("glossary.before", "left", "leap(-1)", "Letter before", "To the letter or the role before"),
    key("glossary.after", "right", "leap(1)", "Next letter", "To the next letter or role", show=True),
    key("glossary.order", "o", "order", "By role", "By letter, or by role", show=True),
    key("glossary.copy", "c", "copy", "Copy", "Copy the marked word"),
    *(replace(FIND, show=True), HELP, THEME),
    key("glossary.leave", "escape", "back", "Back", "Back to where you came from", show=True),
)

WORD_KEYS = (
    key("word.go", "enter,space", "go", "Open", "Open the marked word or question", show=True),
    key("word.copy", "c", "copy", "Copy word", "Copy the word", show=True),
    key("word.search", "s", "copy_search", "Copy search", "Copy the role's search string", show=True),
    *EVERYWHERE,
    key("word.leave", "escape,backspace", "back", "Back", "Back to where you came from", show=True),
)

FIND_KEYS = (
    key("find.up", "up", "move(-1)", "Up", "To the line above"),
    key("find.down", "down", "move(1)", "Down", "To the line below"),
    key("find.go", "enter", "go", "Open", "Open the marked line, or do it", show=True),
    *(HELP, THEME),
    key("find.leave", "escape", "back", "Back", "Back to where you were", show=True),
)
