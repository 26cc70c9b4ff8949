"""Processes that are killed, most of them at a chosen step of the store."""

import json
import os
import random
import select
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tinydb import TinyDB

from tests.attack.outcome import Outcome
from tests.attack.victim import AIMS
from tests.progress.samples import is_consistent, opened, read

_RANDOM = "at any moment"
_ONE_IN = 8
"""So many kills have no aim."""


class _Lines:
    """The lines that come through a pipe, and whether one is there."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._text = b""

    def waiting(self) -> bool:
        while b"\n" not in self._text and select.select([self._descriptor], [], [], 0)[0]:
            self._text += os.read(self._descriptor, 1 << 16)
        return b"\n" in self._text

    def next(self) -> str:
        while b"\n" not in self._text:
            more = os.read(self._descriptor, 1 << 16)
            assert more, "the victim's own process has ended"
            self._text += more
        line, _, self._text = self._text.partition(b"\n")
        return line.decode()


class Victim:
    """The process that forks the children, and the log of what they acknowledged."""

    def __init__(self, path: Path) -> None:
        self.standing: list[int] = []
        """The numbers of the answers that were acknowledged and not undone."""
        self.chosen: tuple[str, ...] = ()
        """The setting that was acknowledged last."""
        self.under_way = ""
        """What a child was about to do when it was killed."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.attack.victim", str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        assert self._process.stdout
        self._lines = _Lines(self._process.stdout.fileno())

    def order(self, **order: Any) -> int:
        """Send a child to work; return its process id."""
        assert self._process.stdin
        self.under_way = ""
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()
        return int(self.line().removeprefix("pid "))

    def line(self) -> str:
        """Return the next line, and keep the log."""
        line = self._lines.next()
        word, _, rest = line.partition(" ")
        if word == "will":
            self.under_way = rest
        elif word == "answered":
            self.standing.append(int(rest))
            self.under_way = ""
        elif word == "chose":
            self.chosen = (rest,)
            self.under_way = ""
        elif word == "undone":
            self.standing = self.standing[:-1]
            self.under_way = ""
        return line

    def drain(self) -> None:
        """Read the lines that are there already."""
        while self._lines.waiting():
            self.line()

    def until_end(self) -> int:
        """Read on to the end of the child; return its status."""
        line = ""
        while not line.startswith("ended"):
            line = self.line()
        return int(line.partition(" ")[2])

    def may_stand(self) -> list[list[int]]:
        """Return what may be in the record: all that was acknowledged, and what was under way or not."""
        if self.under_way == "undo":
            return [self.standing, self.standing[:-1]]
        if self.under_way.startswith("answer"):
            return [self.standing, [*self.standing, int(self.under_way.removeprefix("answer "))]]
        return [self.standing]

    def may_be_chosen(self) -> list[tuple[str, ...]]:
        """Return what the setting may be."""
        if self.under_way.startswith("choose"):
            return [self.chosen, (self.under_way.removeprefix("choose "),)]
        return [self.chosen]

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        with self._process:
            pass


@contextmanager
def victim(path: Path) -> Iterator[Victim]:
    """Start a victim; it has ended afterwards."""
    found = Victim(path)
    try:
        yield found
    finally:
        found.close()


def attack(folder: Path, kills: int, seed: int = 1) -> list[Outcome]:
    """Kill so many processes on one record that grows; look at it after each."""
    chance = random.Random(seed)
    outcomes = {what: Outcome(f"killed: {what}") for what in (*AIMS, _RANDOM)}
    path = folder / "anna.json"
    with victim(path) as target:
        for number in range(kills):
            aim = _RANDOM if number % _ONE_IN == _ONE_IN - 1 else list(AIMS)[number % len(AIMS)]
            outcome = outcomes[aim]
            outcome.tried += 1
            _kill(target, aim, number, chance, outcome)
            _look(path, target, outcome)
        end = Outcome("opened after the last kill", tried=1)
        with opened(path) as progress:
            end.expect(
                [each.ms for each in progress.history().values()] == target.standing, "differs from the log"
            )
            end.expect(is_consistent(progress), "states that don't fit the reviews")
    return [*(each for each in outcomes.values() if each.tried), end]


def _kill(target: Victim, aim: str, number: int, chance: random.Random, outcome: Outcome) -> None:
    serial = 1000 * number
    if aim == _RANDOM:
        child = target.order(aim=None, serial=serial, undo=True)
        for _ in range(chance.randint(1, 40)):
            target.line()
        os.kill(child, signal.SIGKILL)
    else:
        target.order(aim=aim, misses=chance.randint(0, 3), serial=serial, undo=True)
    outcome.expect(target.until_end() == -signal.SIGKILL, "not killed")


def _look(path: Path, target: Victim, outcome: Outcome) -> None:
    """Compare the record with the log; it is only read, so that the next child recovers it itself."""
    if path.exists():
        try:
            with TinyDB(path, access_mode="r") as db:
                outcome.expect(len(db.table("meta")) == 1, "without its meta")
                list(db.table("reviews"))
        except ValueError:
            outcome.wrong["unreadable by plain TinyDB"] += 1
    progress = read(path)
    found = [each.ms for each in progress.history().values()]
    outcome.expect(max(Counter(found).values(), default=1) == 1, "with a review twice")
    outcome.expect(found in target.may_stand(), "with a review lost or invented")
    outcome.expect(is_consistent(progress), "with states that don't fit the reviews")
    outcome.expect(progress.settings.roles in target.may_be_chosen(), "with a setting lost or invented")
    target.standing, target.chosen = found, progress.settings.roles
