"""Sheets that were merged as data, written into the text of a learner's copy."""

from collections.abc import Iterator
from typing import Any

import tomli

from trainer.errors import EditError
from trainer.material.changes import Add, Change, Drop, Put, Way
from trainer.material.copies.text_merge import merge_texts
from trainer.material.differences import Raw


def written(base: str, mine: str, shipped: str, wanted: Raw) -> str | None:
    """Return the text of a copy that says what is wanted, with its comments and those of the shipped sheet.

    None where its layout has no place for that.
    """
    draft, other = (merge_texts(base, mine, shipped, prefer_shipped=each) for each in (False, True))
    for text in (draft, other):
        if _says(text) == wanted:
            return text
    return _rewritten(draft, wanted) or _rewritten(mine, wanted)


def _says(text: str) -> Raw | None:
    """Return what a text says; None if it is no TOML."""
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError:
        return None


def _rewritten(text: str, wanted: Raw) -> str | None:
    from trainer.material.rewrite import rewrite  # noqa: PLC0415 — tomlkit is for saving alone

    now = _says(text)
    if now is None:
        return None
    try:
        return rewrite(text, list(_changes((), now, wanted)))
    except EditError:
        return None


def _changes(way: Way, now: Raw, wanted: Raw) -> Iterator[Change]:
    for key in [*now, *(key for key in wanted if key not in now)]:
        one, other, here = now.get(key), wanted.get(key), (*way, key)
        if one == other:
            continue
        if isinstance(one, dict) and isinstance(other, dict):
            yield from _changes(here, one, other)
        elif isinstance(one, list) and isinstance(other, list):
            yield from _changes_of_list(here, one, other)
        else:
            yield Put(here, one, other)


def _changes_of_list(way: Way, now: list[Any], wanted: list[Any]) -> Iterator[Change]:
    old, new = _by_id(now), _by_id(wanted)
    if not (old and new) or way[-1] == "variants":  # lines stand in a list, not in tables
        yield from _changes_of_entries(way, now, wanted)
        return
    yield from (Drop((*way, id_), item) for id_, item in old.items() if id_ not in new)
    before = ""
    for id_, item in new.items():
        if id_ not in old:
            yield Add((*way, before), (item,))
        else:
            yield from _changes((*way, id_), old[id_], item)
            before = id_


def _changes_of_entries(way: Way, now: list[Any], wanted: list[Any]) -> Iterator[Change]:
    if len(now) != len(wanted):
        yield Put(way, now, wanted)
        return
    for place, (one, other) in enumerate(zip(now, wanted, strict=True)):
        if isinstance(one, dict) and isinstance(other, dict):
            yield from _changes((*way, place), one, other)
        elif one != other:
            yield Put((*way, place), one, other)


def _by_id(items: list[Any]) -> dict[str, Raw]:
    """Return items by their ids; nothing where not all have one."""
    found = {str(item["id"]): item for item in items if isinstance(item, dict) and "id" in item}
    return found if len(found) == len(items) else {}
