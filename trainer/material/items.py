"""What the items of a sheet have in common: their ids, references, texts, and where they are from."""

from typing import Annotated, ClassVar, Literal, TypeVar

from msgspec import Meta, Struct

Id = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""Lower-case letters and digits, joined by hyphens. Progress hangs on it: it never changes."""

Reference = Annotated[str, Meta(pattern=r"^([a-z0-9-]+#)?[a-z0-9-]+$")]
"""The id of an item in this sheet, or `sheet#id` in another."""

Text = Annotated[str, Meta(min_length=1)]

_T = TypeVar("_T", bound=str)


def each(value: _T | tuple[_T, ...] | None) -> tuple[_T, ...]:
    """Return the values of a key that holds none, one or several."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value


Origin = Literal["page", "trade"]
"""Whether the source says it, or we add it."""


class Part(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """A table of a sheet; a key that it does not know is a mistake."""


class Item(Part, frozen=True):
    """Something in a section of a sheet. A section is a list of items, and `sections` knows them all.

    The field behind the id says in words what the item is.
    """

    called: ClassVar[str]
    """What one is called in a message."""

    id: Id
