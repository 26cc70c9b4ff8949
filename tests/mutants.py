"""Whether the tests see a fault: a sample of mutants of the rules, and those that no test killed.

`python -m tests.mutants [COUNT] [SEED]` (extra `mutants`). What is mutated and which tests are related
stands in pyproject.toml, `[tool.mutmut]`. A survivor is looked at by `mutmut show NAME`.
"""

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

_WORK = Path("mutants")
_COUNT, _SEED = 400, 1
_GOAL = 0.85
_SURVIVED, _NO_TEST = 0, 33
"""Exit codes that mutmut keeps of a mutant: its tests passed, or there is none."""


def main(arguments: list[str]) -> int:
    """Test a sample of mutants; return 1 when fewer than the goal were killed."""
    count, seed = (*map(int, arguments), *(_COUNT, _SEED)[len(arguments) :])
    shutil.rmtree(_WORK, ignore_errors=True)
    _mutmut("trainer.reports.confusion.*__mutmut_1")  # makes them all, and tests these
    names = sorted(_outcomes())
    sample = random.Random(seed).sample(names, min(count, len(names)))
    _mutmut(*sample)
    outcomes = _outcomes()
    alive = [name for name in sample if outcomes[name] in {_SURVIVED, _NO_TEST}]
    killed = 1 - len(alive) / len(sample)
    lines = [f"survived  {name}" for name in sorted(alive)]
    lines.append(f"{len(sample)} of {len(names)} mutants, seed {seed}: {killed:.1%} killed (≥ {_GOAL:.0%})")
    sys.stdout.write("\n".join(lines) + "\n")
    return int(killed < _GOAL)


def _mutmut(*names: str) -> None:
    subprocess.run([Path(sys.executable).with_name("mutmut"), "run", *names], check=True)


def _outcomes() -> dict[str, int | None]:
    """Return the exit code of each mutant's tests by its name; None for one that was not tested."""
    found: dict[str, int | None] = {}
    for path in _WORK.rglob("*.meta"):
        found |= json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
