"""Whole records: put back, united, renamed. How one is erased: see `erasing`.

Each of these acts leaves one whole state or the other behind, at whatever moment it is killed.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

import msgspec

from trainer import beside, disk
from trainer.errors import (
    InUseError,
    NewerFormatError,
    NotWritableError,
    ProgressError,
    RecruiterNameError,
    advice_on,
)
from trainer.home import Home
from trainer.memory.calendar import Clock, microseconds
from trainer.memory.schedule import Schedule
from trainer.memory.state import Review
from trainer.names import check_recruiter
from trainer.progress import backup, journal, notices, union
from trainer.progress.backup import Reason
from trainer.progress.documents import UNREADABLE
from trainer.progress.journal import journal_of
from trainer.progress.lock import alone, drop_lock, lock_of
from trainer.progress.looking import resolved
from trainer.progress.ownership import (
    check_no_strangers,
    moved_of,
)
from trainer.progress.practice import PracticeStorage
from trainer.progress.storage import JournaledStorage, locked
from trainer.progress.tables import Tables, unreadable


@dataclass(frozen=True)
class Record:
    """Whose record it is, where it lies, and what its memory is worked out by."""

    recruiter: str
    path: Path
    backups: Path
    schedule: Schedule = field(compare=False, repr=False)
    """Gives states and totals from reviews, wherever those of this record are made anew."""

    @classmethod
    def of(cls, home: Home, recruiter: str, schedule: Schedule) -> "Record":
        """Return where a recruiter's record lies; it need not exist. One that does is found in any spelling.

        Raises RecruiterNameError.
        """
        name = home.known(recruiter) or check_recruiter(recruiter)
        return cls(name, home.progress_file(name), home.backups_of(name), schedule)

    @classmethod
    def respelled(cls, home: Home, recruiter: str, schedule: Schedule) -> "Record":
        """Return where a record of this very spelling lies; it need not exist. Raises RecruiterNameError."""
        return cls(check_recruiter(recruiter), *home.respelled(recruiter), schedule)

    def renamed(self, home: Home, name: str) -> "Record":
        """Return this record under another name, which may be another spelling of its own.

        Raises RecruiterNameError where that is the name already, or nobody's.
        """
        other = Record.of(home, name, self.schedule)
        new = Record.respelled(home, name, self.schedule) if other.path == self.path else other
        if new == self:
            raise RecruiterNameError(f'"{self.recruiter}" is the name already.')
        return new

    @property
    def exists(self) -> bool:
        """Whether there is a file, or the journal of a session that was killed before its first fold."""
        return exists(self.path)


class Counts(NamedTuple):
    """Reviews, those undone left out."""

    ours: int
    theirs: int
    together: int

    @property
    def new(self) -> int:
        """Those that only the other one had."""
        return self.together - self.ours


def exists(path: Path) -> bool:
    """Return whether there is a progress file, or the journal of a session before its first fold."""
    return path.is_symlink() or path.exists() or journal.holds_answers(journal_of(path))


def look(record: Record) -> Tables:
    """Return what a record holds, file and journal together, and change nothing. Raises ProgressError."""
    return PracticeStorage(record.path, record.recruiter, record.schedule).tables


def examined(record: Record) -> Tables:
    """Return what a record holds, all of it checked, to be brought into another one. Raises ProgressError."""
    held = look(record)
    union.check_other(held, record.path)
    return held


def history(held: Tables, record: Record) -> dict[int, Review]:
    """Return the reviews of a record that were not undone, by id. Raises ProgressError."""
    try:
        return held.reviews.history()
    except UNREADABLE as error:
        raise unreadable(record.path, error) from error


def in_use(record: Record) -> bool:
    """Return whether another trainer has a record open. Makes no file. Raises OSError, and ProgressError."""
    path = resolved(record.path)
    if not lock_of(path).exists():
        return False
    try:
        with locked(path, record.recruiter):
            return False
    except InUseError:
        return True


def refuse_if_open(*records: Record) -> None:
    """Raise InUseError when another trainer has one of the records open, as acting on it would."""
    for record in records:
        path = resolved(record.path)
        if lock_of(path).exists():
            with errors_told(record), locked(path, record.recruiter):
                pass


@contextmanager
def errors_told(record: Record) -> Iterator[None]:
    """Put errors of the system into words. Raises ProgressError."""
    try:
        yield
    except OSError as error:
        named = error.filename
        path = record.path if named is None or named == str(lock_of(resolved(record.path))) else named
        advice = advice_on(error, "Make the folder writable or make space, then try again.")
        raise ProgressError(
            f"{path} can't be changed: {error.strerror or error}. Nothing is lost. {advice}"
        ) from error


@contextmanager
def opened(record: Record, clock: Clock, *, backed_up: bool = True) -> Iterator[JournaledStorage]:
    """Open a record and close it afterwards.

    Raises InUseError when another process has it open, and ProgressError when it can't be read or written.
    """
    with errors_told(record):
        storage = JournaledStorage(
            record.path, record.recruiter, record.schedule, clock, record.backups if backed_up else None
        )
        try:
            yield storage
        finally:
            storage.close()


def restore(record: Record, held: Tables, clock: Clock) -> list[str]:
    """Put what a backup holds in the place of a record, which is backed up first; return what is to tell.

    Nothing of the present state comes back into it, its journal's answers neither. Raises InUseError,
    and ProgressError when the record can't be written or is a newer version's.
    """
    with errors_told(record), ExitStack() as stack:
        seen = disk.signature(record.path)
        try:
            storage = stack.enter_context(opened(record, clock))
        except (NewerFormatError, InUseError, NotWritableError):
            raise
        except ProgressError:
            return replace_unreadable(record, held, clock, seen)
        storage.put(lambda _: _owned(held, record), "restore")
        return storage.notices


def replace_unreadable(record: Record, held: Tables, clock: Clock, seen: disk.Signature | None) -> list[str]:
    """Put other tables in the place of a file that can't be read and was `seen` so; it is kept; tell where.

    Its journal is kept aside too, and not read; where this is killed before it is gone, the next opening
    brings its answers in. Raises InUseError where another trainer saved meanwhile, and NotYoursError where
    the record is a link to what may be another's file.
    """
    check_no_strangers(record.path, record.recruiter)
    with errors_told(record), locked(record.path, record.recruiter) as path, alone(path):
        _check_unchanged(path, seen)
        now, log = clock(), journal_of(path)
        logs = [log, *moved_of(log, record.recruiter)]
        told = [
            notices.kept(called, beside.set_aside(called, found, now))
            for called, each in ((path, path), *((log, each) for each in logs))
            if (found := disk.read(each))
        ]
        # Before they go: what was saved from them stands nowhere else.
        disk.replace(path, _owned(held, record).in_generation(microseconds(now)).encoded())
        for each in logs:
            disk.remove(each)
    return told


def take_in(record: Record, theirs: Tables, why: Reason, clock: Clock) -> Counts:
    """Unite a record with another copy of it, by the ids of reviews; it is backed up first.

    The record is made when it is missing. Raises InUseError, and ProgressError, also when `theirs` holds
    what no record can: then nothing has changed. See `examined`, which names the file.
    """
    try:
        theirs.check()
    except UNREADABLE as error:
        reason = f"what was to come in is nothing that a record can hold: {error}"
        raise ProgressError(f"{record.path} has not been changed: {reason}.") from error
    counts = Counts(0, 0, 0)

    def bring_in(ours: Tables) -> Tables | None:
        nonlocal counts
        both, counts = united(ours, theirs, record)
        return both if both.reviews is not ours.reviews or both != ours else None

    with opened(record, clock) as storage:
        storage.put(bring_in, why)
    return counts


def united(ours: Tables, theirs: Tables, record: Record) -> tuple[Tables, Counts]:
    """Return what both hold together, and how much that is.

    What is theirs was checked before: see `examined`. Ours are those of `record`; its file is named in
    the ProgressError that is raised when they can't be read.
    """
    both = replace(ours)
    try:
        union.unite(both, theirs, record.schedule)
        lengths = [len(each.reviews.history()) for each in (ours, theirs, both)]
    except UNREADABLE as error:
        raise unreadable(record.path, error) from error
    return both, Counts(*lengths)


def merge(source: Record, target: Record, clock: Clock) -> Counts:
    """Bring the reviews and marks of one record into another; the first is left as a backup alone.

    Raises InUseError when one of them is open elsewhere, and ProgressError.
    """
    if resolved(source.path) == resolved(target.path):
        raise ProgressError(f"{source.path} and {target.path} are one and the same file.")
    with _at_rest(source, clock) as path:
        seen = disk.signature(path)
        backup.keep_file(path, source.backups, "merge", clock())
        counts = take_in(target, examined(source), "merge", clock)
        with alone(path):
            _check_still(path, seen)
            for each in (journal_of(path), path, source.path):
                disk.remove(each)
        drop_lock(path)
    return counts


def rename(old: Record, new: Record, clock: Clock) -> None:
    """Give a record and its backups another name. Raises InUseError, and ProgressError when it is taken."""
    with _at_rest(old, clock) as path, ExitStack() as stack:
        respelled = _is_respelled(old.path, new.path)
        if not respelled:
            drop_lock(stack.enter_context(locked(new.path, new.recruiter)))
            if new.exists:
                raise ProgressError(
                    f'There is progress of "{new.recruiter}" already ({new.path}). To unite the two: '
                    f'trainer merge "{old.recruiter}" "{new.recruiter}"'
                )
        stack.enter_context(_backups_moved(old, new))
        for kept in beside.kept_aside(old.path, journal_of(old.path)):
            disk.move(kept, kept.with_name(new.path.stem + kept.name.removeprefix(old.path.stem)))
        nobodys = replace(new, recruiter="")  # so that it opens under either name, wherever this is killed
        with alone(path):
            seen = disk.signature(path)
            held = look(old).in_generation(microseconds(clock()))
            _check_still(path, seen)
            disk.replace(path, _owned(held, nobodys).encoded())
            disk.remove(journal_of(path))
            moved = path if old.path.is_symlink() else new.path
            disk.move(old.path, new.path)
            disk.replace(moved, _owned(held, new).encoded())
        drop_lock(path)


@contextmanager
def _at_rest(record: Record, clock: Clock) -> Iterator[Path]:
    """Fold what a record's journal holds, then keep everybody away from it; give its real path."""
    with opened(record, clock):
        pass
    with errors_told(record), locked(record.path, record.recruiter) as path:
        _check_still(path, disk.signature(path))
        yield path


