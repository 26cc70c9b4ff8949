"""The statistics of a long history beside those of none: what is shown first must not wait for it."""

import os
from collections.abc import Iterator
from pathlib import Path
from time import sleep

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
_SETTLED = 0.5
"""Seconds after which a screen has been painted for the last time."""
_TODAY, _PLACE, _FIRST = rb"Ten quick", rb"(?s)New cards met.*Esc Today", rb"(?s)Days with answers.*Esc Back"
"""What stands on each, and in its key bar: a key does nothing before that is seen."""


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
        ("section", "key → another section while figures are worked out", 300),
        ("whole", "key → all figures of the statistics, the same", 4000),
    ):
        yield Row(label, p50(found["long", what]), p50(found["none", what]), goal, more=True)


def _opened(home: Home) -> dict[str, float]:
    """Open the statistics twice: to see what stands there at once, and when all figures are there."""
    os.environ["TRAINER_HOME"] = str(home.root)
    found = {}
    for what, sign in (("section", rb"Right at first try"), ("whole", rb"By deck|no test")):
        screen = Screen("-m", "trainer")
        screen.painted(_TODAY)
        at = _pressed(screen, b"5")
        found["place"] = screen.painted(_PLACE) - at
        at = _pressed(screen, b"s")
        found["first"] = screen.painted(_FIRST) - at
        pressed = _pressed(screen, b"3")
        seen = screen.painted(sign)
        found[what] = seen - (pressed if what == "section" else at)
        screen.end()
    return {what: seconds * 1000 for what, seconds in found.items()}


def _pressed(screen: Screen, key: bytes) -> float:
    """Press a key once the screen was painted for the last time; return the instant."""
    sleep(_SETTLED)
    return screen.press(key)
