"""Ids made of texts, by one rule wherever a sheet gets a new item: an import, a split title, a new sheet.

The same text gives the same id at every import, so the rules stay as they are: progress hangs on ids.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable

LONGEST_ID = 60

_FILLERS = frozenset(
    re.findall(
        r"\w+",
        "a about an and are as at be can could describe did do does explain for from had has have how i "
        "if in is it its me my of on or our should some tell that the their them they this time to was "
        "were what when where which who why will with would you your",
    )
)
"""Words that say little; left out of the id of a long text."""


class Ids:
    """Gives the texts of a section ids, each its own."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._last: dict[str, int] = {}

    def of(self, text: str, words: int = 8) -> str:
        """Return the id of a text, see `id_of`, with a number if it is taken. It is taken then."""
        return self.free(id_of(text, words))

    def free(self, wanted: str) -> str:
        """Return an id, with a number if it is taken. It is taken then."""
        made = wanted
        while made in self._taken:
            self._last[wanted] = self._last.get(wanted, 1) + 1
            made = numbered(wanted, self._last[wanted])
        self._taken.add(made)
        return made


def numbered(id_: str, number: int) -> str:
    """Return an id for another item that would have the same."""
    return f"{id_}-{number}"


def id_of(text: str, words: int = 8) -> str:
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
    return kept or f"x{hash_of(text)}"


def hash_of(text: str) -> str:
    """Return an id by which a text is known that has none of its own: another text has another."""
    return hashlib.blake2b(text.encode(), digest_size=4).hexdigest()
