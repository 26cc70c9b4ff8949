"""The keys of an import: where a page comes from, what was found on it, what came of it."""

from trainer.app.kit.keys import EVERYWHERE, digits, key

PASTE_KEYS = (
    key("import.read", "ctrl+s,f4", "read", "Read it", "See what is found on the page", show=True),
    key("import.file", "enter", "take", "Take the file", "Read the file that is named or marked", show=True),
    *EVERYWHERE,
    key("import.leave", "escape", "back", "Back", "Back to where you came from", show=True),
)

MENDING_KEYS = (
    key("mending.save", "ctrl+s,f4", "save", "Save", "Make a sheet of it, to study at once", show=True),
    key(
        "mending.accept",
        "enter,space,a",
        "accept",
        "Right",
        "Right as it stands, and on; or choose where a line belongs",
        show=True,
    ),
    *digits("mending.place", "place", "Place", "Put the line where this number says", show=True),
    key("mending.mark", "t,shift+down", "mark(1)", "Mark", "The next key is for all marked lines", show=True),
    key("mending.mark-up", "shift+up", "mark(-1)", "Mark upward", "Mark the line, and go up"),
    key("mending.merge", "m", "merge", "Join", "Join the line with the next one, or all marked", show=True),
    key("mending.split", "c", "split", "Cut", "Cut the line in two, or all marked at a sign", show=True),
    key(
        "mending.drop", "delete,backspace", "drop", "Take out", "Out of its section; a title goes", show=True
    ),
    key("mending.page", "p", "turn", "Page", "The page, and back to what was found on it", show=True),
    key("mending.edit", "e", "edit", "Edit", "Write the text of the line anew", show=True),
    key("mending.undo", "u", "undo", "Undo", "Take the last correction back", show=True),
    key("mending.next", "n", "next", "Next ?", "To the next line that is in doubt"),
    key("mending.all", "A", "accept_all", "All right", "Everything is right as it stands"),
    *EVERYWHERE,
    key("mending.leave", "escape", "back", "Back", "To another page; corrections are asked about", show=True),
)

CHANGES_KEYS = (
    key("changes.remove", "r", "remove", "Take out", "Take out what the page no longer has", show=True),
)

WORDS_KEYS = (
    key(
        "words.save",
        "enter,ctrl+s,f4",
        "save",
        "Save",
        "Put the words into the sheet of this name",
        show=True,
    ),
    *EVERYWHERE,
    key("words.leave", "escape", "back", "Back", "To another page or list", show=True),
)

IMPORTED_KEYS = (
    key("imported.study", "enter,space", "go", "Study now", "A session of this sheet", show=True),
    key("imported.learn", "l", "learn", "Learn it", "Put it among the roles that you learn", show=True),
    key("imported.undo", "u", "undo", "Undo", "The sheet as it was before this import", show=True),
    *EVERYWHERE,
    key("imported.leave", "escape", "back", "Today", "Back to Today", show=True),
)
