"""What looks like a word of the trade and is in no sheet: abbreviations, names of equipment, and compounds.

Names of persons, places and firms are left out as far as they can be told. What is left may still be one.
"""

import re
from collections import defaultdict
from collections.abc import Container, Sequence

from msgspec import Struct

from trainer.cards.lens.everyday import FIRMS, HEADS, KNOWN_ELSEWHERE, NO_BEGINNING
from trainer.cards.lens.lexicon import Lexicon
from trainer.cards.lens.tokens import Token

MOST = 60
"""Unknown words that are told at most, in the order of the text."""

_ABBREVIATION = re.compile(r"[A-Z]{2,5}\d?s?|[A-Z]\.(?:[A-Z]\.?){1,4}")
_LONG_ABBREVIATION = re.compile(r"[A-Z]{6,8}")
"""Elsewhere it is a heading; in brackets of its own it is short for something: "(NSPYRO)"."""
_MIXED = re.compile(r"(?=.*[a-z])(?:[A-Z]?[a-z]+|[A-Z]{1,4})[A-Z][A-Za-z]*\d{0,4}|[a-z]{2,}[A-Z]{1,3}\d?")
"""A capital within: "QLab", "MagicQ", "grandMA3"."""
_OF_PERSONS = re.compile(r"(?:Ma?c|Fitz|De|Di|Da|Du|La|Le|Van|Von|O|Mc|St)[A-Z][a-z]+")
_BEFORE_FIRMS = frozenset(("at", "for", "from", "by", "with", "of", "@", "via"))
_OPEN_HEADS = frozenset(("call", "calls", "plot", "plots", "rehearsal", "rehearsals"))
"""What makes one with nearly any word: "photo call"."""


class Unknown(Struct, frozen=True):
    """Something that no sheet explains."""

    text: str
    """As it stands in the text first."""
    spans: tuple[tuple[int, int], ...]
    """Where it stands, each time."""


def unknown_in(
    text: str, tokens: Sequence[Token], known: Sequence[tuple[int, int, bool]], lexicon: Lexicon
) -> tuple[Unknown, ...]:
    """Return what is unknown in a text, in its order.

    `known` are the places of what is known, in order, each with whether that is sure.
    """
    settled = _covered(tokens, [(start, end) for start, end, sure in known if sure])
    doubtful = _covered(tokens, [(start, end) for start, end, sure in known if not sure])
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    head = text.find("\n", len(text) - len(text.lstrip()))
    place = 0
    while place < len(tokens):
        length = 0
        if place not in settled:
            length = _compound(text, tokens, place, settled, lexicon.parts)
            if length and doubtful.issuperset(range(place, place + length)):
                length = 0
            named = place in doubtful or any(form in lexicon.names for form in tokens[place].forms)
            if not length and not named and _stands_for_itself(text, tokens, place, head):
                length = 1
        if length:
            start, end = tokens[place].start, tokens[place + length - 1].end
            key = " ".join(each.forms[-1] for each in tokens[place : place + length])
            if key in found or len(found) < MOST:
                found[key].append((start, end))
        place += length or 1
    return tuple(Unknown(text[spans[0][0] : spans[0][1]], tuple(spans)) for spans in found.values())


def _covered(tokens: Sequence[Token], spans: Sequence[tuple[int, int]]) -> set[int]:
    """Return the numbers of the tokens within spans; both are in order."""
    covered, at = set(), 0
    for number, token in enumerate(tokens):
        while at < len(spans) and spans[at][1] <= token.start:
            at += 1
        if at < len(spans) and spans[at][0] <= token.start:
            covered.add(number)
    return covered


def _compound(
    text: str, tokens: Sequence[Token], place: int, settled: set[int], parts: Container[str]
) -> int:
    """Return of how many words a compound is that begins here: two, or none."""
    if place + 1 >= len(tokens) or place + 1 in settled:
        return 0
    first, second = tokens[place], tokens[place + 1]
    if text[first.end : second.start] not in {" ", "-"}:
        return 0
    word, head = first.forms[0], second.text.casefold()
    if word in NO_BEGINNING or len(word) < 2 or word.isdigit():
        return 0
    if head in HEADS and any(form in parts for form in first.forms) and word not in HEADS:
        return 2
    plain = first.text.islower() and len(word) > 3 and not word.endswith(("ed", "ly"))
    doing = word.endswith("ing") and not head.startswith("plot")  # "taking calls"
    return 2 if head in _OPEN_HEADS and plain and not doing else 0


def _stands_for_itself(text: str, tokens: Sequence[Token], place: int, head: int) -> bool:
    """Return whether a word by itself looks like one of the trade: an abbreviation, or a capital within."""
    token = tokens[place]
    plain = token.text.replace(".", "")
    if plain.upper() in KNOWN_ELSEWHERE or plain.rstrip("s").upper() in KNOWN_ELSEWHERE:
        return False
    if _MIXED.fullmatch(token.text):
        return not _OF_PERSONS.fullmatch(token.text)
    bracketed = text[token.start - 1 : token.start] == "(" and text[token.end : token.end + 1] == ")"
    if not (_ABBREVIATION.fullmatch(token.text) or (bracketed and _LONG_ABBREVIATION.fullmatch(token.text))):
        return False
    # The first line mostly is a name, and what stands in capitals with others is a heading, or one.
    return token.start >= max(0, head) and not _among_others(text, tokens, place)


def _among_others(text: str, tokens: Sequence[Token], place: int) -> bool:
    """Return whether an abbreviation is rather a part of a heading, or of the name of a person or firm."""
    token = tokens[place]
    before = tokens[place - 1] if place and _is_joined(text[tokens[place - 1].end : token.start]) else None
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if after and not _is_joined(text[token.end : after.start]):
        after = None
    if any(each and each.text.isupper() and len(each.text) > 2 for each in (before, after)):
        return True
    if before and _leads_to_firm(tokens, place - 1):
        return True
    beside = {each.text.casefold() for each in (before, after) if each}
    return not beside.isdisjoint(FIRMS) or _is_short_for(text, tokens, place)


def _leads_to_firm(tokens: Sequence[Token], place: int) -> bool:
    """Return whether what follows a word is mostly somebody's employer: "at the RSC"."""
    word = tokens[place].text.casefold()
    if word == "the" and place:
        word = tokens[place - 1].text.casefold()
    return word in _BEFORE_FIRMS


def _is_joined(between: str) -> bool:
    return between in {" ", "-", ". "}


def _is_short_for(text: str, tokens: Sequence[Token], place: int) -> bool:
    """Return whether an abbreviation stands in brackets behind the firm that it is short for."""
    token = tokens[place]
    if text[token.start - 1 : token.start] != "(":
        return False
    words = [each.text.casefold() for each in tokens[max(0, place - 7) : place]]
    return any(word in FIRMS for word in words)
