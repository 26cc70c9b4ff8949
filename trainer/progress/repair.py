"""What can be mended in a record, and what can be saved of a file that can't be read."""

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from trainer.errors import ProgressError
from trainer.memory.schedule import Schedule
from trainer.memory.state import CardState, Review
from trainer.progress import backup, disk, journal, union, valid
from trainer.progress.documents import (
    FIRST_FORMAT,
    UNREADABLE,
    Document,
    Meta,
    Table,
    Undo,
    card_parts,
    content_sum,
    day_of,
    document,
    encode,
    marks_alone,
    sound_card,
)
from trainer.progress.journal import journal_of
from trainer.progress.records import Record, united
from trainer.progress.reviews import Reviews, in_order
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
    return _documents(copy.read_bytes(), record, valid.LAST_INSTANT)


def mended(held: Tables, schedule: Schedule, others: Mapping[str, Document] | None = None) -> Tables | None:
    """Return tables in which all fits, None when it does in these.

    `others` are reviews that had to share their id with another one. An answer that is there twice is
    undone once. Raises what is in UNREADABLE.
    """
    reviews = held.reviews.united(others or {})
    if not in_order(list(map(int, reviews))):
        reviews = Reviews(encode({id_: reviews[id_] for id_ in sorted(reviews, key=int)}))
    if twice := answered_twice(reviews.history()):
        after = reviews.newest + 1
        undone = {str(id_): document(_tombstone(reviews, other)) for id_, other in enumerate(twice, after)}
        reviews = Reviews(encode({**reviews, **undone}))
    new = replace(held, reviews=reviews)
    union.rebuild(new, schedule)
    if reviews is held.reviews and not misfits(held, schedule):
        return None
    return new


def _tombstone(reviews: Reviews, id_: int) -> Undo:
    found = reviews[str(id_)]
    return Undo(int(found.get("home", id_)), content_sum(found))


def misfits(held: Tables, schedule: Schedule) -> tuple[set[str], set[str]] | None:
    """Return which cards and days are not what the reviews give, by their keys; None when all are.

    Raises what is in UNREADABLE, also when the reviews are not such as a record can hold.
    """
    held.check(valid.HIGHEST_ID)
    len(held.reviews)  # decodes what the history passes over: keys that we don't know
    right = replace(held)
    union.rebuild(right, schedule)
    cards = {
        key
        for key in held.cards.keys() | right.cards.keys()
        if not _alike(held.cards.get(key), right.cards.get(key))
    }
    days = {key for key in held.days.keys() | right.days.keys() if held.days.get(key) != right.days.get(key)}
    return (cards, days) if cards or days else None


def answered_twice(history: Mapping[int, Review]) -> list[int]:
    """Return the ids of reviews that tell an answer which an earlier one told: same card, same instant."""
    told: set[tuple[str, int]] = set()
    twice = []
    for id_ in sorted(history):
        answer = history[id_].card, history[id_].at or id_
        if answer in told:
            twice.append(id_)
        told.add(answer)
    return twice


def in_file(content: bytes) -> list[tuple[str, Document]]:
    """Return the reviews and tombstones of a file in its own order, with every one of the same id.

    JSON readers see the last of those only. Nothing is returned when it can't be read.
    """
    try:
        file = json.loads(content, object_pairs_hook=_Pairs)
        found = [table for name, table in file if name == "reviews"] if isinstance(file, _Pairs) else []
        return [
            (id_, each.plain())
            for table in found
            if isinstance(table, _Pairs)
            for id_, each in table
            if isinstance(each, _Pairs)
        ]
    except UNREADABLE:
        return []


def doubled(reviews: Iterable[tuple[str, Document]]) -> Table:
    """Return the reviews whose id stands again further on for another one."""
    seen: Table = {}
    found: Table = {}
    for id_, each in reviews:
        if id_ in seen and seen[id_] != each and _is_review(id_, seen[id_]):
            found[id_] = seen[id_]
        seen[id_] = each
    return found


class _Pairs(list[tuple[str, Any]]):
    """A JSON object with all its members, those of the same name too."""

    def plain(self) -> Document:
        return {name: value.plain() if isinstance(value, _Pairs) else value for name, value in self}


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
        self._tables: dict[str, Table] = {
            name: {} for name in ("reviews", "cards", "days", "settings", "interviews")
        }

    def add(self, id_: str, found: Document, last: int = valid.HIGHEST_ID) -> None:
        """Keep a document if it is one of ours."""
        if _is_review(id_, found, last):
            self._tables["reviews"][id_] = found
        elif _is_day(id_, found):
            self._tables["days"][id_] = found
        elif _is_valid(valid.check_setting, id_, found):
            self._tables["settings"][id_] = found
        elif _is_valid(valid.check_interview, id_, found):
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


def _is_valid(check: Callable[[str, Document], None], id_: str, found: Document) -> bool:
    try:
        check(id_, found)
    except UNREADABLE:
        return False
    return True


def _is_review(id_: str, found: object, last: int = valid.HIGHEST_ID) -> bool:
    try:
        valid.check_review(id_, encode(found), last)
    except UNREADABLE:
        return False
    return True


def _is_day(id_: str, found: Document) -> bool:
    try:
        valid.check_totals(found)
        return bool(found) and day_of(id_) is not None and 0 < _answers(found) <= _MOST_A_DAY
    except UNREADABLE:
        return False


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


def _alike(one: Document | None, other: Document | None) -> bool:
    """Whether two documents of a card say the same; the last digits depend on the machine."""
    if one is None or other is None:
        return one is other
    try:
        valid.check_card(one)
    except UNREADABLE:
        return False
    (card, state, said), right = card_parts(one), card_parts(other)
    return (card, said) == (right[0], right[2]) and _same_memory(state, right[1])


def _same_memory(one: CardState | None, other: CardState | None) -> bool:
    if one is None or other is None:
        return one is other
    close = math.isclose(one.stability, other.stability, rel_tol=1e-6) and math.isclose(
        one.difficulty, other.difficulty, rel_tol=1e-6
    )
    exact = msgspec.structs.replace(one, stability=other.stability, difficulty=other.difficulty)
    return close and exact == other
