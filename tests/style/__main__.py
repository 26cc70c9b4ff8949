"""How far the role sheets can be told by style alone.

`python -m tests.style [FOLDER]` (extra `style`) reads the sheets of a folder, or those that are shipped, and
prints a table of every measure, for each sheet and in all. `--write` keeps it in the repository.
"""

import argparse
import sys
from pathlib import Path

from threadpoolctl import threadpool_limits

from trainer.cards.library import library_of
from trainer.material.sheet_files import shipped_decks

from .measures import BELOW, measured
from .table import table

TABLE = Path(__file__).with_name("table.md")


def main(arguments: list[str]) -> int:
    """Print the table, and keep it if that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.style", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=shipped_decks())
    parser.add_argument("--write", action="store_true", help=f"keep the table in {TABLE.name}")
    asked = parser.parse_args(arguments)
    library = library_of(sorted(asked.folder.glob("*.toml")))
    for problem in library.problems:
        sys.stderr.write(f"{problem}\n")
    roles = [sheet for sheet in library.sheets.values() if sheet.is_role]
    with threadpool_limits(limits=1):  # small matrices: threads wait for each other
        told = table(list(measured(roles, list(library.cards.values()))), roles, BELOW)
    if asked.write:
        TABLE.write_text(told, encoding="utf-8")
    sys.stdout.write(told)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
