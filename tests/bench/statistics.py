"""The statistics of a long history beside those of none: what is shown first must not wait for it."""

import os
from collections.abc import Iterator
from pathlib import Path

from tests.bench.histories import write_history
from tests.bench.measure import Row, p50
from tests.bench.screens import Screen
from tests.learners import begun
from trainer.cards.library import library_of
from trainer.engine.engine import Engine
from trainer.home import Home
from trainer.material.sheet_files import shipped_decks

REVIEWS = 100_000
TIMES = 5
_TODAY = rb"Ten quick"


def rows(folder: Path) -> Iterator[Row]:
    """Measure on a pty: the key, the first paint, and when all figures are there."""
    homes = {"long": Home(folder / "long"), "none": Home(folder / "none")}
    write_history(
        homes["long"].progress_file("bench"), library_of(sorted(shipped_decks().glob("*.toml"))), REVIEWS
    )
    begun(homes["none"], "bench")
    found: dict[tuple[str, str], list[float]] = {}
    for home in homes.values():
        Engine.open(home, "bench", saving=False).library  # noqa: B018 — it keeps what a start needs
    for _ in range(TIMES):  # in turns, so that both meet the same machine
        for name, home in homes.items():
            for what, milliseconds in _opened(home).items():
                found.setdefault((name, what), []).append(milliseconds)
    for what, label, goal in (
        ("place", f"key → Progress, {REVIEWS:,} reviews beside none", 300),
        ("first", "key → statistics, first paint, the same", 300),
        ("section", "key → the next section while figures are worked out", 300),
        ("whole", "key → all figures of the statistics, the same", 4000),
    ):
        yield Row(label, p50(found["long", what]), p50(found["none", what]), goal, more=True)


def _opened(home: Home) -> dict[str, float]:
    os.environ["TRAINER_HOME"] = str(home.root)
    screen = Screen("-m", "trainer")
    screen.painted(_TODAY)
    at = screen.press(b"5")
    place = screen.painted(rb"New cards met") - at
    at = screen.press(b"s")
    first = screen.painted(rb"Days with answers") - at
    pressed = screen.press(b"3")
    section = screen.painted(rb"Right at first try") - pressed
    whole = screen.painted(rb"By deck|no test") - at
    screen.end()
    return {
        "place": place * 1000,
        "first": first * 1000,
        "section": section * 1000,
        "whole": whole * 1000,
    }
