"""The tables as a TinyDB storage that is saved: locked, and with a journal beside the file."""

import errno
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from trainer import beside, disk
from trainer.errors import NewerFormatError, NotWritableError, NotYoursError, ProgressError, advice_on
from trainer.memory.calendar import Clock, system_clock
from trainer.memory.schedule import Schedule
from trainer.names import same_name
from trainer.progress import copies, journal, notices, tables, union, valid
from trainer.progress.documents import UNREADABLE, Changes, Meta, needed_format
from trainer.progress.journal import Entries, Journal, journal_of
from trainer.progress.lock import Lock, alone, lock_of
from trainer.progress.looking import Found, Moved, look, resolved, signatures
from trainer.progress.ownership import check_owner
from trainer.progress.practice import PracticeStorage
from trainer.progress.tables import Tables

if TYPE_CHECKING:
    from trainer.progress.backup import Reason


class JournaledStorage(PracticeStorage):
    """The tables of one progress file, locked and saved.

    Each append is one durable line in a journal beside the file; folding brings the
    journal into the file. TinyDB reads from it; its own writes are refused.
    """

    def __init__(
        self, path: Path, recruiter: str, schedule: Schedule, clock: Clock, backups: Path | None = None
    ) -> None:
        """Lock and open the file, and fold what its journal holds.

        A missing file is made when there is something to hold; where there is not, nothing is left.
        What a fold replaces is kept in the folder `backups`, if it is given: see backup.py.
        Raises InUseError when another process has it open, and ProgressError when it
        can't be read or written; then it has not been changed, unless the message says so.
        """
        self.path = resolved(path)
        self.notices = []
        self._schedule, self._clock = schedule, clock
        self._unfolded = False
        self._backups = backups
        self._why: Reason = "day"
        # Before the lock is taken, so that nothing is written beside a file that is not ours.
        found = look(self.path, recruiter, schedule)
        try:
            disk.make_folder(self.path.parent)
            disk.check_writable(self.path.parent)
            self._lock = Lock(self.path, recruiter, clock)
        except OSError as error:
            raise _not_writable(self.path, error) from error
        if self._lock.marker:
            self.notices.append(notices.no_locks(self.path, self._lock.marker))
        try:
            if found.seen != signatures(self.path):
                found = look(self.path, recruiter, schedule)
            self._journal = self._recover(found, recruiter)
        except OSError as error:
            self._lock.release()
            raise _not_writable(self.path, error) from error
        except BaseException:
            self._lock.release()
            raise

    def append(self, changes: Changes) -> None:
        """Let changes stand in the tables; on the disk when it returns.

        Raises NotSavedError, and then nothing has changed.
        """
        if self._file_seen is None and not self._unfolded:
            self._begin()
        self._journal.append(changes, self._tables.meta, needed_format(changes))
        self._tables.apply(changes)
        self._unfolded = True

    def _begin(self) -> None:
        """Make the file of a new record: what is saved adds to a whole one. Raises NotSavedError.

        One that another trainer made meanwhile, where locks don't hold, is left; folding unites the two.
        """
        try:
            with alone(self.path):
                if disk.signature(self.path) is None:
                    with suppress(_ReplacedError):
                        self._write()
        except OSError as error:
            raise journal.not_saved(self.path, error) from error

    def fold(self) -> None:
        """Bring the journal into the file and empty it; where it can't be emptied, the next opening does so.

        Raises OSError, and ProgressError when a newer version has written the file meanwhile, or it has
        to be united with a changed one and is not sound itself; nothing is lost then.
        """
        if not self._unfolded:
            return
        self._save()
        self._unfolded = False
        _try_to_clear(self._journal)

    def put(self, change: Callable[[Tables], Tables | None], why: "Reason") -> None:
        """Put what `change` makes of the tables in their place, in the file too; it is backed up first.

        It is given what another trainer saved meanwhile too, where locks don't hold. For None nothing is
        written. Raises OSError, also when the backup fails, and ProgressError as `fold` does; nothing is
        lost then, and nothing put in their place unless it is a disk.UnconfirmedError.
        """
        self.fold()
        self._journal.clear()  # else what could not be cleared would come back into what is put there
        with alone(self.path):
            self._until_it_stands(lambda: self._put(change, why))

    def _put(self, change: Callable[[Tables], Tables | None], why: "Reason") -> None:
        united = self._unite_with_changed_file()
        replaced = self._tables
        changed = change(replaced)
        if changed is None and not united:
            return
        changed = changed or replaced
        if self._backups:
            from trainer.progress import backup  # noqa: PLC0415 — seldom needed

            backup.keep_file(self.path, self._backups, why, self._clock())
        self._tables = changed.in_generation(max(replaced.meta.generation, changed.meta.generation))
        try:
            self._write()
        except disk.UnconfirmedError:  # they are in their place
            raise
        except (OSError, _ReplacedError):
            self._tables = replaced
            raise

    def close(self) -> None:
        """Fold, and give the lock back. When that fails, a notice says what became of the answers."""
        if not self._lock.is_locked:
            return
        try:
            self.fold()
        except (OSError, ProgressError) as error:
            self.notices.append(self._not_folded(error))
        finally:
            self._journal.close()
            with suppress(OSError):
                self._leave_nothing_empty()
            self._lock.release()

    def _leave_nothing_empty(self) -> None:
        """Remove what an opening made, where no record came of it."""
        log = journal_of(self.path)
        if self.path.is_symlink() or self.path.exists() or disk.read(log):
            return
        disk.remove(log)
        if sys.platform != "win32":  # there it goes by itself, and can't be removed before
            disk.remove(lock_of(self.path))

    def _not_folded(self, error: Exception) -> str:
        log_error = None
        try:
            self._journal.make_stand()
        except OSError as again:
            log_error = again
        return notices.not_folded(self.path, error, journal_of(self.path), log_error)

    def _recover(self, found: Found, recruiter: str) -> Journal:
        """Fold what stands in the journal; return it empty."""
        self._file_seen = found.seen[0]
        self._tables = found.tables or Tables(Meta.first(recruiter))
        log = Journal(journal_of(self.path), recruiter)
        try:
            entries = found.entries
            if log.content != entries.content:  # another trainer has added to it, lock or no lock
                entries = journal.read(log.content, log.path)
                check_owner(log.path, entries.recruiter, recruiter)
            self._bring_in(entries, found.moved, recruiter)
            log.adopt((each.path, each.entries.content) for each in found.moved)
            if entries.content or found.moved:
                _try_to_clear(log)
        except BaseException:
            log.close()
            raise
        return log

    def _bring_in(self, entries: Entries, moved: Sequence[Moved], recruiter: str) -> None:
        """Bring a journal, those that were moved away and the copies beside the file into it."""
        new = self._take_in(entries)
        moved_new = self._take_in_moved(moved)
        try:
            united = copies.unite(self._tables, self.path, self._schedule)
        except UNREADABLE as error:  # the copies are sound
            raise tables.unreadable(self.path, error) from error
        self.notices += united.notices
        renamed = self._claim(recruiter)
        if entries.torn:
            self.notices.append(notices.torn_journal(journal_of(self.path)))
        damaged = [each for each in (entries, *(each.entries for each in moved)) if each.damaged]
        self._keep_damaged(damaged)
        if not self._tables.intact or damaged:
            self._why = "repair"
        elif united.copies or (new and entries.generation != self._tables.meta.generation):
            self._why = "merge"
        changed = new or moved_new or united.copies or renamed or damaged
        if changed or not self._tables.intact:  # a new record's file is made with the first that it holds
            self._save()
        self.notices += [copies.put_away(copy) for copy in united.copies]

    def _claim(self, recruiter: str) -> bool:
        """Write into a file that names nobody whose it is; return whether it did."""
        meta = self._tables.meta
        if same_name(meta.recruiter, recruiter):
            return False
        self._tables.meta = msgspec.structs.replace(meta, recruiter=recruiter)
        return True

    def _keep_damaged(self, journals: Iterable[Entries]) -> None:
        """Set the originals aside before anything is written in their place."""
        if not self._tables.intact:
            self._keep(self.path, disk.read(self.path) or b"")
        for each in journals:
            self._keep(journal_of(self.path), each.content)

    def _keep(self, path: Path, content: bytes) -> None:
        self.notices.append(notices.kept(path, beside.set_aside(path, content, self._clock())))

    def _save(self) -> None:
        """Bring the tables into the file, together with what another trainer or a sync tool put there."""
        with alone(self.path):
            self._until_it_stands(self._unite_and_write)

    def _unite_and_write(self) -> None:
        self._unite_with_changed_file()
        self._write()

    def _until_it_stands(self, act: Callable[[], None]) -> None:
        """Do it again where the file was replaced meanwhile: a marker of who was killed may be two's."""
        for _ in range(_TRIES):
            with suppress(_ReplacedError):
                return act()
        raise OSError(errno.EBUSY, "another trainer writes it all the time", str(self.path))

    def _check_is_seen(self) -> None:
        if disk.signature(self.path) != self._file_seen:
            raise _ReplacedError

    def _write(self) -> None:
        """Write the tables. Raises OSError, and _ReplacedError where that would replace what was not seen.

        After disk.UnconfirmedError the file holds them, and it is not taken for another program's.
        """
        self._back_up()
        generation = valid.next_generation(self._tables.meta.generation, self._clock())
        disk.make_folder(self.path.parent)
        written = self._tables.in_generation(generation)
        try:
            seen = disk.replace(self.path, written.encoded(), check=self._check_is_seen)
        except disk.UnconfirmedError as error:
            self._tables, self._file_seen = written, error.made
            raise
        self._tables, self._file_seen = written, seen
        with suppress(OSError):  # then the next one does it
            for left in beside.temporaries(self.path):  # a crash left it, as nobody else may write here now
                disk.remove(left)

    def _back_up(self) -> None:
        """Keep the file that is about to be replaced, if there is a reason to."""
        if self._backups:
            from trainer.progress import backup  # noqa: PLC0415 — an opening seldom folds

            newer = self._tables.needed_format > self._tables.meta.format
            why, self._why = "format" if newer and self._why == "day" else self._why, "day"
            self.notices += backup.before_write(self.path, self._backups, why, self._clock())

    def _unite_with_changed_file(self) -> bool:
        """Lose nothing when a sync tool or an editor changed the file during the session.

        Return whether there was something else.
        """
        seen = disk.signature(self.path)
        if seen == self._file_seen:
            return False
        content, self._file_seen = disk.read(self.path), seen
        if content is None:
            return False
        try:
            theirs = union.read_other(content, self.path)
            check_owner(self.path, theirs.meta.recruiter, self._tables.meta.recruiter)
        except NewerFormatError:
            raise
        except NotYoursError:
            self.notices.append(notices.others_meanwhile(self.path))
            self._keep(self.path, content)
        except ProgressError:
            self.notices.append(notices.destroyed_meanwhile(self.path))
            self._keep(self.path, content)
            self._why = "repair"
        else:
            self._back_up_own()
            try:
                union.unite(self._tables, theirs, self._schedule)
            except UNREADABLE as error:  # theirs was checked
                raise tables.unreadable(self.path, error) from error
            self.notices.append(notices.changed_meanwhile(self.path))
        return True

    def _back_up_own(self) -> None:
        """Keep what this session knows, as it is before another program's version is merged into it."""
        if self._backups:
            from trainer.progress import backup  # noqa: PLC0415 — seldom needed

            self.notices += backup.keep_tables(self._tables, self.path, self._backups, "merge", self._clock())
            self._why = "merge"  # and then the other program's version


