"""The command: as a process of its own, and in this one where many calls would take long."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner

from trainer.cli import cli
from trainer.errors import TrainerError


class Done(NamedTuple):
    """What a command did."""

    status: int
    out: str
    err: str


def ran(*arguments: str | Path, typed: str = "") -> Done:
    """Run `trainer` in this process, with errors told as `__main__` tells them."""
    result = CliRunner().invoke(cli, [*map(str, arguments)], input=typed, prog_name="trainer")
    if isinstance(result.exception, TrainerError):
        return Done(2, result.stdout, f"{result.stderr}trainer: {result.exception}\n")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Done(result.exit_code, result.stdout, result.stderr)


def clean_environment() -> dict[str, str]:
    """Return the environment without what sets up trainer."""
    return {key: value for key, value in os.environ.items() if not key.startswith("TRAINER_")}


def trainer(
    *arguments: str | Path, typed: str = "", program: Sequence[str] = ("-m", "trainer"), **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run `trainer`, or Python as `program` says, with something typed on its input; no terminal is there."""
    return subprocess.run(
        [sys.executable, *program, *map(str, arguments)],
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env=clean_environment() | {"PYTHONIOENCODING": "utf-8"} | environment,
    )
