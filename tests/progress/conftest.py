from pathlib import Path

import pytest

from trainer.progress.records import Record

from .samples import CARDS, FakeClock, record_of, session


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def anna(tmp_path: Path, clock: FakeClock) -> Record:
    """A record with an answer."""
    record = record_of(tmp_path)
    session(record, clock, CARDS[0])
    return record
