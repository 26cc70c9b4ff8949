"""The words of a text with their places, each folded so that it meets itself in any spelling."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from trainer.cards.typed import one_spelling

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?"  # A.S.M.
    r"|[^\W_]/[^\W_](?![^\W_])"  # u/s
    r"|\d+/\d+(?![\d/])"  # 10/12
    r"|&|[^\W_]+(?:['’][^\W_]+)*"
)
_ADDRESS = re.compile(r"\S+")
_PLURALS = (("ies", "y"), ("es", ""), ("men", "man"), ("s", ""))
"""Endings of a plural, and what stands there in the singular."""


_JOINTS = {" ", "-", "‐", "‑", "–", "' ", "’ ", "-\n", "‐\n"}
_LOOSE = re.compile(r" ?[,./] ?")
_LINE_BREAK = re.compile(r" ?\n ?")
_WRAPPED = 40
"""Characters from which on a line may be broken within a name."""


class Token(NamedTuple):
    """A word of a text."""

    start: int
    end: int
    text: str
    """As it stands there."""
    forms: tuple[str, ...]
    """Folded: the word itself, then what it may be the plural of."""


def tokens_of(text: str) -> list[Token]:
    """Return the words of a text in order, those of web and mail addresses left out."""
    addresses = _addresses(text)
    begin, stop = next(addresses, (len(text), len(text)))
    found, forms = [], dict[str, tuple[str, ...]]()  # not kept for the next text: this one may be a person's
    for hit in _TOKEN.finditer(text):
        start, end = hit.span()
        while stop <= start:
            begin, stop = next(addresses, (len(text), len(text) + 1))
        if start < begin:
            word = hit[0]
            if word not in forms:
                forms[word] = forms_of(word)
            found.append(Token(start, end, word, forms[word]))
    return found


def words_of(text: str) -> list[str]:
    """Return the words of a name, folded."""
    return [forms_of(hit[0])[0] for hit in _TOKEN.finditer(text)]


def plain_words_of(text: str) -> list[str]:
    """Return the words of a name in small letters, as they are written."""
    return [hit[0].casefold() for hit in _TOKEN.finditer(text)]


def forms_of(word: str) -> tuple[str, ...]:
    """Return a word folded, and folded what it may be the plural of.

    Case, accents, ligatures, dots, apostrophes and UK or US spelling don't count.
    """
    plain = word.casefold()
    if not plain.isascii():
        plain = "".join(
            sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign)
        )
    plain = plain.replace(".", "").replace("'", "").replace("’", "")
    if plain == "&":
        return ("and",)
    forms = [plain]
    if not plain.endswith("ss"):
        forms += [
            plain[: -len(end)] + one
            for end, one in _PLURALS
            if plain.endswith(end) and len(plain) > len(end) + 1
        ]
    return tuple(dict.fromkeys(map(one_spelling, forms)))


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    if "@" not in text and "://" not in text and "www." not in text:
        return
    for hit in _ADDRESS.finditer(text):
        if "@" in hit[0] or "://" in hit[0] or hit[0].startswith("www."):
            yield hit.span()


def joint(text: str, before: Token, token: Token) -> str | None:
    """Return the sign between two words of a name, a blank for none; None where no name goes on."""
    if token.start - before.end > 3:
        return None
    between = text[before.end : token.start]
    if between in _JOINTS:
        return "-" if between[0] in "-‐‑–" else " "
    if _LOOSE.fullmatch(between):
        return between.strip()
    if _LINE_BREAK.fullmatch(between):
        wrapped = text.rfind("\n", max(0, before.end - _WRAPPED), before.end) < 0
        return " " if wrapped and before.end >= _WRAPPED else None
    return None
