"""The list of all cards with 20,000 of them: each key beside a key of a small app, on a pty."""

import os
from collections.abc import Iterator
from pathlib import Path

from tests.bench.histories import write_history
from tests.bench.keyed import TYPED
from tests.bench.measure import Row, p50, p99
from tests.bench.screens import Screen
from trainer.cards.library import load_library
from trainer.engine.engine import Engine
from trainer.home import Home

SHEETS, A_SHEET = 67, 100
"""So many sheets of so many terms, each of which is two cards, and as many titles: 20,000 cards."""
REVIEWS = 20_000
RUNS, KEYS = 3, 30
"""Runs of so many keys of a kind; the run in the middle counts, as the slowest keys are the machine's."""
_HEAD = 'format = 1\nid = "s{0}"\nname = "Sheet {0}"\nindustry = "I{1}"\nsource = "made up"\n'
_TERM = '[[terms]]\nid = "t{0}"\nterm = "Term {0}"\nmeaning = "Thing {0}."\nsignal = "They know {0}."\n'
_TITLE = '[[titles]]\nid = "j{0}"\ntitle = "Title {0}"\n'
_MOVED = rb"(?s)\A(?=.*\xe2\x80\xba)(?=.*\b[0-9,]+ of 20,)"
"""What is painted once the cursor stands elsewhere: its sign, and the how manieth card it is on."""
_DOWN, _PAGE_DOWN, _UP = b"\x1b[B", b"\x1b[6~", b"\x1b[A"


def rows(folder: Path) -> Iterator[Row]:
    """Measure, with a record of 20,000 reviews in a folder."""
    home = Home(folder / "home")
    write_sheets(home.decks)
    write_history(home.progress_file("bench"), load_library(home), REVIEWS)
    with Engine.open(home, "bench", saving=False) as engine:
        engine.library  # noqa: B018 — it keeps what the next start needs
    os.environ["TRAINER_HOME"] = str(home.root)
    runs = [_keys(home) for _ in range(RUNS)]
    for what in ("a line down", "a line up", "a screen down", "a mark", "a letter of a text"):
        pairs = [(run[what], run[f"peer of {what}"]) for run in runs]
        for name, figure in (("p50", p50), ("p99", p99)):
            told = f"all cards, {what}, {name}"
            each = [Row(told, figure(ours), figure(theirs), 2) for ours, theirs in pairs]
            yield sorted(each, key=lambda row: row.ratio)[RUNS // 2]


def write_sheets(folder: Path) -> None:
    """Write sheets with cards enough."""
    folder.mkdir(parents=True)
    for sheet in range(SHEETS):
        parts = [_HEAD.format(sheet, sheet % 3)]
        items = range(sheet * A_SHEET, (sheet + 1) * A_SHEET)
        parts += [_TERM.format(item) for item in items]
        parts += [_TITLE.format(item) for item in items]
        (folder / f"s{sheet}.toml").write_text("".join(parts), encoding="utf-8")


def _keys(home: Home) -> dict[str, list[float]]:
    """Press keys in our program and its peers in turns, so that all meet the same machine."""
    ours = Screen("-m", "trainer", "--home", str(home.root))
    pressed, typed = Screen("-m", "tests.bench.keyed"), Screen("-m", "tests.bench.keyed", TYPED)
    ours.painted(b"to come", 60)
    pressed.painted(b"count 0.")
    typed.painted(b"count 0.")
    ours.press(b"3")
    ours.painted(rb"(?s)\A(?=.*Look through all cards)(?=.*Open)")
    ours.press(b"C")
    ours.painted(rb"\b1 of 20,", 60)
    found: dict[str, list[float]] = {}

    def measure(what: str, key: bytes, sign: bytes, peer: Screen = pressed) -> None:
        found.setdefault(f"peer of {what}", []).append(_milliseconds(peer, b"1", b"count"))
        found.setdefault(what, []).append(_milliseconds(ours, key, sign))

    for key, what in ((_DOWN, "a line down"), (_PAGE_DOWN, "a screen down"), (_UP, "a line up")):
        for _ in range(KEYS):
            measure(what, key, _MOVED)
    for number in range(KEYS):
        measure("a mark", b"t", b"%d cards? (?:is|are) marked" % (number + 1))
    ours.press(b"n")
    ours.painted(b"A part")
    for _ in range(KEYS // 2):  # in turns: the letter narrows the list, and without it all are there again
        measure("a letter of a text", b"9", rb"\b1 of [0-9],", typed)
        measure("a letter of a text", b"\x7f", rb"\b1 of 20,", typed)
    for screen in (ours, pressed, typed):
        screen.end()
    return found


def _milliseconds(screen: Screen, key: bytes, sign: bytes) -> float:
    at = screen.press(key)
    return (screen.painted(sign) - at) * 1000
