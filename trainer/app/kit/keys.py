"""Every key of the app, in one declaration.

The bindings, the key bar, the help and the command palette all read it, and its ids are
the names under `[keys]` in config.toml.
"""

import re
from collections.abc import Iterator

from textual.binding import Binding

from trainer.cards.decks import DECKS

DIGITS = 9
"""Options that have a digit of their own."""


def _key(  # noqa: PLR0913 — the parts of a binding, in the order in which one reads them
    id_: str,
    keys: str,
    action: str,
    description: str,
    tooltip: str,
    *,
    show: bool = False,
    priority: bool = False,
) -> Binding:
    return Binding(keys, action, description, show=show, priority=priority, tooltip=tooltip, id=id_)


def _digits(
    id_: str, action: str, description: str, tooltip: str, *, show: bool = False
) -> Iterator[Binding]:
    """Yield a key for each digit: what the line with this number stands for."""
    for digit in range(1, DIGITS + 1):
        name = f"{description} {digit}"
        yield _key(f"{id_}.{digit}", str(digit), f"{action}({digit - 1})", name, tooltip, show=show)


def _decks() -> Iterator[Binding]:
    """Yield a key for each deck, by its number on Today."""
    for number, kind in zip(range(1, DIGITS + 1), DECKS.values(), strict=False):
        tooltip = f"Train {kind.name.lower()} alone"
        yield _key(f"today.deck.{number}", str(number), f"deck({number})", kind.name, tooltip, show=True)


HELP = _key("app.help", "question_mark,f1", "help", "Help", "What can be done on this screen", show=True)
EVERYWHERE = (
    HELP,
    _key("app.theme", "f2", "app.swap_theme", "Dark or light", "Change between dark and light colours"),
)
QUIT = Binding(
    "ctrl+q", "quit", "Quit", show=False, priority=True, id="app.quit", tooltip="Every answer is saved"
)
APP_KEYS = (QUIT,)

PAGE_KEYS = (
    _key("page.up", "up,k", "move(-1)", "Up", "To the line above that can be chosen"),
    _key("page.down", "down,j", "move(1)", "Down", "To the next line that can be chosen"),
)

TODAY_KEYS = (
    _key("today.start", "enter,space", "go", "Start", "Start, or take the line that is marked", show=True),
    *_decks(),
    _key(
        "today.quiz",
        "t",
        "quiz",
        "Ten questions",
        "Ten quick questions on what you may have forgotten",
        show=True,
    ),
    _key("today.more", "m", "more", "More new", "Ten more new cards, beyond today's", show=True),
    _key("today.sheets", "d", "sheets", "Sheets", "Train one sheet, or one deck of it"),
    _key("today.statistics", "s", "statistics", "Statistics", "How near your ratings of answers come"),
    _key("today.pairs", "p", "pairs", "Warm-up", "Match titles with roles; nothing of it is scheduled"),
    _key("today.undo", "u", "undo", "Undo the last answer", "Take back your last answer of today, ask again"),
    _key("today.import", "i", "import_page", "Import a page", "Make decks of a glossary page"),
    *EVERYWHERE,
    _key("today.leave", "q", "app.quit", "Quit", "Everything is saved", show=True),
)

STUDY_KEYS = (
    *_digits("study.option", "option", "Option", "The line with this number", show=True),
    _key("study.go", "enter", "go", "Go on", "Show the answer, confirm, go on", show=True),
    _key("study.space", "space", "space", "Tick or go on", "Tick the marked line; elsewhere as Enter"),
    _key("study.back", "left,backspace", "back", "Back", "Back to the evidence, nothing is lost", show=True),
    _key("study.unknown", "0", "unknown", "Don't know", "Show me the answer", show=True),
    _key("study.hint", "h", "hint", "Hint", "Right with a hint counts a little less", show=True),
    _key(
        "study.right", "r", "count(True)", "Count as right", "I was right, whatever the mark says", show=True
    ),
    _key(
        "study.wrong", "w", "count(False)", "Count as wrong", "I was wrong, whatever the mark says", show=True
    ),
    _key("study.guess", "g", "guess", "Guessing", "Right by a guess comes back soon", show=True),
    _key("study.undo", "u", "undo", "Undo", "Take the last step back and ask again", show=True),
    _key("study.easy", "y", "easy", "Too easy", "It comes back much later", show=True),
    _key("study.bury", "b", "bury", "Not today", "Put this card off until tomorrow", show=True),
    _key("study.suspend", "s", "suspend", "Never again", "This card is not asked any more"),
    _key("study.edit", "e", "edit", "Edit", "Mend a typo or a wrong cut in this card's text"),
    *EVERYWHERE,
    _key("study.leave", "escape", "leave", "Leave", "Every answer is saved", show=True),
)

