"""What looks like a word of the trade and is in no sheet: abbreviations, names of equipment, and compounds.

Names of persons, places and firms are left out as far as they can be told. What is left may still be one.
"""

import re
from collections import defaultdict
from collections.abc import Container, Sequence

from msgspec import Struct

from trainer.cards.lens.everyday import HEADS, KNOWN_ELSEWHERE, NO_BEGINNING, OTHER_PHRASES
from trainer.cards.lens.lexicon import Lexicon
from trainer.cards.lens.others import is_other, name_at_head
from trainer.cards.lens.senses import NEAR, UNLISTED, UNLISTED_BESIDE
from trainer.cards.lens.tokens import Token

MOST = 60
"""Unknown words that are told at most, in the order of the text."""

_ABBREVIATION = re.compile(r"[A-Z]{2,5}\d?s?|[A-Z]\.(?:[A-Z]\.?){1,4}")
_LONG_ABBREVIATION = re.compile(r"[A-Z]{6,8}")
"""Elsewhere it is a heading; in brackets of its own it is short for something: "(NSPYRO)"."""
_MIXED = re.compile(r"(?=.*[a-z])(?:[A-Z]?[a-z]+|[A-Z]{1,4})[A-Z][A-Za-z]*\d{0,4}|[a-z]{2,}[A-Z]{1,3}\d?")
"""A capital within: "QLab", "MagicQ", "grandMA3"."""
_OF_PERSONS = re.compile(r"(?:Ma?c|Fitz|De|Di|Da|Du|La|Le|Van|Von|O|Mc|St)[A-Z][a-z]+")
_OPEN_HEADS = frozenset(("call", "calls", "plot", "plots", "rehearsal", "rehearsals"))
"""What makes one with nearly any word: "photo call"."""

_UNLISTED_FIRST = frozenset(phrase.split()[0] for phrase in UNLISTED | UNLISTED_BESIDE)


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
    words = _Words(text, tokens, known, lexicon)
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    place = 0
    while place < len(tokens):
        if length := words.unknown_from(place):
            start, end = tokens[place].start, tokens[place + length - 1].end
            key = " ".join(each.forms[-1] for each in tokens[place : place + length])
            if key in found or len(found) < MOST:
                found[key].append((start, end))
        place += length or 1
    return tuple(Unknown(text[spans[0][0] : spans[0][1]], tuple(spans)) for spans in found.values())


class _Words:
    """The words of a text with what is known of each."""

    def __init__(
        self, text: str, tokens: Sequence[Token], known: Sequence[tuple[int, int, bool]], lexicon: Lexicon
    ) -> None:
        self._text, self._tokens, self._lexicon = text, tokens, lexicon
        self._settled = _covered(tokens, [(start, end) for start, end, sure in known if sure])
        self._doubtful = _covered(tokens, [(start, end) for start, end, sure in known if not sure])
        self._head = name_at_head(text, tokens, self._is_known)

    def unknown_from(self, place: int) -> int:
        """Return how many words from a place on are something unknown: two, one or none."""
        if place in self._settled:
            return 0
        if length := self._unlisted_from(place):
            return length
        length = _compound(self._text, self._tokens, place, self._settled, self._lexicon.parts)
        if length and not self._doubtful.issuperset(range(place, place + length)):
            return length
        return int(self._tells_by_itself(place))

    def _unlisted_from(self, place: int) -> int:
        """Return of how many words, at most two, something of the stage is that no sheet need have."""
        if _UNLISTED_FIRST.isdisjoint(self._tokens[place].forms):
            return 0
        for length in (2, 1) if self._are_joined(place) else (1,):
            words = self._tokens[place : place + length]
            phrases = {" ".join(each.forms[form] for each in words) for form in (0, -1)}
            if phrases & UNLISTED or (phrases & UNLISTED_BESIDE and self._is_near_the_trade(place)):
                return length
        return 0

    def _are_joined(self, place: int) -> bool:
        """Return whether a word and the next one, of which nothing is known, stand in one phrase."""
        if place + 1 >= len(self._tokens) or place + 1 in self._settled:
            return False
        return self._text[self._tokens[place].end : self._tokens[place + 1].start] in {" ", "-"}

    def _is_near_the_trade(self, place: int) -> bool:
        around = range(max(0, place - NEAR), min(place + NEAR + 1, len(self._tokens)))
        return any(at in self._settled or self._tokens[at].forms[0] in UNLISTED for at in around)

    def _tells_by_itself(self, place: int) -> bool:
        """Return whether a word by itself looks like one of the trade."""
        token = self._tokens[place]
        if self._is_known(place):
            return False
        if _has_capital_within(token):
            return True
        shortened = place >= self._head and _is_abbreviation(self._text, token)
        return shortened and not is_other(self._text, self._tokens, place, self._is_known)

    def _is_known(self, place: int) -> bool:
        token = self._tokens[place]
        if place in self._settled or place in self._doubtful or _is_known_elsewhere(token):
            return True
        return any(form in self._lexicon.names for form in token.forms)


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
    if text[first.end : second.start] not in {" ", "-"} or first.text.endswith(("'s", "’s")):
        return 0
    if f"{first.forms[-1]} {second.forms[-1]}" in OTHER_PHRASES:
        return 0
    word, head = first.forms[0], second.text.casefold()
    if word in NO_BEGINNING or len(word) < 2 or word.isdigit():
        return 0
    if head in HEADS and any(form in parts for form in first.forms) and word not in HEADS:
        return 2
    plain = first.text.islower() and len(word) > 3 and not word.endswith(("ed", "ly"))
    doing = word.endswith("ing") and not head.startswith("plot")  # "taking calls"
    return 2 if head in _OPEN_HEADS and plain and not doing else 0


def _has_capital_within(token: Token) -> bool:
    """Return whether a word has a capital within, and is no person's name."""
    return bool(_MIXED.fullmatch(token.text)) and not _OF_PERSONS.fullmatch(token.text)


def _is_abbreviation(text: str, token: Token) -> bool:
    bracketed = text[token.start - 1 : token.start] == "(" and text[token.end : token.end + 1] == ")"
    return bool(
        _ABBREVIATION.fullmatch(token.text) or (bracketed and _LONG_ABBREVIATION.fullmatch(token.text))
    )


def _is_known_elsewhere(token: Token) -> bool:
    plain = token.text.replace(".", "")
    return plain.upper() in KNOWN_ELSEWHERE or plain.rstrip("s").upper() in KNOWN_ELSEWHERE
