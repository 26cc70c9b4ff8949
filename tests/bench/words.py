"""Finding as one types: each key over 20,000 entries, and what is made for it when it is first asked."""

import random
import string
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from time import thread_time

from tests.bench.library import library_with
from tests.bench.measure import Row, in_turns, p50, p99
from trainer.cards.finding import Finder
from trainer.cards.glossary import Glossary
from trainer.reports.lookup import SHOWN, Lookup

ENTRIES = 20_000
SMALL, LARGE = 2_500, 10_000
"""Terms of a library; it has as many titles."""
A_SHEET = 100
TYPED = 100
"""Names that are typed, letter by letter."""
A_FRAME = 16.0
"""Milliseconds in which a key has to be answered for it to be seen with the next picture."""


def rows(folder: Path) -> Iterator[Row]:
    """Measure in memory; no sheet is read."""
    chance = random.Random(1)
    spelled = [
        "".join(chance.choices(string.ascii_lowercase, k=chance.randint(3, 10))) for _ in range(ENTRIES // 4)
    ]
    names = [" ".join(chance.choices(spelled, k=3)) for _ in range(ENTRIES)]
    lines = [" ".join(chance.choices(spelled, k=14)) for _ in range(ENTRIES)]
    for what, texts in (("words", names), ("questions", lines)):
        finder = Finder([(text,) for text in texts])
        finder.prepare()
        typed = _typed(chance.sample(texts, TYPED))
        times = in_turns({"ours": _each(finder, typed), "theirs": _through_all(texts, typed)}, 1)
        keys = [_busy(partial(finder.begins, text, SHOWN)) for text in typed]
        yield Row(f"a key among {ENTRIES:,} {what}, p99: beside a frame", p99(keys), A_FRAME, 1)
        ours, theirs = (times[name][0] / len(typed) for name in ("ours", "theirs"))
        yield Row(
            f"a key among {ENTRIES:,} {what}: beside looking through all", ours, theirs, 3, at_least=True
        )
    lookup = Lookup(library_with(LARGE, A_SHEET))
    lookup.prepare()
    typed = _typed([f"term {number}" for number in chance.sample(range(LARGE), TYPED // 4)])
    keys = [_busy(partial(lookup.begins, text)) for text in typed]
    yield Row("a key where half of all begin so, p99: beside a frame", p99(keys), A_FRAME, 1)
    libraries = {size: library_with(size, A_SHEET) for size in (SMALL, LARGE)}
    found = in_turns({size: partial(Glossary, library) for size, library in libraries.items()}, 3)
    what = f"the glossary of {2 * LARGE:,} entries beside {2 * SMALL:,}"
    yield Row(what, p50(found[LARGE]), p50(found[SMALL]), 5)


def _busy(work: Callable[[], object]) -> float:
    """Return for how many milliseconds work keeps the processor busy, however much else it has to do."""
    start = thread_time()
    work()
    return (thread_time() - start) * 1000


def _typed(names: Sequence[str]) -> list[str]:
    """Return all that stands there while names are typed, letter by letter."""
    return [name[:length] for name in names for length in range(1, min(len(name), 24) + 1)]


def _each(finder: Finder, typed: Sequence[str]) -> Callable[[], object]:
    return lambda: [finder.begins(text, SHOWN) for text in typed]


def _through_all(texts: Sequence[str], typed: Sequence[str]) -> Callable[[], object]:
    return lambda: [[text for text in texts if each in text] for each in typed]
