"""A reader that opens a record over and over while a writer answers and folds."""

import os
import signal
from pathlib import Path

from tinydb import TinyDB

from tests.attack.kills import victim
from tests.attack.outcome import Outcome
from tests.progress.samples import read

_ENDLESS = 10**9
_FOLDS = 10


def attack(folder: Path, opens: int) -> list[Outcome]:
    """Open so many times, by turns with plain TinyDB and as practice does, and until it was folded enough."""
    path = folder / "anna.json"
    plain = Outcome("opened by plain TinyDB beside a writer that folds")
    ours = Outcome("opened for practice beside a writer that folds")
    folds: set[int] = set()
    with victim(path) as writer:
        child = writer.order(aim=None, serial=0, undo=False, acts=_ENDLESS)
        while not path.exists():
            writer.line()
        while plain.tried + ours.tried < opens or len(folds) < _FOLDS:
            writer.drain()
            known = len(writer.standing)
            if plain.tried < ours.tried:
                plain.tried += 1
                plain.expect(_read_plainly(path), "failed")
                folds.add(path.stat().st_mtime_ns)
            else:
                ours.tried += 1
                found = [each.ms for each in read(path).history().values()]
                ours.expect(found[:known] == writer.standing[:known], "without an acknowledged review")
                ours.expect(found == sorted(set(found)), "out of order")
        os.kill(child, signal.SIGKILL)
        writer.until_end()
    return [plain, ours]


def _read_plainly(path: Path) -> bool:
    try:
        with TinyDB(path, access_mode="r") as db:
            return len(db.table("meta")) == 1 and all(document for document in db.table("reviews"))
    except (ValueError, OSError):
        return False
