"""What stands on the disk of a record, read once for all checks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from trainer.errors import ProgressError
from trainer.memory.state import Review
from trainer.progress import tables
from trainer.progress.doctor import consistency
from trainer.progress.documents import UNREADABLE
from trainer.progress.ownership import check_owner
from trainer.progress.records import Record
from trainer.progress.tables import Tables


class File(NamedTuple):
    """A progress file that can be read."""

    held: Tables
    history: dict[int, Review]
    misfits: tuple[set[str], set[str]] | None


@dataclass(frozen=True)
class Looked:
    """What stands on the disk of a record, read once."""

    record: Record
    path: Path
    content: bytes | None
    log: bytes
    now: datetime
    cards: Collection[str]
    """The ids of all cards that sheets have."""

    @cached_property
    def file(self) -> File | ProgressError | None:
        """The file, or why it can't be read; None when there is none."""
        if self.content is None:
            return None
        try:
            held = tables.parse(self.content, self.path)
            check_owner(self.path, held.meta.recruiter, self.record.recruiter)
            misfits = consistency.misfits(held, self.record.schedule)  # checks it first
            return File(held, held.reviews.history(), misfits)
        except ProgressError as error:
            return error
        except UNREADABLE as error:
            unreadable = tables.unreadable(self.path, error)
            unreadable.__cause__ = error
            return unreadable
