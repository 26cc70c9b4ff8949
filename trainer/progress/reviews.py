"""The table of reviews: kept as the JSON it was read as, read from its end, and united with another."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import msgspec

from trainer.disk import Buffer
from trainer.memory.state import Review
from trainer.progress.documents import Document, Forgetting, Table, Undo, content_sum, encode

_ID = re.compile(rb'"(\d+)"\s*:\s*\{')
_BETWEEN = re.compile(rb'\},"\d+":\{')
"""Where one document ends and the next begins. In a JSON text nothing else looks like it."""
_BLANK = re.compile(rb"\s*")
_PART = 65_536
"""Bytes that are decoded at once: some three hundred reviews."""
_HOME, _UNDO, _FORGET = b'"home":', b'"undo":', b'"forget":'
_FORGETS = re.compile(_FORGET)


_REVIEW = msgspec.json.Decoder(Review)
_DOCUMENTS = msgspec.json.Decoder(dict[int, msgspec.Raw])
_UNDOS = msgspec.json.Decoder(dict[int, Undo])
_FORGETTINGS = msgspec.json.Decoder(dict[int, Forgetting])


class StoredReview(NamedTuple):
    """A review that was not undone, still encoded."""

    id: int
    encoded: msgspec.Raw

    def review(self) -> Review:
        """Decode it. Raises msgspec.ValidationError."""
        found = _REVIEW.decode(self.encoded)
        if found.at is None and (home := _home_of(self.id, self.encoded)) != self.id:
            return msgspec.structs.replace(found, at=home)
        return found

    def tombstone(self) -> Undo:
        """Return what undoes it."""
        return Undo(_home_of(self.id, self.encoded), _sum_of(self.encoded))


class Reviews(Mapping[str, Document]):
    """Reviews, tombstones and lines that forget a card, by id; decoded only where somebody looks.

    Most sessions never look at a review of an earlier one, and there may be 200,000. The ids
    rise from the first to the last.
    """

    def __init__(self, encoded: Buffer = b"{}", *, forgets: bool | None = None) -> None:
        """Take a JSON object whose ids rise. Raises ValueError when it is another JSON value.

        `forgets` says whether a line in it forgets a card, None where that is not known.
        """
        members = _members(encoded)
        self._forgets = forgets
        self._pieces: list[Buffer] = [members] if members else []
        self.newest: int = _last_id(members)
        """The highest id, 0 without any: new ones rise from there, whatever the clock says."""

    @classmethod
    def of(cls, documents: Mapping[str, Document]) -> "Reviews":
        """Return documents as a table, in the order of their ids. Raises ValueError for ids that are none."""
        by_id = {int(id_): found for id_, found in documents.items() if id_.isdecimal()}
        if len(by_id) < len(documents):
            raise ValueError("an id is not a number, or stands there twice")
        return cls(encode({str(id_): by_id[id_] for id_ in sorted(by_id)}))

    def add(self, documents: Mapping[str, Document]) -> None:
        """Put new reviews and tombstones at the end; their ids are higher than `newest`."""
        if not documents:
            return
        self._forgets = any("forget" in found for found in documents.values()) or self._forgets
        self._pieces.append(_members(encode(documents)))
        self.newest = max(self.newest, *map(int, documents))
        self.__dict__.pop("_decoded", None)

    def united(self, others: Mapping[str, Document]) -> "Reviews":
        """Return what is in either table; these reviews themselves when that is all.

        A review is told by the id it was given and by what it says. Where two have the same
        id, the later ones in the order of their content stand at the next free ids and say
        where they come from. So it makes no difference in which order, or how often, tables
        are united.
        """
        others = others if isinstance(others, Reviews) else Reviews.of(others)
        if not others.newest:
            return self  # without decoding anything
        ours, theirs = _by_home(self), _by_home(others)
        placed: list[tuple[int, int, bytes]] = []
        last = 0
        for home in sorted(ours.keys() | theirs.keys()):
            for content in _distinct(ours.get(home, []), theirs.get(home, [])):
                last = max(home, last + 1)
                placed.append((last, home, content))
        if len(placed) == sum(map(len, ours.values())):
            return self
        return Reviews(b"{%b}" % b",".join(_placed(*each) for each in placed))

    @property
    def forgets(self) -> bool:
        """Whether a line forgets a card; one that was taken back counts too."""
        if self._forgets is None:
            self._forgets = any(map(_FORGETS.search, self._pieces))
        return self._forgets

    def history(self, since: int = 0) -> dict[int, Review]:
        """Return the reviews from the id `since` on that were not undone. Raises what is in UNREADABLE."""
        parts = [(_HOME in part, kept) for part, kept in self._kept(since)]
        found = {
            id_: StoredReview(id_, encoded).review() if moved else _REVIEW.decode(encoded)
            for moved, kept in reversed(parts)
            for id_, encoded in kept.items()
            if id_ >= since
        }
        _begin_anew(found, self.forgettings())
        return found

    def forgettings(self) -> dict[int, str]:
        """Return the lines that forget a card and were not undone: the cards by the lines' ids.

        Raises what is in UNREADABLE.
        """
        if not self.forgets:
            return {}
        lines = [_forgettings_in(part, standing) for part, standing in self._standing(wanted=_FORGET)]
        return {id_: card for part in reversed(lines) for id_, card in part.items()}

    def forgotten(self) -> set[str]:
        """Return the cards that were forgotten and not answered since. Raises what is in UNREADABLE."""
        lines = self.forgettings()
        return _begin_anew(self.history(min(lines)), lines) if lines else set()

    def history_of(self, card: str) -> dict[int, Review]:
        """Return the reviews of one card that were not undone. Raises what is in UNREADABLE."""
        name = encode(card)
        found = [
            (id_, review)
            for part, kept in self._kept()
            if name in part
            for id_, encoded in reversed(kept.items())
            if name in bytes(encoded) and (review := StoredReview(id_, encoded).review()).card == card
        ]
        history = dict(reversed(found))
        _begin_anew(history, self.forgettings())
        return history

    def recent(self, count: int) -> list[tuple[int, Review]]:
        """Return so many of the newest reviews that were not undone. Raises what is in UNREADABLE."""
        found: list[tuple[int, Review]] = []
        for _, kept in self._kept():
            if len(found) >= count:
                break
            newest = list(kept.items())[: -(count - len(found)) - 1 : -1]
            found += [(id_, StoredReview(id_, encoded).review()) for id_, encoded in newest]
        return found[::-1]

    def last(self) -> StoredReview | None:
        """Return the newest review that was not undone. Raises what is in UNREADABLE."""
        for _, kept in self._kept():
            if kept:
                return StoredReview(*kept.popitem())
        return None

    def count(self) -> int:
        """Return how many reviews were not undone. Raises what is in UNREADABLE."""
        return sum(len(kept) for _, kept in self._kept())

    def _kept(self, since: int = 0) -> Iterator[tuple[bytes, dict[int, msgspec.Raw]]]:
        """Yield the table part by part, the newest first, each with its reviews that were not undone."""
        for part, standing in self._standing(since):
            for id_ in _forgettings_in(part, standing):
                del standing[id_]
            yield part, standing

    def _standing(
        self, since: int = 0, wanted: bytes = b""
    ) -> Iterator[tuple[bytes, dict[int, msgspec.Raw]]]:
        """Yield the table part by part, the newest first, each with what was not undone in it.

        Parts that are older than the id `since` are not decoded: a tombstone always stands
        behind what it undoes. Nor are those without tombstones in which nothing `wanted` is.
        """
        undone: dict[int, set[int | None]] = {}
        for part in self._parts():
            if wanted not in part and _UNDO not in part:
                continue
            documents = _DOCUMENTS.decode(b"{%b}" % part)
            oldest = next(iter(documents), 0)
            if _UNDO in part:
                for id_, found in _UNDOS.decode(b"{%b}" % part).items():
                    if found.undo is not None:
                        undone.setdefault(found.undo, set()).add(found.sum)
                        del documents[id_]
            for id_ in list(documents) if _HOME in part else undone.keys() & documents.keys():
                if _is_undone(id_, documents[id_], undone):
                    del documents[id_]
            yield part, documents
            if oldest < since:
                return

    def check(self, last: int) -> None:
        """Check every document, and that no id is above `last`. Raises what is in UNREADABLE."""
        from trainer.progress.bulk import check_reviews  # noqa: PLC0415 — our own files are not checked

        check_reviews(b"".join(self.encoded()), last)

    def encoded(self) -> Iterator[Buffer]:
        """Yield the pieces of the JSON object."""
        yield b"{"
        for number, piece in enumerate(self._pieces):
            if number:
                yield b","
            yield piece
        yield b"}"

    def _parts(self) -> Iterator[bytes]:
        """Yield whole documents, the newest first, as many at once as is quick to decode."""
        for piece in reversed(self._pieces):
            view = memoryview(piece)
            end = len(view)
            while end > 0:
                start = _start_of_part(view, end)
                yield bytes(view[start:end])
                end = start - 1  # before the comma

    @cached_property
    def _decoded(self) -> Table:
        return msgspec.json.decode(b"".join(self.encoded()), type=Table)

    def __getitem__(self, id_: str) -> Document:
        return self._decoded[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self._decoded)

    def __len__(self) -> int:
        return len(self._decoded)


def in_order(ids: list[int]) -> bool:
    """Return whether ids rise."""
    return all(one < other for one, other in pairwise(ids))


def _forgettings_in(part: bytes, standing: Mapping[int, msgspec.Raw]) -> dict[int, str]:
    """Return which documents of a part are lines that forget a card: the cards by their ids."""
    if _FORGET not in part:
        return {}
    lines = _FORGETTINGS.decode(b"{%b}" % part).items()
    return {id_: found.forget for id_, found in lines if found.forget and id_ in standing}


def _begin_anew(history: dict[int, Review], forgettings: Mapping[int, str]) -> set[str]:
    """Say of the first review behind each line that forgets its card that it begins anew.

    Both are in the order of their ids. Return the cards without a review behind such a line.
    """
    if not forgettings:
        return set()
    forgotten: set[str] = set()
    waiting = list(forgettings.items())[::-1]
    for id_, review in history.items():
        while waiting and waiting[-1][0] < id_:
            forgotten.add(waiting.pop()[1])
        if review.card in forgotten:
            forgotten.discard(review.card)
            history[id_] = msgspec.structs.replace(review, anew=True)
    return forgotten | {card for _, card in waiting}


def _by_home(reviews: Reviews) -> dict[int, list[bytes]]:
    """Return what each id was given to, without what tells that it stands elsewhere."""
    found: dict[int, list[bytes]] = {}
    encoded = b"".join(reviews.encoded())
    for id_, document in msgspec.json.decode(encoded, type=dict[int, msgspec.Raw]).items():
        content, home = bytes(document), id_
        if _HOME in content:
            decoded = msgspec.json.decode(content, type=Document)
            home = msgspec.convert(decoded.pop("home", id_), int)
            content = encode(decoded)
        found.setdefault(home, []).append(content)
    return found


def _home_of(id_: int, encoded: msgspec.Raw) -> int:
    """Return the id that a review was given; it stands elsewhere when another one had the same."""
    if _HOME not in bytes(encoded):
        return id_
    return msgspec.convert(msgspec.json.decode(encoded, type=Document).get("home", id_), int)


def _sum_of(encoded: msgspec.Raw) -> int:
    return content_sum(msgspec.json.decode(encoded, type=Document))


def _is_undone(id_: int, encoded: msgspec.Raw, undone: Mapping[int, set[int | None]]) -> bool:
    sums = undone.get(_home_of(id_, encoded), set())
    return None in sums or (bool(sums) and _sum_of(encoded) in sums)


def _distinct(ours: list[bytes], theirs: list[bytes]) -> Iterable[bytes]:
    """Return the different ones of what has the same home, in an order that their content gives."""
    if not theirs or ours == theirs:
        return ours
    if not ours:
        return theirs
    by_content: dict[bytes, bytes] = {}
    for document in sorted([*ours, *theirs]):
        content = msgspec.json.encode(msgspec.json.decode(document), order="sorted")
        by_content.setdefault(content, document)
    return [by_content[content] for content in sorted(by_content)]


def _placed(id_: int, home: int, content: bytes) -> bytes:
    if id_ != home:
        content = encode({"home": home, **msgspec.json.decode(content)})
    return b'"%d":%b' % (id_, content)


def _start_of_part(view: memoryview, end: int) -> int:
    """Return where to begin so that about _PART bytes up to `end` are whole documents."""
    size = _PART
    while (near := end - size) > 0:
        if between := _BETWEEN.search(view, near, end):
            return between.start() + 2
        size *= 2
    return 0


def _members(encoded: Buffer) -> Buffer:
    """Return what stands between the braces of a JSON object, empty when it has no members."""
    if encoded[:1] != b"{":
        raise ValueError("Expected `object`")
    members = memoryview(encoded)[1:-1]
    return b"" if _BLANK.fullmatch(members) else members


def _last_id(members: Buffer) -> int:
    if not members:
        return 0
    near_the_end = [int(id_) for id_ in _ID.findall(members[-_PART:])]
    return max(near_the_end or [int(id_) for id_ in _ID.findall(members)], default=0)
