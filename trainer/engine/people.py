"""Who trains in a home: looked at, renamed and removed, without a record being open."""

from collections.abc import Sequence

from msgspec import Struct

from trainer.errors import ProgressError
from trainer.home import Home
from trainer.humanize import count
from trainer.memory.calendar import Clock
from trainer.memory.schedule import Schedule
from trainer.progress import backup, records
from trainer.progress.records import Record


class Person(Struct, frozen=True):
    """Somebody who trains here."""

    name: str
    held: str
    """What is kept of them, in words."""


def people(home: Home) -> Sequence[Person]:
    """Return who trains here, in alphabetical order. Raises FileError when the folder can't be read."""
    return [_person(Record.of(home, name, Schedule())) for name in home.recruiters()]


def rename(home: Home, old: str, new: str, clock: Clock) -> str:
    """Give somebody another name, as "trainer rename" does; return its spelling. Raises TrainerError."""
    record = Record.of(home, old, Schedule())
    renamed = record.renamed(home, new)
    records.rename(record, renamed, clock)
    return renamed.recruiter


def remove(home: Home, name: str, clock: Clock) -> int:
    """Remove all that is kept of somebody, as "trainer erase" does; return how many files that were.

    Raises InUseError when another trainer has the record open, and ProgressError.
    """
    record = Record.of(home, name, Schedule())
    records.refuse_if_open(record)
    return len(records.erase(record, clock))


def _person(record: Record) -> Person:
    backups = count(len(backup.existing(record.backups)), "backup")
    try:
        reviews = count(len(records.history(records.look(record), record)), "answer")
    except ProgressError:
        reviews = "a record that can't be read"
    return Person(record.recruiter, f"{reviews}, {backups}")
