"""What stands on the disk of a record: read, and nothing written."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from trainer import disk
from trainer.errors import ProgressError
from trainer.memory.schedule import Schedule
from trainer.progress import journal, union
from trainer.progress.journal import Entries, journal_of
from trainer.progress.ownership import check_owner, moved_of
from trainer.progress.tables import Tables

Signatures = tuple[disk.Signature | None, disk.Signature | None]
"""That of a file, and that of its journal."""


class Found(NamedTuple):
    """What stands on the disk of a record."""

    seen: Signatures
    """What told its content from another before it was read."""
    tables: Tables | None
    """None without a file."""
    entries: Entries
    moved: "tuple[Moved, ...]"
    """Journals that were moved away: what trainer was killed over, or what others had written."""


class Moved(NamedTuple):
    """A journal that was moved away."""

    path: Path
    entries: Entries


def resolved(path: Path) -> Path:
    """Return the file's real path: one lock and one journal for one file, however it is reached."""
    try:
        return path.resolve()
    except (OSError, RuntimeError) as error:
        raise ProgressError(f"{path} can't be read: {error}.") from error


_TRIES = 5
"""How often what is changed while it is read is read again: all of a record takes up to a second."""


def look(path: Path, recruiter: str, schedule: Schedule) -> Found:
    """Read what stands on the disk. Raises ProgressError.

    A writer may move the journal away meanwhile, put another one in its place and remove the one that was
    moved: who looks between finds none of them. So what was changed while it was read is read again.
    """
    try:
        seen, entries, moved, content = _what_stands(path, recruiter)
        for _ in range(_TRIES):
            if signatures(path) == seen:
                break
            seen, entries, moved, content = _what_stands(path, recruiter)
    except OSError as error:
        raise ProgressError(f"{error.filename or path} can't be read: {error.strerror or error}.") from error
    check_owner(journal_of(path), entries.recruiter, recruiter)
    found = None if content is None else union.read_own(content, path, schedule)
    if found:
        check_owner(path, found.meta.recruiter, recruiter)
    return Found(seen, found, entries, moved)


def _what_stands(path: Path, recruiter: str) -> tuple[Signatures, Entries, tuple[Moved, ...], bytes | None]:
    """Read what stands there at one moment or another. Raises OSError, and NewerFormatError."""
    seen, log = signatures(path), journal_of(path)
    # The journal first: what a writer folds meanwhile is then seen twice and not missed.
    entries = journal.read(disk.read(log) or b"", log)
    return seen, entries, tuple(read_moved(log, recruiter)), disk.read(path)


def read_moved(log: Path, recruiter: str) -> Iterator[Moved]:
    """Read what was moved away of a recruiter's journal.

    Raises OSError, and NewerFormatError where a newer version wrote it.
    """
    for path in moved_of(log, recruiter):
        yield Moved(path, journal.read(disk.read(path, links=False) or b"", path))


def signatures(path: Path) -> Signatures:
    """Return what tells this content of a file and of its journal from another. Raises OSError."""
    return disk.signature(path), disk.signature(journal_of(path))
