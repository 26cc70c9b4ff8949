"""The sections of a sheet, read off its schema: what an item of one is called, and which lists it holds."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import cast, get_args

import msgspec
from msgspec import Struct, structs

from trainer.material.items import Item
from trainer.material.sheet import Sheet


def _sections_of(kind: type[Struct]) -> dict[str, type[Item]]:
    """Return the keys of a sheet, or of an item, that hold a list of items, with what they hold."""
    held = {key: get_args(hint)[:1] for key, hint in kind.__annotations__.items()}
    kinds = ((key, one) for key, ones in held.items() for one in ones if isinstance(one, type))
    return {key: one for key, one in kinds if issubclass(one, Item)}


def _every_section() -> dict[str, type[Item]]:
    found = _sections_of(Sheet)
    for kind in tuple(found.values()):
        found |= _sections_of(kind)
    return found


KINDS: Mapping[str, type[Item]] = MappingProxyType(_every_section())
"""By section, what its items are."""

LISTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"": tuple(_sections_of(Sheet)), **{key: tuple(_sections_of(kind)) for key, kind in KINDS.items()}}
)
"""In their order the sections of a sheet, under an empty name, and those within the items of each."""

TEXT_KEYS: Mapping[str, str] = MappingProxyType(
    {section: kind.__struct_fields__[1] for section, kind in KINDS.items()}
)
"""By section, the key of an item that says in words what it is: the one behind its id."""

ONE_OF: Mapping[str, str] = MappingProxyType({section: kind.called for section, kind in KINDS.items()})
"""By section, what one of its items is called in a message."""

SHARED_IDS = (("terms", "contrasts", "examples"), ("questions", "red_flags"))
"""Sections whose ids must differ from those of one another, because their cards stand in one deck."""


def items_of(part: Struct | None, section: str) -> tuple[Item, ...]:
    """Return the items of a section of a sheet or an item; None has none."""
    return cast("tuple[Item, ...]", getattr(part, section)) if part is not None else ()


def text_of(item: Item) -> str:
    """Return what an item says, in its own words."""
    return str(getattr(item, item.__struct_fields__[1]))


def value_of(part: Struct | None, name: str) -> object:
    """Return what a part says under the name of a field; None says nothing of anything."""
    return None if part is None or is_default(part, name) else getattr(part, name)


def stated(part: Struct) -> list[tuple[str, str]]:
    """Return the key in the file and the name of each field in which a part says something."""
    names = zip(part.__struct_encode_fields__, part.__struct_fields__, strict=True)
    return [(key, name) for key, name in names if not is_default(part, name)]


def is_default(part: Struct, name: str) -> bool:
    """Return whether a part has the default of a field, so that its file need not name it."""
    return bool(getattr(part, name) == _defaults(type(part))[name])


@cache
def _defaults(kind: type[Struct]) -> dict[str, object]:
    return {
        each.name: each.default if each.default_factory is msgspec.NODEFAULT else each.default_factory()
        for each in structs.fields(kind)
    }
