"""Whole tables of reviews, checked at once: an import or a backup may hold 200,000."""

from operator import attrgetter
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType, defstruct
from msgspec.structs import fields

from trainer.progress import valid


class _Rated(valid.SoundRated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The same with nothing else in it."""


_OTHERS = {
    "card": str,
    "form": str,
    "rated": _Rated | None,
    "undo": valid.Undone | None,
    "forget": str | None,
}
"""Names are checked once each, not once a review; other lines say what is undone or forgotten."""
_FIELDS = fields(valid.SoundReview)
_NEEDED = [field.name for field in _FIELDS if field.required]


def _member(field: msgspec.structs.FieldInfo) -> tuple[str, object, object]:
    type_ = _OTHERS.get(field.name, field.type)
    return (field.name, type_ | UnsetType, UNSET) if field.required else (field.name, type_, field.default)


_Document = defstruct(
    "_Document", [_member(field) for field in _FIELDS], kw_only=True, forbid_unknown_fields=True, gc=False
)
"""A review or a tombstone with nothing else in it, so that it can't be too deep either."""
_DOCUMENTS: msgspec.json.Decoder[dict[int, Any]] = msgspec.json.Decoder(
    dict[int, _Document]  # type: ignore[valid-type]  # it is made of fields
)


def check_reviews(encoded: bytes, last: int) -> None:
    """Check a table of reviews, as JSON, with ids up to `last`.

    Raises what is in UNREADABLE; a ValueError says what is wrong with which review.
    """
    if not are_known(encoded, last):
        for id_, found in msgspec.json.decode(encoded, type=dict[str, msgspec.Raw]).items():
            valid.check_review(id_, bytes(found), last)


def are_known(encoded: bytes, last: int) -> bool:
    """Return whether all are valid and hold nothing that we don't know, which is quick to tell."""
    try:
        found = _DOCUMENTS.decode(encoded)
    except (ValueError, RecursionError):
        return False
    if not found:
        return True
    documents = list(found.values())
    forgotten = {each.forget for each in documents if each.undo is None} - {None}
    reviews = [each for each in documents if each.undo is None and not each.forget]
    columns = {name: set(map(attrgetter(name), reviews)) for name in _NEEDED}
    homes = {each.home for each in documents} - {None}
    return (
        min(found) > 0
        and max([*found, *homes]) <= last
        and not any(UNSET in column for column in columns.values())
        and all(map(valid.is_day, columns["day"]))
        and all(map(valid.is_name, columns["card"] | columns["form"] | forgotten))
    )
