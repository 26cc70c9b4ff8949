"""Whether a name means the trade where it stands: by the words around it, and by phrases of every day."""

import re
from bisect import bisect_left
from collections.abc import Callable, Container, Iterator, Sequence

from msgspec import Struct

from trainer.cards.lens.everyday import OTHER_PHRASES
from trainer.cards.lens.senses import AS_ANYWHERE, LEADS, NEAR, OPENINGS, WIDE_OPENINGS, Around, Rule, verdict
from trainer.cards.lens.tokens import Token, joint

RulesOf = Callable[[str], Sequence[Rule]]
"""The rules of a name, by its key."""

_MOST_OTHER = 4
"""Words of a phrase of every day at most, in which a word does not mean the trade."""
_PART = re.compile(r"[.!?;][)”\"’']?\s|\n[ \t]*[\n•·*–—-]")
"""Where a sentence ends, or an item of a list begins: no word tells of one beyond."""
_LINE = re.compile(r"[.!?][)”\"’']?\s|\n(?![ \t]*[a-z])")
"""Where what a rule looks at ends: a sentence, or a line that does not go on."""
_ENDS = ".!?:;•·*|–—-\n\t"
"""Behind one of these, blanks aside, a capital is a matter of course."""
_CLOSED = re.compile(r" *(?:$|[\n,;:|–—(/]|- )")
"""What stands behind a title that is all that a line begins with."""
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


class Found(Struct, frozen=True):
    """A name in a text."""

    spot: Spot
    first: int
    """The first of its tokens, and …"""
    last: int
    """… the last."""
    capitals: bool
    """Whether it is a name in capitals."""


def in_context(found: Sequence[Found], tokens: Sequence[Token], text: str, rules_of: RulesOf) -> list[Found]:
    """Leave out what does not mean the trade where it stands, and say of what is in doubt that it is."""
    ruled = list(_ruled(found, tokens, text, rules_of))
    sure = [each for each, _ in ruled if each.spot.sure]
    firm = any(not each.capitals for each in sure)
    firsts = [each.first for each in sure]
    covered = {number for each in sure for number in range(each.first, each.last + 1)}
    parts = [hit.start() for hit in _PART.finditer(text)]

    def part(each: Found) -> int:
        return bisect_left(parts, each.spot.start)

    kept = []
    for each, always in ruled:
        if each.spot.sure:
            kept.append(each if firm or not each.capitals else _as(each, each.spot.key))
            continue
        at = bisect_left(firsts, each.first)
        beside = any(
            part(other) == part(each) and max(each.first - other.last, other.first - each.last) <= NEAR
            for other in sure[max(0, at - 1) : at + 1]
        )
        told = beside or (firm and each.capitals) or _opens(each, tokens, text)
        if always or (told and not _means_other(each, tokens, covered, text)):
            kept.append(each)
    return kept


def _ruled(
    found: Sequence[Found], tokens: Sequence[Token], text: str, rules_of: RulesOf
) -> Iterator[tuple[Found, bool]]:
    """Yield what the rules leave, as what it means by them, each with whether it is told in any case."""
    starts = [each.start for each in tokens]
    lines = [bisect_left(starts, hit.end()) for hit in _LINE.finditer(text)]
    for each in found:
        if not (rules := rules_of(each.spot.key)):
            yield each, False
            continue
        at = bisect_left(lines, each.first + 1)
        begin, stop = lines[at - 1] if at else 0, lines[at] if at < len(lines) else len(tokens)
        around = Around(text, tokens, (each.first, each.last), (begin, stop))
        ruling = verdict(rules, around)
        if ruling.told is False:
            continue
        same = ruling is AS_ANYWHERE
        yield each if same else _as(each, ruling.key or each.spot.key), bool(ruling.told)


def _as(found: Found, key: str) -> Found:
    """Return a name as something that it may mean."""
    spot = Spot(found.spot.start, found.spot.end, key, sure=False)
    return Found(spot, found.first, found.last, found.capitals)


def _opens(found: Found, tokens: Sequence[Token], text: str) -> bool:
    """Return whether a title opens a line, or stands before the name of a show, a house or a person."""
    wide = found.spot.key in WIDE_OPENINGS
    if not wide and found.spot.key not in OPENINGS:
        return False
    behind = tokens[found.last + 1 : found.last + 4]
    if behind and behind[0].text in LEADS and joint(text, tokens[found.last], behind[0]) == " ":
        named = behind[2:] if len(behind) > 1 and behind[1].text == "the" else behind[1:]
        if named and (named[0].text[0].isupper() or named[0].text[0].isdigit()):
            return not wide or behind[0].text == "on"
    return not wide and _begins(text, tokens[found.first]) and bool(_CLOSED.match(text, found.spot.end))


def _means_other(found: Found, tokens: Sequence[Token], covered: Container[int], text: str) -> bool:
    """Return whether a word of every day is a part of a phrase of every day, a name, a time or an address.

    `covered` are the numbers of the tokens that are words of the trade for sure.
    """
    before, word = text[max(0, found.spot.start - 12) : found.spot.start], tokens[found.first].text
    if word in {"PM", "AM"} and _TIME.search(before):
        return True
    if _is_in_phrase(found, tokens, covered, text):
        return True
    if word in _STATES and _PLACE.search(before):
        return True
    if not word[0].isupper() or word.isupper():
        return False
    ahead, behind = found.first - 1, found.last + 1
    if (
        ahead >= 0
        and ahead not in covered
        and joint(text, tokens[ahead], tokens[found.first]) == " "
        and _is_named(tokens[ahead])
        and not _begins(text, tokens[ahead])
    ):
        return True
    if behind < len(tokens) and behind not in covered:
        return joint(text, tokens[found.last], tokens[behind]) == " " and _is_named(tokens[behind])
    return False


def _is_in_phrase(found: Found, tokens: Sequence[Token], covered: Container[int], text: str) -> bool:
    """Return whether a word is a part of a phrase of every day: of "maternity cover".

    No word of the trade is a part of one: "deputy head" is none in "deputy head of wardrobe".
    """
    for first in range(max(0, found.last - _MOST_OTHER + 1), found.first + 1):
        phrase = ""
        for at in range(first, min(first + _MOST_OTHER, len(tokens))):
            if at > first and joint(text, tokens[at - 1], tokens[at]) not in {" ", "-"}:
                break
            if at in covered:
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
