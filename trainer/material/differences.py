"""Changes to a sheet: values that can be shown to a person, made in the sheet, and written to its file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from trainer.material.explain import ONE_OF

Raw = dict[str, Any]
"""A sheet or a part of one, as its TOML file has it."""

Way = tuple[tuple[str, str], ...]
"""The way to an item: section and id, and again for an item within it. Empty for the sheet itself."""

LISTS: Mapping[str, tuple[str, ...]] = {
    "": ("terms", "titles", "levels", "questions", "red_flags", "examples"),
    "levels": ("indicators",),
    "questions": ("points",),
}
"""The sections of a sheet, and of its items, that an import fills."""

TEXT_KEYS: Mapping[str, str] = {
    "terms": "term",
    "titles": "title",
    "levels": "name",
    "indicators": "text",
    "questions": "ask",
    "points": "text",
    "red_flags": "text",
    "examples": "text",
}
"""The key of an item that says in words what it is."""


@dataclass(frozen=True)
class Change:
    """One thing that changes in a sheet, or that stays because a person changed it."""

    kind: Literal["added", "removed", "changed", "kept"]
    way: Way
    """To the item, or to the table that holds `key`."""
    key: str = ""
    """The key that is changed; empty when the item as a whole is meant."""
    old: Any = None
    new: Any = None
    """None when the key goes."""
    after: str = ""
    """For an item that is added: the id of the one before it; empty when it becomes the first."""
    note: str = ""
    """For what is kept: why."""

    def __str__(self) -> str:
        what = ONE_OF[self.way[-1][0]] if self.way else "sheet"
        if self.key and self.key != TEXT_KEYS.get(self.way[-1][0] if self.way else ""):
            what = f"{what}, {self.key.replace('_', ' ')}"
        match self.kind:
            case "added":
                return f"+ {what}: {text_of(self.way, self.new)}"
            case "removed":
                return f"- {what}: {text_of(self.way, self.old)}"
            case "changed":
                return f"~ {what}: {said(self.old)} → {said(self.new)}"
        return f"! {what}: {said(self.new if self.old is None else self.old)} – yours stays. {self.note}"


def apply(sheet: Raw, changes: Sequence[Change]) -> Raw:
    """Return a sheet with the changes made."""
    result: Raw = _copied(sheet)
    added: dict[Way, set[str]] = {}
    for change in changes:
        match change.kind:
            case "changed":
                _put(find(result, change.way), change.key, change.new)
            case "removed":
                _remove(find(result, change.way[:-1]), *change.way[-1])
            case "added":
                here = added.setdefault((*change.way[:-1], (change.way[-1][0], "")), set())
                _add(find(result, change.way[:-1]), change, here)
    return result


def find(sheet: Raw, way: Way) -> Raw:
    """Return the table that a way leads to."""
    table = sheet
    for section, id_ in way:
        table = next(item for item in table[section] if item.get("id") == id_)
    return table


def folded(text: Any) -> str:
    """Return what counts of a text when two are compared."""
    return " ".join(str(text or "").casefold().split())


def text_of(way: Way, item: Raw) -> str:
    """Return what an item says, in its own words."""
    section, id_ = way[-1]
    return str(item.get(TEXT_KEYS[section], id_))


def said(value: Any) -> str:
    """Return a value as it is told in a message."""
    match value:
        case None:
            return "nothing"
        case list():
            return ", ".join(f"“{item}”" for item in value)
        case dict():
            keys = ("term", "title", "name", "ask", "text")
            return f"“{next((value[key] for key in keys if key in value), '')}”"
        case str():
            return f"“{value}”"
    return str(value).lower()


def _put(table: Raw, key: str, value: Any) -> None:
    if value is None:
        table.pop(key, None)
    else:
        table[key] = _copied(value)


def _remove(parent: Raw, section: str, id_: str) -> None:
    parent[section] = [item for item in parent[section] if item.get("id") != id_]
    if not parent[section]:
        del parent[section]


def _add(parent: Raw, change: Change, added: set[str]) -> None:
    """Put an item behind the one it follows, and behind others that were added there."""
    section, id_ = change.way[-1]
    items = parent.setdefault(section, [])
    ids = [item.get("id") for item in items]
    place = ids.index(change.after) + 1 if change.after in ids else 0
    while place < len(ids) and ids[place] in added:
        place += 1
    items.insert(place, _copied(change.new))
    added.add(id_)


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return [_copied(item) for item in value] if isinstance(value, list) else value
