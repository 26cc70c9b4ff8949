"""One recruiter's progress: what was answered, what is remembered, and how to take it back."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import NamedTuple, Self, TypeVar

import msgspec
from tinydb import TinyDB

from trainer.memory.calendar import Clock, microseconds, system_clock
from trainer.memory.schedule import Schedule
from trainer.memory.state import CardState, Day, DayTotals, Marks, Review
from trainer.progress import tables
from trainer.progress.documents import (
    UNREADABLE,
    Document,
    Undo,
    card_document,
    card_key,
    card_parts,
    day_key,
    day_of,
    document,
)
from trainer.progress.storage import JournaledStorage, PracticeStorage

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Progress:
    """A recruiter's record, open.

    States and totals are in memory; the history is decoded when it is asked for. What a
    method has recorded is on the disk when the method returns, unless it is practice.
    """

    def __init__(
        self, storage: PracticeStorage, recruiter: str, schedule: Schedule, clock: Clock, *, saved: bool
    ) -> None:
        """Take an open storage; `open` and `read` are the ways to get one."""
        self.recruiter = recruiter
        self.saved = saved
        """False for practice: everything works, and nothing is written."""
        self._storage, self._schedule, self._clock = storage, schedule, clock
        self._states: dict[str, CardState] = {}
        self._marks: dict[str, Marks] = {}
        self._days: dict[Day, DayTotals] = {}
        self._steps: list[_Step] = []
        try:
            self._load(TinyDB(storage=lambda: storage))
        except UNREADABLE as error:
            storage.close()
            raise tables.unreadable(storage.path, error) from error

    @classmethod
    def open(cls, path: Path, recruiter: str, schedule: Schedule, clock: Clock = system_clock) -> "Progress":
        """Open a progress file for saving, and make it when it is missing.

        It is locked until `close`. Raises InUseError when another process has it open,
        and ProgressError when it can't be read or written; it has not been changed then.
        """
        return cls(JournaledStorage(path, recruiter, schedule, clock), recruiter, schedule, clock, saved=True)

    @classmethod
    def read(cls, path: Path, recruiter: str, schedule: Schedule, clock: Clock = system_clock) -> "Progress":
        """Open a progress file for practice or for a look: no lock, and nothing is ever written.

        A missing file is an empty record. Raises ProgressError when it can't be read.
        """
        return cls(PracticeStorage(path, recruiter, schedule), recruiter, schedule, clock, saved=False)

    @property
    def notices(self) -> list[str]:
        """Sentences for the recruiter about what was found on opening, or went wrong on closing."""
        return self._storage.notices

    @property
    def states(self) -> Mapping[str, CardState]:
        """The memory of every card that was met."""
        return MappingProxyType(self._states)

    @property
    def days(self) -> Mapping[Day, DayTotals]:
        """The totals of every study day with an answer."""
        return MappingProxyType(self._days)

    def state(self, card: str) -> CardState | None:
        """Return the memory of a card, None when it is new."""
        return self._states.get(card)

    def marks(self, card: str) -> Marks:
        """Return what the recruiter said of a card."""
        return self._marks.get(card, Marks())

    def totals(self, day: Day) -> DayTotals:
        """Return the totals of a study day."""
        return self._days.get(day, DayTotals())

    def history(self) -> dict[int, Review]:
        """Return all reviews that were not undone, by id. Reads the whole history: not for every answer."""
        try:
            return self._storage.tables.reviews.history()
        except UNREADABLE as error:
            raise tables.unreadable(self._storage.path, f'table "reviews": {error}') from error

    def record(self, review: Review, at: datetime, *, instead_of: int | None = None) -> int:
        """Save a review that was given at `at`; return its id.

        The id is the microseconds of `at`, or more when an id as high is taken already.
        `instead_of` is the id of the newest review: the new one takes its place.
        Raises NotSavedError, and then nothing has changed; ValueError when `instead_of` is not the newest.
        """
        id_ = self._next_id(at)
        if id_ != microseconds(at):
            review = msgspec.structs.replace(review, at=microseconds(at))
        change = _Change({str(id_): document(review)}, {}, {})
        if instead_of is not None:
            newest = self._newest()
            if newest is None or newest.id != instead_of:
                raise ValueError(f"{instead_of} is not the newest review")
            self._take_back(change, newest, id_ + 1)
        before = change.states.get(review.card, self.state(review.card))
        totals = change.days.get(review.day, self._days.get(review.day))
        first = before is None and not review.repeat
        change.states[review.card] = self._schedule.advance(before, review)
        change.days[review.day] = (totals or DayTotals()).plus(review, first_meeting=first)
        self._save(change)
        if instead_of is not None and self._steps:
            self._steps.pop()
        self._steps.append(_Step(id_, review, before, totals))
        return id_

    def undo(self) -> tuple[int, Review] | None:
        """Take back the newest review, of an earlier session too; return it and its id.

        None when there is no review left. Marks stay as they are. Raises NotSavedError,
        and then nothing has changed.
        """
        step = self._newest()
        if step is None:
            return None
        change = _Change({}, {}, {})
        self._take_back(change, step, self._next_id(self._clock()))
        self._save(change)
        if self._steps:
            self._steps.pop()
        return step.id, step.review

    def mark(self, card: str, marks: Marks) -> None:
        """Save what the recruiter says of a card. Raises NotSavedError, and then nothing has changed."""
        key = card_key(card)
        self._storage.append({"cards": {key: card_document(card, self.state(card), marks)}})
        self._marks[card] = marks

    def close(self) -> None:
        """Bring the file up to date and give the lock back. A second call does nothing."""
        self._storage.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _load(self, db: TinyDB) -> None:
        for found in db.table("cards"):
            card, state, marks = card_parts(found)
            if state:
                self._states[card] = state
            if marks != Marks():
                self._marks[card] = marks
        for found in db.table("days"):
            self._days[day_of(str(found.doc_id))] = msgspec.convert(found, DayTotals)

    def _next_id(self, at: datetime) -> int:
        return max(microseconds(at), self._storage.newest + 1)

    def _newest(self) -> "_Step | None":
        """Return the newest review with what was known before it, None when there is no review."""
        if self._steps:
            return self._steps[-1]
        history = self.history()
        if not history:
            return None
        id_ = max(history)
        review = history.pop(id_)
        # Totals tell first meetings from later ones, so they need each card's whole history.
        cards = {other.card for other in history.values() if other.day == review.day} | {review.card}
        states, days = self._schedule.replay({i: each for i, each in history.items() if each.card in cards})
        return _Step(id_, review, states.get(review.card), days.get(review.day))

    @staticmethod
    def _take_back(change: "_Change", step: "_Step", id_: int) -> None:
        change.reviews[str(id_)] = document(Undo(step.id))
        change.states[step.review.card] = step.state
        change.days[step.review.day] = step.totals

    def _save(self, change: "_Change") -> None:
        cards = {
            card_key(card): card_document(card, state, self.marks(card))
            for card, state in change.states.items()
        }
        days = {
            day_key(day): None if totals is None else document(totals) for day, totals in change.days.items()
        }
        self._storage.append({"reviews": change.reviews, "cards": cards, "days": days})
        _put(self._states, change.states)
        _put(self._days, change.days)


class _Step(NamedTuple):
    """A review, and what was known of its card and its day before it."""

    id: int
    review: Review
    state: CardState | None
    totals: DayTotals | None


class _Change(NamedTuple):
    """What one line of the journal will change."""

    reviews: dict[str, Document | None]
    states: dict[str, CardState | None]
    days: dict[Day, DayTotals | None]


def _put(known: dict[_Key, _Value], changed: Mapping[_Key, _Value | None]) -> None:
    for key, value in changed.items():
        if value is None:
            known.pop(key, None)
        else:
            known[key] = value
