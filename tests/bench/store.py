"""The store at any age of a record, beside SQLite, plain TinyDB and the bare append of the same run."""

import os
import sqlite3
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import msgspec
from tinydb import TinyDB

from tests.bench.histories import NOW, write_history
from tests.bench.measure import Row, in_turns, milliseconds, p50, p99
from tests.progress.samples import review
from trainer.cards.library import library_of
from trainer.material.sheet_files import shipped_decks
from trainer.memory.schedule import Schedule
from trainer.progress.progress import Progress

SIZES = (1_000, 10_000, 100_000, 200_000)
"""Reviews: from a month to ten years of fifty-five a day."""
SMALL, MIDDLE, LARGE = SIZES[0], SIZES[2], SIZES[3]
OPENINGS = 9
ANSWERS = 1_000
FOLDED = 100
FOLDS = 5

_OPEN = """
import sys
from pathlib import Path
from time import perf_counter
from trainer.memory.schedule import Schedule
from trainer.progress.progress import Progress
def memory():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6
before, start = memory(), perf_counter()
progress = Progress.open(Path(sys.argv[1]), "bench", Schedule())
assert progress.states and progress.days
print((perf_counter() - start) * 1000, memory() - before)
"""
_OPEN_TINYDB = (
    _OPEN.replace("from trainer.progress.progress import Progress", "from tinydb import TinyDB")
    .replace('progress = Progress.open(Path(sys.argv[1]), "bench", Schedule())', "db = TinyDB(sys.argv[1])")
    .replace("progress.states and progress.days", 'db.table("cards").all() and db.table("days").all()')
)


def rows(folder: Path) -> Iterator[Row]:
    """Measure, in a folder on a real disk."""
    library = library_of(sorted(shipped_decks().glob("*.toml")))
    files = {size: folder / f"{size}.json" for size in SIZES}
    for size, path in files.items():
        write_history(path, library, size)
    yield from _openings(files)
    yield from _answers(files, list(library.cards), folder)
    yield from _folds(files[MIDDLE], list(library.cards))


def _openings(files: dict[int, Path]) -> Iterator[Row]:
    ours: dict[int, list[list[float]]] = {size: [] for size in files}
    plain: dict[int, list[list[float]]] = {SMALL: [], LARGE: []}
    for _ in range(OPENINGS):  # in turns, so that all meet the same machine
        for size, found in ours.items():
            found.append(_in_a_process(_OPEN, files[size]))
        for size, found in plain.items():
            found.append(_in_a_process(_OPEN_TINYDB, files[size]))
    time = {size: p50([opening[0] for opening in found]) for size, found in ours.items()}
    memory = {size: p50([opening[1] for opening in found]) for size, found in ours.items()}
    for size in SIZES[1:]:
        yield Row(
            f"open with states and totals: {size:,} beside {SMALL:,}", time[size], time[SMALL], 60, more=True
        )
    theirs = p50([opening[0] for opening in plain[LARGE]])
    yield Row(f"open at {LARGE:,}: beside plain TinyDB", time[LARGE], theirs, 1, at_least=True)
    what = f"memory once open: {LARGE:,} beside {SMALL:,}"
    yield Row(what, memory[LARGE], memory[SMALL], 60, more=True, unit="MB")


def _in_a_process(script: str, path: Path) -> list[float]:
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    )
    return [float(number) for number in done.stdout.split()]


def _answers(files: dict[int, Path], cards: list[str], folder: Path) -> Iterator[Row]:
    with ExitStack() as stack:
        schedule = Schedule()
        contenders: dict[object, Callable[[], object]] = {}
        for size, path in files.items():
            progress = stack.enter_context(Progress.open(path, "bench", schedule, lambda: NOW))
            contenders[size] = _answering(progress, cards)
        contenders["sqlite"] = _sqlite(stack, files[LARGE], folder / "peer.db")
        contenders["bare"] = _bare(stack, folder / "bare")
        times = in_turns(contenders, ANSWERS)
    for measure, name in ((p50, "p50"), (p99, "p99")):
        for size in SIZES[1:]:
            what = f"answer, {name}: {size:,} reviews beside {SMALL:,}"
            yield Row(what, measure(times[size]), measure(times[SMALL]), 1.5)
    for measure, name, goal in ((p50, "p50", 1.5), (p99, "p99", 2)):
        what = f"answer at {LARGE:,}, {name}: beside SQLite, WAL, FULL"
        yield Row(what, measure(times[LARGE]), measure(times["sqlite"]), goal)
    yield Row("answer, p50: beside the bare append and fsync", p50(times[LARGE]), p50(times["bare"]), 3)


def _answering(progress: Progress, cards: list[str]) -> Callable[[], object]:
    """Return what makes and records one answer after the other, FSRS included."""
    number = iter(range(10**9))

    def answer() -> object:
        return progress.record(review(progress, cards[next(number) % len(cards)], at=NOW), NOW)

    return answer


def _sqlite(stack: ExitStack, source: Path, path: Path) -> Callable[[], object]:
    """Return what stores the same three documents; making them is not counted."""
    db = sqlite3.connect(path, isolation_level=None)
    stack.callback(db.close)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    tables = msgspec.json.decode(source.read_bytes(), type=dict[str, dict[str, msgspec.Raw]])
    for name in ("cards", "days", "reviews"):
        db.execute(f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, document TEXT)")
        db.execute("BEGIN")
        rows = ((int(id_), bytes(document).decode()) for id_, document in tables[name].items())
        db.executemany(f"INSERT INTO {name} VALUES (?, ?)", rows)
        db.execute("COMMIT")
    newest = iter(range(max(map(int, tables["reviews"])) + 1, sys.maxsize))
    last = {name: [*tables[name].items()][-1] for name in tables}
    card, day, answered = (
        (int(last[name][0]), bytes(last[name][1]).decode()) for name in ("cards", "days", "reviews")
    )

    def answer() -> None:
        db.execute("BEGIN")
        db.execute("INSERT INTO reviews VALUES (?, ?)", (next(newest), answered[1]))
        db.execute("INSERT OR REPLACE INTO cards VALUES (?, ?)", card)
        db.execute("INSERT OR REPLACE INTO days VALUES (?, ?)", day)
        db.execute("COMMIT")

    return answer


def _bare(stack: ExitStack, path: Path) -> Callable[[], object]:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    stack.callback(os.close, descriptor)

    def append() -> None:
        os.write(descriptor, b"x" * 520)
        os.fsync(descriptor)

    return append


def _folds(path: Path, cards: list[str]) -> Iterator[Row]:
    times = []
    for _ in range(FOLDS):
        progress = Progress.open(path, "bench", Schedule(), lambda: NOW)
        answer = _answering(progress, cards)
        for _ in range(FOLDED):
            answer()
        times += milliseconds(progress.close, 1)
    with TinyDB(path) as db:
        table = db.table("reviews")
        document = dict(table.all()[-1])
        inserted = statistics.mean(milliseconds(lambda: table.insert(document), 3)) * FOLDED
    what = f"fold of {FOLDED} answers at {MIDDLE:,}: plain TinyDB's inserts"
    yield Row(what, p50(times), inserted, 50, at_least=True)
