"""Which point of a strong answer a typed line means.

A line is taken apart into stems, of which one stands for all that mean the same in an interview, or in the
trade by its sheets (`same_words`). A stem counts by where the point has it, in its own text or in the
snippets that claim or show it, and less if other points of the question have it too.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import cbrt

from trainer.cards.similarity import slips
from trainer.cards.typed import fold
from trainer.material.questions import Point

ENOUGH = 0.5
"""From this likeness on a line is taken to mean a point; the learner has the last word."""

_SAYS, _CLAIMS, _SHOWS = 1.0, 0.75, 0.4
"""What a stem counts that stands in the point itself, in what claims it, in what shows it."""

_SLIP_FROM = 6
"""Letters of a word in which a slip is forgiven."""

_STEM = 4
"""Letters that an ending leaves at least."""

_ENDINGS = (
    *("ization", "isation", "ion", "ment", "ing", "ness", "edly", "ies", "ity"),
    *("ers", "ed", "er", "ly", "es", "e", "y"),
)

_COMMON = (
    "a about able after all also always an and answer any are as at be been before being but by can "
    "candidate could did do does doing done each every for from get give good got had has have he her "
    "here him his how i if in into is it its just keep kept like make may me more most much must my need "
    "no not of on one or other our out own people person really say she should so some somebody someone "
    "something still strong take that the their them then there they thing this to up use used using "
    "very want was way we well were what when where which will with would yes you your"
)
_EMPTY = frozenset(fold(word) for word in _COMMON.split())
"""Words that tell no point from another."""

_GROUPS = (
    "first priority prioritise order rank urgent urgency sequence important importance",
    "calm cool composed composure collected panic steady nerve unflustered relaxed pressure stress",
    "job task role duty delegate assign coordinate distribute responsible",
    "safety safe unsafe danger dangerous risk hazard hurt injury harm",
    "leader lead leadership charge command authority",
    "team crew colleague staff",
    "clash conflict problem dispute argument disagreement quarrel solve resolve solution mediate compromise",
    "pass communicate inform channel report note protocol message",
    "notice detail small little tiny spot attention precise precision",
    "current date update maintain maintenance change revise version latest",
    "quiet silent silence noise noisy hush whisper",
    "room space hall layout",
    "agree agreement discuss consult align arrange",
    "system structure list spreadsheet organise",
    "standard quality level",
    "check verify control",
    "prepare preparation ready plan setup set",
    "know knew knowledge understand familiar",
    "protect guard",
    "why reason because explain",
)
"""Words that mean the same in an interview, whatever the trade."""

Groups = tuple[tuple[str, ...], ...]
"""Words that mean the same in a trade, group by group."""


def match_lines(
    lines: Sequence[str], points: Sequence[Point], same_words: Groups = ()
) -> tuple[int | None, ...]:
    """Return for each line the position of the point that it means, None where it means none.

    The likest pair is taken first. A point that a line has is left to others only if they mean
    nothing else. `same_words` are those of the trade.
    """
    bags = _bags(tuple(points), same_words)
    pairs = sorted(
        (-likeness, i, j)
        for i, line in enumerate(lines)
        for j, bag in enumerate(bags)
        if (likeness := _likeness(stems(line, same_words), bag)) >= ENOUGH
    )
    found: list[int | None] = [None] * len(lines)
    for free_only in (True, False):
        for _, i, j in pairs:
            if found[i] is None and not (free_only and j in found):
                found[i] = j
    return tuple(found)


def _likeness(words: frozenset[str], bag: Mapping[str, float]) -> float:
    """Return how much of a line tells of a point, from 0 up; many words that don't make it less."""
    return sum(_tells(word, bag) for word in words) / max(1.0, cbrt(len(words)))


def _tells(word: str, bag: Mapping[str, float]) -> float:
    return max((weight for known, weight in bag.items() if _alike(word, known)), default=0.0)


@lru_cache(maxsize=64)
def _bags(points: tuple[Point, ...], same_words: Groups) -> list[dict[str, float]]:
    """Return for each point its stems, and how much each of them tells."""
    bags: list[dict[str, float]] = []
    sums: dict[str, float] = defaultdict(float)
    for point in points:
        bag: dict[str, float] = {}
        for text, weight in ((point.shows, _SHOWS), (point.claims, _CLAIMS), (point.text, _SAYS)):
            bag |= dict.fromkeys(stems(text or "", same_words), weight)
        for word, weight in bag.items():
            sums[word] += weight
        bags.append(bag)
    return [{word: weight * weight / sums[word] for word, weight in bag.items()} for bag in bags]


def stems(text: str, same_words: Groups = ()) -> frozenset[str]:
    """Return the telling words of a text, without their endings, one for all that mean the same."""
    return frozenset(_stem(word, same_words) for word in fold(text).split() if word not in _EMPTY)


@lru_cache(maxsize=4096)
def _stem(word: str, same_words: Groups) -> str:
    bare, same = _bare(word), _heads(same_words)
    head = same.get(word) or same.get(bare)
    return head or next((head for form, head in same.items() if _alike(word, form)), bare)


def _bare(word: str) -> str:
    """Return a word without its ending."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word.removesuffix(ending)
    return word


@lru_cache(maxsize=65_536)
def _alike(word: str, known: str) -> bool:
    """Return whether two words are the same but for a slip in a long one."""
    if word == known:
        return True
    return min(len(word), len(known)) >= _SLIP_FROM and slips(word, known) <= 1


@lru_cache(maxsize=16)
def _heads(same_words: Groups) -> Mapping[str, str]:
    """Return the word that stands for its group by each word of it, whole and bare.

    A group of the trade that has a word of another group says the same as that.
    """
    heads: dict[str, str] = {}
    for group in (*(tuple(words.split()) for words in _GROUPS), *same_words):
        forms = [form for word in group for form in (fold(word), _bare(fold(word)))]
        head = next((heads[form] for form in forms if form in heads), fold(group[0]))
        for form in forms:
            heads.setdefault(form, head)
    return heads