EDIT_KEYS = (
    _key("edit.save", "ctrl+s,f4", "save", "Save", "Write it into the sheet", show=True),
    *EVERYWHERE,
    _key("edit.leave", "escape", "back", "Back", "Back; what is not saved is asked about", show=True),
)

FIELD_KEYS = (
    # Before the text area takes it for the end of a line.
    _key("field.next", "enter", "app.focus_next", "Next", "To the next field", priority=True),
)

TICK_KEYS = (
    _key("tick.toggle", "space,enter", "tick", "Tick", "Set the tick, or take it away", show=True),
    _key("tick.up", "up", "app.focus_previous", "Up", "To the field above"),
    _key("tick.down", "down", "app.focus_next", "Down", "To the field below"),
)

CONFIRM_KEYS = (
    _key("confirm.go", "enter,space", "go", "Choose", "Take the answer that is marked", show=True),
    _key("confirm.leave", "escape", "answer(False)", "Keep", "Leave everything as it is", show=True),
    _key("confirm.no", "1", "answer(False)", "Keep", "Leave everything as it is"),
    _key("confirm.yes", "2", "answer(True)", "Go on", "Do what was asked about"),
)

PASTE_KEYS = (
    _key("import.read", "ctrl+s,f4", "read", "Read it", "See what is found on the page", show=True),
    _key("import.file", "enter", "take", "Take the file", "Read the file that is named or marked", show=True),
    *EVERYWHERE,
    _key("import.leave", "escape", "back", "Today", "Back to Today", show=True),
)

REVIEW_KEYS = (
    _key("review.save", "ctrl+s,f4", "save", "Save", "Make a sheet of it, to study at once", show=True),
    _key(
        "review.accept",
        "enter,space,a",
        "accept",
        "Right",
        "Right as it stands, and on; or choose where a line belongs",
        show=True,
    ),
    _key("review.merge", "m", "merge", "Merge", "Join the title with the next one", show=True),
    _key("review.split", "x", "split", "Split", "Cut the title in two", show=True),
    *_digits("review.place", "place", "Place", "Put the line where this number says", show=True),
    _key("review.page", "p", "turn", "Page", "The page, and back to what was found on it", show=True),
    _key("review.edit", "e", "edit", "Edit", "Write the text of the line anew", show=True),
    _key(
        "review.drop", "delete,backspace", "drop", "Take out", "Out of its section; a title goes", show=True
    ),
    _key("review.undo", "u", "undo", "Undo", "Take the last correction back", show=True),
    _key("review.next", "n", "next", "Next ?", "To the next line that is in doubt"),
    _key("review.all", "A", "accept_all", "All right", "Everything is right as it stands"),
    *EVERYWHERE,
    _key("review.leave", "escape", "back", "Back", "To another page; corrections are asked about", show=True),
)

PICK_KEYS = (
    *_digits("pick", "pick", "Pick", "The line with this number"),
    _key("pick.left", "left", "move(-1)", "Left", "To the line above"),
    _key("pick.right", "right", "move(1)", "Right", "To the next line"),
    _key("pick.go", "enter,space", "go", "Take it", "Take the line that is marked", show=True),
    _key("pick.leave", "escape", "back", "Back", "Leave it as it is", show=True),
)

IMPORTED_KEYS = (
    _key("imported.study", "enter,space", "go", "Study now", "A session of this sheet", show=True),
    *EVERYWHERE,
    _key("imported.leave", "escape", "back", "Today", "Back to Today", show=True),
)

