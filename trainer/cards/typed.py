"""How near a typed answer comes to the right one."""

import re
import unicodedata
from collections.abc import Iterable
from enum import Enum
from functools import lru_cache

from trainer.cards.similarity import slips as slips_between
from trainer.clean import clean_line

LONGEST = 300
"""Characters of a typed answer that are looked at."""

# Both sides are folded, so a word that these change by accident still meets itself.
_SPELLINGS = (
    (re.compile(r"tre\b"), "ter"),
    (re.compile(r"our"), "or"),
    (re.compile(r"is(e|ed|er|ing|ation)\b"), r"iz\1"),
    (re.compile(r"ogue\b"), "og"),
    (re.compile(r"amme\b"), "am"),
    (re.compile(r"l{2,}(ed|er|ing)\b"), r"l\1"),
    (re.compile(r"\bae"), "e"),
)
_ARTICLES = {"a", "an", "the"}
_INITIALS = re.compile(r"(?<=\b\w)\. ?(?=\w\b)")
"""The dots of an abbreviation: without them the A of "A.S.M." would be an article."""
_PLURAL = re.compile(r"(?<=\w{2}[^\Ws])s$")
"""The last letter of a plural; "glass" and "press" are none."""


class Nearness(Enum):
    """What a typed answer is."""

    EXACT = "exact"
    CLOSE = "close"
    WRONG = "wrong"


@lru_cache(maxsize=4096)  # the names of sheets and terms are folded again and again
def fold(text: str) -> str:
    """Return what counts of a typed text.

    Case, accents, punctuation, articles, plurals and UK or US spelling don't.
    """
    return " ".join(word for word in _folded_words(text) if word not in _ARTICLES)


def _folded_words(text: str) -> list[str]:
    text = unicodedata.normalize("NFKD", clean_line(text[:LONGEST]).casefold()).replace("&", " and ")
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    text = _INITIALS.sub("", text.replace("'", "").replace("’", ""))
    folded = " ".join(_PLURAL.sub("", word) for word in re.sub(r"[^\w]+|_", " ", text).split())
    return one_spelling(folded).split()


def one_spelling(folded: str) -> str:
    """Return folded words in one spelling, whether they are written as in the UK or in the US."""
    for pattern, replacement in _SPELLINGS:
        folded = pattern.sub(replacement, folded)
    return folded


def nearness(typed: str, names: Iterable[str], rivals: Iterable[str] = ()) -> Nearness:
    """Return how near `typed` comes to one of the names.

    A small slip is close: none in a word of up to three letters, one in up to seven, two in
    up to fourteen, else three (optimal string alignment distance). It is wrong if one of the
    rivals is as near.
    """
    given = _joined(typed)
    if not given:
        return Nearness.WRONG
    names = tuple(names)
    targets = [_joined(name) for name in names]
    if given in targets:
        return Nearness.EXACT
    # A slip may be in an article, so the names stand with theirs here.
    near = [*targets, *("".join(_folded_words(name)) for name in names)]
    best = min(near, key=lambda target: slips_between(given, target), default="")
    slips = slips_between(given, best)
    if slips > slips_allowed(best):
        return Nearness.WRONG
    others = {_joined(rival) for rival in rivals}.difference(targets)  # "PA" may be right for both
    if any(slips_between(given, other) <= slips for other in others):
        return Nearness.WRONG
    return Nearness.CLOSE


def nearest(typed: str, names: Iterable[str]) -> str:
    """Return the name that somebody meant to type: the one that `typed` comes nearest to."""
    given = _joined(typed)

    def slips(name: str) -> int:
        return min(slips_between(given, near) for near in (_joined(name), "".join(_folded_words(name))))

    return min(names, key=slips, default="")


def split_list(typed: str) -> list[str]:
    """Return the items of a typed list: commas, semicolons and new lines part them."""
    return [
        item for item in (clean_line(part) for part in re.split(r"[,;\n]", typed[: 10 * LONGEST])) if item
    ]


@lru_cache(maxsize=4096)
def _joined(text: str) -> str:
    """Return a folded text without spaces; the names of all terms are asked for with every answer."""
    return fold(text).replace(" ", "")


def slips_allowed(target: str) -> int:
    """Return how many slips are let pass in a word or name; see `nearness`."""
    length = len(target)
    return (length > 3) + (length > 7) + (length > 14)
