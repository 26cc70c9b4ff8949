"""The app on a pty: from start to Today, from key to paint, and its memory, beside the smallest apps."""

import compileall
import os
import re
import select
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from ptyprocess import PtyProcess

from tests.bench.histories import write_history
from tests.bench.measure import Row, p50, p99
from trainer.cards.library import library_of
from trainer.engine.engine import Engine
from trainer.home import Home
from trainer.material.sheet_files import shipped_decks

STARTS, FIRST_STARTS = 15, 5
_TRAINER, _FLOOR = ("-m", "trainer"), ("-m", "tests.bench.minimal")
RUNS, KEYS = 5, 60
"""Runs of so many answers each; the run in the middle counts, as the slowest keys are the machine's."""

_SEQUENCE = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_][^\x1b]*\x1b\\|[@-Z\\-_=>])"
)
_TODAY, _ASKED, _ANSWERED = rb"to come", b"I don't know", b"Right|Not right|New to you|ow you know"
"""What stands on the page of each, and on no other."""


class Screen:
    """A program on a pty of 80 by 24; knows only what was painted since it was asked last."""

    def __init__(self, *arguments: str) -> None:
        self.started = perf_counter()
        environment = os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
        self._process = PtyProcess.spawn([sys.executable, *arguments], dimensions=(24, 80), env=environment)

    def painted(self, pattern: bytes, seconds: float = 20) -> float:
        """Wait until a text is painted; return the instant."""
        found = b""
        deadline = perf_counter() + seconds
        while not re.search(pattern, _SEQUENCE.sub(b"", found)):
            left = deadline - perf_counter()
            if left < 0 or not select.select([self._process.fd], [], [], left)[0]:
                raise TimeoutError(f"{pattern!r} was not painted in {seconds} s: {found[-2000:]!r}")
            found += os.read(self._process.fd, 1 << 20)
        return perf_counter()

    def press(self, key: bytes) -> float:
        """Press a key; return the instant."""
        self._drain()
        at = perf_counter()
        os.write(self._process.fd, key)
        return at

    def memory(self) -> float:
        """Return the memory in use, in MB."""
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii")
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        assert found
        return int(found[1]) / 1024

    def spent(self) -> float:
        """Return the milliseconds of processor time that it has taken, all its threads together."""
        threads = Path(f"/proc/{self._process.pid}/task").iterdir()
        nanoseconds = (int((each / "schedstat").read_text(encoding="ascii").split()[0]) for each in threads)
        return sum(nanoseconds) / 1_000_000

    def end(self) -> None:
        """Kill it."""
        self._process.kill(signal.SIGKILL)
        self._process.close()

    def _drain(self) -> None:
        while select.select([self._process.fd], [], [], 0.06)[0]:
            os.read(self._process.fd, 1 << 20)


def rows(folder: Path) -> Iterator[Row]:
    """Measure, with a record of a thousand reviews in a folder."""
    library = library_of(sorted(shipped_decks().glob("*.toml")))
    home = Home(folder / "home")
    write_history(home.progress_file("bench"), library, 1_000)
    os.environ["TRAINER_HOME"] = str(home.root)
    for package in ("trainer", "tests/bench"):  # as pip does when it installs them, and Textual
        compileall.compile_dir(package, quiet=1)
    yield from _starts(home)
    runs = [_keys(folder / f"run{number}") for number in range(RUNS)]
    for what, ours, theirs in (
        ("key → feedback: beside Header, Footer, Static, a line", "feedback", "kept"),
        ("next → new card: beside Header, Footer, Static", "card", "count"),
    ):
        for name, figure, goal in (("p50", p50, 1.5), ("p99", p99, 1.8)):
            rows = [Row(f"{what}, {name}", figure(run[ours]), figure(run[theirs]), goal) for run in runs]
            yield sorted(rows, key=lambda row: row.ratio)[RUNS // 2]


def _starts(home: Home) -> Iterator[Row]:
    """Measure starts: the very first one, which reads all sheets, and those of every day after it."""
    first: dict[str, list[float]] = {"ours": [], "floor": []}
    starts: dict[str, list[float]] = {"ours": [], "floor": []}
    memory: dict[str, list[float]] = {"ours": [], "floor": []}
    for found, times in ((first, FIRST_STARTS), (starts, STARTS)):
        for _ in range(times):  # in turns, so that both meet the same machine
            for name, program, sign in (("ours", _TRAINER, _TODAY), ("floor", _FLOOR, b"painted")):
                screen = Screen(*program)
                found[name].append((screen.painted(sign) - screen.started) * 1000)
                memory[name].append(screen.memory())
                screen.end()
            if found is first:
                shutil.rmtree(home.cache, ignore_errors=True)
        Engine.open(home, "bench", saving=False).library  # noqa: B018 — it keeps what the next start needs
    theirs = p50(starts["floor"])
    yield Row("start → Today with its counts: beside one Static", p50(starts["ours"]), theirs, 1.35)
    yield Row("the first start ever, all sheets read", p50(first["ours"]), p50(first["floor"]), 2)
    yield Row("memory at Today: beside one Static", p50(memory["ours"]), p50(memory["floor"]), 1.5, unit="MB")


def _keys(folder: Path) -> dict[str, list[float]]:
    """Press keys in our program and its peers in turns, so that all meet the same machine.

    An answer is on the disk before its feedback shows, so beside it stands a peer that keeps a line too:
    the share of the disk is another one on every machine, and none of ours.
    """
    folder.mkdir(parents=True)
    decks = ("levels",)  # a digit answers each of its cards
    with Engine.open(Home(folder / "home"), "new") as engine:
        engine.set_region("both")  # else it is asked in between
    who = ("--recruiter", "new", "--home", str(folder / "home"))
    ours = Screen("-m", "trainer", "study", *decks, "--new", str(KEYS), *who)
    count = Screen("-m", "tests.bench.keyed")
    kept = Screen("-m", "tests.bench.keyed", str(folder / "lines"))
    ours.painted(_ASKED)
    for peer in (count, kept):
        peer.painted(b"count 0.")
    found: dict[str, list[float]] = {"feedback": [], "kept": [], "card": [], "count": []}
    for _ in range(KEYS):
        found["feedback"].append(_milliseconds(ours, b"1", _ANSWERED))
        found["kept"].append(_milliseconds(kept, b"1", b"count"))
        found["card"].append(_milliseconds(ours, b"\r", _ASKED))
        found["count"].append(_milliseconds(count, b"1", b"count"))
    for screen in (ours, count, kept):
        screen.end()
    return found


def _milliseconds(screen: Screen, key: bytes, sign: bytes) -> float:
    at = screen.press(key)
    return (screen.painted(sign) - at) * 1000
