"""Titles that were cut wrongly: one that is two, and two that are one."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from msgspec import structs

from trainer.clean import clean_line
from trainer.material.changes import Add, Change, Drop, Put, raw_of
from trainer.material.sheet import Sheet, Title

BETWEEN = "|"
"""Stands between two titles that are written as one."""


def split_title(sheet: Sheet, id_: str, parts: Sequence[str]) -> list[Change]:
    """Return the changes that make several titles of one. The first keeps the id and what is said of it.

    The others follow it, each with an id of its own, and are searched and judged as it is.
    """
    title = next(title for title in sheet.titles if title.id == id_)
    first, *others = [part for part in map(clean_line, parts) if part]
    renamed = [Put(("titles", id_, "title"), title.title, first)] if first != title.title else []
    taken = {other.id for other in sheet.titles}
    new: list[Title] = []
    for part in others:
        new.append(structs.replace(title, id=free_id(part, taken), title=part, why=None, notes=()))
        taken.add(new[-1].id)
    return [*renamed, *([Add(("titles", id_), tuple(map(raw_of, new)))] if new else [])]


def join_titles(sheet: Sheet, id_: str) -> list[Change]:
    """Return the changes that make one title of it and the next. The first keeps its id."""
    place = [title.id for title in sheet.titles].index(id_)
    first, second = sheet.titles[place : place + 2]
    return [
        Put(("titles", first.id, "title"), first.title, f"{first.title} {second.title}"),
        Drop(("titles", second.id), raw_of(second)),
    ]


def may_join(sheet: Sheet, place: int) -> bool:
    """Say whether a title and the next may be one: of one origin, and nothing is said of the second alone."""
    if not 0 <= place < len(sheet.titles) - 1:
        return False
    first, second = sheet.titles[place : place + 2]
    return first.origin == second.origin and not (second.why or second.notes)


def free_id(text: str, taken: Iterable[str]) -> str:
    """Return an id made of a text, other than those that are taken."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:70].strip("-") or "title"
    names = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(set(taken)) + 2))
    return next(name for name in names if name not in taken)
