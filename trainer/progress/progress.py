"""One recruiter's progress: what was answered, what is remembered, and how to take it back."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self, TypeVar

import msgspec
from tinydb import TinyDB

from trainer.errors import NotSavedError
from trainer.memory.calendar import Clock, microseconds, system_clock
from trainer.memory.schedule import Schedule
from trainer.memory.state import CardState, Day, DayTotals, Marks, Review
from trainer.progress import choices, notices, steps, tables, valid
from trainer.progress.choice_keeper import ChoiceKeeper
from trainer.progress.documents import (
    CHECKS,
    UNREADABLE,
    Undo,
    card_document,
    card_key,
    card_parts,
    content_sum,
    day_of,
    document,
    encode,
)
from trainer.progress.looking import resolved
from trainer.progress.marks import UNMARKED, Marked
from trainer.progress.ownership import check_not_lost
from trainer.progress.practice import PracticeStorage
from trainer.progress.reviews import Reviews
from trainer.progress.steps import Change, Forgotten, Step, last_review, last_step
from trainer.progress.storage import JournaledStorage

_EARLIEST = timedelta(days=1)
"""So long before midnight UTC of its date a study day may begin, in any time zone."""
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Progress(ChoiceKeeper):
    """A recruiter's record, open.

    States and totals are in memory; the history is decoded when it is asked for. What a
    method has recorded is on the disk when the method returns, unless it is practice.

    One thread records. Others may read meanwhile; `states` and `days` change under them, so
    who goes through these goes through a copy.
    """

    def __init__(
        self, storage: PracticeStorage, recruiter: str, schedule: Schedule, clock: Clock, *, saved: bool
    ) -> None:
        """Take an open storage; `open` and `read` are the ways to get one."""
        self.recruiter = recruiter
        self.saved = saved
        """False for practice: everything works, and nothing is written."""
        super().__init__(storage, clock)
        self._states: dict[str, CardState] = {}
        self._marked: dict[str, Marked] = {}
        self._days: dict[Day, DayTotals] = {}
        self._steps: list[Step] = []
        try:
            self._load(TinyDB(storage=lambda: storage))
        except UNREADABLE as error:
            storage.close()
            raise tables.unreadable(storage.path, error) from error
        self.schedule = choices.schedule_of(storage.tables.settings, schedule)
        """The schedule of this record, with the retention that its settings had when it was opened."""
        for key, expected in choices.unusable(storage.tables.settings).items():
            self.notices.append(notices.unusable_setting(storage.path, key, expected))

    @classmethod
    def open(
        cls,
        path: Path,
        recruiter: str,
        schedule: Schedule,
        clock: Clock = system_clock,
        backups: Path | None = None,
    ) -> "Progress":
        """Open a progress file for saving; one that is missing is made with the first that is saved.

        Backups are kept in a folder, if one is given. The file is locked until `close`. Raises
        InUseError when another process has it open, and ProgressError when it can't be read or
        written, is somebody else's, is missing though there are backups of it, or the clock tells no
        day that can be; it has not been changed then.
        """
        valid.check_clock(clock)
        if backups:
            check_not_lost(resolved(path), recruiter, backups)
        storage = JournaledStorage(path, recruiter, schedule, clock, backups)
        return cls(storage, recruiter, schedule, clock, saved=True)

    @classmethod
    def read(
        cls,
        path: Path,
        recruiter: str,
        schedule: Schedule,
        clock: Clock = system_clock,
        backups: Path | None = None,
    ) -> "Progress":
        """Open a progress file for practice or for a look: no lock, and nothing is ever written.

        A missing file is an empty record. Raises ProgressError when it can't be read, is somebody else's, or
        is missing though the folder `backups` has some of it.
        """
        valid.check_clock(clock)
        if backups:
            check_not_lost(resolved(path), recruiter, backups)
        return cls(PracticeStorage(path, recruiter, schedule), recruiter, schedule, clock, saved=False)

    @property
    def notices(self) -> list[str]:
        """Sentences for the recruiter about what was found on opening, or went wrong on closing."""
        return self._storage.notices

    @property
    def path(self) -> Path:
        """The real path of the file, symlinks followed."""
        return self._storage.path

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
        return self._marked.get(card, UNMARKED).marks

    @property
    def marked(self) -> Mapping[str, Marks]:
        """What the recruiter said of every card that they ever marked, though they may have taken it back."""
        return {card: said.marks for card, said in list(self._marked.items())}

    def mark_time(self, card: str, mark: str) -> int:
        """Return when a mark, by its name in `Marks`, was last set or taken back; 0 for never.

        In microseconds since the epoch.
        """
        said: int = getattr(self._marked.get(card, UNMARKED).times, mark)
        return said

    def totals(self, day: Day) -> DayTotals:
        """Return the totals of a study day."""
        return self._days.get(day, DayTotals())

    def history(self, since: Day | None = None) -> dict[int, Review]:
        """Return the reviews that were not undone, by id: all, or those of the day `since` and later.

        Those of the last days are read at once; all of them take a while, and memory. Raises ProgressError.
        """
        if since is None:
            return self._read(Reviews.history)
        start = microseconds(datetime.combine(since, time(), UTC) - _EARLIEST)
        found = self._read(lambda reviews: reviews.history(start))
        return {id_: review for id_, review in found.items() if review.day >= since}

    def history_of(self, card: str) -> dict[int, Review]:
        """Return the reviews of one card that were not undone, by id. Raises ProgressError."""
        return self._read(lambda reviews: reviews.history_of(card))

    def forgotten_at(self, card: str) -> list[int]:
        """Return the ids under which a card was forgotten, the oldest first. Raises ProgressError."""
        return self._read(
            lambda reviews: [id_ for id_, each in reviews.forgettings().items() if each == card]
        )

    def recent(self, count: int) -> list[tuple[int, Review]]:
        """Return so many of the newest reviews, the newest last, at the same cost at any size of the record.

        Raises ProgressError.
        """
        return self._read(lambda reviews: reviews.recent(count))

    def newest(self) -> tuple[int, Review] | None:
        """Return the newest review and its id; undo would take it back, unless it is of a drill.

        Raises ProgressError.
        """
        if self._steps:
            return self._steps[-1].id, self._steps[-1].review
        found = self._read(last_review)
        return found and (found[0].id, found[1])

    def record(self, review: Review, at: datetime, *, instead_of: int | None = None) -> int:
        """Save a review that was given at `at`; return its id.

        The id is the microseconds of `at`, or more when an id as high is taken already.
        `instead_of` is the id of the newest review: the new one takes its place.
        Raises NotSavedError, and then nothing has changed; ValueError when `instead_of` is not the newest.
        """
        id_ = self._next_id(at)
        if id_ != microseconds(at):
            review = msgspec.structs.replace(review, at=microseconds(at))
        self._check(id_, review)
        change = Change({str(id_): document(review)})
        if instead_of is not None:
            newest = self._last_step()
            if newest is None or newest.id != instead_of:
                raise ValueError(f"{instead_of} is not the newest review")
            change.take_back(newest, id_ + 1)
        before = change.states.get(review.card, self.state(review.card))
        totals = change.days.get(review.day, self._days.get(review.day))
        first = before is None and not review.repeat
        change.states[review.card] = self.schedule.advance(before, review)
        change.days[review.day] = (totals or DayTotals()).plus(review, first_meeting=first)
        self._save(change)
        if instead_of is not None and self._steps:
            self._steps.pop()
        tombstone = Undo(id_, content_sum(document(review)))
        self._steps.append(Step(id_, review, tombstone, before, totals))
        return id_

    def undo(self) -> tuple[int, Review] | None:
        """Take back the newest review, of an earlier session too; return it and its id.

        None when there is no review left, and where the newest is of a drill, in which the first answer
        counts. Marks stay as they are. Raises NotSavedError, and then nothing has changed.
        """
        step = self._last_step()
        if step is None or step.review.drill:
            return None
        change = Change()
        change.take_back(step, self._next_id(self._clock()))
        self._save(change)
        if self._steps:
            self._steps.pop()
        return step.id, step.review

    def mark(self, card: str, marks: Marks) -> None:
        """Save what the recruiter says of a card. Raises NotSavedError, and then nothing has changed."""
        self.mark_all({card: marks})

    def mark_all(self, marks: Mapping[str, Marks]) -> None:
        """Save what the recruiter says of cards, all in one line.

        Raises NotSavedError, and then nothing has changed.
        """
        now = microseconds(self._clock())
        said = {card: self._marked.get(card, UNMARKED).changed(each, now) for card, each in marks.items()}
        if not said:
            return
        documents = {
            card_key(card): card_document(card, self.state(card), each) for card, each in said.items()
        }
        self._append({"cards": documents})
        self._marked |= said

    def forget(self, cards: Iterable[str]) -> list[Forgotten]:
        """Let the memory of cards begin anew, all in one line; return those of which there was any.

        Their reviews and marks stay. Raises NotSavedError, and then nothing has changed.
        """
        met = [(card, state) for card in dict.fromkeys(cards) if (state := self.state(card))]
        change = Change()
        forgotten = steps.forget(change, met, self._next_id(self._clock()))
        self._save_memory(change)
        return forgotten

    def remember(self, forgotten: Iterable[Forgotten]) -> None:
        """Take back that cards were forgotten, all in one line; what was answered since stays as it is.

        Raises NotSavedError, and then nothing has changed.
        """
        change = Change()
        unmet = [each for each in forgotten if self.state(each.card) is None]
        steps.remember(change, unmet, self._next_id(self._clock()))
        self._save_memory(change)

    def _save_memory(self, change: Change) -> None:
        if change.reviews:
            self._save(change)
            self._steps.clear()  # what undoing an answer leads back to is another state now

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
            valid.check_card(found)
            card, state, said = card_parts(found)
            if state:
                self._states[card] = state
            if said != UNMARKED:
                self._marked[card] = said
        for found in db.table("days"):
            valid.check_totals(found)
            self._days[day_of(str(found.doc_id))] = msgspec.convert(found, DayTotals)
        for name in ("settings", "interviews"):
            for found in db.table(name):
                CHECKS[name](str(found.doc_id), found)

    def _next_id(self, at: datetime) -> int:
        return max(microseconds(at), self._storage.newest + 1)

    def _check(self, id_: int, review: Review) -> None:
        """Check that a review can be read again. Raises NotSavedError."""
        try:
            valid.check_review(str(id_), encode(document(review)))
        except UNREADABLE as error:
            raise NotSavedError(
                f"Not saved: {self._storage.path} can't hold this answer: {error}. What was saved before is "
                'whole. Look whether the clock of this computer is right, and run "trainer doctor".'
            ) from error

    def _read(self, read: Callable[[Reviews], _Value]) -> _Value:
        try:
            return read(self._storage.tables.reviews)
        except UNREADABLE as error:
            raise tables.unreadable(self._storage.path, f'table "reviews": {error}') from error

    def _last_step(self) -> Step | None:
        """Return the newest review with what was known before it, None when there is no review."""
        if self._steps:
            return self._steps[-1]
        return self._read(lambda reviews: last_step(reviews, self.schedule, self.totals))

    def _save(self, change: Change) -> None:
        self._append(change.encoded(self._marked))
        _put(self._states, change.states)
        _put(self._days, change.days)


def _put(known: dict[_Key, _Value], changed: Mapping[_Key, _Value | None]) -> None:
    for key, value in changed.items():
        if value is None:
            known.pop(key, None)
        else:
            known[key] = value
