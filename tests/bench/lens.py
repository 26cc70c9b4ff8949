"""The lens as a text grows: four times the text in four times the time, and the longest within a second."""

from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench.library import library_with
from tests.bench.measure import Row, in_turns, p50
from tests.resume import RESUME
from trainer.cards.lens.look import LONGEST, Lens, Looked
from trainer.cards.library import library_of
from trainer.material.sheet_files import shipped_decks

TIMES = 5
_LARGE = 10_000
"""Terms, and as many titles."""


def rows(_: Path) -> Iterator[Row]:
    """Measure in memory."""
    shipped = Lens(library_of(sorted(shipped_decks().glob("*.toml"))).sheets)
    large = Lens(library_with(_LARGE, 100).sheets)
    found = in_turns(
        {
            "all": _look(shipped, LONGEST),
            "quarter": _look(shipped, LONGEST // 4),
            "large": _look(large, LONGEST),
        },
        TIMES,
    )
    yield Row("the lens on sixty pages beside fifteen", p50(found["all"]), p50(found["quarter"]), 5)
    yield Row("… beside a second", p50(found["all"]), 1000, 1)
    yield Row(f"… with {2 * _LARGE:,} names beside those shipped", p50(found["large"]), p50(found["all"]), 3)


def _look(lens: Lens, length: int) -> Callable[[], Looked]:
    text = (RESUME * (length // len(RESUME) + 1))[:length]
    return lambda: lens.look(text)
