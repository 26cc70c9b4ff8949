"""What a progress file holds, and the file's own form of it."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from typing import TypeVar

import msgspec

from trainer.disk import Buffer
from trainer.errors import ProgressError
from trainer.progress import checksums, valid
from trainer.progress.documents import (
    CHECKS,
    FORMAT,
    UNREADABLE,
    Changes,
    Document,
    FormatNumber,
    Meta,
    Table,
    document,
    encode,
    needed_format,
    newer_format,
)
from trainer.progress.packing import unpacked
from trainer.progress.reviews import Reviews

_T = TypeVar("_T")

_REVIEWS = b',"reviews":{'
_META = "1"
"""The id of the one document that we keep in the table `meta`."""
_CHOICES = ("settings", "interviews")
"""In a file only if there is something in them."""
_PLAIN = ("cards", "days", *_CHOICES)
_CUTS = 100
"""So many places that look like the beginning of the reviews are tried: what we only keep may look so."""


class Condition(Enum):
    """How a file was found."""

    WHOLE = "as it was written"
    MENDED = "with one flipped bit, which is right again"
    CHANGED = "changed by another program, or damaged"
    """So its states may not fit its reviews."""


@dataclass
class Tables:
    """The content of a progress file."""

    meta: Meta
    cards: Table = field(default_factory=dict)
    days: Table = field(default_factory=dict)
    reviews: Reviews = field(default_factory=Reviews)
    settings: Table = field(default_factory=dict)
    interviews: Table = field(default_factory=dict)
    others: dict[str, msgspec.Raw] = field(default_factory=dict)
    """Tables that we don't know: kept as they are."""
    found: Condition = Condition.WHOLE

    @property
    def intact(self) -> bool:
        """Whether the file was as we wrote it, so that its states fit its reviews."""
        return self.found is Condition.WHOLE

    def apply(self, changes: Changes) -> None:
        """Let a line of the journal stand in the tables."""
        self.reviews.add({id_: found for id_, found in changes.get("reviews", {}).items() if found})
        for name, table in self._plain_tables():
            for id_, found in changes.get(name, {}).items():
                if found is None:
                    table.pop(id_, None)
                else:
                    table[id_] = found

    def plain(self) -> dict[str, Mapping[str, Document]]:
        """Return the tables by name, the reviews not decoded yet."""
        meta = {_META: document(self.meta)}
        return {"meta": meta, **dict(self._plain_tables()), "reviews": self.reviews}

    @property
    def is_empty(self) -> bool:
        """Whether nothing in them was said by anybody."""
        return not (self.reviews.newest or self.cards or self.settings or self.interviews)

    @property
    def needed_format(self) -> int:
        """The oldest format that can hold all of them, and no older one than the file has."""
        if self.reviews.forgets:
            return FORMAT
        return max(self.meta.format, needed_format(dict(self._plain_tables())))

    def check(self, last: int = valid.LAST_INSTANT) -> None:
        """Check all that is kept for good, with ids up to `last`: whether it can be united, or put in place.

        States and totals follow from reviews, and are made anew where they can't be trusted. Raises what
        is in UNREADABLE.
        """
        self.reviews.check(last)
        for card in self.cards.values():
            valid.check_marks(card)
            valid.check_nesting(encode(card))
        for name in _CHOICES:
            for id_, found in getattr(self, name).items():
                CHECKS[name](id_, found)
        for table in self.others.values():
            valid.check_nesting(bytes(table))

    def in_generation(self, generation: int) -> "Tables":
        """Return the same tables as the content of another file, in the format that they need."""
        meta = msgspec.structs.replace(self.meta, format=self.needed_format, generation=generation)
        return replace(self, meta=meta, found=Condition.WHOLE)

    def encoded(self) -> Iterator[Buffer]:
        """Yield the pieces of the file."""
        body = list(self._body())
        meta = msgspec.structs.replace(self.meta, format=self.needed_format)
        yield checksums.with_sums(b'{"meta":' + encode({_META: document(meta)}).removesuffix(b"}}"), body)
        yield from body

    def _plain_tables(self) -> list[tuple[str, Table]]:
        """Return the tables that hold documents as they are, by name."""
        return [(name, getattr(self, name)) for name in _PLAIN]

    def _body(self) -> Iterator[Buffer]:
        yield checksums.BODY[:-1] + encode(self.cards)
        yield b',"days":' + encode(self.days)
        for name in _CHOICES:
            if table := getattr(self, name):
                yield b',"%b":' % name.encode() + encode(table)
        for name, other in self.others.items():
            yield b"," + encode(name) + b":"
            yield memoryview(other)
        yield _REVIEWS[:-1]
        yield from self.reviews.encoded()
        yield b"}\n"


