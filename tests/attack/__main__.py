"""Runs every attack and prints one table: what was tried, how often, and what was lost."""

import argparse
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.attack import damage, kills, readers, starve
from tests.attack.outcome import Outcome


def main() -> int:
    """Attack; return 1 when anything was lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.attack", description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="processes to kill, %(default)s if not told")
    parser.add_argument("--opens", type=int, default=500, help="openings beside a writer, %(default)s")
    parser.add_argument("--step", type=int, default=1, help="damage one byte or bit in so many, %(default)s")
    parser.add_argument("--seed", type=int, default=1, help="for the chance in the kills, %(default)s")
    chosen = parser.parse_args()
    scratch = Path("build/attack")  # a disk, where /tmp may be memory
    scratch.mkdir(parents=True, exist_ok=True)
    lost = False
    print(f"{'what':<58} {'tried':>7}  found")
    with tempfile.TemporaryDirectory(dir=scratch) as name:
        folder = Path(name)
        attacks: list[Callable[[], list[Outcome]]] = [
            partial(kills.attack, folder / "kills", chosen.kills, chosen.seed),
            partial(readers.attack, folder / "readers", chosen.opens),
            partial(damage.attack, folder / "damage", chosen.step),
            partial(starve.attack, folder),
        ]
        for attack in attacks:
            for outcome in attack():
                print(outcome, flush=True)
                lost = lost or bool(outcome.wrong)
    return lost


if __name__ == "__main__":
    sys.exit(main())
