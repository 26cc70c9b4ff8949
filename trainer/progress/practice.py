"""The tables as a TinyDB storage in memory, for practice."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Never, cast

from tinydb import Storage

from trainer.memory.schedule import Schedule
from trainer.progress import notices, tables, union
from trainer.progress.documents import UNREADABLE, Changes, Meta
from trainer.progress.journal import Entries, journal_of
from trainer.progress.looking import Moved, look, resolved
from trainer.progress.tables import Condition, Tables


class PracticeStorage(Storage):
    """The tables in memory. What is appended is gone when the program ends."""

    def __init__(self, path: Path, recruiter: str, schedule: Schedule) -> None:
        """Read a file and its journal, and write nothing; a missing file is an empty one.

        Raises ProgressError when they can't be read.
        """
        self.path = resolved(path)
        self.notices: list[str] = []
        self._schedule = schedule
        found = look(self.path, recruiter, schedule)
        self._tables = found.tables or Tables(Meta.first(recruiter))
        self._take_in(found.entries)
        self._take_in_moved(found.moved)

    @property
    def newest(self) -> int:
        """The highest id in the table of reviews, 0 without any."""
        return self._tables.reviews.newest

    @property
    def tables(self) -> Tables:
        """The tables as they are now."""
        return self._tables

    def read(self) -> dict[str, dict[str, Any]]:
        """Return the tables as TinyDB wants them; the reviews are decoded when they are looked at."""
        # TinyDB only reads them, and for that any Mapping will do.
        return cast("dict[str, dict[str, Any]]", self._tables.plain())

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> Never:
        """Refuse: TinyDB would write the whole file for every answer."""
        raise NotImplementedError("progress is written by append() alone")

    def append(self, changes: Changes) -> None:
        """Let changes stand in the tables."""
        self._tables.apply(changes)

    def _take_in(self, entries: Entries) -> int:
        """Bring a journal into the tables; return how much of it was new."""
        ours = entries.generation == self._tables.meta.generation
        log = journal_of(self.path)
        if self._tables.found is Condition.CHANGED:
            self.notices.append(notices.changed(self.path))
        elif self._tables.found is Condition.MENDED:
            self.notices.append(notices.mended(self.path))
        try:
            new = union.take_in(self._tables, entries, self._schedule)
        except UNREADABLE as error:
            raise tables.unreadable(self.path, error) from error
        if entries.damaged:
            self.notices.append(notices.damaged_journal(log, entries.damaged))
        if new and not ours:
            self.notices.append(notices.foreign_journal(log, self.path, new))
        return new

    def _take_in_moved(self, moved: Iterable[Moved]) -> int:
        """Bring journals that were moved away into the tables; return how much of them was new."""
        new = 0
        for path, entries in moved:
            theirs = union.tables_of(entries, self._tables.meta)
            try:
                new += union.take_copy(self._tables, theirs, self._schedule)
            except UNREADABLE as error:
                raise tables.unreadable(self.path, error) from error
            if entries.damaged:
                self.notices.append(notices.damaged_journal(path, entries.damaged))
        return new
