"""What the tests here answer, and when."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from trainer.disk import make_folder, replace
from trainer.home import Home
from trainer.memory.calendar import study_day
from trainer.memory.schedule import Schedule
from trainer.memory.state import CardState, Day, DayTotals, Marks, Rating, Review
from trainer.progress.documents import FIRST_FORMAT, Meta
from trainer.progress.progress import Progress
from trainer.progress.records import Record
from trainer.progress.tables import Tables

SCHEDULE = Schedule()
CARDS = ["asm/meanings/asm", "asm/meanings/asm.signal", "asm/levels/props", "asm/titles/dsm"]


Kept = tuple[dict[int, Review], dict[str, CardState], dict[Day, DayTotals], dict[str, Marks]]


class FakeClock:
    """A clock that stands still until it is moved, forward or back."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, minutes: int, hours_east: int = 0) -> None:
        self.now = (self.now + timedelta(minutes=minutes)).astimezone(timezone(timedelta(hours=hours_east)))


def opened(path: Path, clock: FakeClock | None = None) -> Progress:
    return Progress.open(path, "anna", SCHEDULE, clock or FakeClock())


def read(path: Path) -> Progress:
    return Progress.read(path, "anna", SCHEDULE, FakeClock())


def review(
    progress: Progress,
    card: str = CARDS[0],
    rating: Rating = Rating.GOOD,
    at: datetime | None = None,
    *,
    repeat: bool = False,
    guess: bool = False,
    variant: str = "",
) -> Review:
    """An answer as a session makes it, with the interval that FSRS gives."""
    day = study_day(at or FakeClock().now)
    state = progress.state(card)
    return Review(
        card=card,
        day=day,
        rating=rating,
        given=SCHEDULE.interval(card, state, day, rating),
        form="choose",
        ms=4200,
        variant=variant,
        chosen=("junior",),
        repeat=repeat,
        guess=guess,
        unseen=state is not None and bool(variant) and variant not in state.seen,
    )


def answer(progress: Progress, clock: FakeClock, card: str = CARDS[0], rating: Rating = Rating.GOOD) -> int:
    """Record one answer a minute after the last."""
    clock.move(1, 0)
    return progress.record(review(progress, card, rating, clock.now), clock.now)


def empty(path: Path, recruiter: str = "anna") -> Path:
    """Make a record without an answer, as earlier versions did at the first opening; return its file."""
    make_folder(path.parent)
    replace(path, Tables(Meta(format=FIRST_FORMAT, recruiter=recruiter, generation=1)).encoded())
    return path


def record_of(home: Path, name: str = "anna") -> Record:
    """Where a recruiter's record lies in a home."""
    return Record.of(Home(home), name, SCHEDULE)


def at_work(record: Record, clock: FakeClock) -> Progress:
    """Open a record as a session does, backups and all."""
    return Progress.open(record.path, record.recruiter, record.schedule, clock, record.backups)


def session(record: Record, clock: FakeClock, *cards: str) -> None:
    """Answer some cards in a session of its own."""
    with at_work(record, clock) as progress:
        for card in cards:
            answer(progress, clock, card)


def kept(record: Record) -> Kept:
    """All that a record remembers, as it stands on the disk."""
    with Progress.read(record.path, record.recruiter, record.schedule, FakeClock()) as progress:
        assert is_consistent(progress)
        marks = {card: progress.marks(card) for card in CARDS}
        return progress.history(), dict(progress.states), dict(progress.days), marks


def is_consistent(progress: Progress) -> bool:
    """Whether states and totals are what the reviews give."""
    history = progress.history()
    states, days = SCHEDULE.replay(history)
    last = {review.card: id_ for id_, review in history.items()}
    remembered = {
        card: state
        for card, state in states.items()
        if max(progress.forgotten_at(card), default=0) < last[card]
    }
    return dict(progress.states) == remembered and dict(progress.days) == days
