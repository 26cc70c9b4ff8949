"""What can be saved of a file that can't be read."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from trainer import disk
from trainer.errors import ProgressError
from trainer.progress import backup, journal, valid
from trainer.progress.doctor.consistency import is_review
from trainer.progress.documents import (
    CHECKS,
    FIRST_FORMAT,
    UNREADABLE,
    Document,
    Meta,
    Table,
    encode,
    is_sound,
    marks_alone,
    sound_card,
)
from trainer.progress.journal import journal_of
from trainer.progress.records import Record, united
from trainer.progress.reviews import Reviews
from trainer.progress.storage import resolved
from trainer.progress.tables import Tables

_START_OF_DOCUMENT = re.compile(r'"(\d{1,19})"\s*:\s*(?=\{)')
_UNREADABLE_SIGN = "\ufffd"

_MOST_A_DAY = 100_000
"""Answers that a study day can tell of: one takes a second."""


class Salvage(NamedTuple):
    """What could be saved of a file that can't be read."""

    tables: Tables
    read: int
    """Reviews that could be read in the file and its journal."""
    backup: backup.Backup | None
    """The newest backup that can be read: it tells what the file can't."""
    reviews: int
    """All of them together."""
    lost: int
    """How many more there were, as far as the totals of days tell."""


def salvage(record: Record) -> Salvage | None:
    """Return what can be read in a damaged file, its journal and its newest backup; None if that is nothing.

    Nothing is changed. Raises OSError, and ProgressError when the journal is a newer version's.
    """
    found = _documents(disk.read(record.path) or b"", record)
    log = journal_of(resolved(record.path))
    noted = _of_journal(journal.read(disk.read(log) or b"", log), record)
    found = replace(united(found, noted, record)[0], days=found.days | noted.days)
    newest, kept = _newest_backup(record)
    both, counts = united(kept, _without(found, kept.reviews), record)
    if both.is_empty:
        return None
    lost = sum(max(0, _answers(told) - _answers(both.days.get(day))) for day, told in found.days.items())
    return Salvage(both, len(found.reviews.history()), newest, counts.together, lost)


def salvage_copy(copy: Path, record: Record) -> Tables:
    """Return what can be read in a damaged copy of a record. Raises OSError."""
    return _documents(disk.read_whole(copy), record, valid.LAST_INSTANT)


def _documents(content: bytes, record: Record, last: int = valid.HIGHEST_ID) -> Tables:
    """Find the whole documents in a file, wherever it is damaged; ids above `last` are damage too."""
    text = content.decode("utf-8", errors="replace")
    decode = json.JSONDecoder().raw_decode
    saved = _Saved()
    for hit in _START_OF_DOCUMENT.finditer(text):
        try:
            found, end = decode(text, hit.end())
        except UNREADABLE:
            continue
        if _UNREADABLE_SIGN not in text[hit.start() : end]:
            saved.add(hit[1], found, last)
    return saved.tables(record)


def _of_journal(entries: journal.Entries, record: Record) -> Tables:
    saved = _Saved()
    for line in entries.changes:
        for id_, found in (row for table in line.values() for row in table.items()):
            if found:
                saved.add(id_, found)
    return saved.tables(record)


class _Saved:
    """Documents that are valid, each in the table to which it belongs by what it says."""

    def __init__(self) -> None:
        self._tables: dict[str, Table] = {name: {} for name in ("cards", *CHECKS)}

    def add(self, id_: str, found: Document, last: int = valid.HIGHEST_ID) -> None:
        """Keep a document if it is one of ours."""
        if is_review(id_, found, last):
            self._tables["reviews"][id_] = found
        elif _is_day(id_, found):
            self._tables["days"][id_] = found
        elif is_sound("settings", id_, found):
            self._tables["settings"][id_] = found
        elif is_sound("interviews", id_, found):
            self._tables["interviews"][id_] = found
        elif marked := _marked(found):
            self._tables["cards"][id_] = marked

    def tables(self, record: Record) -> Tables:
        """Return what was kept."""
        reviews = dict(sorted(self._tables["reviews"].items(), key=_number))
        held = {**self._tables, "reviews": Reviews(encode(reviews))}
        return Tables(Meta(FIRST_FORMAT, record.recruiter, 0), **held)  # type: ignore[arg-type]  # by name


def _number(row: tuple[str, Document]) -> int:
    return int(row[0])


def _is_day(id_: str, found: Document) -> bool:
    return bool(found) and is_sound("days", id_, found) and 0 < _answers(found) <= _MOST_A_DAY


def _answers(totals: Document | None) -> int:
    return int((totals or {}).get("reviews", 0))


def _marked(found: Document | None) -> Document | None:
    """Return what the recruiter said of a card, if the document is a card's and says anything."""
    said = sound_card(marks_alone(found or {}))
    return said if said and len(said) > 1 else None


def _without(found: Tables, known: Mapping[str, Document]) -> Tables:
    """Leave out what a whole file tells too: where the two differ, the whole one is right."""
    new = {id_: review for id_, review in found.reviews.items() if id_ not in known}
    return replace(found, reviews=Reviews(encode(new)))


def _newest_backup(record: Record) -> tuple[backup.Backup | None, Tables]:
    for each in reversed(backup.existing(record.backups)):
        try:
            return each, backup.read(each.path, record.schedule)
        except ProgressError:
            continue
    return None, _Saved().tables(record)
