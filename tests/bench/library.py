"""Cards of a library as it grows: four times the terms in four times the time."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

from msgspec.structs import replace

from tests.bench.measure import Row, in_turns, p50
from trainer.cards.library import Library
from trainer.cards.sheets import Sheets
from trainer.material.sheet import Example, Sheet, Term, Title

SMALL, LARGE = 4_000, 16_000
A_SHEET = 100
"""Terms and titles of a sheet, where there are many."""
TIMES = 5


def rows(folder: Path) -> Iterator[Row]:
    """Measure in memory; no sheet is read."""
    sizes = {size: library_with(size, A_SHEET) for size in (SMALL, LARGE)}
    found = in_turns({size: _made(library) for size, library in sizes.items()}, TIMES)
    yield Row(f"cards of {LARGE:,} terms beside {SMALL:,}", p50(found[LARGE]), p50(found[SMALL]), 5)
    whole = {size: library_with(size, size) for size in (SMALL, LARGE)}
    found = in_turns({size: _made(library) for size, library in whole.items()}, TIMES)
    yield Row(f"… in one sheet: {LARGE:,} beside {SMALL:,}", p50(found[LARGE]), p50(found[SMALL]), 5)
    seconds = {size: p50(_asked(library)) for size, library in sizes.items()}
    yield Row(f"a question among {LARGE:,} terms beside {SMALL:,}", seconds[LARGE], seconds[SMALL], 8)
    anew, edited = _after_an_edit(sizes[LARGE])
    yield Row(f"cards after an edit, {LARGE:,} terms: beside all anew", edited, anew, 5, at_least=True)


def library_with(terms: int, a_sheet: int) -> Library:
    """Return a library with so many terms and as many titles that nobody judged, so many a sheet."""
    made = {}
    for first in range(0, terms, a_sheet):
        id_ = f"s{first}"
        made[id_] = Sheet(
            format=1,
            id=id_,
            name=f"Sheet {first}",
            industry=f"Industry {first // a_sheet % 3}",
            terms=tuple(_term(i) for i in range(first, first + a_sheet)),
            titles=tuple(Title(id=f"j{i}", title=f"Title {i}") for i in range(first, first + a_sheet)),
        )
    return Library(Sheets(made), files={id_: Path(f"{id_}.toml") for id_ in made})


def _term(number: int) -> Term:
    named = (f"t{number - 1}",) if number % 100 else ()
    return Term(
        id=f"t{number}",
        term=f"Term {number}",
        meaning=f"The thing with the number {number}.",
        signal=f"They know {number}.",
        confuse_with=named,
    )


def _made(library: Library) -> Callable[[], object]:
    return lambda: Library(dict(library.sheets)).cards


def _asked(library: Library) -> list[float]:
    """Return how long the first question of some cards took, each with rivals of its own."""
    cards = [card for card in library.cards.values() if card.deck == "meanings"]
    found = []
    for card in random.Random(1).sample(cards, 20):
        start = perf_counter()
        card.ask(card.ways()[0], 2, random.Random(1))
        found.append((perf_counter() - start) * 1000)
    return found


def _after_an_edit(library: Library) -> tuple[float, float]:
    """Return how long all cards took anew, and after an edit of a text that no other sheet reads."""
    before = next(iter(library.sheets.values()))
    sheet = replace(before, examples=(Example(id="line", text="Was there."),))

    def edit() -> object:
        return library.with_sheet(sheet, library.files[sheet.id]).cards

    found = in_turns({"anew": _made(library), "edited": edit}, TIMES)
    return p50(found["anew"]), p50(found["edited"])
