"""Thousands of random command lines and settings: whatever is asked, the answer is a sentence.

Most run in this process, through the real `main`, some as processes of their own. A stack trace is any
error that reaches us, and a sentence of the last line of defence too: nobody foresaw what is behind it.
"""

import os
import random
import re
import shlex
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import NamedTuple, TextIO
from unittest.mock import patch

from tests.attack.lines import Line, Place, line
from tests.attack.outcome import Outcome
from trainer.__main__ import main
from trainer.crash import place as place_of

SECONDS = 5.0
_NEW_HOME = 25
"""Command lines that share a home."""
_STATUSES = {0, 1, 2}
_REDIRECTIONS = {
    *(("source", "closed", "<&-"), ("source", "no input", "0>/dev/null")),
    *(("out", "closed", ">&-"), ("out", "full", ">/dev/full"), ("out", "broken", "| true")),
    *(("err", "closed", "2>&-"), ("err", "full", "2>/dev/full")),
}


class Hang(BaseException):
    """The time is over."""


class Told(NamedTuple):
    """How a command ended; without a status it did not end as commands do."""

    status: int | None
    err: str = ""


def attack(folder: Path, count: int, seed: int = 1, *, processes: int = 100) -> list[Outcome]:
    """Run so many random command lines in this process, and some as processes of their own."""
    return [
        run_lines("random command lines, in one process", folder, count, seed=seed, run=run_here),
        run_lines("random command lines, a process each", folder, processes, seed=seed, run=_run_apart),
    ]


def run_lines(
    what: str, folder: Path, count: int, *, seed: int, run: Callable[[Line, Path], Told]
) -> Outcome:
    """Run so many random command lines in a way of one's own."""
    chance = random.Random(seed)
    outcome = Outcome(what)
    place = Place(folder.resolve())
    for number in range(count):
        if number % _NEW_HOME == 0:
            place.furnish(chance)
        place.work.mkdir(exist_ok=True)
        each = line(place, chance)
        outcome.tried += 1
        try:
            judge(run(each, place.work), each, outcome)
        except Hang:
            outcome.wrong[f"hang above {SECONDS:.0f} s: {_shown(each)}"] += 1
        except Exception as error:  # noqa: BLE001 — this is what is looked for
            outcome.wrong[f"stack trace, {place_of(error)}: {_shown(each)}"] += 1
    return outcome


def judge(told: Told, each: Line, outcome: Outcome) -> None:
    """Count what went wrong with a command."""
    outcome.expect("Traceback (most" not in told.err, f"stack trace: {_shown(each)}\n{told.err}")
    outcome.expect(
        "Something went wrong" not in told.err, f"not foreseen, {_report(told.err)}: {_shown(each)}"
    )
    outcome.expect("Exception ignored" not in told.err, f"complaint of Python: {_shown(each)}\n{told.err}")
    outcome.expect(told.status in _STATUSES, f"status {told.status}: {_shown(each)}")
    if each.err == "whole":
        outcome.expect(told.status != 2 or bool(told.err.strip()), f"not told: {_shown(each)}")


def _report(err: str) -> str:
    """Return what the report of the last line of defence ends with, or what it said without one."""
    found = re.search(r"was written to (.*?), without answers", err, re.DOTALL)
    with suppress(OSError):
        if found:
            return " < ".join(Path(found[1]).read_text(encoding="utf-8").splitlines()[9:][:1:-1][:6])
    return err[:300]


def _shown(each: Line) -> str:
    around = [f"{name}={value!r}" for name, value in (each._asdict() | {"arguments": ""}).items() if value]
    return ascii(f"trainer {shlex.join(each.arguments)[:300]}   {' '.join(around)[:400]}")


def run_here(each: Line, folder: Path) -> Told:
    """Run a command in this process, with its streams, folder and variables in the place of ours."""
    with _streams(each) as err, _environment(each, folder), time_limit(SECONDS):
        sys.argv = ["trainer", *each.arguments]
        try:
            main()
        except SystemExit as end:
            return Told(int(end.code or 0), err())
    return Told(None)


