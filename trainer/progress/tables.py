"""What a progress file holds, and the file's own form of it."""

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import msgspec

from trainer.errors import ProgressError
from trainer.memory.state import Review
from trainer.progress.disk import Buffer
from trainer.progress.documents import (
    FORMAT,
    UNREADABLE,
    Changes,
    Document,
    Meta,
    Table,
    Undo,
    document,
    encode,
    newer_format,
)

_ID = re.compile(rb'"(\d+)"\s*:\s*\{')
_BLANK = re.compile(rb"\s*")
_TAIL = 65_536
"""Bytes at the end of the reviews in which to look for the highest id: we write them in order."""

_T = TypeVar("_T")

_CARDS, _REVIEWS = b',"cards":{', b',"reviews":{'
"""Where these tables begin. A JSON text can't hold a bare quotation mark, so nothing else looks like it."""
_META = "1"
"""The id of the one document that we keep in the table `meta`."""


class Reviews(Mapping[str, Document]):
    """The table of reviews, kept as the JSON it was read as and decoded only when asked for.

    Most sessions never look at a review of an earlier one, and there may be 200,000.
    """

    def __init__(self, encoded: Buffer = b"{}") -> None:
        """Take a JSON object. Raises ValueError when it is another JSON value."""
        members = _members(encoded)
        self._pieces: list[Buffer] = [members] if members else []
        self.newest: int = _last_id(members)
        """The highest id, 0 without any: new ones rise from there, whatever the clock says."""

    def add(self, documents: Mapping[str, Document]) -> None:
        """Put new reviews and tombstones at the end; their ids are higher than `newest`."""
        if not documents:
            return
        self._pieces.append(_members(encode(documents)))
        self.newest = max(self.newest, *map(int, documents))
        self.__dict__.pop("_decoded", None)

    def united(self, others: Mapping[str, Document]) -> "Reviews":
        """Return these reviews and tombstones with those of `others` that are not here yet.

        Where two different ones have the same id, the other one gets the next free id.
        """
        here: Table = dict(self)
        moved: dict[object, int] = {}
        for id_ in sorted(map(int, others)):
            found = others[str(id_)]
            if found.get("undo") in moved:
                found = {"undo": moved[found["undo"]]}
            place = id_
            while here.setdefault(str(place), found) != found:
                place += 1
                found = found if "undo" in found else {"at": id_, **found}
            if place != id_:
                moved[id_] = place
        if len(here) == len(self):
            return self
        return Reviews(encode({str(id_): here[str(id_)] for id_ in sorted(map(int, here))}))

    def history(self) -> dict[int, Review]:
        """Return all reviews by id that were not undone. Raises what is in UNREADABLE."""
        encoded = b"".join(self.encoded())
        tombstones = msgspec.json.decode(encoded, type=dict[int, Undo])
        undone = {id_: found.undo for id_, found in tombstones.items() if found.undo is not None}
        gone = {*undone, *undone.values()}
        raw = msgspec.json.decode(encoded, type=dict[int, msgspec.Raw])
        decode = msgspec.json.Decoder(Review).decode
        return {id_: decode(review) for id_, review in raw.items() if id_ not in gone}

    def encoded(self) -> Iterator[Buffer]:
        """Yield the pieces of the JSON object."""
        yield b"{"
        for number, piece in enumerate(self._pieces):
            if number:
                yield b","
            yield piece
        yield b"}"

    @cached_property
    def _decoded(self) -> Table:
        return msgspec.json.decode(b"".join(self.encoded()), type=Table)

    def __getitem__(self, id_: str) -> Document:
        return self._decoded[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self._decoded)

    def __len__(self) -> int:
        return len(self._decoded)


