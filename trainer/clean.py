"""Text made harmless: what comes in from files, names and keys, and all that is printed."""

import re
import unicodedata

_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029"
"""C0 and C1 but tab and newline, and the separators of lines and paragraphs: they steer a terminal."""
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""What Unicode calls default-ignorable, and marks between lines: they reorder a text, or hide in it."""
_HALVES = "\ud800-\udfff"
"""Halves of surrogate pairs, as a name on the command line may hold, can't be stored or printed."""

_UNSAFE = re.compile(f"[{_CONTROLS}{_UNSEEN}{_HALVES}]")
_UNPRINTABLE = re.compile(f"[{_CONTROLS}{_UNSEEN}]")
_HIDDEN = re.compile(f"[\x80-\x9f{_UNSEEN}]")
_ESCAPE_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-_])")

UNREAD = "\N{REPLACEMENT CHARACTER}"
"""Stands for a letter that came in another encoding than UTF-8."""


def clean_text(text: str) -> str:
    """Return `text` in NFC without escape sequences, control codes and signs that can't be seen.

    Newlines stay, a carriage return before one goes, and a tab becomes a space.
    """
    if text.isascii() and text.isprintable():  # so are most, and it is known in a tenth of the time
        return text
    text = _ESCAPE_SEQUENCE.sub("", text).replace("\r\n", "\n").replace("\t", " ")
    return unicodedata.normalize("NFC", _UNSAFE.sub("", text))


def clean_line(text: str) -> str:
    """Return `text` cleaned, on one line, with single spaces."""
    return " ".join(clean_text(text).split())


def printable(text: str) -> str:
    """Return `text` without what could steer a terminal or hide in it; all else stays as it is.

    Unlike a text that is taken in, it keeps its form: a path that is printed still leads to its file.
    """
    return _UNPRINTABLE.sub("", _ESCAPE_SEQUENCE.sub("", text) if "\x1b" in text else text)


def seen(drawn: str) -> str:
    """Return what was drawn on a terminal, escape sequences and all, without what hides in a text."""
    return _HIDDEN.sub("", drawn)


def printable_json(encoded: str) -> str:
    """Return JSON in which what can't be printed is escaped: it is read as it was, and steers nothing."""
    return _UNPRINTABLE.sub(lambda hit: _escaped(hit[0]), encoded)


def _escaped(sign: str) -> str:
    units = sign.encode("utf-16-be")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
