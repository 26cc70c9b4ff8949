"""The documents of a progress file: what stands in its tables, and under which ids."""

import json
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Self

import msgspec

from trainer.errors import NewerFormatError
from trainer.memory.state import CardState, Day, DayTotals, Review
from trainer.progress.marks import UNMARKED, Marked, marked
from trainer.progress.valid import (
    LAST_FORMAT,
    LAST_GENERATION,
    check_card,
    check_day,
    check_interview,
    check_nesting,
    check_review,
    check_setting,
    check_totals,
    hashed,
)

FORMAT = 3
"""The newest format of a progress file that this version knows: one with cards whose memory was forgotten."""
_CHOICES_FORMAT = 2
"""That of a file with settings, interviews or marks with times of their own, and nothing newer."""
FIRST_FORMAT = 1
"""That of a file without any of these: see `needed_format`."""
_NEW_KEYS = {"at", "star", "doubtful"}
"""Of a card, that format 1 does not have."""

Document = dict[str, Any]
Table = dict[str, Document]
"""Documents by id, written as digits: JSON has no other keys."""
Changes = dict[str, dict[str, Document | None]]
"""By table and id: the document that stands there from now on; None removes it."""

UNREADABLE = (ValueError, RecursionError, ArithmeticError)
"""What reading raises for content that is not ours. msgspec's errors are ValueErrors; a date or an interval
that fits in no calendar is an ArithmeticError."""
FormatNumber = Annotated[int, msgspec.Meta(le=LAST_FORMAT)]
GenerationNumber = Annotated[int, msgspec.Meta(ge=0, le=LAST_GENERATION)]


class Meta(msgspec.Struct, frozen=True):
    """What a file says of itself."""

    format: FormatNumber
    recruiter: str
    generation: GenerationNumber
    """Raised by every fold, and different on every machine."""

    @classmethod
    def first(cls, recruiter: str) -> Self:
        """Return what a file says that was never written."""
        return cls(FIRST_FORMAT, recruiter, 0)


class Undo(msgspec.Struct, frozen=True):
    """A tombstone in the table of reviews."""

    undo: int | None = None
    """The id that was given to the review that is undone; None when the document is a review."""
    sum: int | None = None
    """The sum of its content: two computers may have given the same id. Without it all of them are meant."""


class Forgetting(msgspec.Struct, frozen=True):
    """A line in the table of reviews: what was remembered of a card begins anew behind it."""

    forget: str | None = None
    """The card's id; None when the document is a review or a tombstone."""


def encode(value: object) -> bytes:
    """Return `value` as JSON in ASCII: plain TinyDB reads files in the system's own encoding."""
    text = msgspec.json.encode(value)
    if text.isascii():
        return text
    return json.dumps(msgspec.json.decode(text), separators=(",", ":")).encode("ascii")


def needed_format(tables: Mapping[str, Mapping[str, Document | None]]) -> int:
    """Return the oldest format that can hold what stands in tables: an older version drops all else."""
    if any(found and "forget" in found for found in tables.get("reviews", {}).values()):
        return FORMAT
    if tables.get("settings") or tables.get("interviews"):
        return _CHOICES_FORMAT
    cards = tables.get("cards", {}).values()
    marked = any(card and not card.keys().isdisjoint(_NEW_KEYS) for card in cards)
    return _CHOICES_FORMAT if marked else FIRST_FORMAT


def document(value: Review | DayTotals | Undo | Forgetting | Meta) -> Document:
    """Return a value as a document."""
    plain: Document = msgspec.to_builtins(value)
    return plain


def content_sum(found: Document) -> int:
    """Return the CRC32 of what a review says, wherever it stands."""
    content = {key: value for key, value in found.items() if key != "home"}
    return zlib.crc32(msgspec.json.encode(content, order="sorted"))


def card_document(card: str, state: CardState | None, said: Marked = UNMARKED) -> Document | None:
    """Return the document of a card, None when there is nothing to say of it."""
    if state is None and said == UNMARKED:
        return None
    memory: Document = msgspec.to_builtins(state) if state else {}
    return {"card": card, **memory, **said.document()}


def card_parts(found: Document) -> tuple[str, CardState | None, Marked]:
    """Return the card's id, its memory and its marks. Raises msgspec.ValidationError."""
    state = msgspec.convert(found, CardState) if "stability" in found else None
    return msgspec.convert(found.get("card"), str), state, marked(found)


def sound_card(found: Document) -> Document | None:
    """Return the document of a card as far as it is valid; None when that says nothing.

    Without a state that is not valid, it says something only if there are marks.
    """
    said = marks_alone(found)
    for each in (found, said) if len(said) > 1 else (found,):
        with suppress(*UNREADABLE):
            check_card(each)
            check_nesting(encode(each))
            return each
    return None


def marks_alone(found: Document) -> Document:
    """Return the document of a card without its state, which follows from reviews."""
    return {key: value for key, value in found.items() if key not in CardState.__struct_fields__}


def card_key(card: str) -> str:
    """Return the id of a card's document."""
    return hashed(card)


def day_key(day: Day) -> str:
    """Return the id of a day's document, its digits yyyymmdd."""
    return day.isoformat().replace("-", "")  # strftime does not pad years on every system


def day_of(key: str) -> Day:
    """Return the day of a document's id. Raises ValueError, also for a day that no answer can have."""
    day = date.fromisoformat(key)
    check_day(day)
    return day


def _check_review(id_: str, found: Document) -> None:
    check_review(id_, encode(found))


def _check_totals(id_: str, found: Document) -> None:
    day_of(id_)
    check_totals(found)


CHECKS: dict[str, Callable[[str, Document], None]] = {
    "reviews": _check_review,
    "days": _check_totals,
    "settings": check_setting,
    "interviews": check_interview,
}
"""By table, what raises for a document that it can't hold; of a card a part may stand: see `sound_card`."""


def is_sound(table: str, id_: str, found: Document) -> bool:
    """Return whether a table can hold a document under an id."""
    try:
        CHECKS[table](id_, found)
    except UNREADABLE:
        return False
    return True


def newer_format(path: Path) -> NewerFormatError:
    """Return the error that a newer version wrote `path`."""
    return NewerFormatError(
        f"{path} was written by a newer version of trainer and has not been changed. "
        "Update trainer to go on with it."
    )