SUMMARY_KEYS = (
    _key("summary.today", "enter,space", "go", "Today", "Back to Today", show=True),
    _key("summary.again", "o", "again", "One more round", "Go on with another session", show=True),
    _key("summary.undo", "u", "undo", "Undo", "Take the last answer back and ask again", show=True),
    *EVERYWHERE,
    _key("summary.leave", "escape", "back", "Today", "Back to Today"),
)

SHEETS_KEYS = (
    *_digits("sheets.sheet", "sheet", "Sheet", "Train all of the sheet with this number", show=True),
    _key("sheets.go", "enter,space", "go", "Train", "Train the line that is marked", show=True),
    *EVERYWHERE,
    _key("sheets.leave", "escape", "back", "Today", "Back to Today", show=True),
)

PAIRS_KEYS = (
    *_digits("pairs.role", "role", "Role", "The title belongs to the role with this number", show=True),
    _key("pairs.go", "enter,space", "go", "Go on", "Take the marked role, or another round", show=True),
    *EVERYWHERE,
    _key("pairs.leave", "escape", "back", "Today", "Back to Today", show=True),
)

STATISTICS_KEYS = (
    *EVERYWHERE,
    _key("statistics.leave", "escape", "back", "Today", "Back to Today", show=True),
    _key("statistics.today", "enter,space", "back", "Today", "Back to Today"),
)

WELCOME_KEYS = (
    _key("welcome.begin", "enter", "begin", "Begin", "Take this name and begin", show=True),
    _key("welcome.practice", "p", "practice", "Practise", "Train without saving anything", show=True),
    *EVERYWHERE,
    _key("welcome.leave", "escape", "back", "Quit", "Leave; nothing is kept", show=True),
)

WHO_KEYS = (
    *_digits("who.name", "name", "Name", "Train with this name"),
    _key("who.go", "enter,space", "go", "Take this name", "Train with the name that is marked", show=True),
    _key("who.new", "n", "new", "Somebody new", "Begin with another name", show=True),
    _key("who.practice", "p", "practice", "Practise", "Train without saving anything", show=True),
    *EVERYWHERE,
    _key("who.leave", "q,escape", "app.quit", "Quit", "Leave; nothing is changed", show=True),
)

HELP_KEYS = (
    _key("help.go", "enter,space", "go", "Do it", "Do what the marked line says", show=True),
    _key("help.leave", "escape,question_mark,f1,q", "close", "Close", "Back to where you were", show=True),
)

ROOMS = (
    APP_KEYS,
    PAGE_KEYS,
    TODAY_KEYS,
    SHEETS_KEYS,
    PAIRS_KEYS,
    STATISTICS_KEYS,
    STUDY_KEYS,
    SUMMARY_KEYS,
    WELCOME_KEYS,
    WHO_KEYS,
    HELP_KEYS,
    (*EDIT_KEYS, *FIELD_KEYS),
    (*EDIT_KEYS, *TICK_KEYS),
    CONFIRM_KEYS,
    PASTE_KEYS,
    (*PAGE_KEYS, *REVIEW_KEYS),
    (*PAGE_KEYS, *PICK_KEYS),
    IMPORTED_KEYS,
)
"""The keys that are looked at together: no two of one room share a key."""


_NAMES = {
    "enter": "Enter",
    "space": "Space",
    "escape": "Esc",
    "question_mark": "?",
    "delete": "Del",
    "backspace": "Backspace",
}


def key_name(key: str) -> str:
    """Return a key as it stands on the keyboard, empty if Textual knows it better."""
    *modifiers, last = key.split("+")
    named = _NAMES.get(last, "")
    if modifiers:
        return "+".join(word.capitalize() for word in (*modifiers, named or last))
    return last.upper() if re.fullmatch(r"f\d+", last) else named


def is_safe_unseen(binding: Binding) -> bool:
    """Return whether a key may be pressed where nothing can be read: it only helps, leaves or quits.

    The keys of Textual's own screens have no id; Escape leaves them.
    """
    if not binding.id:
        return binding.key == "escape"
    return binding.id in {HELP.id, QUIT.id} or binding.id.endswith(".leave")


def known_ids() -> Iterator[str]:
    """Yield the ids that config.toml may name."""
    for room in ROOMS:
        for binding in room:
            if binding.id:
                yield binding.id
