"""Putting right what the checks find in a record."""

from trainer import beside, disk
from trainer.errors import NewerFormatError, NotYoursError, ProgressError
from trainer.humanize import count
from trainer.memory.calendar import Clock
from trainer.progress import copies, records, union
from trainer.progress.doctor import checks, consistency
from trainer.progress.doctor.salvage import salvage, salvage_copy
from trainer.progress.documents import UNREADABLE
from trainer.progress.journal import journal_of
from trainer.progress.looking import resolved
from trainer.progress.records import Record
from trainer.progress.storage import locked
from trainer.progress.tables import Tables, unreadable


def fix(record: Record, clock: Clock) -> list[str]:
    """Mend what can be mended in a record; return what was done, in sentences.

    It is backed up before, and damaged originals are kept. Raises InUseError when it is open elsewhere,
    and ProgressError when it can't be mended.
    """
    done: list[str] = []
    with records.errors_told(record):
        if record.exists:
            done += _make_readable(record, clock)
            done += _make_consistent(record, clock)
            if taken := _take_copies(record, clock):
                done += [*taken, *_make_consistent(record, clock)]
        done += _put_backups_aside(record, clock)
        done += _tidy(record)
    return done


def _make_readable(record: Record, clock: Clock) -> list[str]:
    seen = disk.signature(record.path)
    try:
        consistency.misfits(records.look(record), record.schedule)
    except (NewerFormatError, NotYoursError):
        raise
    except (ProgressError, *UNREADABLE):
        found = salvage(record)
        if found is None:
            raise
        union.rebuild(found.tables, record.schedule)
        told = records.replace_unreadable(record, found.tables, clock, seen)
        lost = f" At least {count(found.lost, 'answer')} could not be saved." if found.lost else ""
        return [f"{record.path} is whole again, with {count(found.reviews, 'review')}.{lost}", *told]
    return []


def _make_consistent(record: Record, clock: Clock) -> list[str]:
    doubled = consistency.doubled(consistency.in_file(disk.read(record.path) or b""))
    with records.opened(record, clock) as storage:

        def corrected(held: Tables) -> Tables | None:
            try:
                mended = consistency.corrected(held, record.schedule, doubled)
            except UNREADABLE as error:
                raise unreadable(record.path, error) from error
            if mended:
                storage.notices.append(f"{record.path} fits together again: all follows from its reviews.")
            return mended

        storage.put(corrected, "repair")
        return storage.notices


def _take_copies(record: Record, clock: Clock) -> list[str]:
    """Take what can be read of the copies that no opening takes, and put them away."""
    done = []
    for copy, error in list(copies.examined(resolved(record.path), record.recruiter)):
        if error is None or isinstance(error, NewerFormatError):
            continue
        seen = disk.signature(copy)
        saved = salvage_copy(copy, record)
        counts = records.take_in(record, saved, "merge", clock)
        read = count(counts.theirs, "review")
        done.append(f"{copy} is damaged. {read} in it could be read; {counts.new:,} had been missing here.")
        done.append(copies.put_away(copies.Taken(copy, seen)))
    return done


def _put_backups_aside(record: Record, clock: Clock) -> list[str]:
    done = []
    for each in checks.unreadable_backups(record):
        aside = beside.move_aside(each.path, clock())
        done.append(f"{each.path} is no backup any more; it is kept as {aside}.")
    return done


def _tidy(record: Record) -> list[str]:
    done = []
    for temporary in beside.temporaries(resolved(record.path), journal_of(resolved(record.path))):
        with locked(record.path, record.recruiter):
            disk.remove(temporary)
        done.append(f"{temporary} is removed.")
    for path in checks.private_files(record):
        if not disk.is_private(path):
            disk.make_private(path)
            done.append(f"{path} is yours alone again.")
    return done
