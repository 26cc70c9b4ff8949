"""The command as a process of its own."""

import os
import subprocess
import sys
from pathlib import Path


def trainer(*arguments: str | Path, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `trainer` with something typed on its input; no terminal is there."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("TRAINER_")}
    return subprocess.run(
        [sys.executable, "-m", "trainer", *map(str, arguments)],
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env=clean | {"PYTHONIOENCODING": "utf-8"} | environment,
    )