_TRIES = 50
"""How often another one may replace a file while it is written, before that is given up."""


class _ReplacedError(Exception):
    """Another trainer, or a sync tool, has replaced the file since it was read."""


def _try_to_clear(log: Journal) -> None:
    """Empty a journal that is in the file; what stands in both is one and the same to the next opening."""
    with suppress(OSError):
        log.clear()


@contextmanager
def locked(path: Path, recruiter: str) -> Iterator[Path]:
    """Keep everybody else away from a record without opening it; give its real path.

    Raises InUseError when another process has it open, and OSError.
    """
    path = resolved(path)
    lock = Lock(path, recruiter, system_clock)
    try:
        yield path
    finally:
        lock.release()


def _not_writable(path: Path, error: OSError) -> NotWritableError:
    reason, advice = error.strerror or str(error), advice_on(error, "")
    what_to_do = f"{advice} You can" if advice else "Make the folder writable or make space, or"
    if error.errno == errno.EROFS:
        reason, what_to_do = "its disk is read-only", "Choose another home (--home DIR), or"
    unconfirmed = isinstance(error, disk.UnconfirmedError)
    became = "It may be changed; nothing is lost." if unconfirmed else "Nothing in it was changed."
    return NotWritableError(
        f"{path} can't be opened for saving: {reason}. {became} "
        f"{what_to_do} practise without saving (--practice)."
    )
