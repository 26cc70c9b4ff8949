"""Titles that were cut wrongly: one that is two is split, and two that are one are joined.

The rules are the same for the titles of a sheet and for those found on a page, see `corrections`.
"""

from collections.abc import Iterable, Sequence

from msgspec import structs

from trainer.clean import clean_line
from trainer.material.changes import Add, Change, Drop, Put, raw_of
from trainer.material.ids import Ids
from trainer.material.sheet import Sheet

BETWEEN = "|"
"""Stands between two titles that are written as one."""


def parts_of(text: str) -> list[str]:
    """Return the titles that are written as one with a sign between them; empty ones are none."""
    return _said(text.split(BETWEEN))


def parted(text: str, words: int) -> list[str]:
    """Return the two titles that come of one, cut after so many words; the one if a part would be empty."""
    parts = text.split()
    return _said([" ".join(parts[:words]), " ".join(parts[words:])]) if 0 < words < len(parts) else [text]


def joined(first: str, second: str) -> str:
    """Return the title that comes of two."""
    return f"{first} {second}"


def split_title(sheet: Sheet, id_: str, parts: Sequence[str]) -> list[Change]:
    """Return the changes that make several titles of one. The first keeps the id and what is said of it.

    The others follow it, each with an id of its own, and are searched and judged as it is.
    """
    title = next(title for title in sheet.titles if title.id == id_)
    first, *others = _said(parts)
    renamed = [Put(("titles", id_, "title"), title.title, first)] if first != title.title else []
    ids = Ids(other.id for other in sheet.titles)
    new = [structs.replace(title, id=ids.of(part), title=part, why=None, notes=()) for part in others]
    return [*renamed, *([Add(("titles", id_), tuple(map(raw_of, new)))] if new else [])]


def join_titles(sheet: Sheet, id_: str) -> list[Change]:
    """Return the changes that make one title of it and the next. The first keeps its id."""
    place = [title.id for title in sheet.titles].index(id_)
    first, second = sheet.titles[place : place + 2]
    return [
        Put(("titles", first.id, "title"), first.title, joined(first.title, second.title)),
        Drop(("titles", second.id), raw_of(second)),
    ]


def may_join(sheet: Sheet, place: int) -> bool:
    """Say whether a title and the next may be one: of one origin, and nothing is said of the second alone."""
    if not 0 <= place < len(sheet.titles) - 1:
        return False
    first, second = sheet.titles[place : place + 2]
    return first.origin == second.origin and not (second.why or second.notes)


def _said(parts: Iterable[str]) -> list[str]:
    return [part for part in map(clean_line, parts) if part]
