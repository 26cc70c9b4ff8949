"""What can be saved of a file that can't be read."""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import suppress
from itertools import chain, pairwise
from pathlib import Path
from typing import NamedTuple

from trainer import disk
from trainer.errors import ProgressError
from trainer.progress import backup, journal, union, valid
from trainer.progress.bulk import are_known
from trainer.progress.doctor.consistency import is_review
from trainer.progress.documents import (
    CHECKS,
    UNREADABLE,
    Document,
    Meta,
    Table,
    day_key,
    encode,
    is_sound,
    marks_alone,
    sound_card,
)
from trainer.progress.journal import journal_of
from trainer.progress.looking import read_moved, resolved
from trainer.progress.records import Record
from trainer.progress.reviews import Reviews
from trainer.progress.tables import Tables

_START_OF_DOCUMENT = re.compile(rb'"(\d{1,19})"\s*:\s*(?=\{)')
_UNREADABLE_SIGN = "\ufffd"
_AT_ONCE = 200
"""So many documents are checked together; one by one where that fails, as where a file is damaged."""
_OTHER_SPELLINGS = (b'": ', b'" :', b"\n", b"\t")
"""What our own JSON does not have."""

_MOST_A_DAY = 100_000
"""Answers that a study day can tell of: one takes a second."""


class Salvage(NamedTuple):
    """What could be saved of a file that can't be read."""

    tables: Tables
    """Without states and totals, which follow from the reviews: to make those anew takes longest."""
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
    saved = _documents(disk.read(record.path) or b"", valid.HIGHEST_ID)
    found = saved.tables(record)
    log = journal_of(resolved(record.path))
    noted = _of_journal(journal.read(disk.read(log) or b"", log), record)
    for moved in read_moved(log, record.recruiter):
        union.combine(noted, _of_journal(moved.entries, record))
    days = found.days | noted.days
    union.combine(found, noted)
    newest, both = _newest_backup(record)
    known = set(map(int, both.reviews))  # where a damaged file and a whole one differ, the whole one is right
    union.combine(both, saved.tables(record, known) if known else found)
    union.combine(both, noted)
    if both.is_empty:
        return None
    history = both.reviews.history()
    held = Counter(day_key(review.day) for review in history.values())
    lost = sum(max(0, _answers(told) - held[day]) for day, told in days.items())
    return Salvage(both, found.reviews.count(), newest, len(history), lost)


def salvage_copy(copy: Path, record: Record) -> Tables:
    """Return what can be read in a damaged copy of a record. Raises OSError."""
    return _documents(disk.read_whole(copy), valid.LAST_INSTANT).tables(record)


def _documents(content: bytes, last: int) -> "_Saved":
    """Find the whole documents in a file, wherever it is damaged; ids above `last` are damage too."""
    saved = _Saved(last)
    hits: Iterator[re.Match[bytes] | None] = _START_OF_DOCUMENT.finditer(content)
    for hit, following in pairwise(chain(hits, [None])):
        if hit:  # a document of ours ends before the next one begins: it holds none
            window = content[hit.end() : following.start() if following else len(content)]
            saved.add_encoded(hit[1], window[: window.rfind(b"}") + 1])
    return saved


def _of_journal(entries: journal.Entries, record: Record) -> Tables:
    saved = _Saved(valid.HIGHEST_ID)
    for line in entries.changes:
        for id_, found in (row for table in line.values() for row in table.items()):
            if found:
                saved.add(id_, found)
    return saved.tables(record)


class _Saved:
    """Documents that are valid, each in the table to which it belongs by what it says."""

    def __init__(self, last: int) -> None:
        self._last = last
        self._waiting: list[tuple[bytes, bytes]] = []
        self._reviews: dict[int, bytes] = {}
        self._tables: dict[str, Table] = {name: {} for name in ("cards", *CHECKS) if name != "reviews"}

    def add_encoded(self, id_: bytes, found: bytes) -> None:
        """Keep a document, as JSON with perhaps something behind it, if it is one of ours."""
        if found:
            self._waiting.append((id_, found))
        if len(self._waiting) >= _AT_ONCE:
            self._take_waiting()

    def add(self, id_: str, found: Document) -> None:
        """Keep a document if it is one of ours."""
        if is_review(id_, found, self._last):
            self._reviews[int(id_)] = encode(found)
        elif _is_day(id_, found):
            self._tables["days"][id_] = found
        elif is_sound("settings", id_, found):
            self._tables["settings"][id_] = found
        elif is_sound("interviews", id_, found):
            self._tables["interviews"][id_] = found
        elif marked := _marked(found):
            self._tables["cards"][id_] = marked

    def tables(self, record: Record, without: Collection[int] = ()) -> Tables:
        """Return what was kept, `without` the reviews of some ids."""
        self._take_waiting()
        reviews = b",".join(
            b'"%d":%b' % row for row in sorted(self._reviews.items()) if row[0] not in without
        )
        held = {**self._tables, "reviews": Reviews(b"{%b}" % reviews)}
        return Tables(Meta.first(record.recruiter), **held)  # type: ignore[arg-type]  # by name

    def _take_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        together = b"{%b}" % b",".join(b'"%b":%b' % row for row in waiting)
        ours = together.isascii() and not any(other in together for other in _OTHER_SPELLINGS)
        if ours and are_known(together, self._last):
            self._reviews |= {int(id_): found for id_, found in waiting}
            return
        for id_, encoded in waiting:
            text = encoded.decode("utf-8", errors="replace")
            with suppress(*UNREADABLE):
                found, end = json.JSONDecoder().raw_decode(text)
                if _UNREADABLE_SIGN not in text[:end]:
                    self.add(id_.decode(), found)


def _is_day(id_: str, found: Document) -> bool:
    return bool(found) and is_sound("days", id_, found) and 0 < _answers(found) <= _MOST_A_DAY


def _answers(totals: Document | None) -> int:
    return int((totals or {}).get("reviews", 0))


def _marked(found: Document | None) -> Document | None:
    """Return what the recruiter said of a card, if the document is a card's and says anything."""
    said = sound_card(marks_alone(found or {}))
    return said if said and len(said) > 1 else None


def _newest_backup(record: Record) -> tuple[backup.Backup | None, Tables]:
    for each in reversed(backup.existing(record.backups)):
        try:
            return each, backup.read(each.path, record.schedule)
        except ProgressError:
            continue
    return None, _Saved(0).tables(record)
