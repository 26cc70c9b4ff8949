"""A crash at any moment: what was acknowledged is there once, and all else fits it."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB

from trainer.errors import NotSavedError, NotWritableError
from trainer.memory.learner import Settings
from trainer.memory.state import Marks, Rating, Review
from trainer.progress.progress import Progress

from .faults import FaultyOs, Loss, PowerCut, install
from .samples import CARDS, FakeClock, is_consistent, opened, read, review


@dataclass
class Learner:
    """Acts on a progress file, and remembers what was acknowledged."""

    path: Path
    clock: FakeClock = field(default_factory=FakeClock)
    known: dict[int, Review] = field(default_factory=dict)
    marks: dict[str, Marks] = field(default_factory=dict)
    chosen: Settings = field(default_factory=Settings)
    progress: Progress | None = None

    def sit_down(self) -> Progress:
        if self.progress is None:
            self.progress = opened(self.path, self.clock)
        return self.progress

    def answer(
        self, card: str, rating: Rating = Rating.GOOD, *, repeat: bool = False, guess: bool = False
    ) -> None:
        progress = self.sit_down()
        given = review(
            progress,
            card,
            rating,
            self.clock.now,
            repeat=repeat,
            guess=guess,
            variant=f"v{len(self.known) % 3}",
        )
        self._acknowledge(progress.record(given, self.clock.now), given)

    def count_as_right(self) -> None:
        progress = self.sit_down()
        if not self.known:
            return
        newest = max(self.known)
        given = review(progress, self.known[newest].card, Rating.GOOD, self.clock.now)
        id_ = progress.record(given, self.clock.now, instead_of=newest)
        del self.known[newest]
        self._acknowledge(id_, given)

    def undo(self) -> None:
        undone = self.sit_down().undo()
        assert (undone and undone[0]) == max(self.known, default=None)
        if undone:
            del self.known[undone[0]]

    def mark(self, card: str, marks: Marks) -> None:
        self.sit_down().mark(card, marks)
        self.marks[card] = marks

    def choose(self, minutes: int) -> None:
        self.sit_down().set_setting("minutes", minutes)
        self.chosen = Settings(minutes=minutes)

    def leave(self) -> None:
        if self.progress:
            self.progress.close()
        self.progress = None

    def _acknowledge(self, id_: int, given: Review) -> None:
        assert id_ > max(self.known, default=0)
        self.known[id_] = given

    def check(self, *, in_flight: bool = False) -> None:
        """Compare the file with what was acknowledged; one act may have been under way."""
        progress = self.sit_down()
        found = {id_: unplaced(each) for id_, each in progress.history().items()}
        known = {id_: unplaced(each) for id_, each in self.known.items()}
        if in_flight:
            newest = max(known, default=0)
            kept = {id_: each for id_, each in found.items() if id_ <= newest}
            assert len(found) - len(kept) <= 1
            assert kept in (known, {id_: each for id_, each in known.items() if id_ != newest})
            self.known = progress.history()
            changed = [card for card in CARDS if progress.marks(card) != self.marks.get(card, Marks())]
            assert len(changed) <= 1
            self.marks = {card: progress.marks(card) for card in CARDS}
            self.chosen = progress.settings
        else:
            assert found == known
            assert all(progress.marks(card) == self.marks.get(card, Marks()) for card in CARDS)
            assert progress.settings == self.chosen
        assert is_consistent(progress)


def unplaced(given: Review) -> tuple[object, ...]:
    """A review without `at`, which tells only that its id was moved."""
    return given.card, given.day, given.rating, given.given, given.repeat, given.guess, given.variant


def run_to_the_power_cut(
    learner: Learner, acts: Iterator[Callable[[], object]], faulty: FaultyOs, loss: Loss = Loss.NOTHING
) -> bool:
    """Act until the power goes; return whether it did."""
    try:
        for act in acts:
            act()
    except PowerCut:
        learner.progress = None
    else:
        return False
    faulty.die(loss)
    return True


def parses(path: Path) -> bool:
    """Whether plain TinyDB reads the file, if there is one yet."""
    if not path.exists():
        return True
    with TinyDB(path, access_mode="r") as db:
        return all(len(db.table(name)) >= 0 for name in ("meta", "cards", "days", "reviews"))


def a_week(learner: Learner) -> Iterator[Callable[[], object]]:
    yield lambda: learner.answer(CARDS[0])
    yield lambda: learner.answer(CARDS[1], Rating.AGAIN)
    yield learner.count_as_right
    yield lambda: learner.choose(10)
    yield lambda: learner.answer(CARDS[2])
    yield learner.undo
    yield learner.leave
    learner.clock.move(24 * 60)
    yield lambda: learner.mark(CARDS[2], Marks(suspended=True))
    yield lambda: learner.answer(CARDS[0], Rating.AGAIN)
    yield lambda: learner.answer(CARDS[0], repeat=True)
    yield learner.undo
    yield learner.undo
    yield learner.undo
    yield lambda: learner.answer(CARDS[3], Rating.EASY)
    yield learner.leave
    yield learner.check


def steps_of_a_week(tmp_path: Path) -> int:
    with pytest.MonkeyPatch.context() as patch:
        faulty = install(patch)
        learner = Learner(tmp_path / "count" / "anna.json")
        assert not run_to_the_power_cut(learner, a_week(learner), faulty)
        learner.leave()
        return len(faulty.steps)


@pytest.mark.slow
@pytest.mark.parametrize("loss", Loss)
@pytest.mark.parametrize("written", [0.0, 0.5, 0.98, 1.0])
def test_a_crash_at_every_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: float, loss: Loss
) -> None:
    steps = steps_of_a_week(tmp_path)
    assert steps > 50
    faulty = install(monkeypatch)
    for step in range(1, steps + 1):
        learner = Learner(tmp_path / f"{step}" / "anna.json")
        faulty.cut_power_at(step, written)
        assert run_to_the_power_cut(learner, a_week(learner), faulty, loss)
        assert parses(learner.path)
        learner.check(in_flight=True)
        learner.leave()
        assert parses(learner.path)
        learner.check()
        learner.leave()


@pytest.mark.slow
def test_a_crash_while_recovering_from_a_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = steps_of_a_week(tmp_path)
    faulty = install(monkeypatch)
    for first in range(1, steps + 1, 3):
        for second in range(1, 10, 2):
            learner = Learner(tmp_path / f"{first}-{second}" / "anna.json")
            faulty.cut_power_at(first, 0.5)
            run_to_the_power_cut(learner, a_week(learner), faulty)
            faulty.cut_power_at(second, 0.5)
            run_to_the_power_cut(learner, iter([learner.sit_down]), faulty)
            faulty.mend()
            learner.check(in_flight=True)
            learner.leave()
            assert parses(learner.path)


_TRUE = ("No answer is lost: they are in", "could not be backed up", "was cut off when trainer stopped")
"""What may be told of a disk that fails now and then."""


def with_failures(learner: Learner, faulty: FaultyOs, first: int, count: int) -> list[str]:
    """Act through a week in which so many steps of the disk fail; what was not saved is tried again.

    Return what was told.
    """
    told: list[str] = []
    left = iter(range(1, first + count))

    def fault(_step: str) -> OSError | None:
        failing = next(left, 0) >= first
        return OSError(errno.EIO, os.strerror(errno.EIO)) if failing else None

    faulty._fault, faulty._written = fault, 0.5
    for act in a_week(learner):
        before = learner.progress
        for _ in range(count + 1):
            with suppress(NotSavedError, NotWritableError):
                act()
                break
        if before and before is not learner.progress:
            told += before.notices
    return told


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("loss", [None, Loss.DATA_AND_NAMES])
def test_a_failure_of_the_disk_at_every_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int, loss: Loss | None
) -> None:
    """Nothing that was acknowledged is lost, nothing else is there, and nothing untrue is told."""
    steps = steps_of_a_week(tmp_path)
    faulty = install(monkeypatch)
    for first in range(1, steps + 1, count):
        learner = Learner(tmp_path / f"{first}" / "anna.json")
        told = with_failures(learner, faulty, first, count)
        learner.answer(CARDS[1])
        if loss:
            learner.progress = None
            faulty.die(loss)
        learner.leave()
        learner.check()
        told += learner.sit_down().notices
        learner.leave()
        assert [each for each in told if not any(true in each for true in _TRUE)] == [], first
        learner.check()
        assert learner.sit_down().notices == []
        learner.leave()
        names = {each.name for each in learner.path.parent.iterdir()}
        assert names <= {"anna.json", "anna.journal", "anna.lock"}, first


cards = st.sampled_from(CARDS)
ratings = st.sampled_from(Rating)
answers = st.tuples(st.just("answer"), cards, ratings, st.booleans(), st.booleans())
marks = st.tuples(st.just("mark"), cards, st.sampled_from([Marks(), Marks(suspended=True)]))
moves = st.tuples(st.just("move"), st.integers(-3000, 6000), st.integers(-11, 12))
others = st.tuples(st.sampled_from(["undo", "count_as_right", "leave"]))
choices = st.tuples(st.just("choose"), st.sampled_from([5, 20]))
acts = st.lists(st.one_of(answers, answers, moves, others, marks, choices), min_size=3, max_size=25)


def act_on(learner: Learner, name: str, *rest: object) -> None:
    if name == "answer":
        card, rating, repeat, guess = rest
        assert isinstance(card, str)
        assert isinstance(rating, Rating)
        rating = Rating.AGAIN if guess else rating
        learner.answer(card, rating, repeat=bool(repeat), guess=bool(guess))
    elif name == "move":
        minutes, hours_east = rest
        assert isinstance(minutes, int)
        assert isinstance(hours_east, int)
        learner.clock.move(minutes, hours_east)
    else:
        getattr(learner, name)(*rest)


@pytest.mark.slow
@settings(max_examples=150)
@given(history=acts, step=st.integers(1, 80), written=st.sampled_from([0.0, 0.3, 0.9, 1.0]), after=acts)
def test_any_history_with_a_crash_anywhere(
    history: list[tuple[str, ...]], step: int, written: float, after: list[tuple[str, ...]]
) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        faulty = install(patch)
        learner = Learner(Path(folder) / "anna.json")
        faulty.cut_power_at(step, written)
        crashed = run_to_the_power_cut(learner, (partial(act_on, learner, *act) for act in history), faulty)
        faulty.mend()
        assert parses(learner.path)
        learner.check(in_flight=crashed)
        for act in after:
            act_on(learner, *act)
        assert {i: unplaced(r) for i, r in read(learner.path).history().items()} == {
            i: unplaced(r) for i, r in learner.known.items()
        }
        learner.leave()
        learner.check()
        learner.leave()
