"""Ids for what a page holds: made of its words, the same at every import."""

import hashlib
import re
import unicodedata
from collections import Counter

LONGEST_ID = 60

_FILLERS = frozenset(
    {
        *(
            "a",
            "about",
            "an",
            "and",
            "are",
            "as",
            "at",
            "be",
            "can",
            "could",
            "describe",
            "did",
            "do",
            "does",
        ),
        *(
            "explain",
            "for",
            "from",
            "had",
            "has",
            "have",
            "how",
            "i",
            "if",
            "in",
            "is",
            "it",
            "its",
            "me",
            "my",
        ),
        *("of", "on", "or", "our", "should", "some", "tell", "that", "the", "their", "them", "they", "this"),
        *(
            "time",
            "to",
            "was",
            "were",
            "what",
            "when",
            "where",
            "which",
            "who",
            "why",
            "will",
            "with",
            "would",
        ),
        *("you", "your"),
    }
)
"""Words that say little; left out of the id of a long text."""


class Ids:
    """Gives each text of a section an id of its own."""

    def __init__(self, taken: tuple[str, ...] = ()) -> None:
        self._used = Counter(taken)

    def of(self, text: str, words: int = 8) -> str:
        """Return the id of a text: its words, the first few that count, and a number if it is taken."""
        wanted = slug(text, words)
        number = ""
        while (made := f"{wanted}{number}") in self._used:
            self._used[wanted] += 1
            number = f"-{self._used[wanted]}"
        self._used[made] += 1
        return made


def slug(text: str, words: int = 8) -> str:
    """Return a text as an id: lower-case words without accents, joined by hyphens.

    From a long text the words that say little are left out. A text without a letter that an id
    may hold gives one by its hash.
    """
    plain = unicodedata.normalize("NFKD", text.casefold()).replace("'", "").replace("’", "")
    found = re.findall(r"[a-z0-9]+", "".join(sign for sign in plain if not unicodedata.combining(sign)))
    if len(found) > words:
        found = [word for word in found if word not in _FILLERS] or found
    kept = ""
    for word in found[:words]:
        if len(kept) + len(word) >= LONGEST_ID:
            break
        kept = f"{kept}-{word}" if kept else word
    return kept or f"x{hashlib.blake2b(text.encode(), digest_size=4).hexdigest()}"
