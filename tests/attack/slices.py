"""A long attack in slices, each in a process of its own: none grows, and none that hangs holds up others."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from tests.attack.outcome import Outcome

SLICE = 2_000
"""Sequences that a process takes."""

_LONGEST_EACH = 2.0
"""Seconds that a sequence of a slice may take on the average, many processes beside it."""


def in_slices(module: str, first: int, sequences: int, processes: int, seed: int) -> list[Outcome]:
    """Run `python -m MODULE --within` on slices of the sequences, some at a time; return what they found."""
    starts = list(_slices(first, sequences))
    found: dict[str, Outcome] = {}
    with ThreadPoolExecutor(max(1, processes)) as pool:
        results = pool.map(lambda each: _run(module, each[0], each[1], seed), starts)
        for number, outcomes in enumerate(results, start=1):
            for outcome in outcomes:
                _add(found.setdefault(outcome.what, Outcome(outcome.what)), outcome)
                for what in outcome.wrong:
                    print(f"{outcome.what}: {what}", file=sys.stderr)
            wrong = sum(sum(outcome.wrong.values()) for outcome in found.values())
            print(f"{number} of {len(starts)} slices, {wrong} found", file=sys.stderr, flush=True)
    return list(found.values())


def told(outcomes: list[Outcome]) -> bytes:
    """Return outcomes as the process of a slice hands them on."""
    return msgspec.json.encode([(each.what, each.tried, dict(each.wrong)) for each in outcomes])


def _slices(first: int, sequences: int) -> Iterator[tuple[int, int]]:
    end = first + sequences
    for start in range(first, end, SLICE):
        yield start, min(SLICE, end - start)


def _run(module: str, first: int, sequences: int, seed: int) -> list[Outcome]:
    """Run a slice; a process that hangs or dies is a find too."""
    where = f"slice {first} (seed {seed})"
    with TemporaryDirectory() as folder:
        file = Path(folder) / "outcomes.json"
        command = [sys.executable, "-m", module, "--within", str(file), "--from", str(first)]
        command += ["--count", str(sequences), "--seed", str(seed)]
        died = Outcome("processes that took a slice of it", tried=1)
        try:
            status = subprocess.run(
                command,
                env=os.environ | {"TMPDIR": folder},
                timeout=60 + _LONGEST_EACH * sequences,
                check=False,
            ).returncode
        except subprocess.TimeoutExpired:
            died.wrong[f"hung: {where}"] += 1
            return [died]
        if not file.exists():
            died.wrong[f"died with status {status}: {where}"] += 1
            return [died]
        found = msgspec.json.decode(file.read_bytes(), type=list[tuple[str, int, dict[str, int]]])
    outcomes = [Outcome(what, tried) for what, tried, _ in found]
    for outcome, (_, _, wrong) in zip(outcomes, found, strict=True):
        outcome.wrong.update(wrong)
    return [*outcomes, died]


def _add(total: Outcome, one: Outcome) -> None:
    total.tried += one.tried
    total.wrong.update(one.wrong)
