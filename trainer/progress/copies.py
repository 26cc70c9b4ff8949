"""Copies of a record that a sync tool laid beside it, when two computers had changed it."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import NamedTuple

from trainer import disk
from trainer.errors import ProgressError
from trainer.home import is_copy_name, owner
from trainer.memory.schedule import Schedule
from trainer.names import same_name
from trainer.progress import journal, notices, union
from trainer.progress.documents import Meta
from trainer.progress.tables import Tables

FOLDER = "merged"
"""Where copies are kept that are in the record."""


class Taken(NamedTuple):
    """A copy that was read."""

    path: Path
    seen: disk.Signature | None
    """What stood there then; another trainer, or a sync tool, may put something else there."""


class United(NamedTuple):
    """What came of the copies beside a file."""

    copies: list[Taken]
    """Those that are in the tables now, still in their place."""
    notices: list[str]


class Copy(NamedTuple):
    """What a copy holds."""

    tables: Tables
    damaged: int = 0
    """Places in a journal that can't be read."""


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


def merged(path: Path, recruiter: str) -> list[Path]:
    """Return the copies that were put away, once all of them was in the record."""
    return copies_of(path.parent / FOLDER / path.name, recruiter)


def examined(path: Path, recruiter: str) -> Iterator[tuple[Path, ProgressError | None]]:
    """Give the copies beside a file, each with why it can't be brought into it, or None where it can."""
    for copy in copies_of(path, recruiter):
        try:
            _look(copy, Meta.first(recruiter))
        except ProgressError as error:
            yield copy, error
        else:
            yield copy, None


def unite(tables: Tables, path: Path, schedule: Schedule) -> United:
    """Bring in what stands in the copies beside a file; nothing is written yet.

    A copy that can't be used is left where it is, and told. Raises what is in UNREADABLE when the
    tables themselves can't be united with anything.
    """
    taken: list[Taken] = []
    told: list[str] = []
    new = 0
    for copy in copies_of(path, tables.meta.recruiter):
        try:
            seen = disk.signature(copy)
            found = _look(copy, tables.meta)
        except ProgressError as error:
            told.append(notices.copy_left(path, error))
            continue
        if found.damaged:
            told.append(notices.damaged_journal(copy, found.damaged))
        new += union.take_copy(tables, found.tables, schedule)
        taken.append(Taken(copy, seen))
    if taken:
        told.append(notices.united(path, [each.path for each in taken], new))
    return United(taken, told)


def put_away(taken: Taken) -> str:
    """Move a copy, once all of it is in the record, to where it is kept; tell where that is.

    What stands there by now, and was not read, stays for the next opening.
    """
    copy = taken.path
    folder = copy.parent / FOLDER
    names = (folder / f"{copy.stem}{f' {number}' if number > 1 else ''}{copy.suffix}" for number in count(1))
    try:
        if disk.signature(copy) != taken.seen:
            return notices.copy_changed(copy)
        disk.make_folder(folder)
        kept = next(name for name in names if not name.exists())
        with suppress(disk.UnconfirmedError):  # a crash may bring it back, to be looked at again
            disk.move(copy, kept)
    except OSError as error:
        return notices.copy_stays(copy, error)
    return notices.copy_kept(copy, kept)


def _look(copy: Path, meta: Meta) -> Copy:
    """Return what a copy holds, all of it checked; that of a journal as `meta`'s. Raises ProgressError."""
    try:
        content = disk.read_whole(copy)
    except OSError as error:
        raise ProgressError(f"{copy} can't be read: {notices.reason(error)}.") from error
    if copy.suffix == ".json":
        return Copy(union.read_other(content, copy))
    entries = journal.read(content, copy)
    theirs = union.tables_of(entries, meta)
    union.check_other(theirs, copy)
    return Copy(theirs, entries.damaged)
