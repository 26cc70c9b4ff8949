"""What somebody may take home of their own where no file of theirs lies on their computer."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from trainer.engine.engine import Engine


class Download(Struct, frozen=True):
    """A file that is made when it is asked for."""

    key: str
    label: str
    about: str
    """What it is good for, in a few words."""
    name: str
    """What the file is called."""
    make: "Callable[[Engine], str]"
    """Returns what it holds. Raises ProgressError where the record can't be read."""


def _record(engine: "Engine") -> str:
    from trainer.progress import records  # noqa: PLC0415 — few are made
    from trainer.progress.records import Record  # noqa: PLC0415 — the same

    record = Record.of(engine.home, engine.recruiter, engine.progress.schedule)
    return b"".join(records.look(record).encoded()).decode()


def _answers(engine: "Engine") -> str:
    from trainer.reports.export import as_csv  # noqa: PLC0415 — few are made

    return as_csv(engine.progress.history())


def _cards(engine: "Engine") -> str:
    from trainer.reports.tables import cards_csv  # noqa: PLC0415 — few are made

    progress = engine.progress
    return cards_csv(engine.library, progress, progress.schedule, engine.day)


DOWNLOADS = (
    Download("record", "Your record", "to go on with elsewhere", "trainer-record.json", _record),
    Download("answers", "Your answers", "a table for a spreadsheet", "trainer-answers.csv", _answers),
    Download("cards", "Your cards", "and when each comes back", "trainer-cards.csv", _cards),
)
