"""What an import changes in a sheet, and what stays because a person changed it, in words."""

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct

from trainer.material.changes import Add, Change, Drop, Put, Way, plain
from trainer.material.items import Item
from trainer.material.sections import ONE_OF, TEXT_KEYS, text_of

Raw = dict[str, Any]
"""A sheet or a part of one, as its TOML file has it."""


CUT_SHORT = "The page ends before it now, and a copy that was cut short takes nothing out."
"""Why an item stays that an end of the page lacks."""


class Difference(Struct, frozen=True):
    """One thing that changes in a sheet, or that stays though the page is otherwise."""

    kind: Literal["added", "removed", "missing", "changed", "kept"]
    way: Way
    """To the item, or to the table that holds `key`; empty for the sheet itself."""
    key: str = ""
    """The key that is changed; empty when the item as a whole is meant."""
    old: object = None
    new: object = None
    """None when the key goes."""
    after: str = ""
    """For an item that is added: the id of the one before it; empty when it becomes the first."""
    note: str = ""
    """For what is kept: why."""

    @property
    def is_lack(self) -> bool:
        """Whether it is something that the page no longer has, and that stays all the same."""
        return self.kind == "missing" or self.note == CUT_SHORT

    @property
    def change(self) -> Change | None:
        """The change that makes it; None for what is kept."""
        match self.kind:
            case "added":
                return Add((*self.way[:-1], self.after), (plain(self.new),))
            case "removed":
                return Drop(self.way, plain(self.old))
            case "changed":
                return Put((*self.way, self.key), plain(self.old), plain(self.new))
        return None

    def __str__(self) -> str:
        what = ONE_OF[section_of(self.way)] if self.way else "sheet"
        if self.key and self.key != TEXT_KEYS.get(section_of(self.way)):
            what = f"{what}, {self.key.replace('_', ' ')}"
        match self.kind:
            case "added":
                return f"+ {what}: {_named(self.new)}"
            case "removed":
                return f"- {what}: {_named(self.old)}"
            case "missing":
                return f"? {what}: {_named(self.old)} – the page no longer has it. It stays."
            case "changed":
                return f"~ {what}: {said(self.old)} → {said(self.new)}"
        return f"! {what}: {said(self.new if self.old is None else self.old)} – yours stays. {self.note}"


def section_of(way: Way) -> str:
    """Return the section of the item at a way, empty for the sheet itself."""
    return str(way[-2]) if way else ""


def folded(text: Any) -> str:
    """Return what counts of a text when two are compared."""
    return " ".join(str(text or "").casefold().split())


def said(value: object) -> str:
    """Return a value as it is told in a message."""
    match value:
        case None:
            return "nothing"
        case list() | tuple():
            return ", ".join(f"“{item}”" for item in value)
        case Item():
            return f"“{text_of(value)}”"
        case Mapping():
            keys = ("term", "title", "name", "ask", "text")
            return f"“{next((value[key] for key in keys if key in value), '')}”"
        case str():
            return f"“{value}”"
    return str(value).lower()


def _named(item: object) -> str:
    return text_of(item) if isinstance(item, Item) else ""
