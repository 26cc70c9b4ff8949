"""The app on a pty: from start to Today, from key to paint, and its memory, beside the smallest apps."""

import os
import re
import select
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from ptyprocess import PtyProcess

from tests.bench.histories import write_history
from tests.bench.measure import Row, p50, p99
from trainer.cards.library import library_of
from trainer.material.shelf import shipped_decks

STARTS = 15
KEYS = 100
"""Answers, so that the slowest of a hundred can be told."""

_SEQUENCE = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_][^\x1b]*\x1b\\|[@-Z\\-_=>])"
)
_TODAY, _ASKED, _ANSWERED = b"of 45", b"I don't know", b"Right|Not right|New to you|ow you know"
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
    write_history(folder / "home" / "progress" / "bench.json", library, 1_000)
    os.environ["TRAINER_HOME"] = str(folder / "home")
    today = ("-m", "trainer")
    floor = ("-m", "tests.bench.minimal")
    starts: dict[str, list[float]] = {"ours": [], "floor": []}
    memory: dict[str, list[float]] = {"ours": [], "floor": []}
    for _ in range(STARTS):  # in turns, so that both meet the same machine
        for name, program, sign in (("ours", today, _TODAY), ("floor", floor, b"painted")):
            screen = Screen(*program)
            starts[name].append((screen.painted(sign) - screen.started) * 1000)
            memory[name].append(screen.memory())
            screen.end()
    yield Row(
        "start → Today with its counts: beside one Static", p50(starts["ours"]), p50(starts["floor"]), 1.35
    )
    yield Row("memory at Today: beside one Static", p50(memory["ours"]), p50(memory["floor"]), 1.5, unit="MB")
    feedback, card = _answers(folder)
    peer = _keyed()
    for what, times in (("key → feedback", feedback), ("next → new card", card)):
        yield Row(f"{what}, p50: beside Header, Footer, Static", p50(times), p50(peer), 2)
        yield Row(f"{what}, p99: beside Header, Footer, Static", p99(times), p99(peer), 2)


def _answers(folder: Path) -> tuple[list[float], list[float]]:
    decks = ("levels", "synonyms", "answers")  # a digit answers each of their cards
    who = ("--recruiter", "new", "--home", str(folder / "home"))
    screen = Screen("-m", "trainer", "study", *decks, "--new", "60", *who)
    screen.painted(_ASKED)
    feedback, card = [], []
    for _ in range(KEYS):
        at = screen.press(b"1")
        feedback.append((screen.painted(_ANSWERED) - at) * 1000)
        at = screen.press(b"\r")
        card.append((screen.painted(_ASKED) - at) * 1000)
    screen.end()
    return feedback, card


def _keyed() -> list[float]:
    screen = Screen("-m", "tests.bench.keyed")
    screen.painted(b"count 0.")
    times = []
    for _ in range(KEYS):
        at = screen.press(b"1")
        times.append((screen.painted(b"count") - at) * 1000)
    screen.end()
    return times
