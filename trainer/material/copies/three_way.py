"""Two sheets that come from one, brought together: a learner's edits, and what is new in the shipped sheet.

All is raw TOML data, whatever keys a sheet has. Items with ids are matched by them, other entries of a list
by what they say. What only one side changed is taken from it; where both changed the same text the learner's
stands and the clash is told, except at the ways that were corrected for law or safety.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from trainer.material.changes import Way
from trainer.material.copies.line_matching import (
    has_id,
    holds,
    id_of_line,
    rewords,
    same_lines,
    with_ids_apart,
)
from trainer.material.copies.outdated import without_outdated
from trainer.material.differences import Raw, folded


class _Gone(Enum):
    """Nothing stands there; TOML knows no None."""

    GONE = "gone"


_GONE = _Gone.GONE


@dataclass(frozen=True)
class Told:
    """Something of a merge that the learner is told."""

    way: Way
    yours: Any
    """What stood in the learner's copy."""
    shipped: Any
    """What the shipped sheet has; None for nothing."""
    reason: str = ""
    """Why the shipped text took the place of the learner's; empty where the learner's stands."""
    edited: bool = True
    """Whether the learner had changed the text: what they left as it was shipped is no loss to them."""


@dataclass(frozen=True)
class Merged:
    """A learner's copy with what is new in the shipped sheet."""

    sheet: Raw
    told: tuple[Told, ...]
    whole: bool = True
    """Whether all that is new is in it, not only what was corrected for law or safety."""

    @property
    def replaced(self) -> tuple[Told, ...]:
        """What was corrected for law or safety."""
        return tuple(told for told in self.told if told.reason)


def merge_sheets(base: Raw, mine: Raw, shipped: Raw, corrected: Mapping[Way, str]) -> Merged:
    """Return the learner's sheet (`mine`) with what changed from `base` to `shipped`.

    `corrected` holds the ways at which the shipped text always wins, each with its reason.
    """
    merge = _Merge(corrected)
    merged = merge.tables((), base, mine, shipped)
    return _swept(merged, base, shipped, corrected, merge.told)


def only_corrected(base: Raw, mine: Raw, shipped: Raw, corrected: Mapping[Way, str]) -> Merged:
    """Return the learner's sheet with nothing new but what was corrected for law or safety."""
    told: list[Told] = []
    for way in corrected:
        part = _Merge({way: corrected[way]})
        alone = _with_part_of(base, shipped, way)
        mine = part.tables((), base, mine, alone)
        told += part.told
    return _swept(mine, base, shipped, corrected, told)


def _swept(
    merged: Raw, base: Raw, shipped: Raw, corrected: Mapping[Way, str], told: Sequence[Told]
) -> Merged:
    sheet, found = without_outdated(merged, base, shipped, corrected)
    return Merged(sheet, (*told, *(Told(*each) for each in found)))


class _Merge:
    def __init__(self, corrected: Mapping[Way, str]) -> None:
        self._corrected = corrected
        self.told: list[Told] = []

    def tables(self, way: Way, base: Raw, mine: Raw, shipped: Raw) -> Raw:
        """Merge key by key, in the learner's order."""
        merged = {
            key: self._value((*way, key), *(side.get(key, _GONE) for side in (base, mine, shipped)))
            for key in [*mine, *(key for key in shipped if key not in mine)]
        }
        return {key: value for key, value in merged.items() if value is not _GONE}

    def _value(self, way: Way, base: Any, mine: Any, shipped: Any) -> Any:
        if shipped in (mine, base):
            return mine
        if mine == base and not self._reason(way, below=True):
            return shipped
        if has_id(mine) or has_id(shipped):
            base, mine, shipped = _with_ids(base, mine, shipped)
        if isinstance(mine, dict) and isinstance(shipped, dict):
            return self.tables(way, base if isinstance(base, dict) else {}, mine, shipped)
        if isinstance(mine, list) and isinstance(shipped, list):
            return self._lists(way, base if isinstance(base, list) else [], mine, shipped)
        if isinstance(mine, list) and isinstance(base, list) and shipped is _GONE:
            return self._lists(way, base, mine, [])
        if mine is _GONE:
            return shipped if base is _GONE else _GONE  # what the learner took out stays out
        # An item that is gone takes with it what was corrected in it.
        reason = self._reason(way, below=shipped is _GONE)
        if reason or mine != base:
            self._tell(way, mine, shipped, reason, edited=mine != base)
        return shipped if reason or mine == base else mine

    def _lists(self, way: Way, base: list[Any], mine: list[Any], shipped: list[Any]) -> Any:
        keys = _keys(base, mine, shipped)
        sides = [dict(zip(k, side, strict=True)) for k, side in zip(keys, (base, mine, shipped), strict=True)]
        places = {key: place for place, key in reversed([*enumerate(keys[1]), *enumerate(keys[2])])}
        reason, old, new = self._reason(way), sides[0], sides[2]
        outdated = [said for key, said in old.items() if reason and new.get(key) != said]
        merged = []
        for key in _woven(*keys):
            here = (*way, key if isinstance(key, str) else places[key])
            value, there = self._value(here, *(side.get(key, _GONE) for side in sides)), new.get(key, _GONE)
            if value not in (_GONE, there) and _is_outdated(value, outdated, own=key not in old):
                self._tell(here, value, there, reason)
                value = there
            merged.append(value)
        entries = [value for value in merged if value is not _GONE]
        return (with_ids_apart(entries) if any(map(has_id, entries)) else entries) or _GONE

    def _reason(self, way: Way, *, below: bool = False) -> str:
        """Return why what stands at a way was corrected, or with `below` something within it."""
        for corrected, reason in self._corrected.items():
            if way[: len(corrected)] == corrected or (below and corrected[: len(way)] == way):
                return reason
        return ""

    def _tell(self, way: Way, mine: Any, shipped: Any, reason: str, *, edited: bool = True) -> None:
        self.told.append(Told(way, mine, None if shipped is _GONE else shipped, reason, edited))


