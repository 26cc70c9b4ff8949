"""Whether what a record says fits together, and how it is made to: all follows from its reviews."""

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import msgspec

from trainer.memory.schedule import Schedule
from trainer.memory.state import CardState, Review
from trainer.progress import union, valid
from trainer.progress.documents import (
    UNREADABLE,
    Document,
    Table,
    Undo,
    card_parts,
    content_sum,
    document,
    encode,
)
from trainer.progress.reviews import Reviews, in_order
from trainer.progress.tables import Tables

_REVIEWS = re.compile(rb'"reviews"\s*:\s*\{')
_ID = re.compile(rb'"(\d{1,19})"\s*:\s*\{')


def corrected(held: Tables, schedule: Schedule, others: Mapping[str, Document]) -> Tables | None:
    """Return tables in which all fits, None when it does in these.

    `others` are reviews that had to share their id with another one. An answer that is there twice is
    undone once. Raises what is in UNREADABLE.
    """
    reviews = held.reviews.united(others)
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

    JSON readers see the last of those only. Nothing is returned when it can't be read, or its ids rise as
    they should: to read ten years of reviews for that takes seconds.
    """
    if _ids_rise(content):
        return []
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
        if id_ in seen and seen[id_] != each and is_review(id_, seen[id_]):
            found[id_] = seen[id_]
        seen[id_] = each
    return found


def _ids_rise(content: bytes) -> bool:
    """Return whether a file has one table of reviews, and each id in it is higher than the one before."""
    tables = list(_REVIEWS.finditer(content))
    return len(tables) == 1 and in_order([int(hit[1]) for hit in _ID.finditer(content, tables[0].end())])


class _Pairs(list[tuple[str, Any]]):
    """A JSON object with all its members, those of the same name too."""

    def plain(self) -> Document:
        return {name: value.plain() if isinstance(value, _Pairs) else value for name, value in self}


def is_review(id_: str, found: object, last: int = valid.HIGHEST_ID) -> bool:
    """Return whether a document is one that the table of reviews can hold, with ids up to `last`."""
    try:
        valid.check_review(id_, encode(found), last)
    except UNREADABLE:
        return False
    return True


def _alike(one: Document | None, other: Document | None) -> bool:
    """Return whether two documents of a card say the same; the last digits depend on the machine."""
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
