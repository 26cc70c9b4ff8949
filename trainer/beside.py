"""What lies beside a file and is told by its name: what a crash left of it, and originals that are kept."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from trainer import disk

if TYPE_CHECKING:
    from datetime import datetime

DAMAGED_NAME = r"\.damaged-(?:\d{8}-\d{6}|found)(?:-\d+)?"
"""What the names of files that are kept aside end in."""
_NO_NAMES = {"", ".", ".."}
"""What no file can be called: "..tmp" is nobody's temporary file."""
_TEMPORARY = re.compile(f"{disk.TEMPORARY_NAME}$")


def replaced_by(temporary: Path) -> Path | None:
    """Return the file whose place a temporary one was to take; None for a file that is none."""
    name, found = _TEMPORARY.subn("", temporary.name)
    return temporary.with_name(name) if found and name not in _NO_NAMES else None


def temporaries(*paths: Path) -> list[Path]:
    """Return what a crash left behind of files that were to take the place of these."""
    folders = {path.parent for path in paths if path.parent.is_dir()}
    return sorted(found for folder in folders for found in folder.iterdir() if replaced_by(found) in paths)


def set_aside(path: Path, data: disk.Buffer, now: "datetime | None" = None) -> Path:
    """Keep `data`, the damaged content of `path`, in a file beside it; return that one's path.

    It is named by the time, or as found if that is not known. Nothing is overwritten: a number is added where
    the name is taken. What is kept there already is not kept again: what is to follow may fail time after
    time, and the copies would fill the disk. Raises OSError; then nothing new is left there.
    """
    for kept in kept_aside(path):
        with suppress(OSError):
            if disk.read(kept, len(data), links=False) == data:
                disk.confirm(kept)
                return kept
    return write_free(lambda number: _aside(path, now, number), data)


def move_aside(path: Path, now: "datetime") -> Path:
    """Give a damaged file a name by which it is only kept, of those that are free; return it."""
    kept = next(name for number in _numbers() if not os.path.lexists(name := _aside(path, now, number)))
    disk.move(path, kept)
    return kept


def _aside(path: Path, now: "datetime | None", number: str) -> Path:
    stamp = f"{now:%Y%m%d-%H%M%S}" if now else "found"
    return path.with_name(f"{path.name}.damaged-{stamp}{number}")


def _numbers() -> Iterator[str]:
    """Yield what is put behind a name until it is free: nothing, then "-2", "-3"."""
    yield ""
    for attempt in count(2):
        yield f"-{attempt}"


def kept_aside(*paths: Path) -> list[Path]:
    """Return the damaged originals of files that were kept beside them."""
    folder = paths[0].parent
    names = "|".join(re.escape(path.name) for path in paths)
    ours = re.compile(f"(?:{names}){DAMAGED_NAME}")
    inside = folder.iterdir() if folder.is_dir() else ()
    return sorted(found for found in inside if ours.fullmatch(found.name))


def write_free(name: Callable[[str], Path], data: disk.Buffer) -> Path:
    """Write a new file under the first name that is free: without a number, or with "-2", "-3"."""
    for number in _numbers():
        path = name(number)
        with suppress(FileExistsError):
            disk.write_new(path, [data])
            return path
    raise AssertionError("the numbers never end")
