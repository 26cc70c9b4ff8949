"""A process that answers and undoes, and is killed at a step that was chosen: `victim.py RECORD`.

For each order on its input it forks a child that acts on the record. Before each act the child
writes what it will do, and after it that it is done: what is killed in between was not promised.
"""

import json
import os
import random
import re
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from tests.progress.samples import CARDS, SCHEDULE, review
from trainer import disk
from trainer.memory.calendar import system_clock
from trainer.progress.progress import Progress

ACTS_A_CHILD = 400
"""A child that was not killed by then missed its aim."""
MISSED = 3


class Aim(NamedTuple):
    """A step of the store, and when to die there."""

    call: str
    file: str
    """What the name of the file matches."""
    moment: str
    """Before the call, after it, or in the middle of what it writes."""


AIMS = {
    "half a line written": Aim("write", r"\.journal$", "half"),
    "a line written, not synced": Aim("write", r"\.journal$", "after"),
    "a line synced, not acknowledged": Aim("fsync", r"\.journal$", "after"),
    "half the temporary file written": Aim("write", r"\.tmp$", "half"),
    "the temporary file written, not synced": Aim("fsync", r"\.tmp$", "before"),
    "before the file is replaced": Aim("replace", r"\.json\.\w+\.tmp$", "before"),
    "after the file is replaced": Aim("replace", r"\.json\.\w+\.tmp$", "after"),
    "before the journal is emptied": Aim("rename", r"\.journal$", "before"),
    "after the journal is emptied": Aim("rename", r"\.journal$", "after"),
    "a journal just opened": Aim("open", r"\.journal$", "after"),
}


class Deadly:
    """`os` as the module `disk` sees it, which ends the process at its aim, after some near misses."""

    def __init__(self, aim: Aim, misses: int) -> None:
        self._aim, self._misses = aim, misses
        self._names: dict[int, str] = {}

    def __getattr__(self, name: str) -> Any:
        real = getattr(os, name)
        return self._aimed(name, real) if name in {"open", self._aim.call} else real

    def _aimed(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(target: Any, *rest: Any) -> Any:
            file = self._names.get(target, "") if isinstance(target, int) else str(target)
            hit = name == self._aim.call and bool(re.search(self._aim.file, file)) and self._is_due()
            if hit and self._aim.moment == "half":
                real(target, rest[0][: len(rest[0]) // 2])
            if hit and self._aim.moment != "after":
                die()
            result = real(target, *rest)
            if hit:
                die()
            if name == "open":
                self._names[result] = file
            return result

        return call

    def _is_due(self) -> bool:
        self._misses -= 1
        return self._misses < 0


def die() -> None:
    """End as nothing can prevent."""
    os.kill(os.getpid(), signal.SIGKILL)


def act(path: Path, order: dict[str, Any]) -> None:
    """Answer, undo and choose, session after session."""
    if order["aim"]:
        vars(disk)["os"] = Deadly(AIMS[order["aim"]], order["misses"])
    chance = random.Random(order["serial"])
    serial = order["serial"]
    acts = 0
    while acts < order.get("acts", ACTS_A_CHILD):
        with Progress.open(path, "anna", SCHEDULE) as progress:
            for _ in range(chance.randint(1, 6)):
                acts += 1
                if order["undo"] and chance.random() < 0.1:
                    serial += 1
                    say(f"will choose {serial}")
                    progress.set_setting("roles", (str(serial),))
                    say(f"chose {serial}")
                elif order["undo"] and chance.random() < 0.2:
                    say("will undo")
                    say(f"undone {progress.undo() is not None}")
                else:
                    serial += 1
                    say(f"will answer {serial}")
                    answer(progress, serial)
                    say(f"answered {serial}")
    os._exit(MISSED)


def answer(progress: Progress, serial: int) -> None:
    """Record a review that can be told from all others: its time is its number."""
    given = review(progress, CARDS[serial % len(CARDS)], at=system_clock())
    progress.record(type(given)(**{**fields(given), "ms": serial}), system_clock())


def fields(given: Any) -> dict[str, Any]:
    """Return a review's fields by name."""
    return {name: getattr(given, name) for name in given.__struct_fields__}


def say(line: str) -> None:
    """Write a line at once."""
    os.write(1, f"{line}\n".encode())


def main() -> None:
    """Fork a child an order, and tell how it ended."""
    path = Path(sys.argv[1])
    for line in sys.stdin:
        child = os.fork()
        if not child:
            say(f"pid {os.getpid()}")
            try:
                act(path, json.loads(line))
            finally:
                os._exit(1)
        _, status = os.waitpid(child, 0)
        say(f"ended {os.waitstatus_to_exitcode(status)}")


if __name__ == "__main__":
    main()
