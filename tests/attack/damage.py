"""Files that are cut, lengthened or changed bit by bit."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.attack.outcome import Outcome
from tests.progress.faults import unsynced
from tests.progress.samples import CARDS, FakeClock, answer, is_consistent, opened
from trainer.errors import ProgressError
from trainer.memory.state import Marks, Review

JUNK = (
    b"\0" * 4096,
    b"junk",
    b"junk\n",
    b"00000000 {}\n",
    b"deadbeef {\n",
    b"\xff\xfe\n\n",
    b'{"reviews":{}}\n',
)
_ANSWERS = 5
_MINUTES = 25


class Record(NamedTuple):
    """A record as a killed session leaves it."""

    file: bytes
    journal: bytes
    folded: list[Review]
    """The reviews that are in the file."""
    all: list[Review]


def attack(folder: Path, step: int = 1) -> list[Outcome]:
    """Damage a record at every byte and every bit, or at one in so many."""
    with unsynced():
        record = _record(folder / "whole")
        return [
            _cut_journals(folder, record, step),
            _junk(folder, record),
            _flipped_journals(folder, record, step),
            _flipped_files(folder, record, step),
            _cut_files(folder, record, step),
        ]


def _record(folder: Path) -> Record:
    clock, path = FakeClock(), folder / "anna.json"
    with opened(path, clock) as progress:
        progress.mark(CARDS[3], Marks(suspended=True))
        progress.set_setting("minutes", _MINUTES)
        for card in CARDS[:3]:
            answer(progress, clock, card)
        progress.undo()
        folded = list(progress.history().values())
    file = path.read_bytes()
    with opened(path, clock) as progress:
        for number in range(_ANSWERS):
            answer(progress, clock, CARDS[number % len(CARDS)])
        return Record(
            file, path.with_suffix(".journal").read_bytes(), folded, list(progress.history().values())
        )


def _cut_journals(folder: Path, record: Record, step: int) -> Outcome:
    outcome = Outcome("a journal cut at a byte")
    header = record.journal.index(b"\n") + 1
    for end in range(0, len(record.journal), step):
        cut = record.journal[:end]
        outcome.tried += 1
        found = _open(folder, record.file, cut, outcome)
        if found is None:
            continue
        whole_lines = max(0, cut.count(b"\n") - 1) if end >= header else 0
        outcome.expect(len(found.reviews) >= len(record.folded) + whole_lines, "with a whole line lost")
        outcome.expect(bool(found.notices) == (not cut.endswith(b"\n") and end > 0), "told wrongly")
        outcome.expect(_is_part(found.reviews, record.all), "with a review invented")
    return outcome


def _junk(folder: Path, record: Record) -> Outcome:
    outcome = Outcome("junk at the end of a journal")
    for junk in JUNK:
        outcome.tried += 1
        found = _open(folder, record.file, record.journal + junk, outcome)
        if found:
            outcome.expect(found.reviews == record.all, "with a review lost or invented")
            outcome.expect(bool(found.notices), "not told")
    return outcome


def _flipped_journals(folder: Path, record: Record, step: int) -> Outcome:
    outcome = Outcome("a bit flipped in a journal")
    for flipped in _flips(record.journal, step):
        outcome.tried += 1
        found = _open(folder, record.file, flipped, outcome)
        if found:
            outcome.expect(_is_part(found.reviews, record.all), "with a review invented")
            outcome.expect(len(found.reviews) >= len(record.all) - 1, "with more than a line lost")
            outcome.expect(bool(found.notices), "not told")
            torn = len(found.reviews) == len(record.all) - 1 and "cut off" in "".join(found.notices)
            outcome.expect(torn or flipped in found.kept, "with the original not kept")
    return outcome


def _flipped_files(folder: Path, record: Record, step: int) -> Outcome:
    outcome = Outcome("a bit flipped in the TinyDB file")
    for flipped in _flips(record.file, step):
        outcome.tried += 1
        found = _open(folder, flipped, record.journal, outcome)
        if found:
            outcome.expect(found.reviews == record.all, "with a review lost or changed")
            outcome.expect(found.chosen, "with a mark lost")
            outcome.expect("right again" in "".join(found.notices), "not told")
            outcome.expect(flipped in found.kept, "with the original not kept")
    return outcome


def _cut_files(folder: Path, record: Record, step: int) -> Outcome:
    """A file that is cut is refused, so that a whole copy or a backup can take its place."""
    outcome = Outcome("a TinyDB file cut at a byte")
    path = _put(folder, b"", b"")
    for end in range(0, len(record.file) - 1, step):
        outcome.tried += 1
        _put(folder, record.file[:end], record.journal)
        try:
            opened(path).close()
            outcome.wrong["opened"] += 1
        except ProgressError as error:
            outcome.expect(str(path) in str(error), "not named")
        untouched = path.read_bytes() == record.file[:end]
        outcome.expect(untouched and path.with_suffix(".journal").read_bytes() == record.journal, "touched")
    return outcome


class _Found(NamedTuple):
    reviews: list[Review]
    chosen: bool
    """Whether the card that was put away, and the minutes, are as they were chosen."""
    notices: list[str]
    kept: list[bytes]


def _open(folder: Path, file: bytes, journal: bytes, outcome: Outcome) -> _Found | None:
    path = _put(folder, file, journal)
    try:
        with opened(path) as progress:
            outcome.expect(is_consistent(progress), "with states that don't fit the reviews")
            return _Found(
                list(progress.history().values()),
                progress.marks(CARDS[3]).suspended and progress.settings.minutes == _MINUTES,
                progress.notices,
                [kept.read_bytes() for kept in path.parent.glob("*.damaged-*")],
            )
    except ProgressError:
        outcome.wrong["refused"] += 1
        return None


def _put(folder: Path, file: bytes, journal: bytes) -> Path:
    path = folder / "damaged" / "anna.json"
    shutil.rmtree(path.parent, ignore_errors=True)
    path.parent.mkdir(parents=True)
    path.write_bytes(file)
    path.with_suffix(".journal").write_bytes(journal)
    return path


def _flips(content: bytes, step: int) -> Iterator[bytes]:
    for bit in range(0, len(content) * 8, step):
        flipped = bytearray(content)
        flipped[bit // 8] ^= 1 << bit % 8
        yield bytes(flipped)


def _is_part(some: list[Review], all_: list[Review]) -> bool:
    """Whether reviews are all among others, in their order."""
    rest = iter(all_)
    return all(review in rest for review in some)
