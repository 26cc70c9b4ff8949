"""A disk that is full, and has room again."""

import os
import resource
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tinydb import TinyDB

from tests.attack.outcome import Outcome
from tests.progress.samples import CARDS, FakeClock, answer, is_consistent, opened, read
from trainer.errors import NotSavedError, NotWritableError
from trainer.progress.progress import Progress

_DISK = 512 * 1024
_ANSWERS = 100


def attack(folder: Path) -> list[Outcome]:
    """Fill a small disk where one can be mounted; limit the size of files everywhere."""
    outcomes = [_limited(folder / "limited")]
    with _small_disk(folder / "small") as small:
        if small:
            outcomes.append(_full(small))
    return outcomes


@contextmanager
def _small_disk(folder: Path) -> Iterator[Path | None]:
    """Mount a disk of half a megabyte, for which one must be root."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={_DISK}", "none", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _full(folder: Path) -> Outcome:
    outcome = Outcome("answered on a full disk of 512 kB, then with space again")
    ballast, path, clock = folder / "ballast", folder / "home" / "anna.json", FakeClock()
    progress = opened(path, clock)
    for free in range(0, 4096 * 6, 1365):
        saved = len(progress.history())
        answer(progress, clock, CARDS[0])
        _fill(ballast, leaving=free)
        saved += 1 + _answer_until_full(progress, clock, outcome)
        _look(path, progress, saved, outcome)
        ballast.unlink()
        answer(progress, clock, CARDS[1])
        outcome.expect(len(read(path).history()) == saved + 1, "that does not go on with space again")
    answered = len(progress.history())
    _fill(ballast, leaving=0)
    progress.close()
    outcome.expect("No answer is lost" in progress.notices[-1], "that is not told at the end")
    try:
        opened(path, clock)
        outcome.wrong["opened for saving on a full disk"] += 1
    except NotWritableError:
        outcome.expect(len(read(path).history()) == answered, "that can't be practised")
    ballast.unlink()
    with opened(path, clock) as progress:
        outcome.expect(len(progress.history()) == answered, "lost in the end")
        outcome.expect(is_consistent(progress), "with states that don't fit the reviews")
    return outcome


def _limited(folder: Path) -> Outcome:
    """A limit for the size of files stops a write in the middle, and anybody can set one."""
    outcome = Outcome("answered at a limit for files, then without it")
    path, clock = folder / "anna.json", FakeClock()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    progress = opened(path, clock)
    answer(progress, clock, CARDS[0])  # there is a file from now on
    for more in range(0, 3000, 111):
        saved = len(progress.history())
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.with_suffix(".journal").stat().st_size + more, hard))
        try:
            saved += _answer_until_full(progress, clock, outcome)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        _look(path, progress, saved, outcome)
        answer(progress, clock, CARDS[1])
        outcome.expect(len(read(path).history()) == saved + 1, "that does not go on without the limit")
    progress.close()
    outcome.expect(progress.notices == [], "told of without need")
    return outcome


def _answer_until_full(progress: Progress, clock: FakeClock, outcome: Outcome) -> int:
    """Answer until it is said that it is not saved; return how many were."""
    for number in range(_ANSWERS):
        try:
            answer(progress, clock, CARDS[number % len(CARDS)])
        except NotSavedError as error:
            outcome.tried += 1
            outcome.expect(str(error).startswith("Not saved:"), "not told")
            return number
    outcome.wrong["never full"] += 1
    return _ANSWERS


def _look(path: Path, progress: Progress, saved: int, outcome: Outcome) -> None:
    outcome.expect(len(progress.history()) == saved, "that changes what is known")
    outcome.expect(len(read(path).history()) == saved, "with a saved answer lost, or another kept")
    with TinyDB(path, access_mode="r") as db:
        outcome.expect(len(db.table("meta")) == 1, "that damages the file")


def _fill(ballast: Path, leaving: int) -> None:
    """Take all room on the disk but so many bytes."""
    with ballast.open("wb", buffering=0) as file:
        for piece in (4096, 1):
            while True:
                try:
                    file.write(bytes(piece))
                except OSError:
                    break
    os.truncate(ballast, max(0, ballast.stat().st_size - leaving))
