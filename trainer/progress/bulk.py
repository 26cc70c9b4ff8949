"""Whole tables of reviews, checked at once: an import or a backup may hold 200,000."""

import msgspec
from msgspec import UNSET, UnsetType

from trainer.memory.state import Day, Rating
from trainer.progress import valid
from trainer.progress.valid import (
    FIRST_DAY,
    LAST_DAY,
    Crc,
    Given,
    Id,
    Instant,
    Ms,
    Name,
    SoundRated,
    Undone,
)


class _Rated(SoundRated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The same with nothing else in it."""


class _Document(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A review or a tombstone with nothing else in it, so that it can't be too deep either."""

    card: Name | UnsetType = UNSET
    day: Day | UnsetType = UNSET
    rating: Rating | UnsetType = UNSET
    given: Given | UnsetType = UNSET
    form: Name | UnsetType = UNSET
    ms: Ms | UnsetType = UNSET
    spent: Ms | None = None
    variant: str = ""
    chosen: tuple[str, ...] = ()
    at: Instant | None = None
    repeat: bool = False
    hint: bool = False
    guess: bool = False
    unseen: bool = False
    rated: _Rated | None = None
    home: Id | None = None
    undo: Undone | None = None
    sum: Crc | None = None

    def is_whole(self, last: int) -> bool:
        """Return whether nothing is missing, and its day and its home are valid."""
        if self.home is not None and self.home > last:
            return False
        if self.undo is not None:
            return True
        missing = UNSET in (self.card, self.day, self.rating, self.given, self.form, self.ms)
        return not missing and FIRST_DAY <= self.day <= LAST_DAY  # type: ignore[operator]  # not UNSET


_DOCUMENTS = msgspec.json.Decoder(dict[int, _Document])


def check_reviews(encoded: bytes, last: int) -> None:
    """Check a table of reviews, as JSON, with ids up to `last`.

    Raises what is in UNREADABLE; a ValueError says what is wrong with which review.
    """
    if not _are_known(encoded, last):
        for id_, found in msgspec.json.decode(encoded, type=dict[str, msgspec.Raw]).items():
            valid.check_review(id_, bytes(found), last)


def _are_known(encoded: bytes, last: int) -> bool:
    """Return whether all are valid and hold nothing that we don't know, which is quick to tell."""
    try:
        found = _DOCUMENTS.decode(encoded)
    except (ValueError, RecursionError):
        return False
    return not found or (
        min(found) > 0 and max(found) <= last and all(each.is_whole(last) for each in found.values())
    )
