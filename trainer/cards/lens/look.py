"""The lens: the words of the trade in a text, such as a résumé or a job advert, and where they stand.

Of two names at one place the longer one is meant, and case, accents, hyphens, plurals and UK or US spelling
don't count. What is in capitals, "SM", counts in capitals only. A word that is one of every day too, "run",
"half", counts near other words of the trade alone, and then as something that it may mean. The cost is
linear in the text. Nothing of the text is kept.
"""

import math
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from trainer.cards.lens.context import Found, Spot, in_context
from trainer.cards.lens.everyday import HEADS, PARTICLES
from trainer.cards.lens.lexicon import BEGINNING, Entry, Lexicon, Name
from trainer.cards.lens.senses import GOES_ON
from trainer.cards.lens.tokens import Token, joint, tokens_of
from trainer.cards.lens.unknown import Unknown, unknown_in
from trainer.clean import clean_text
from trainer.errors import TrainerError
from trainer.material.page.source import tidied
from trainer.material.sheet import Sheet

LONGEST = 200_000
"""Characters of a text at most, which are some sixty pages: looked at in less than a second."""

_MOST_WORDS = 9
"""Words of a name at most."""
_JOINED = 5
"""Letters at least of a name of several words that is written as one: "loadin"."""


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
        found = in_context(list(self._found(text, tokens)), tokens, text, self._lexicon.rules)
        spots = tuple(each.spot for each in found)
        places = [(spot.start, spot.end, spot.sure) for spot in spots]
        unknown = unknown_in(text, tokens, places, self._lexicon)
        taken = sorted(span for each in unknown for span in each.spans)
        spots = tuple(spot for spot in spots if spot.sure or not _within(spot, taken))
        entries = {key: self._lexicon.entry(key) for key in dict.fromkeys(spot.key for spot in spots)}
        return Looked(text, spots, entries, unknown)

    def _found(self, text: str, tokens: Sequence[Token]) -> Iterator[Found]:
        place = 0
        while place < len(tokens):
            found = self._at(text, tokens, place)
            if found and (until := self._runs_into(text, tokens, found)):
                found = self._at(text, tokens, place, until)
            if found:
                yield found
            place = found.last + 1 if found else place + 1

    def _runs_into(self, text: str, tokens: Sequence[Token], found: Found) -> int | None:
        """Return where a name begins in another one that is meant rather: "Equity | Deputy Stage Manager"."""
        for place in range(found.first + 1, found.last + 1):
            other = self._at(text, tokens, place)
            if other and other.last > found.last:
                longer = other.last - other.first > found.last - found.first
                if longer or (other.spot.sure and not found.spot.sure):
                    return place
        return None

    def _at(self, text: str, tokens: Sequence[Token], place: int, until: int | None = None) -> Found | None:
        """Return the longest name that begins at a token, and ends before another one."""
        lexicon, longest = self._lexicon, None
        read, signs = "", ""
        for last in range(place, min(place + _MOST_WORDS, len(tokens) if until is None else until)):
            token = tokens[last]
            if last > place:
                sign = joint(text, tokens[last - 1], token)
                if sign is None:
                    break
                signs += sign
            for form in token.forms:
                if names := lexicon.names.get(read + form):
                    written = [each.text for each in tokens[place : last + 1]]
                    on = _goes_on(text, tokens, last)
                    fits = [
                        name for name in names if _fits(name, written, signs) and not (on and name.phrase)
                    ]
                    if fits:
                        common = all(_is_common(name, written, signs) for name in fits)
                        spot = Spot(tokens[place].start, token.end, read + form, not common)
                        longest = Found(spot, place, last, all(name.capitals for name in fits))
                        break
            of = last + 1 < len(tokens) and tokens[last + 1].text == "of"
            read += token.forms[-1 if of else 0]
            if read[:BEGINNING] not in lexicon.beginnings:
                break
        return longest


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


def _goes_on(text: str, tokens: Sequence[Token], last: int) -> bool:
    """Return whether the last word of a phrase of a verb is of another thing: "ran the deck | crew"."""
    if tokens[last].text.casefold().endswith(("'s", "’s")):
        return True
    if last + 1 == len(tokens) or joint(text, tokens[last], tokens[last + 1]) not in {" ", "-"}:
        return False
    return tokens[last + 1].text.casefold() in HEADS or not GOES_ON.isdisjoint(tokens[last + 1].forms)


def _is_common(name: Name, written: Sequence[str], signs: str) -> bool:
    """Return whether a name, as it is written here, is one of every day too."""
    parted = name.apart and " " in signs and written[-1].casefold() in PARTICLES
    single = name.bare and not written[-1].casefold().endswith("s")
    return name.common or parted or single


def _within(spot: Spot, spans: Sequence[tuple[int, int]]) -> bool:
    """Return whether a spot lies in one of the spans, which are in order and don't overlap."""
    at = bisect_right(spans, (spot.start, math.inf)) - 1
    return at >= 0 and spot.end <= spans[at][1]
