"""Prints one table of ratios from one run; `python -m tests.bench store` runs that part alone."""

import sys
import tempfile
from pathlib import Path

from tests.bench import (
    answers,
    browse,
    dates,
    interviews,
    learners,
    lens,
    library,
    postgres,
    preparing,
    readiness,
    screens,
    served,
    starts,
    statistics,
    store,
    teams,
    upkeep,
    words,
)

PARTS = {
    "screens": screens,
    "starts": starts,
    "served": served,
    "browse": browse,
    "answers": answers,
    "library": library,
    "store": store,
    "upkeep": upkeep,
    "learners": learners,
    "interviews": interviews,
    "dates": dates,
    "preparing": preparing,
    "readiness": readiness,
    "lens": lens,
    "words": words,
    "statistics": statistics,
    "teams": teams,
    "postgres": postgres,
}


def main(names: list[str]) -> int:
    """Measure the parts that are named, or all; return 1 when a goal is missed."""
    if unknown := set(names) - PARTS.keys():
        print(
            f"There is no part {', '.join(sorted(unknown))}. There are: {', '.join(PARTS)}", file=sys.stderr
        )
        return 2
    reached = True
    print(f"{'what':<58} {'ours':>10} {'theirs':>10} {'':<3} {'ratio':>8}")
    scratch = Path("build/bench")  # a disk, where /tmp may be memory
    scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        for name in names or PARTS:
            part = Path(folder) / name
            part.mkdir()
            for row in PARTS[name].rows(part):
                print(row, flush=True)
                reached = reached and row.reached
    return not reached


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
