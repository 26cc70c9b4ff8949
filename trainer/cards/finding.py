"""Finding what somebody types the beginning of: at each key by its letters, a moment later despite slips.

What is found stands in the order in which it was given; what is called so, or begins so, comes first.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import NamedTuple

from trainer.cards.similarity import near
from trainer.cards.typed import fold, slips_allowed

LONGEST = 100
"""Signs of what was typed that are looked at."""
_WORDS = 8
"""Words of it."""

_ACCENTS = re.compile("[\u0300-\u036f]")
_A_WORD = re.compile(r"[^\W_]+")
_NO_WORD = re.compile(r"[\W_]+")
_LAST = "\U0010ffff"
"""No letter comes after it."""

FEW = 6
"""With fewer hits than these, what has slips in it is looked for too."""
_SHORT = 3
"""Letters of a word that tells nothing alone: "of", "the"."""
_TELLING = 6
"""Letters of which a beginning is known in spite of a slip."""

_Spelled = Callable[[str], str]


class Found(NamedTuple):
    """What was found, as much of it as was wanted."""

    places: list[int]
    """The places of what was found among what was given."""
    total: int
    """How much there is in all."""


NOTHING = Found([], 0)


class Finder:
    """Things to be found by their names, or by the words of longer texts."""

    def __init__(self, names: Sequence[Sequence[str]]) -> None:
        """Take what each thing is called, the most important first."""
        self._names = names

    def begins(self, typed: str, most: int) -> Found:
        """Return what begins with the letters typed, or has words that do. Quick enough for each key."""
        return self._plain.begins(plain(typed[:LONGEST]), most)

    def nearly(self, typed: str, most: int) -> Found:
        """Return what `begins` does not find, but would with accents or in UK or US spelling.

        Where both are few, what has slips in it too. It may take a while: see `begins`.
        """
        known = self.begins(typed, len(self._names))
        wanted, everything = fold(typed[:LONGEST]), len(self._names)
        found = self._spelled.begins(wanted, everything).places
        if len({*known.places, *found}) < FEW:
            found += self._spelled.nearly(wanted)
        near = [place for place in dict.fromkeys(found) if place not in set(known.places)]
        return Found(near[:most], len(near))

    def prepare(self) -> None:
        """Make ready for `begins`, which it would else do when it is first asked."""
        _ = self._plain

    @cached_property
    def _plain(self) -> "_Index":
        return _Index(self._names, plain)

    @cached_property
    def _spelled(self) -> "_Index":
        return _Index(self._names, fold)


class _Index:
    """Names by their beginnings and by those of their words, as one way of spelling writes them."""

    def __init__(self, names: Sequence[Sequence[str]], spelled: _Spelled) -> None:
        whole: list[tuple[str, int, bool]] = []
        words: dict[str, list[int]] = defaultdict(list)
        for place, called in enumerate(names):
            of_place: set[str] = set()
            for other, name in enumerate(called):
                if written := spelled(name):
                    whole.append((written, place, bool(other)))
                    of_place.update(written.split())
            for word in of_place:
                words[word].append(place)
        whole.sort()
        self._names = [name for name, _, _ in whole]
        self._places = [place for _, place, _ in whole]
        self._others = [other for _, _, other in whole]
        """Whether each is another name of the thing at its place."""
        self._words = sorted(words)
        self._having = [words[word] for word in self._words]

    def begins(self, typed: str, most: int) -> Found:
        """Return what is called as typed, what begins so, then what has words that begin with all of it."""
        if not typed:
            return NOTHING
        first, last = _range(self._names, typed)
        same = bisect_right(self._names, typed)
        exact, begun = self._places[first:same], range(same, last)
        named = [self._places[at] for at in begun if not self._others[at]]
        other = [self._places[at] for at in begun if self._others[at]]
        having = self._having_all([[_range(self._words, word)] for word in typed.split()[:_WORDS]])
        ahead = list(dict.fromkeys([*exact, *named, *other]))
        rest = having.difference(ahead)
        behind = sorted(rest)[: most - len(ahead)] if len(ahead) < most else []
        return Found([*ahead[:most], *behind], len(ahead) + len(rest))

    def nearly(self, typed: str) -> list[int]:
        """Return what nearly begins so, then what has words that nearly do: with the fewest slips first.

        Where there is nothing, what has some of the words.
        """
        found = [self._places[at] for at in _nearly_beginning(typed.replace(" ", ""), self._joined)]
        words = [_nearly_beginning(word, self._words) for word in typed.split()[:_WORDS]]
        found += sorted(self._having_all([[(at, at + 1) for at in places] for places in words]))
        return found or self._having_some(typed.split()[:_WORDS])

    def _having_some(self, words: Sequence[str]) -> list[int]:
        """Return what has words that begin with some of those that tell anything, the most of them first."""
        found: dict[int, tuple[int, int]] = {}
        for word in words:
            places = self.begins(word, len(self._names)).places if len(word) > _SHORT else ()
            for rank, place in enumerate(places):
                missed, best = found.get(place, (0, rank))
                found[place] = missed - 1, min(best, rank)
        return sorted(found, key=lambda place: found[place])

    @cached_property
    def _joined(self) -> list[str]:
        """The names without spaces: "prompt book" is written as one word too."""
        return [name.replace(" ", "") for name in self._names]

    def _having_all(self, ranges: Sequence[Sequence[tuple[int, int]]]) -> set[int]:
        """Return what has a word of each; each is one of several ranges of words."""
        found: set[int] | None = None
        for each in ranges:
            having = set().union(*(places for first, last in each for places in self._having[first:last]))
            found = having if found is None else found & having
        return found or set()


def spots_of(typed: str, text: str) -> list[tuple[int, int]]:
    """Return where in a text words begin as was typed, by their first sign and the one behind their last.

    Empty where one of the words typed does not stand in it letter by letter, but for case and accents.
    """
    wanted = plain(typed[:LONGEST]).split()[:_WORDS]
    words = [(plain(word.group()), word.span()) for word in _A_WORD.finditer(text)]
    found = [[spot for written, spot in words if written.startswith(begun)] for begun in wanted]
    return sorted({spot for spots in found for spot in spots}) if all(found) else []


def plain(text: str) -> str:
    """Return a text as it is typed without care: no capitals, no accents, no punctuation."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(_NO_WORD.sub(" ", _ACCENTS.sub("", bare)).split())


def _range(ordered: Sequence[str], begun: str) -> tuple[int, int]:
    """Return the range of those that begin so."""
    return bisect_left(ordered, begun), bisect_left(ordered, begun + _LAST)


def _nearly_beginning(typed: str, names: Sequence[str]) -> list[int]:
    """Return which names are nearly what was typed, or nearly begin so, those with the fewest slips first.

    A slip may have left a letter out, or put one in: the beginnings are longer or shorter by one, too. A
    short beginning with a slip in it could be anything.
    """
    most = slips_allowed(typed)
    best: dict[int, int] = {}
    lengths = range(len(typed) - 1, len(typed) + 2) if len(typed) >= _TELLING else ()
    for meant in (names, *([name[:length] for name in names] for length in lengths)):
        for slips, place in near(typed, meant, most):
            best[place] = min(slips, best.get(place, slips))
    return sorted(best, key=lambda place: (best[place], place))
