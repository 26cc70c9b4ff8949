"""Changes to a sheet, apart from the file that holds it.

A part of a sheet is named by the way to it: keys, ids and positions, as in
`("levels", "junior", "indicators", "following-cues", "variants", 2)`. All ways of a list of
changes are meant as the sheet is before the first of them.
"""

import copy
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from trainer.errors import EditError
from trainer.material.sections import ONE_OF
from trainer.material.sheet import Sheet

Way = tuple[str | int, ...]


class Put(Struct, frozen=True):
    """Put a value in the place of another; None stands for nothing there."""

    way: Way
    before: Any
    """What is there as far as the one who changes it knows; where it is something else, it is refused."""
    after: Any


class Add(Struct, frozen=True):
    """Put new items behind another of the same section, and behind what was added there before."""

    behind: Way
    """With an empty id at its end when they become the first."""
    items: tuple[Mapping[str, Any], ...]


class Drop(Struct, frozen=True):
    """Take an item out."""

    way: Way
    before: Mapping[str, Any]


Change = Put | Add | Drop


def raw_of(part: Struct) -> dict[str, Any]:
    """Return a sheet, or an item of one, as its TOML would be read; what has its default is left out."""
    raw: dict[str, Any] = plain(part)
    return raw


def plain(value: object) -> Any:
    """Return any value of a sheet as its TOML would be read."""
    return msgspec.json.decode(msgspec.json.encode(value))


def find(raw: Any, way: Way) -> Any:
    """Return what stands at the end of a way, None if nothing does."""
    for step in way:
        if isinstance(raw, Mapping):
            raw = raw.get(step)
        elif isinstance(raw, list):
            place = place_of(raw, step)
            raw = raw[place] if 0 <= place < len(raw) else None
        else:
            return None
    return raw


def place_of(items: Sequence[Any], step: str | int) -> int:
    """Return the position that a step of a way means in a list, -1 for an id that is not there."""
    if isinstance(step, int):
        return step
    ids = [str(item.get("id", "")).strip() if isinstance(item, Mapping) else "" for item in items]
    return ids.index(step) if step in ids else -1


def item_way(way: Way) -> Way:
    """Return the way to the item that a part belongs to."""
    ids = [i for i in range(1, len(way)) if way[i - 1] in ONE_OF and isinstance(way[i], str)]
    return way[: ids[-1] + 1] if ids else ()


def in_words(way: Way) -> str:
    """Return a way as the messages on sheets write it: `term "asm" › meaning`."""
    words: list[str] = []
    for before, step in zip((None, *way), way, strict=False):
        if isinstance(step, int):
            words[-1] += f" {step + 1}"
        elif before in ONE_OF:
            words[-1] = f'{ONE_OF[str(before)]} "{step}"'
        else:
            words.append(step)
    return " › ".join(words)


def conflicts(sheet: Sheet, changes: Sequence[Change]) -> dict[Way, Any]:
    """Return, by its way, what stands in a sheet where a change takes something else to stand."""
    raw = raw_of(sheet)
    found: dict[Way, Any] = {}
    for change in changes:
        if isinstance(change, Add):
            continue
        present = find(raw, change.way)
        wanted = change.after if isinstance(change, Put) else None
        if (present or None) not in ((change.before or None), (wanted or None)):
            found[change.way] = present
    return found


def apply(raw: dict[str, Any], changes: Sequence[Change]) -> dict[str, Any]:
    """Return a sheet's raw data with changes made. Raises EditError if an item is not there."""
    raw = copy.deepcopy(raw)
    added: set[Way] = set()
    for change in in_order(changes):
        match change:
            case Put(way, _, after):
                _put(raw, way, copy.deepcopy(after))
            case Add():
                _add(raw, change, added)
            case Drop(way):
                _drop(raw, way)
    return raw


def _add(raw: dict[str, Any], add: Add, added: set[Way]) -> None:
    *around, section, id_ = add.behind
    items = found_at(raw, tuple(around)).setdefault(section, [])
    place = _there(items, add.behind) + 1 if id_ else 0
    here = (*around, section)
    while place < len(items) and (*here, items[place].get("id")) in added:
        place += 1
    items[place:place] = copy.deepcopy([dict(item) for item in add.items])
    added.update((*here, item.get("id", "")) for item in add.items)


def _drop(raw: dict[str, Any], way: Way) -> None:
    *around, section, _ = way
    items = found_at(raw, way[:-1])
    del items[_there(items, way)]
    if not items:
        del found_at(raw, tuple(around))[section]


def _there(items: Sequence[Any], way: Way) -> int:
    """Return the position of the item that a way ends on. Raises EditError if it is not there."""
    place = place_of(items, way[-1])
    if place < 0:
        raise EditError(f"{in_words(way)}: it is not there any more. Nothing was changed.")
    return place


def found_at(raw: Any, way: Way) -> Any:
    """Return what stands at the end of a way. Raises EditError if nothing does."""
    found = find(raw, way)
    if found is None:
        raise EditError(f"{in_words(way)}: it is not there any more. Nothing was changed.")
    return found


def in_order(changes: Sequence[Change]) -> list[Change]:
    """Return changes so that none moves what another means by a position or a neighbour.

    Values in place of values first, then what is emptied, the last of a list before the first of it,
    then what is new; then whole items.
    """
    puts = [change for change in changes if isinstance(change, Put)]
    emptied = [put for put in puts if put.after is None]
    new = [put for put in puts if put.after is not None and not put.before]
    there = [put for put in puts if put.after is not None and put.before]
    adds = [change for change in changes if isinstance(change, Add)]
    drops = [change for change in changes if isinstance(change, Drop)]
    return [
        *there,
        *sorted(emptied, key=_place, reverse=True),
        *sorted(new, key=_place),
        *adds,
        *drops,
    ]


def _place(put: Put) -> int:
    """Return the position in its list, 0 for what stands in none."""
    return put.way[-1] if isinstance(put.way[-1], int) else 0


def _put(raw: dict[str, Any], way: Way, value: Any) -> None:
    *before, last = way
    if isinstance(last, int):
        items = find(raw, tuple(before))
        if items is None:
            items = found_at(raw, tuple(before[:-1])).setdefault(before[-1], [])
        items[last : last + 1] = [] if value is None else [value]
    elif value is None:
        found_at(raw, tuple(before)).pop(last, None)
    else:
        found_at(raw, tuple(before))[last] = value
