"""Packages of Anki (.apkg, .colpkg): a database of notes within a zip, as it is or packed by zstd."""

import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from zipfile import ZipFile

from trainer.errors import PageError
from trainer.material.words.cells import Row, list_of_rows, text_of_cell
from trainer.material.words.word_list import WordList

_NEWEST_FIRST = ("collection.anki21b", "collection.anki21", "collection.anki2")
"""The newer ones stand beside an old one with a single note: "please update"."""

_LARGEST = 200_000_000
"""Bytes of a database at most."""

_MOST_NOTES = 200_000
_MOST_STEPS = 20_000
"""Thousands of steps that the database may take: a prepared one could go on for ever."""


def is_package(zipped: ZipFile) -> bool:
    """Return whether a zip holds a collection of Anki."""
    return any(name in zipped.namelist() for name in _NEWEST_FIRST)


def list_in_package(zipped: ZipFile, name: str, called: str) -> WordList:
    """Return the notes of a package as a list called `name`.

    Their first field is the term, the second its meaning; the line of an entry is the number of its note.
    Raises PageError, naming the package as `called`, for what can't be read.
    """
    inside = next(each for each in _NEWEST_FIRST if each in zipped.namelist())
    with zipped.open(inside) as file:
        data = file.read(_LARGEST + 1) if not inside.endswith("b") else _unpacked(file.read(), called)
    if len(data) > _LARGEST:
        raise PageError(f"{called}: too large for a list of words. Export one deck alone.")
    try:
        rows = list(_notes(data))
    except (sqlite3.Error, UnicodeDecodeError, OverflowError) as error:
        raise PageError(
            f"{called}: its notes can't be read ({error}). In Anki choose Export, “Notes in plain text”, and "
            "use that."
        ) from error
    return list_of_rows(rows, name)


def _unpacked(data: bytes, called: str) -> bytes:
    import zstandard  # noqa: PLC0415 — few lists come so

    try:
        with zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(io.BytesIO(data)) as reader:
            return reader.read(_LARGEST + 1)
    except zstandard.ZstdError as error:
        raise PageError(f"{called}: damaged ({error}). Export it once more.") from error


def _notes(data: bytes) -> Iterator[Row]:
    """Yield the fields of each note. Raises sqlite3.Error for what is no such database."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(data)
        steps = iter(range(_MOST_STEPS))
        database.set_progress_handler(lambda: next(steps, None) is None, 1_000)
        database.execute("PRAGMA trusted_schema = OFF")
        if not database.execute(
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'notes'"
        ).fetchone():
            raise sqlite3.DatabaseError("no table of notes")
        notes = database.execute(f"SELECT flds FROM notes ORDER BY id LIMIT {_MOST_NOTES:d}")  # noqa: S608 — a number
        for number, (fields,) in enumerate(notes, start=1):
            yield Row(number, [text_of_cell(field) for field in str(fields).split("\x1f")])
