"""The lens: the words of the trade in a text, such as a résumé or a job advert, and where they stand.

Of two names at one place the longer one is meant, and case, accents, hyphens, plurals and UK or US spelling
don't count. What is in capitals, "SM", counts in capitals only. A word that is one of every day too, "run",
"half", counts near other words of the trade alone, and then as something that it may mean. The cost is
linear in the text. Nothing of the text is kept.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator, Mapping, Sequence

from msgspec import Struct

from trainer.cards.lens.everyday import OTHER_PHRASES, PARTICLES
from trainer.cards.lens.lexicon import BEGINNING, Entry, Lexicon, Name
from trainer.cards.lens.tokens import Token, tokens_of
from trainer.cards.lens.unknown import Unknown, unknown_in
from trainer.clean import clean_text
from trainer.errors import TrainerError
from trainer.material.page.source import tidied
from trainer.material.sheet import Sheet

LONGEST = 200_000
"""Characters of a text at most, which are some sixty pages: looked at in less than a second."""

_MOST_WORDS = 9
"""Words of a name at most."""
_MOST_OTHER = 4
"""Words of a phrase of every day at most, in which a word does not mean the trade."""
_NEAR = 8
"""Words from one of the trade to one of every day that counts beside it."""
_WRAPPED = 40
"""Characters from which on a line may be broken within a name."""
_JOINED = 5
"""Letters at least of a name of several words that is written as one: "loadin"."""
_JOINTS = {" ", "-", "‐", "‑", "–", "' ", "’ ", "-\n", "‐\n"}
_LOOSE = re.compile(r" ?[,./] ?")
_LINE_BREAK = re.compile(r" ?\n ?")
_PART = re.compile(r"[.!?;][)”\"’']?\s|\n[ \t]*[\n•·*–—-]")
"""Where a sentence ends, or an item of a list begins: no word tells of one beyond."""
_ENDS = ".!?:;•·*|–—-\n\t"
"""Behind one of these, blanks aside, a capital is a matter of course."""
_TIME = re.compile(r"\d[\d:.]* ?$")
_STATES = frozenset(("CA", "CO", "GA", "IA", "IL", "MA", "MD", "ME", "MI", "NC", "OR", "PA", "SC", "SD"))
"""Of the US, behind the name of a town."""
_PLACE = re.compile(r"[^\W\d_], $")


class Spot(Struct, frozen=True):
    """A place in a text where a word of the trade stands."""

    start: int
    end: int
    key: str
    """Of two spots with one key the same is said."""
    sure: bool
    """Whether it is the word of the trade, rather than may be."""


class Looked(Struct, frozen=True):
    """What the lens sees in a text."""

    text: str
    """The text, made harmless; places refer to it."""
    spots: tuple[Spot, ...]
    entries: Mapping[str, Entry]
    """By the spots' keys, in the order of the text."""
    unknown: tuple[Unknown, ...]
    """What looks like the trade, and is in no sheet."""


class Lens:
    """Looks for what sheets know."""

    def __init__(self, sheets: Mapping[str, Sheet]) -> None:
        self._lexicon = Lexicon(sheets.values())

    def look(self, text: str) -> Looked:
        """Return what stands in a text. Raises TrainerError for one that is too long."""
        if len(text) > LONGEST:
            raise TrainerError(
                f"This text has {len(text):,} characters. The lens takes {LONGEST:,}, some sixty pages: take "
                "the part that you want to read. Nothing of it was kept."
            )
        text = clean_text(tidied(text).replace("\t", "  "))
        tokens = tokens_of(text)
        found = _in_context(list(self._found(text, tokens)), tokens, text)
        spots = tuple(each.spot for each in found)
        places = [(spot.start, spot.end, spot.sure) for spot in spots]
        unknown = unknown_in(text, tokens, places, self._lexicon)
        taken = sorted(span for each in unknown for span in each.spans)
        spots = tuple(spot for spot in spots if spot.sure or not _within(spot, taken))
        entries = {key: self._lexicon.entry(key) for key in dict.fromkeys(spot.key for spot in spots)}
        return Looked(text, spots, entries, unknown)

    def _found(self, text: str, tokens: Sequence[Token]) -> Iterator["_Found"]:
        place = 0
        while place < len(tokens):
            found = self._at(text, tokens, place)
            if found:
                yield found
            place = found.last + 1 if found else place + 1

    def _at(self, text: str, tokens: Sequence[Token], place: int) -> "_Found | None":
        """Return the longest name that begins at a token."""
        lexicon, longest = self._lexicon, None
        read, signs = "", ""
        for last in range(place, min(place + _MOST_WORDS, len(tokens))):
            token = tokens[last]
            if last > place:
                sign = _joint(text, tokens[last - 1], token)
                if sign is None:
                    break
                signs += sign
            for form in token.forms:
                if names := lexicon.names.get(read + form):
                    written = [each.text for each in tokens[place : last + 1]]
                    fits = [name for name in names if _fits(name, written, signs)]
                    if fits:
                        common = all(_is_common(name, written, signs) for name in fits)
                        spot = Spot(tokens[place].start, token.end, read + form, not common)
                        longest = _Found(spot, place, last, all(name.capitals for name in fits))
                        break
            of = last + 1 < len(tokens) and tokens[last + 1].text == "of"
            read += token.forms[-1 if of else 0]
            if read[:BEGINNING] not in lexicon.beginnings:
                break
        return longest