@contextmanager
def _environment(each: Line, folder: Path) -> Iterator[None]:
    """Set variables; the encoding of this process can't be changed any more."""
    before, argv, interrupt = Path.cwd(), sys.argv, signal.getsignal(signal.SIGINT)
    os.chdir(folder)
    with patch.dict(os.environ):
        os.environ.update({name: value for name, value in each.environment.items() if value is not None})
        try:
            yield
        finally:
            os.chdir(before)
            sys.argv = argv
            signal.signal(signal.SIGINT, interrupt)


@contextmanager
def _streams(each: Line) -> Iterator[Callable[[], str]]:
    """Replace the three streams; yields what returns the text of the standard error."""
    before = {name: getattr(sys, name) for name in ("stdin", "stdout", "stderr")}
    original = {name: getattr(sys, f"__{name}__") for name in before}
    with tempfile.TemporaryFile() as typed, tempfile.TemporaryFile() as said:
        typed.write(each.typed)
        typed.seek(0)
        sys.stdin = _source(each.source, typed.fileno())
        sys.stdout = _sink(each.out, None)
        sys.stderr = _sink(each.err, said.fileno())
        mine = [sys.stdin, sys.stdout, sys.stderr]

        def err() -> str:
            said.seek(0)
            return said.read().decode(errors="replace")

        try:
            yield err
        finally:
            opened = {getattr(sys, name) for name in before} | set(mine)
            for name, stream in before.items():
                setattr(sys, name, stream)
                setattr(sys, f"__{name}__", original[name])
            for used in filter(None, opened):
                _close(used)


def _source(kind: str, descriptor: int) -> TextIO | None:
    if kind == "closed":
        return None
    path = os.open(os.devnull, os.O_WRONLY) if kind == "no input" else os.dup(descriptor)
    return os.fdopen(path, "r", encoding="utf-8")


def _sink(kind: str, descriptor: int | None) -> TextIO | None:
    if kind == "closed":
        return None
    if kind == "full":
        number = os.open("/dev/full", os.O_WRONLY)
    elif kind == "broken":
        reader, number = os.pipe()
        os.close(reader)
    else:
        number = os.open(os.devnull, os.O_WRONLY) if descriptor is None else os.dup(descriptor)
    return os.fdopen(number, "w", encoding="utf-8")


def _close(stream: TextIO) -> None:
    """Close a stream of a command that has ended, with its file, whoever owns it."""
    number = -1
    with suppress(ValueError, OSError):
        number = stream.fileno()
    with suppress(Exception):
        stream.close()
    with suppress(OSError):
        os.close(number)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """End what takes so much of the processor, or many times as long by the clock on a busy machine."""

    def over(_number: int, _frame: FrameType | None) -> None:
        raise Hang

    limits = (
        (signal.SIGPROF, signal.ITIMER_PROF, seconds),
        (signal.SIGALRM, signal.ITIMER_REAL, 6 * seconds),
    )
    before = [signal.signal(number, over) for number, _, _ in limits]
    for _, timer, limit in limits:
        signal.setitimer(timer, limit)
    try:
        yield
    finally:
        for (number, timer, _), handler in zip(limits, before, strict=True):
            signal.setitimer(timer, 0)
            signal.signal(number, handler)


def _run_apart(each: Line, folder: Path) -> Told:
    """Run a command as a process of its own, with streams that a shell has closed or led elsewhere."""
    streams = each._asdict()
    led = " ".join(sorted(how for stream, kind, how in _REDIRECTIONS if streams[stream] == kind))
    environment = os.environ | {"PYTHONPATH": str(Path.cwd())}
    environment |= {name: value for name, value in each.environment.items() if value is not None}
    shell = ["sh", "-c", f'"$0" "$@" {led}', sys.executable, "-m", "trainer", *each.arguments]
    try:
        done = subprocess.run(
            [os.fsencode(part) for part in shell],
            input=each.typed,
            capture_output=True,
            timeout=6 * SECONDS,
            check=False,
            cwd=folder,
            env=environment,
        )
    except subprocess.TimeoutExpired as error:
        raise Hang from error
    return Told(done.returncode, done.stderr.decode(errors="replace"))
