"""Runs the attacks that are named, or all, and prints one table: what was tried, and what went wrong."""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.attack import clocks, commands, damage, folders, kills, links, locks, readers, settings, starve
from tests.attack.outcome import Outcome


def main() -> int:
    """Attack; return 1 when anything was lost, ended in a stack trace, or hung."""
    parser = argparse.ArgumentParser(prog="python -m tests.attack", description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="processes to kill, %(default)s if not told")
    parser.add_argument("--opens", type=int, default=500, help="openings beside a writer, %(default)s")
    parser.add_argument("--step", type=int, default=1, help="damage one byte or bit in so many, %(default)s")
    parser.add_argument("--count", type=int, default=5000, help="random command lines, %(default)s")
    parser.add_argument("--processes", type=int, default=120, help="… as processes of their own, %(default)s")
    parser.add_argument("--answers", type=int, default=120, help="of each of four writers, %(default)s")
    parser.add_argument("--files", type=int, default=2000, help="files of settings, %(default)s")
    parser.add_argument("--homes", type=int, default=300, help="… with odd things in them, %(default)s")
    parser.add_argument("--seed", type=int, default=1, help="for what is left to chance, %(default)s")
    parser.add_argument("attacks", nargs="*", metavar="ATTACK", help=", ".join(_ATTACKS))
    chosen = parser.parse_args()
    if unknown := set(chosen.attacks) - _ATTACKS.keys():
        parser.error(f"there is no attack {', '.join(sorted(unknown))}")
    scratch = Path("build/attack")  # a disk, where /tmp may be memory
    scratch.mkdir(parents=True, exist_ok=True)
    wrong = False
    print(f"{'what':<58} {'tried':>7}  found")
    with tempfile.TemporaryDirectory(dir=scratch) as name:
        for attack in chosen.attacks or _ATTACKS:
            for outcome in _ATTACKS[attack](Path(name).resolve() / attack, chosen):
                print(outcome, flush=True)
                wrong = wrong or bool(outcome.wrong)
    return wrong


_ATTACKS: dict[str, Callable[[Path, argparse.Namespace], list[Outcome]]] = {
    "kills": lambda folder, chosen: kills.attack(folder, chosen.kills, chosen.seed),
    "readers": lambda folder, chosen: readers.attack(folder, chosen.opens),
    "damage": lambda folder, chosen: damage.attack(folder, chosen.step),
    "starve": lambda folder, _: starve.attack(folder),
    "commands": lambda folder, chosen: commands.attack(
        folder, chosen.count, chosen.seed, processes=chosen.processes
    ),
    "links": lambda folder, _: links.attack(folder),
    "folders": lambda folder, chosen: folders.attack(folder, chosen.homes, chosen.seed),
    "clocks": lambda folder, chosen: clocks.attack(folder, seed=chosen.seed),
    "locks": lambda folder, chosen: locks.attack(
        folder, answers=chosen.answers, kills=chosen.kills // 5, seed=chosen.seed
    ),
    "settings": lambda folder, chosen: settings.attack(folder, chosen.files, chosen.seed),
}


if __name__ == "__main__":
    sys.exit(main())