def parse(content: bytes, path: Path) -> Tables:
    """Read a progress file, of the reviews no more than that they are JSON.

    A single flipped bit is put right. Raises ProgressError when it is no progress file, or a
    newer version's.
    """
    found = Condition.WHOLE
    try:
        content = unpacked(content)
    except ValueError as error:
        raise unreadable(path, error) from error
    raw = _cut_unread(content)
    if raw is None and (mended := checksums.repaired(content)):
        found = Condition.MENDED
        raw = _cut_unread(mended)
    if raw is None:
        found = Condition.CHANGED
        try:
            raw = dict(msgspec.json.decode(content, type=dict[str, msgspec.Raw]))
        except UNREADABLE as error:
            raise unreadable(path, error) from error
    if _take(raw, "meta", dict[str, _Format], path).get(_META, _Format()).format > FORMAT:
        raise newer_format(path)
    meta = _take(raw, "meta", dict[str, Meta], path).get(_META)
    if meta is None:
        raise unreadable(path, 'its table "meta" has no document 1')
    try:
        reviews = _reviews(raw.get("reviews", b"{}"), found, meta.format)
    except UNREADABLE as error:
        raise unreadable(path, f'table "reviews": {error}') from error
    others = [name for name in raw if name not in {"meta", *_PLAIN, "reviews"}]
    for name in others:
        _take(raw, name, dict[str, msgspec.Raw], path)
    return Tables(
        meta=meta,
        **{name: _take(raw, name, Table, path) for name in _PLAIN},
        reviews=reviews,
        others={name: msgspec.Raw(raw[name]) for name in others},
        found=found,
    )


def unreadable(path: Path, reason: object) -> ProgressError:
    """Return the error that `path` is not what we write."""
    return ProgressError(
        f"{path} is not a progress file that trainer can read, and has not been changed: {reason}. "
        'If it is your record, "trainer doctor --fix" saves what can be read in it, and "trainer backups" '
        "lists whole copies to put back."
    )


class _Format(msgspec.Struct, frozen=True):
    format: FormatNumber = FORMAT


def _cut_unread(content: bytes) -> dict[str, Buffer | msgspec.Raw] | None:
    """Cut a file into its tables by the marks between them, if it is byte for byte what we wrote.

    To find that out by its sum takes a third of the time that reading the reviews as JSON takes.
    """
    body = content.find(checksums.BODY)
    if body <= 0 or not checksums.is_whole(content, body):
        return None
    reviews = body
    for _ in range(_CUTS):
        reviews = content.find(_REVIEWS, reviews + 1)
        if reviews < 0:
            return None
        with suppress(*UNREADABLE):  # within another table, what stands before is no whole object
            tables = msgspec.json.decode(content[:reviews] + b"}", type=dict[str, msgspec.Raw])
            return {**tables, "reviews": memoryview(content)[reviews + len(_REVIEWS) - 1 : -2]}
    return None


def _reviews(raw: Buffer | msgspec.Raw, found: Condition, format_: int) -> Reviews:
    """Take the reviews as they are; those of a changed file are put in our own form first."""
    if found is not Condition.CHANGED:
        return Reviews(memoryview(raw), forgets=None if format_ >= FORMAT else False)
    return Reviews.of(msgspec.json.decode(raw, type=Table))


def _take(raw: Mapping[str, Buffer | msgspec.Raw], table: str, type_: type[_T], path: Path) -> _T:
    try:
        return msgspec.json.decode(raw.get(table, b"{}"), type=type_)
    except UNREADABLE as error:
        raise unreadable(path, f'table "{table}": {error}') from error