@dataclass
class Tables:
    """The content of a progress file."""

    meta: Meta
    cards: Table = field(default_factory=dict)
    days: Table = field(default_factory=dict)
    reviews: Reviews = field(default_factory=Reviews)
    others: dict[str, msgspec.Raw] = field(default_factory=dict)
    """Tables that we don't know: kept as they are."""
    intact: bool = True
    """Whether the file was as we wrote it; otherwise its states may not fit its reviews."""

    def apply(self, changes: Changes) -> None:
        """Let a line of the journal stand in the tables."""
        self.reviews.add({id_: found for id_, found in changes.get("reviews", {}).items() if found})
        for table, name in ((self.cards, "cards"), (self.days, "days")):
            for id_, found in changes.get(name, {}).items():
                if found is None:
                    table.pop(id_, None)
                else:
                    table[id_] = found

    def plain(self) -> dict[str, Mapping[str, Document]]:
        """Return the tables by name, the reviews not decoded yet."""
        meta = {_META: document(self.meta)}
        return {"meta": meta, "cards": self.cards, "days": self.days, "reviews": self.reviews}

    def in_generation(self, generation: int) -> "Tables":
        """Return the same tables as the content of another file."""
        meta = msgspec.structs.replace(self.meta, generation=generation)
        return replace(self, meta=meta, intact=True)

    def encoded(self) -> Iterator[Buffer]:
        """Yield the pieces of the file."""
        body = list(self._body())
        meta = msgspec.structs.replace(self.meta, sum=_sum(body))
        yield b'{"meta":' + encode({_META: document(meta)})
        yield from body

    def _body(self) -> Iterator[Buffer]:
        yield _CARDS[:-1] + encode(self.cards)
        yield b',"days":' + encode(self.days)
        for name, table in self.others.items():
            yield b"," + encode(name) + b":"
            yield memoryview(table)
        yield _REVIEWS[:-1]
        yield from self.reviews.encoded()
        yield b"}\n"


def parse(content: bytes, path: Path) -> Tables:
    """Read a progress file, of the reviews no more than that they are JSON.

    Raises ProgressError when it is none, or a newer version's.
    """
    raw = _cut_unread(content)
    intact = raw is not None
    if raw is None:
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
        reviews = Reviews(memoryview(raw.get("reviews", b"{}")))
    except ValueError as error:
        raise unreadable(path, f'table "reviews": {error}') from error
    known = ("meta", "cards", "days", "reviews")
    return Tables(
        meta=meta,
        cards=_take(raw, "cards", Table, path),
        days=_take(raw, "days", Table, path),
        reviews=reviews,
        others={name: msgspec.Raw(table) for name, table in raw.items() if name not in known},
        intact=intact,
    )


def unreadable(path: Path, reason: object) -> ProgressError:
    """Return the error that `path` is not what we write."""
    return ProgressError(
        f"{path} is not a progress file that trainer can read, and has not been changed: {reason}. "
        "Put a whole copy of it back, or move it away to begin anew."
    )


class _Format(msgspec.Struct, frozen=True):
    format: int = FORMAT


def _cut_unread(content: bytes) -> dict[str, Buffer | msgspec.Raw] | None:
    """Cut a file into its tables by the marks between them, if it is byte for byte what we wrote.

    To find that out by its sum takes a third of the time that reading the reviews as JSON takes.
    """
    body, reviews = content.find(_CARDS), content.find(_REVIEWS)
    if not 0 < body < reviews:
        return None
    try:
        tables = msgspec.json.decode(content[:reviews] + b"}", type=dict[str, msgspec.Raw])
        meta = msgspec.json.decode(tables.get("meta", b"{}"), type=dict[str, Meta]).get(_META)
    except UNREADABLE:
        return None
    if meta is None or meta.sum != _sum([memoryview(content)[body:]]):
        return None
    return {**tables, "reviews": memoryview(content)[reviews + len(_REVIEWS) - 1 : -2]}


def _sum(pieces: Iterable[Buffer]) -> int:
    found = 0
    for piece in pieces:
        found = zlib.crc32(piece, found)
    return found


def _take(raw: Mapping[str, Buffer | msgspec.Raw], table: str, type_: type[_T], path: Path) -> _T:
    try:
        return msgspec.json.decode(raw.get(table, b"{}"), type=type_)
    except UNREADABLE as error:
        raise unreadable(path, f'table "{table}": {error}') from error


def _members(encoded: Buffer) -> Buffer:
    """Return what stands between the braces of a JSON object, empty when it has no members."""
    if encoded[:1] != b"{":
        raise ValueError("Expected `object`")
    members = memoryview(encoded)[1:-1]
    return b"" if _BLANK.fullmatch(members) else members


def _last_id(members: Buffer) -> int:
    if not members:
        return 0
    near_the_end = [int(id_) for id_ in _ID.findall(members[-_TAIL:])]
    return max(near_the_end or [int(id_) for id_ in _ID.findall(members)], default=0)
