"""What keeping a record of three years costs: room for its backups, listing them, the doctor, undo."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from tests.bench.histories import NOW, write_history
from tests.bench.measure import Row, milliseconds, p50
from trainer.cards.library import library_of
from trainer.home import Home
from trainer.material.sheet_files import shipped_decks
from trainer.memory.schedule import Schedule
from trainer.progress import backup, records
from trainer.progress.doctor import checks
from trainer.progress.progress import Progress
from trainer.progress.records import Record

REVIEWS = 60_758
"""Three years of fifty-five a day."""
BACKUPS = backup.DAYS + backup.WEEKS + backup.MONTHS
"""As many as are kept; here all of them hold all three years."""
TIMES = 5


def rows(folder: Path) -> Iterator[Row]:
    """Measure, in a folder on a real disk."""
    library = library_of(sorted(shipped_decks().glob("*.toml")))
    record = Record.of(Home(folder), "bench", Schedule())
    write_history(record.path, library, REVIEWS)
    for day in range(BACKUPS):
        backup.keep_file(record.path, record.backups, "import", NOW - timedelta(days=BACKUPS - day))
    room = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    yield Row(
        f"room of {BACKUPS} backups and their record: beside the record",
        room / 1e6,
        record.path.stat().st_size / 1e6,
        4,
        unit="MB",
    )
    replay = p50(milliseconds(lambda: record.schedule.replay(records.look(record).reviews.history()), TIMES))
    listed = p50(milliseconds(lambda: _listed(record), TIMES))
    yield Row(f"list {BACKUPS} backups: beside FSRS over all reviews", listed, replay, 0.5)
    doctor = p50(milliseconds(lambda: checks.check(record, NOW, library.cards), TIMES))
    yield Row("doctor, with all backups: beside FSRS over all reviews", doctor, replay, 6)
    with Progress.open(record.path, "bench", record.schedule, lambda: NOW) as progress:
        undo = p50(milliseconds(progress.undo, TIMES))
    yield Row("undo of an answer of another session: beside FSRS …", undo, replay, 0.5)


def _listed(record: Record) -> int:
    return sum(backup.content(each.path).reviews for each in backup.existing(record.backups))
