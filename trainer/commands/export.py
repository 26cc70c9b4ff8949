"""`trainer export`: what is kept of a recruiter, and tables of cards and words."""

import os
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trainer.clean import clean_line
from trainer.commands.kinds import Folder
from trainer.commands.options import (
    Who,
    known_record,
    looked_at,
    recruiter_of,
    warn_of,
    who_options,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

_EXPORT_EXAMPLES = """\b
Examples:
  trainer export --recruiter anna                 both files, in this folder
  trainer export --recruiter anna --out backup    both files, in another
  trainer export --recruiter anna --out - --csv   the reviews, for the next program
  trainer export --cards                          your cards, for a spreadsheet
  trainer export --words --out words              the words of all sheets
"""


@click.command(epilog=_EXPORT_EXAMPLES)
@click.option(
    "--out",
    type=Folder(),
    default=Path(),
    metavar="DIR|-",
    help="Where to; - prints it.",
)
@click.option("--csv", "reviews", is_flag=True, help="The reviews alone, as a table.")
@click.option("--cards", is_flag=True, help="The cards alone, as a table: deck, state, due and so on.")
@click.option("--words", is_flag=True, help="The words alone, as a table: meaning, conclusion, regions.")
@who_options
@click.pass_obj
def export(  # noqa: PLR0913 — the options of the command
    before: Who,
    out: Path,
    *,
    reviews: bool,
    cards: bool,
    words: bool,
    recruiter: str | None,
    home: Path | None,
) -> None:
    """Write all that is kept of a recruiter: everything as JSON, and the reviews as CSV.

    The JSON file is a progress file of the format that it names, which "trainer import-progress" takes
    back. The CSV file has a row for each answer; answers that you took back are left out of it. Tables of
    cards and of words are made for spreadsheets. A file that is there is never overwritten.
    """
    who = before.or_else(recruiter, home)
    printed = str(out) == "-"
    if printed and reviews + cards + words > 1:
        raise click.UsageError("--out - prints one table: say one of --csv, --cards and --words.")
    files: dict[str, bytes] = {}
    if reviews or not (cards or words):
        files |= _kept(who, only_reviews=reviews)
    if cards:
        files |= _cards(who)
    if words:
        files |= _words(who)
    if printed:
        _print(files.get("json") or next(iter(files.values())))
    else:
        _write(out, files, _stem(who) if reviews or cards or not words else "")


def _kept(who: Who, *, only_reviews: bool) -> dict[str, bytes]:
    """Return a record and its reviews, by the end of a file's name."""
    from trainer.progress import records
    from trainer.reports.export import as_csv

    found = who.find_home()
    record = known_record(found, recruiter_of(who, found))
    held = records.look(record)
    table = {"reviews.csv": as_csv(records.history(held, record)).encode()}
    return table if only_reviews else {**table, "json": b"".join(held.encoded())}


def _cards(who: Who) -> dict[str, bytes]:
    from trainer.reports.tables import cards_csv

    found = who.find_home()
    known_record(found, recruiter_of(who, found))
    with looked_at(who) as engine:
        progress = engine.progress
        return {"cards.csv": cards_csv(engine.library, progress, progress.schedule, engine.day).encode()}


def _words(who: Who) -> dict[str, bytes]:
    from trainer.cards.library import load_library
    from trainer.reports.tables import words_csv

    library = load_library(who.find_home())
    warn_of(library)
    return {"words.csv": words_csv(library.glossary).encode()}


def _stem(who: Who) -> str:
    """Return what files of a recruiter begin with."""
    from trainer.reports.export import harmless

    found = who.find_home()
    stem = known_record(found, recruiter_of(who, found)).path.stem
    return stem if harmless(stem) == stem else f"progress-{stem}"  # a name may begin as a formula does


def _write(folder: Path, files: "Mapping[str, bytes]", stem: str) -> None:
    """Write new files into a folder, all of them or none, and print their names. Raises FileError."""
    from trainer.disk import make_folder, remove, replace
    from trainer.errors import FileError, file_error
    from trainer.memory.calendar import system_clock

    if folder.exists() and not folder.is_dir():
        raise FileError(f"{clean_line(str(folder))} is a file. Name a folder, in which files are made.")
    begins = "-".join(each for each in (stem, f"{system_clock():%Y%m%d-%H%M%S}") if each)
    written: list[Path] = []
    try:
        make_folder(folder)
        for end, content in files.items():
            path = folder / (f"{begins}.{end}" if end == "json" else f"{begins}-{end}")
            replace(path, [content], check=partial(_refuse_to_overwrite, path))
            written.append(path)
    except (OSError, FileError) as error:
        for path in written:
            with suppress(OSError):
                remove(path)
        if isinstance(error, FileError):
            raise
        raise file_error(error, folder, "Nothing was written.") from error
    for path in written:
        click.echo(path)


def _refuse_to_overwrite(path: Path) -> None:
    from trainer.errors import FileError

    if os.path.lexists(path):
        raise FileError(f"{clean_line(str(path))} is there already, and is not overwritten. Try again.")


def _print(content: bytes) -> None:
    """Print a file as it is; on a terminal without what could steer it."""
    click.echo(content.decode(errors="replace") if sys.stdout.isatty() else content, nl=False)