def _check_still(path: Path, seen: disk.Signature | None) -> None:
    """Check that nobody saves in a record whose file was `seen` so: where locks don't hold, somebody may.

    Raises InUseError, and OSError.
    """
    _check_unchanged(path, seen)
    if disk.read(journal_of(path)):
        raise _just_now(path)


def _check_unchanged(path: Path, seen: disk.Signature | None) -> None:
    if disk.signature(path) != seen:
        raise _just_now(path)


def _just_now(path: Path) -> InUseError:
    return InUseError(f"{path} is in use by another trainer just now. Close that one, then try again.")


def _owned(held: Tables, record: Record) -> Tables:
    return replace(held, meta=msgspec.structs.replace(held.meta, recruiter=record.recruiter))


def _is_respelled(old: Path, new: Path) -> bool:
    """Return whether two paths are one file to a system that takes "anna" and "Anna" for the same."""
    alike = old.name.casefold() == new.name.casefold()
    return alike and not old.is_symlink() and new.exists() and new.samefile(old)


@contextmanager
def _backups_moved(old: Record, new: Record) -> Iterator[None]:
    """Move the backups of a record that is renamed; back again where that fails, or Ctrl+C ends it."""
    whole = old.backups.is_dir() and not new.backups.exists()
    _move_backups(old.backups, new.backups)
    try:
        yield
    except BaseException:
        if whole and old.path.exists():
            _move_backups(new.backups, old.backups)
        raise


def _move_backups(old: Path, new: Path) -> None:
    if not old.is_dir() or old == new:
        return
    if not new.exists() or _is_respelled(old, new):
        disk.move(old, new)
        return
    for each in backup.existing(old):  # a record that was merged or erased had the name before
        backup.move(each, new)
    if backup.files(old) == [old]:
        disk.remove(old)
