"""How keys are declared, and those that features share.

The bindings, the key bar, the help and the command palette all read one declaration, and its ids are
the names under `[keys]` in config.toml.
"""

import re
from collections.abc import Iterator

from textual.binding import Binding

DIGITS = 9
"""Options that have a digit of their own."""

KeyTable = tuple[Binding, ...]
"""Keys that work together on one screen: no two of them are the same."""


def key(  # noqa: PLR0913 — the parts of a binding, in the order in which one reads them
    id_: str,
    keys: str,
    action: str,
    description: str,
    tooltip: str,
    *,
    show: bool = False,
    priority: bool = False,
    listed: bool = True,
) -> Binding:
    """Declare a key: several keys for one action are parted by commas.

    The key bar names it if `show` is set, the palette unless `listed` is not.
    """
    return Binding(
        keys,
        action,
        description,
        show=show,
        priority=priority,
        tooltip=tooltip,
        id=id_,
        system=not listed,
    )


def digits(  # noqa: PLR0913 — the same
    id_: str, action: str, description: str, tooltip: str, *, show: bool = False, listed: bool = True
) -> Iterator[Binding]:
    """Yield a key for each digit: what the line with this number stands for."""
    for digit in range(1, DIGITS + 1):
        name, acts = f"{description} {digit}", f"{action}({digit - 1})"
        yield key(f"{id_}.{digit}", str(digit), acts, name, tooltip, show=show, listed=listed)


HELP = key("app.help", "question_mark,f1", "help", "Help", "What can be done on this screen", show=True)
FIND = key("app.find", "slash", "app.find", "Find", "A word, a question, or what can be done", listed=False)
THEME = key("app.theme", "f2", "app.swap_theme", "Dark or light", "Change between dark and light colours")
EVERYWHERE = (FIND, HELP, THEME)
QUIT = Binding(
    "ctrl+q", "quit", "Quit", show=False, priority=True, id="app.quit", tooltip="Every answer is saved"
)
SUSPEND = Binding(
    "ctrl+z",
    "suspend_process",
    "Suspend",
    show=False,
    id="app.suspend",
    tooltip="To the shell; its fg comes back here. In a text it takes back what was written",
)
APP_KEYS = (QUIT, SUSPEND)

ROW_KEYS = (
    key("page.up", "up,k", "move(-1)", "Up", "To the line above that can be chosen"),
    key("page.down", "down,j", "move(1)", "Down", "To the next line that can be chosen"),
)

CONFIRM_KEYS = (
    key("confirm.go", "enter,space", "go", "Choose", "Take the answer that is marked", show=True),
    key("confirm.leave", "escape", "answer(False)", "Keep", "Leave everything as it is", show=True),
    key("confirm.no", "1", "answer(False)", "Keep", "Leave everything as it is"),
    key("confirm.yes", "2", "answer(True)", "Go on", "Do what was asked about"),
)

PICK_KEYS = (
    *digits("pick", "pick", "Pick", "The line with this number"),
    key("pick.left", "left", "move(-1)", "Left", "To the line above"),
    key("pick.right", "right", "move(1)", "Right", "To the next line"),
    key("pick.go", "enter,space", "go", "Take it", "Take the line that is marked", show=True),
    key("pick.leave", "escape", "back", "Back", "Leave it as it is", show=True),
)

HELP_KEYS = (
    key("help.go", "enter,space", "go", "Do it", "Do what the marked line says", show=True),
    key("help.leave", "escape,question_mark,f1,q", "close", "Close", "Back to where you were", show=True),
)

AGREE_KEYS = (
    key("sending.yes", "y", "agree", "Agree", "Send just what stands here", show=True),
    *EVERYWHERE,
    key("sending.leave", "escape", "back", "Not now", "Send nothing: back to where you came from", show=True),
)


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
    """Return whether a key may be pressed where nothing can be read: it helps, leaves, suspends or quits.

    The keys of Textual's own screens have no id; Escape leaves them.
    """
    if not binding.id:
        return binding.key == "escape"
    return binding.id in {HELP.id, QUIT.id, SUSPEND.id} or binding.id.endswith(".leave")
