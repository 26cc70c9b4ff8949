"""A whole record is erased: all that trainer made of it, and nothing of others."""

from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import NamedTuple

from trainer import beside, disk
from trainer.errors import NotYoursError, ProgressError, advice_on
from trainer.memory.calendar import Clock
from trainer.progress import backup, copies, journal
from trainer.progress.journal import journal_of
from trainer.progress.lock import FOLDING, drop_lock
from trainer.progress.looking import resolved
from trainer.progress.ownership import leads_to_strangers, moved_of, moved_of_others
from trainer.progress.records import Record, errors_told, look, opened
from trainer.progress.storage import locked


class Erased(NamedTuple):
    """What came of erasing a record."""

    removed: list[Path]
    left: list[Path]
    """What others made in its folders."""


def erase(record: Record, clock: Clock) -> Erased:
    """Remove all that trainer made of a record. Raises InUseError and ProgressError."""
    if record.exists:
        _refuse_others(record)
        # Folded, so that one whole file is left until the last moment; one that can't be read goes as it is.
        with suppress(ProgressError), opened(record, clock, backed_up=False):
            pass
    with errors_told(record), ExitStack() as stack:
        path, left = resolved(record.path), backup.strangers(record.backups)
        if leads_to_strangers(record.path, record.recruiter):
            belongings = [*backup.files(record.backups), record.path]
            log = journal_of(path)
            left += [each for each in (path, log, *journal.moved_from(log)) if each.exists()]
        else:
            if path.parent.is_dir():
                stack.enter_context(locked(record.path, record.recruiter))
                stack.callback(drop_lock, path)
            belongings = _belongings(record, path)
            left += moved_of_others(journal_of(path), record.recruiter)
        removed = [each for each in belongings if each.exists() or each.is_symlink()]
        _remove_all(removed)
    return Erased(removed, left)


def _remove_all(files: Sequence[Path]) -> None:
    """Remove files, one after the other. Raises ProgressError."""
    for number, each in enumerate(files):
        try:
            disk.remove(each)
        except OSError as error:
            advice = advice_on(error, "Make the folder writable, then try again.")
            raise ProgressError(
                f"{each} can't be removed: {error.strerror or error}. {number} of {len(files)} files are "
                f"removed; the rest is as it was. {advice}"
            ) from error


def _refuse_others(record: Record) -> None:
    """Raise NotYoursError where somebody else's file has taken the place of a record."""
    try:
        look(record)
    except NotYoursError:
        raise
    except ProgressError:
        pass  # it can't be read, and goes as it is


def _belongings(record: Record, path: Path) -> list[Path]:
    """Return all that is of a record, the file itself last."""
    files = [
        *backup.files(record.backups),
        *copies.copies_of(path, record.recruiter),
        *copies.merged(path, record.recruiter),
        *beside.kept_aside(path, journal_of(path)),
        *beside.temporaries(path, journal_of(path)),
        path.with_suffix(FOLDING),
        *moved_of(journal_of(path), record.recruiter),
        journal_of(path),
        path,
        *([record.path] if record.path.is_symlink() else []),
    ]
    return list(dict.fromkeys(files))
