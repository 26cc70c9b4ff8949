"""Folders without locks, and locks that do not hold: several writers on one record, and what the system says.

A drive may refuse a lock, or give one and the same to two computers. Either way what was acknowledged stays.
"""

import errno
import fcntl
import os
import random
import signal
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from tests.attack.outcome import Outcome
from tests.attack.victim import answer
from tests.progress.samples import SCHEDULE, FakeClock, at_work, read, record_of
from tests.progress.samples import answer as answer_at
from trainer.errors import InUseError
from trainer.progress.progress import Progress
from trainer.progress.records import Record

REFUSALS = (errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOLCK)
_A_SESSION = 4
_AT_ONCE = 3
_MANY = 10_000
"""Answers of a writer that is killed long before."""
_LONGEST = 1.5
"""Seconds until the next one is killed."""


def attack(
    folder: Path, writers: int = 4, answers: int = 120, kills: int = 20, seed: int = 1
) -> list[Outcome]:
    """Let several write where no lock holds, and one where there is none; each writer answers so often.

    So many others are killed while they write.
    """
    return [
        _several(record_of(folder / "several"), writers, answers),
        _killed(record_of(folder / "killed"), random.Random(seed), kills),
        *(_refused(folder / errno.errorcode[code], code) for code in REFUSALS),
        _failing_end(folder / "ends"),
    ]


def _several(record: Record, writers: int, answers: int) -> Outcome:
    outcome = Outcome(f"answers of {writers} writers that no lock keeps apart")
    pipes = []
    for writer in range(writers):
        reading, writing = os.pipe()
        if not os.fork():
            os.close(reading)
            _write(record, range(writer * answers + 1, (writer + 1) * answers + 1), writing)
        os.close(writing)
        pipes.append(reading)
    told = set()
    for reading in pipes:
        with os.fdopen(reading) as lines:
            told |= {int(line) for line in lines}
    for _ in range(writers):
        _, status = os.wait()
        outcome.expect(status == 0, "writers ended otherwise")
    outcome.tried = len(told)
    outcome.expect(len(told) == writers * answers, "that could not be given")
    with at_work(record, FakeClock()) as progress:  # takes in what lies beside it
        held = sorted(review.ms for review in progress.history().values())
    for _ in told - set(held):
        outcome.expect(False, "acknowledged and lost")
    outcome.expect(len(held) == len(set(held)), "doubled")
    return outcome


def _killed(record: Record, chance: random.Random, kills: int) -> Outcome:
    """Kill one of three writers after the other; a new one takes its place. What was acknowledged stays."""
    outcome = Outcome("answers of writers without a lock, of which some are killed")
    at_work_now: list[tuple[int, int]] = []
    told: set[int] = set()
    for number in range(kills + _AT_ONCE):
        reading, writing = os.pipe()
        serials = range(number * _MANY + 1, (number + 1) * _MANY + 1)
        if not (child := os.fork()):
            os.close(reading)
            _write(record, serials, writing)
        os.close(writing)
        at_work_now.append((child, reading))
        if number >= _AT_ONCE - 1:
            time.sleep(chance.uniform(0, _LONGEST))
            told |= _kill(*at_work_now.pop(chance.randrange(len(at_work_now))))
    for child, reading in at_work_now:
        told |= _kill(child, reading)
    outcome.tried = len(told)
    with at_work(record, FakeClock()) as progress:
        held = [review.ms for review in progress.history().values()]
    for _ in told - set(held):
        outcome.expect(False, "acknowledged and lost")
    outcome.expect(len(held) == len(set(held)), "doubled")
    return outcome


def _kill(child: int, reading: int) -> set[int]:
    """Kill a writer; return the numbers of the answers that it had acknowledged."""
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading) as lines:
        return {int(line) for line in lines}


def _write(record: Record, serials: range, out: int) -> None:
    """Answer in short sessions, and say of each answer that it was acknowledged; then end the process."""
    vars(fcntl)["flock"] = lambda *_: None
    try:
        numbers = iter(serials)
        for start in range(0, len(serials), _A_SESSION):
            with Progress.open(record.path, "anna", SCHEDULE, backups=record.backups) as progress:
                for _ in range(min(_A_SESSION, len(serials) - start)):
                    serial = next(numbers)
                    answer(progress, serial)
                    os.write(out, b"%d\n" % serial)
        os._exit(0)
    except BaseException:  # noqa: BLE001 — the process ends here
        traceback.print_exc()
        os._exit(1)


def _refused(home: Path, code: int) -> Outcome:
    """One trainer is told and can train; a second one is kept away; after a kill the next one can."""
    outcome = Outcome(f"folders without locks, {errno.errorcode[code]}")
    record, clock = record_of(home), FakeClock()
    with _flock(lambda *_: _raise(code)), warnings.catch_warnings():
        warnings.simplefilter("error")
        for number in count(1):
            with at_work(record, clock) as progress:
                outcome.expect("knows no locks" in "".join(progress.notices), "not told")
                answer_at(progress, clock)
                try:
                    at_work(record, clock).close()
                    outcome.expect(False, "opened by two")
                except InUseError as error:
                    outcome.expect(".held" in str(error), "in use, without what to do")
            outcome.tried += 1
            if number == 3:
                break
            if not (child := os.fork()):
                at_work(record, clock)
                os._exit(0)  # without giving anything back
            os.waitpid(child, 0)
    with read(record.path) as progress:
        outcome.expect(len(progress.history()) == 3, "with an answer lost")
    outcome.expect(not list(record.path.parent.glob("*.held")), "that stay locked")
    return outcome


def _failing_end(home: Path) -> Outcome:
    """Unlocking or closing fails at the end of a session: all is saved, and the next one can begin."""
    outcome = Outcome("sessions whose end the disk refuses")
    record, clock = record_of(home), FakeClock()

    def no_unlocking(descriptor: int, operation: int) -> None:
        if operation & fcntl.LOCK_UN:
            _raise(errno.EIO)
        _FLOCK(descriptor, operation)

    for _ in range(3):
        with _flock(no_unlocking), at_work(record, clock) as progress:
            answer_at(progress, clock)
        outcome.tried += 1
    with at_work(record, clock) as progress:
        outcome.expect(len(progress.history()) == 3, "with an answer lost")
    return outcome


_FLOCK = fcntl.flock


@contextmanager
def _flock(instead: Callable[[int, int], object]) -> Iterator[None]:
    vars(fcntl)["flock"] = instead
    try:
        yield
    finally:
        vars(fcntl)["flock"] = _FLOCK


def _raise(code: int) -> None:
    raise OSError(code, os.strerror(code))


if __name__ == "__main__":
    sys.exit("run it by: python -m tests.attack locks")
