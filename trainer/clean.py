"""What comes in from files, names and keys is made plain text at the door."""

import re
import unicodedata

# C0 and C1 controls but tab and newline, the line and paragraph separators, and the
# marks that reorder text on screen: all can change what a terminal shows. Half a surrogate pair,
# as a name on the command line may hold, can't be stored or printed.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_ESCAPE_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-_])")

UNREAD = "\N{REPLACEMENT CHARACTER}"
"""Stands for a letter that came in another encoding than UTF-8."""


def clean_text(text: str) -> str:
    """Return `text` in NFC without escape sequences and control codes.

    Newlines stay, a carriage return before one goes, and a tab becomes a space.
    """
    text = _ESCAPE_SEQUENCE.sub("", text).replace("\r\n", "\n").replace("\t", " ")
    return unicodedata.normalize("NFC", _UNSAFE.sub("", text))


def clean_line(text: str) -> str:
    """Return `text` cleaned, on one line, with single spaces."""
    return " ".join(clean_text(text).split())
