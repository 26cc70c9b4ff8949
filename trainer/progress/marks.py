"""A recruiter's marks on a card in its document: what was said, and when each was said.

Each mark has a time of its own, in microseconds since the epoch: `{"star": true, "at": {"star": 177…}}`. A
mark that is taken back leaves its time, so that an older copy can't bring it again. In format 1 there is
one time, `marked`, for the two marks of then; where it says the same, it is written so still.
"""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from trainer.memory.state import Marks
from trainer.progress.valid import LAST_ID, MarkTimes

Document = dict[str, object]


class Marked(NamedTuple):
    """The marks of a card, each with its time."""

    marks: Marks = Marks()
    times: MarkTimes = MarkTimes()

    def changed(self, marks: Marks, now: int) -> "Marked":
        """Return these with others in their place; those that differ get the time, all if none does."""
        at = min(LAST_ID, max(now, _last(self.times) + 1))
        new = {name for name in _NAMES if getattr(marks, name) != getattr(self.marks, name)}
        if not new.isdisjoint(_DOUBT):
            new |= _DOUBT  # said anew as a whole: one that was taken back elsewhere before that stands again
        return Marked(marks, msgspec.structs.replace(self.times, **dict.fromkeys(new or _NAMES, at)))

    def united(self, other: "Marked") -> "Marked":
        """Return the later version of each mark; of two at the same time one that is set stands."""
        if self == other:
            return self
        later = {name: max(self, other, key=lambda each: _rank(each, name)) for name in _NAMES}
        return Marked(
            Marks(**{name: getattr(each.marks, name) for name, each in later.items()}),
            MarkTimes(**{name: getattr(each.times, name) for name, each in later.items()}),
        )

    def document(self) -> Document:
        """Return what a card's document says of them."""
        said: Document = msgspec.to_builtins(self.marks)
        if self.times == MarkTimes():
            return said
        if self.times == _of_format_1(_last(self.times)):
            return {**said, "marked": _last(self.times)}
        return {**said, "at": msgspec.to_builtins(self.times)}


UNMARKED = Marked()
"""Nothing was ever said of the card."""
_NAMES = Marks.__struct_fields__
_DOUBT = {"doubtful", "reason", "way"}


def marked(found: Document) -> Marked:
    """Return what a card's document says of its marks. Raises msgspec.ValidationError."""
    marks = msgspec.convert(found, Marks)
    if "at" in found:
        return Marked(marks, msgspec.convert(found["at"], MarkTimes))
    if "marked" in found:
        return Marked(marks, _of_format_1(msgspec.convert(found["marked"], int)))
    return Marked(marks) if marks != Marks() else UNMARKED


def by_card(documents: Iterable[Document]) -> dict[str, Marked]:
    """Return the marks in documents by card, united where there are several. Raises ValidationError."""
    found: dict[str, Marked] = {}
    for each in documents:
        card, said = msgspec.convert(each.get("card"), str), marked(each)
        found[card] = found[card].united(said) if card in found else said
    return found


def _last(times: MarkTimes) -> int:
    last: int = max(getattr(times, name) for name in _NAMES)
    return last


def _rank(said: Marked, name: str) -> tuple[int, bool, str]:
    value = getattr(said.marks, name)
    return getattr(said.times, name), bool(value), str(value)


def _of_format_1(at: int) -> MarkTimes:
    return MarkTimes(suspended=at, buried=at)
