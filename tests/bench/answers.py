"""One whole answer without a screen, beside plain TinyDB and the bare append."""

import os
from collections.abc import Iterator
from pathlib import Path

from tinydb import TinyDB

from tests.bench.histories import NOW, write_history
from tests.bench.measure import Row, milliseconds, p50
from trainer.cards.card import Answer
from trainer.cards.library import library_of
from trainer.material.sheet_files import shipped_decks
from trainer.memory.schedule import Schedule
from trainer.progress.progress import Progress
from trainer.study.session import Session

SMALL, LARGE = 1_000, 100_000
ANSWERS = 300
PLAIN = 5
"""Answers by plain TinyDB: each takes a quarter of a second at the large size."""


def rows(folder: Path) -> Iterator[Row]:
    """Measure, in a folder on a real disk."""
    ours = {size: p50(_ours(folder / f"{size}.json", size)) for size in (SMALL, LARGE)}
    plain = {size: p50(_plain_tinydb(folder / f"{size}.json")) for size in (SMALL, LARGE)}
    bare = p50(_bare(folder / "bare"))
    yield Row(f"answer: {LARGE:,} reviews beside {SMALL:,}", ours[LARGE], ours[SMALL], 1.2)
    yield Row(f"answer at {LARGE:,}: beside plain TinyDB", ours[LARGE], plain[LARGE], 50, at_least=True)
    yield Row(f"answer at {SMALL:,}: beside plain TinyDB", ours[SMALL], plain[SMALL], 1, at_least=True)
    yield Row("answer: beside the bare append and fsync", ours[LARGE], bare, 10)


def _ours(path: Path, size: int) -> list[float]:
    library = library_of(sorted(shipped_decks().glob("*.toml")))
    write_history(path, library, size)
    schedule = Schedule()
    with Progress.open(path, "bench", schedule, lambda: NOW) as progress:
        plan = (list(library.cards.values()) * 10)[:ANSWERS]
        session = Session(plan, library.cards, progress, schedule, lambda: NOW, most_misses=1)

        def answer() -> None:
            assert session.question
            session.answer(Answer(gave_up=True))
            session.next()

        return milliseconds(answer, ANSWERS)


def _plain_tinydb(path: Path) -> list[float]:
    with TinyDB(path) as file:
        reviews, cards = file.table("reviews"), file.table("cards")
        card = cards.all()[0].doc_id
        review = dict(reviews.all()[-1])

        def answer() -> None:
            reviews.insert(review)
            cards.update({"reps": 7}, doc_ids=[card])

        return milliseconds(answer, PLAIN)


def _bare(path: Path) -> list[float]:
    line = b"x" * 700
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def append() -> None:
        os.write(descriptor, line)
        os.fsync(descriptor)

    try:
        return milliseconds(append, ANSWERS)
    finally:
        os.close(descriptor)
