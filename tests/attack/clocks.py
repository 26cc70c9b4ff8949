"""Clocks that jump: by a day, by years, into another zone, to where no calendar reaches."""

import random
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from tests.attack.outcome import Outcome
from tests.progress.faults import unsynced
from tests.progress.samples import CARDS, FakeClock, at_work, is_consistent, record_of, review
from trainer.errors import ProgressError
from trainer.progress.doctor import checks, repair

_FAR = [
    *(datetime(year, 1, 1, tzinfo=UTC) for year in (1, 999, 1899, 1900, 1970, 1980, 2038, 2999, 3000, 9999)),
    *(datetime(2999, 12, day, 23, 59, tzinfo=UTC) for day in (30, 31)),
    datetime(1900, 1, 2, tzinfo=UTC),
]


def attack(folder: Path, jumps: int = 200, seed: int = 1) -> list[Outcome]:
    """Answer under so many clocks, one record after the other, and look what became of the answers."""
    outcome = Outcome("answers under clocks that jump")
    chance, record, clock = random.Random(seed), record_of(folder), FakeClock()
    given = 0
    with unsynced():
        for number in range(jumps):  # no two at the same instant
            clock.now = _jump(clock.now, chance) + timedelta(microseconds=number)
            outcome.tried += 1
            try:
                with at_work(record, clock) as progress:
                    before = len(progress.history())
                    outcome.expect(before == given, "with an answer lost")
                    progress.record(review(progress, chance.choice(CARDS), at=clock.now), clock.now)
                    given += 1
                    if chance.random() < 0.2:
                        progress.undo()
                        given -= 1
            except ProgressError as error:
                outcome.expect("clock of this computer" in str(error), f"refused: {str(error)[:80]}")
        clock.now = datetime(2026, 11, 24, tzinfo=UTC)
        problems = [each.what for each in checks.check(record, clock.now, CARDS) if each.problem]
        outcome.expect(not problems, f"with problems: {problems}")
        repair.fix(record, clock)
        with at_work(record, clock) as progress:
            outcome.expect(len(progress.history()) == given, "with an answer lost in the end")
            outcome.expect(is_consistent(progress), "that don't fit together")
    return [outcome]


def _jump(now: datetime, chance: random.Random) -> datetime:
    if chance.random() < 0.3:
        return chance.choice(_FAR)
    zone = timezone(timedelta(hours=chance.randint(-14, 14)))
    try:
        moved = now + timedelta(
            days=chance.choice([-4000, -366, -1, 0, 1, 366, 4000]), minutes=chance.randint(0, 999)
        )
        return moved.astimezone(zone)
    except OverflowError:
        return datetime(2026, 3, 4, tzinfo=UTC)
