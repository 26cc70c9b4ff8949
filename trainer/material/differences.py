"""What an import changes in a sheet, and what stays because a person changed it, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from trainer.material.changes import Add, Change, Drop, Put, Way
from trainer.material.explain import ONE_OF

Raw = dict[str, Any]
"""A sheet or a part of one, as its TOML file has it."""

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
class Difference:
    """One thing that changes in a sheet, or that stays because a person changed it."""

    kind: Literal["added", "removed", "changed", "kept"]
    way: Way
    """To the item, or to the table that holds `key`; empty for the sheet itself."""
    key: str = ""
    """The key that is changed; empty when the item as a whole is meant."""
    old: Any = None
    new: Any = None
    """None when the key goes."""
    after: str = ""
    """For an item that is added: the id of the one before it; empty when it becomes the first."""
    note: str = ""
    """For what is kept: why."""

    @property
    def change(self) -> Change | None:
        """The change that makes it; None for what is kept."""
        match self.kind:
            case "added":
                return Add((*self.way[:-1], self.after), (self.new,))
            case "removed":
                return Drop(self.way, self.old)
            case "changed":
                return Put((*self.way, self.key), self.old, self.new)
        return None

    def __str__(self) -> str:
        what = ONE_OF[section_of(self.way)] if self.way else "sheet"
        if self.key and self.key != TEXT_KEYS.get(section_of(self.way)):
            what = f"{what}, {self.key.replace('_', ' ')}"
        match self.kind:
            case "added":
                return f"+ {what}: {text_of(self.way, self.new)}"
            case "removed":
                return f"- {what}: {text_of(self.way, self.old)}"
            case "changed":
                return f"~ {what}: {said(self.old)} → {said(self.new)}"
        return f"! {what}: {said(self.new if self.old is None else self.old)} – yours stays. {self.note}"


def section_of(way: Way) -> str:
    """Return the section of the item at a way, empty for the sheet itself."""
    return str(way[-2]) if way else ""


def folded(text: Any) -> str:
    """Return what counts of a text when two are compared."""
    return " ".join(str(text or "").casefold().split())


def text_of(way: Way, item: Raw) -> str:
    """Return what an item says, in its own words."""
    return str(item.get(TEXT_KEYS[section_of(way)], way[-1]))


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
