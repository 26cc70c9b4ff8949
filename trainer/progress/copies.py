"""Copies of a record that a sync tool laid beside it, when two computers had changed it."""

from itertools import count
from pathlib import Path
from typing import NamedTuple

from trainer.errors import ProgressError
from trainer.home import is_copy_name, owner, same_name
from trainer.memory.schedule import Schedule
from trainer.progress import disk, journal, notices, recovery
from trainer.progress.tables import Tables

FOLDER = "merged"
"""Where copies are kept that are in the record."""


class United(NamedTuple):
    """What came of the copies beside a file."""

    copies: list[Path]
    """Those that are in the tables now, still in their place."""
    notices: list[str]


def copies_of(path: Path, recruiter: str) -> list[Path]:
    """Return the copies of a progress file and of its journal that are beside it.

    The name alone does not make a copy: a copy says that it belongs to the same recruiter.
    """
    found_here = path.parent.iterdir() if path.parent.is_dir() else ()
    return sorted(
        found
        for found in found_here
        if found.suffix in {".json", ".journal"}
        and is_copy_name(found.stem, path.stem)
        and same_name(owner(found), recruiter)
    )


def unite(tables: Tables, path: Path, schedule: Schedule) -> United:
    """Bring in what stands in the copies beside a file; nothing is written yet."""
    taken: list[Path] = []
    told: list[str] = []
    new = 0
    for copy in copies_of(path, tables.meta.recruiter):
        try:
            theirs = _look(copy, tables, schedule)
        except ProgressError as error:
            told.append(notices.copy_left(path, error))
            continue
        new += recovery.take_copy(tables, theirs, schedule)
        taken.append(copy)
    if taken:
        told.append(notices.united(path, taken, new))
    return United(taken, told)


def put_away(copy: Path) -> str:
    """Move a copy, once all of it is in the record, to where it is kept; tell where that is."""
    folder = copy.parent / FOLDER
    names = (folder / f"{copy.stem}{f' {number}' if number > 1 else ''}{copy.suffix}" for number in count(1))
    try:
        disk.make_folder(folder)
        kept = next(name for name in names if not name.exists())
        disk.move(copy, kept)
    except OSError as error:
        return notices.copy_stays(copy, error)
    return notices.copy_kept(copy, kept)


def _look(copy: Path, tables: Tables, schedule: Schedule) -> Tables:
    try:
        content = copy.read_bytes()
    except OSError as error:
        raise ProgressError(f"{copy} can't be read: {notices.reason(error)}.") from error
    if copy.suffix == ".json":
        return recovery.parse(content, copy, schedule)
    return recovery.tables_of(journal.parse(content, copy), tables.meta)
