"""The schema of a drill: what a lead sets, with the questions as they were when it was published.

A drill is a file `*.drill.toml`, written by hand or by `trainer drill new`. As long as it is a draft it names
cards; publishing freezes them as sheets inside the file, so that everyone is asked from that copy, whatever
their version or edits.
"""

import hashlib
from datetime import date, timedelta
from typing import Annotated, Literal

from msgspec import Meta, Struct

from trainer.material.items import Id
from trainer.material.sheet import Sheet
from trainer.memory.learner import Region

SUFFIX = ".drill.toml"
FORMAT = 1
LARGEST = 5_000_000
"""Bytes in the file of a drill at most; all shipped sheets take one."""
MOST_QUESTIONS = 200
LONGEST_TITLE = 80
FAR = timedelta(days=366)
"""A drill that is due farther ahead is a slip, as an interview is."""
RATED = ".rate"
"""The end of the id of a card that has whole answers rated."""
ROUND = 5
"""Whole answers that are rated in a calibration round."""
CHECK_FROM, CHECK_UNTIL = 5, 7
"""Days after an attempt on which its delayed check is due: whether it stayed."""
EARLIEST_CHECK = timedelta(days=CHECK_FROM - 1, hours=-1)
LATEST_CHECK = timedelta(days=CHECK_UNTIL + 1, hours=1)
"""So long after a pass is a check on its days, wherever it was taken: a day begins at another hour there, and
clocks may be put forward or back between."""

CardId = Annotated[str, Meta(pattern=r"^[a-z0-9-]+/[a-z0-9-]+/[a-z0-9.-]+$", max_length=250)]
Share = Literal["items", "chosen", "doubtful"]
"""What a result says besides its score: right or wrong by item, what was chosen, which items were doubted."""


class _Part(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    pass


class Asked(_Part, frozen=True):
    """A question of a drill."""

    card: CardId
    says: str = ""
    """What it is about, for people and for the report; nothing goes by it."""
    way: str = ""
    """The key of the way in which the card is asked; set by publishing."""
    check_way: str = ""
    """The same for the delayed check: another one where there is one."""


class Drill(_Part, frozen=True, kw_only=True):
    """What a lead sets."""

    format: Literal[1]
    id: Id
    title: Annotated[str, Meta(min_length=1, max_length=LONGEST_TITLE)]
    kind: Literal["questions", "calibration"] = "questions"
    """A calibration round has all rate the same whole answers blind; nobody passes or fails it."""
    count: Annotated[int, Meta(ge=1, le=MOST_QUESTIONS)] | None = None
    """How many of the questions an attempt asks; all if it is not said."""
    order: Literal["same", "drawn"] = "same"
    """Whether all are asked the same in the same order, or each attempt draws."""
    seed: Annotated[int, Meta(ge=0, le=2**31)] = 0
    time_limit: Annotated[int, Meta(ge=1, le=240)] | None = None
    """Minutes, pauses included."""
    pass_mark: Annotated[int, Meta(ge=1, le=100)] = 80
    """Per cent."""
    attempts: Annotated[int, Meta(ge=1, le=20)] = 1
    due: date | None = None
    """The last day on which it counts as in time."""
    feedback: Literal["at once", "at the end"] | None = None
    """When the answers are told; at the end where there is a time limit."""
    share: tuple[Share, ...] = ("items",)
    delayed_check: bool = True
    region: Region | None = None
    """Whose usage counts where regions differ; None for either."""
    questions: Annotated[tuple[Asked, ...], Meta(min_length=1, max_length=MOST_QUESTIONS)]
    sheets: tuple[Sheet, ...] = ()
    """The sheets of the questions as they were when it was published; none in a draft."""

    @property
    def asked(self) -> int:
        """How many questions an attempt has."""
        return self.count or len(self.questions)

    @property
    def calibrates(self) -> bool:
        """Whether it is a calibration round."""
        return self.kind == "calibration"

    @property
    def at_once(self) -> bool:
        """Whether feedback is given at once; never where all rate blind."""
        if self.calibrates:
            return False
        return self.feedback == "at once" or (self.feedback is None and self.time_limit is None)

    @property
    def shares(self) -> frozenset[str]:
        """What a result says besides the score by deck.

        What was chosen can't be told without the item; of a whole answer it is how that was rated.
        """
        if self.calibrates:
            return frozenset((*self.share, "items", "ratings"))
        if "chosen" not in self.share:
            return frozenset(self.share)
        rated = any(asked.card.endswith(RATED) for asked in self.questions)
        return frozenset((*self.share, "items", *(("ratings",) if rated else ())))

    def passes(self, right: int, of: int) -> bool:
        """Return whether so many right answers pass; who took a calibration round is done with it."""
        return of > 0 and (self.calibrates or right * 100 >= self.pass_mark * of)


class _Published(Struct, frozen=True, kw_only=True):
    closed: bool = False
    """Whether no more results of it are taken."""


class Head(_Published, frozen=True):
    """A drill as it lies somewhere, without its sheets: all that a list or a report wants."""

    drill: Drill
    fingerprint: str
    """Of the whole file."""


class Published(Head, frozen=True):
    """A drill as it lies somewhere, with its sheets."""

    data: bytes
    """The file."""


def fingerprint_of(data: bytes) -> str:
    """Return what tells the content of a drill's file from any other.

    It stays the same where mail or a sync tool changes how lines end.
    """
    text = data.removeprefix(b"\xef\xbb\xbf").rstrip()
    if b"\r" in text:  # to look for it first is faster by far
        text = text.replace(b"\r\n", b"\n")
    return hashlib.sha256(text).hexdigest()[:32]