def _with_ids(base: Any, *sides: Any) -> Sequence[Any]:
    """Return the sides of a résumé line, all with an id: their own, else that of the base."""
    of_base = None if base is _GONE else id_of_line(base)
    return [
        {"id": of_base or id_of_line(side), "text": side} if isinstance(side, str) else side
        for side in (base, *sides)
    ]


def _is_outdated(value: Any, outdated: Sequence[Any], *, own: bool) -> bool:
    """Return whether a value still says what was corrected; a line of the learner's `own` also nearly so."""
    return any(holds(value, each) or (own and rewords(value, each)) for each in outdated)


_Key = str | tuple[str, int]
"""What an entry of a list is matched by: its id, or a text and a number."""


def _keys(base: list[Any], mine: list[Any], shipped: list[Any]) -> Sequence[Sequence[_Key]]:
    """Return the keys of the three lists; the same key means the same entry."""
    sides = (base, mine, shipped)
    if all(_has_ids(side) for side in sides):
        return [[item["id"] for item in side] for side in sides]
    places = [("", place) for place in range(len(base))]
    lines = any(has_id(entry) for side in sides for entry in side)
    return [places, *(_matched(base, side, lines=lines) for side in (mine, shipped))]


def _has_ids(items: list[Any]) -> bool:
    ids = [item.get("id") if isinstance(item, dict) else None for item in items]
    return all(isinstance(id_, str) for id_ in ids) and len(set(ids)) == len(ids)


def _matched(base: list[Any], other: list[Any], *, lines: bool) -> list[_Key]:
    same = same_lines(base, other)
    keys: list[_Key] = []
    for place, entry in enumerate(other):
        if place in same:
            keys.append(("", same[place]))
            continue
        text = f"new {id_of_line(entry) if lines else folded(entry)}"
        keys.append((text, sum(isinstance(key, tuple) and key[0] == text for key in keys)))
    return keys


def _woven(base: Sequence[_Key], mine: Sequence[_Key], shipped: Sequence[_Key]) -> list[_Key]:
    """Return all keys in one order: that of the shipped sheet, unless the learner put them in another."""
    known = [key for key in mine if key in set(base)]
    kept_order = known == [key for key in base if key in set(known)]
    first, second = (shipped, mine) if kept_order else (mine, shipped)
    order = list(first)
    before: _Key | None = None
    for key in second:
        if key not in order:
            order.insert(order.index(before) + 1 if before is not None else 0, key)
        before = key
    return order


def _with_part_of(base: Any, shipped: Any, way: Way) -> Any:
    """Return `base` with the part at a way as `shipped` has it, as far as both have it."""
    if not way:
        return shipped
    step, *rest = way
    if isinstance(base, dict) and isinstance(shipped, dict):
        if step not in shipped:
            return {key: value for key, value in base.items() if key != step}
        if step not in base:
            return base
        return {**base, step: _with_part_of(base[str(step)], shipped[str(step)], tuple(rest))}
    if not (isinstance(base, list) and isinstance(shipped, list)):
        return base
    new = {item["id"]: item for item in shipped if isinstance(item, dict) and "id" in item}
    parts = []
    for item in base:
        if not (isinstance(item, dict) and item.get("id") == step):
            parts.append(item)
        elif step in new:
            parts.append(_with_part_of(item, new[step], tuple(rest)))
    return parts