class _Found(Struct, frozen=True):
    """A name in a text."""

    spot: Spot
    first: int
    """The first of its tokens, and …"""
    last: int
    """… the last."""
    capitals: bool
    """Whether it is a name in capitals."""


def _joint(text: str, before: Token, token: Token) -> str | None:
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


def _fits(name: Name, written: Sequence[str], signs: str) -> bool:
    """Return whether words that come to a name are meant as it."""
    if name.capitals and not "".join(written).replace(".", "").replace("/", "").rstrip("s").isupper():
        return False
    loose = signs.replace(" ", "").replace("-", "")
    if any(sign not in name.signs for sign in loose):
        return False
    if name.words == len(written):
        return True
    return sum(map(len, written)) >= _JOINED and (len(written) > 1 or written[0].islower())


def _is_common(name: Name, written: Sequence[str], signs: str) -> bool:
    """Return whether a name, as it is written here, is one of every day too."""
    parted = name.apart and " " in signs and written[-1].casefold() in PARTICLES
    single = name.bare and not written[-1].casefold().endswith("s")
    return name.common or parted or single


def _in_context(found: Sequence[_Found], tokens: Sequence[Token], text: str) -> list[_Found]:
    """Leave out what does not mean the trade where it stands, and say of what is in doubt that it is."""
    firm = any(each.spot.sure and not each.capitals for each in found)
    sure = [each for each in found if each.spot.sure]
    firsts = [each.first for each in sure]
    covered = {number for each in sure for number in range(each.first, each.last + 1)}
    parts = [hit.start() for hit in _PART.finditer(text)]

    def part(each: _Found) -> int:
        return bisect_left(parts, each.spot.start)

    kept = []
    for each in found:
        if each.spot.sure:
            spot = each.spot if firm or not each.capitals else _unsure(each.spot)
            kept.append(_Found(spot, each.first, each.last, each.capitals))
            continue
        at = bisect_left(firsts, each.first)
        beside = any(
            part(other) == part(each) and max(each.first - other.last, other.first - each.last) <= _NEAR
            for other in sure[max(0, at - 1) : at + 1]
        )
        if (beside or (firm and each.capitals)) and not _means_other(each, tokens, covered, text):
            kept.append(each)
    return kept


def _unsure(spot: Spot) -> Spot:
    return Spot(spot.start, spot.end, spot.key, sure=False)


def _means_other(found: _Found, tokens: Sequence[Token], covered: Container[int], text: str) -> bool:
    """Return whether a word of every day is a part of a phrase of every day, a name, a time or an address.

    `covered` are the numbers of the tokens that are words of the trade for sure.
    """
    before, word = text[max(0, found.spot.start - 12) : found.spot.start], tokens[found.first].text
    if word in {"PM", "AM"} and _TIME.search(before):
        return True
    if _is_in_phrase(found, tokens, text):
        return True
    if word in _STATES and _PLACE.search(before):
        return True
    if not word[0].isupper() or word.isupper():
        return False
    ahead, behind = found.first - 1, found.last + 1
    if (
        ahead >= 0
        and ahead not in covered
        and _joint(text, tokens[ahead], tokens[found.first]) == " "
        and _is_named(tokens[ahead])
        and not _begins(text, tokens[ahead])
    ):
        return True
    if behind < len(tokens) and behind not in covered:
        return _joint(text, tokens[found.last], tokens[behind]) == " " and _is_named(tokens[behind])
    return False


def _is_in_phrase(found: _Found, tokens: Sequence[Token], text: str) -> bool:
    """Return whether a word is a part of a phrase of every day: of "maternity cover"."""
    for first in range(max(0, found.last - _MOST_OTHER + 1), found.first + 1):
        phrase = ""
        for at in range(first, min(first + _MOST_OTHER, len(tokens))):
            if at > first and _joint(text, tokens[at - 1], tokens[at]) not in {" ", "-"}:
                break
            phrase += f" {tokens[at].forms[-1]}"
            if at >= found.last and phrase[1:] in OTHER_PHRASES:
                return True
    return False


def _is_named(token: Token) -> bool:
    """Return whether a word is written as names are."""
    return token.text[0].isupper() and not token.text.isupper()


def _begins(text: str, token: Token) -> bool:
    """Return whether a sentence or a line begins with a word."""
    before = text[max(0, token.start - 4) : token.start].rstrip(" ")
    return not before or before[-1] in _ENDS


def _within(spot: Spot, spans: Sequence[tuple[int, int]]) -> bool:
    """Return whether a spot lies in one of the spans, which are in order and don't overlap."""
    at = bisect_right(spans, (spot.start, LONGEST)) - 1
    return at >= 0 and spot.end <= spans[at][1]
