"""The keys of an import: where a page comes from, what was found on it, what came of it."""

from trainer.app.kit.keys import EVERYWHERE, digits, key

PASTE_KEYS = (
    key("import.read", "ctrl+s,f4", "read", "Read it", "See what is found on the page", show=True),
    key("import.file", "enter", "take", "Take the file", "Read the file that is named or marked", show=True),
    *EVERYWHERE,
    key("import.leave", "escape", "back", "Today", "Back to Today", show=True),
)

REVIEW_KEYS = (
    key("review.save", "ctrl+s,f4", "save", "Save", "Make a sheet of it, to study at once", show=True),
    key(
        "review.accept",
        "enter,space,a",
        "accept",
        "Right",
        "Right as it stands, and on; or choose where a line belongs",
        show=True,
    ),
    key("review.merge", "m", "merge", "Merge", "Join the title with the next one", show=True),
    key("review.split", "x", "split", "Split", "Cut the title in two", show=True),
    *digits("review.place", "place", "Place", "Put the line where this number says", show=True),
    key("review.page", "p", "turn", "Page", "The page, and back to what was found on it", show=True),
    key("review.edit", "e", "edit", "Edit", "Write the text of the line anew", show=True),
    key("review.drop", "delete,backspace", "drop", "Take out", "Out of its section; a title goes", show=True),
    key("review.undo", "u", "undo", "Undo", "Take the last correction back", show=True),
    key("review.next", "n", "next", "Next ?", "To the next line that is in doubt"),
    key("review.all", "A", "accept_all", "All right", "Everything is right as it stands"),
    *EVERYWHERE,
    key("review.leave", "escape", "back", "Back", "To another page; corrections are asked about", show=True),
)

IMPORTED_KEYS = (
    key("imported.study", "enter,space", "go", "Study now", "A session of this sheet", show=True),
    *EVERYWHERE,
    key("imported.leave", "escape", "back", "Today", "Back to Today", show=True),
)
