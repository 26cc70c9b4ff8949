"""The time of an answer in a record, and records of the version that did not keep it."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace
from tinydb import TinyDB

from trainer.errors import ProgressError
from trainer.memory.state import Rating
from trainer.progress.bulk import check_reviews
from trainer.progress.documents import document, encode
from trainer.progress.progress import Progress
from trainer.progress.valid import check_review, check_totals

from .samples import CARDS, FakeClock, answer, at_work, is_consistent, opened, record_of, review, session

AT = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def give(progress: Progress, clock: FakeClock, card: str, spent: int | None) -> int:
    clock.move(1)
    return progress.record(replace(review(progress, card, at=clock.now), spent=spent), clock.now)


def test_a_record_of_the_last_version_opens_unchanged_and_goes_on(tmp_path: Path) -> None:
    """It holds no `spent`, in reviews or in totals; what is added does not disagree with what was there."""
    clock, record = FakeClock(), record_of(tmp_path)
    session(record, clock, *CARDS[:3])
    with TinyDB(record.path, access_mode="r") as db:
        former = [*db.table("reviews"), *db.table("days")]
    assert not any({"spent", "timed"} & each.keys() for each in former)
    before = record.path.read_bytes()
    with at_work(record, clock) as progress:
        assert progress.notices == []
        assert progress.totals(AT.date()).spent_ms == 2 * 3 * 4200
    assert record.path.read_bytes() == before
    with at_work(record, clock) as progress:
        give(progress, clock, CARDS[3], 30_000)
        assert progress.totals(AT.date()).spent_ms == 2 * 3 * 4200 + 30_000
        assert is_consistent(progress)
        progress.undo()
        assert progress.totals(AT.date()).spent_ms == 2 * 3 * 4200
        progress.undo()
        assert progress.totals(AT.date()).spent_ms == 2 * 2 * 4200
        assert is_consistent(progress)


def test_the_time_stands_in_the_record_and_comes_back(tmp_path: Path) -> None:
    clock, record = FakeClock(), record_of(tmp_path)
    with at_work(record, clock) as progress:
        id_ = give(progress, clock, CARDS[0], 0)
        give(progress, clock, CARDS[1], 61_000)
    with at_work(record, clock) as progress:
        assert progress.history()[id_].spent == 0
        assert progress.totals(AT.date()).spent_ms == 61_000
        assert is_consistent(progress)


@pytest.mark.parametrize("spent", [-1, 10**9 + 1, 1.5, "1000"])
def test_a_time_that_cannot_be_is_refused(tmp_path: Path, spent: object) -> None:
    progress = opened(tmp_path / "anna.json")
    found = {**document(review(progress)), "spent": spent}
    progress.close()
    with pytest.raises(ValueError, match=r"\$\.spent"):
        check_review("5", encode(found))
    with pytest.raises((ValueError, ProgressError)):
        check_reviews(encode({"5": found}), 10)
    with pytest.raises(msgspec.ValidationError):
        check_totals({"spent": "1000"})


def test_the_newest_answers_are_read_from_the_end(tmp_path: Path) -> None:
    clock, record = FakeClock(), record_of(tmp_path)
    session(record, clock, *(CARDS * 3))
    with at_work(record, clock) as progress:
        ids = list(progress.history())
        assert [id_ for id_, _ in progress.recent(5)] == ids[-5:]
        assert [id_ for id_, _ in progress.recent(100)] == ids
        new = answer(progress, clock, CARDS[0], Rating.AGAIN)
        assert [id_ for id_, _ in progress.recent(2)] == [ids[-1], new]
        progress.undo()
        progress.undo()
        assert [id_ for id_, _ in progress.recent(2)] == ids[-3:-1]
        assert progress.recent(0) == []
