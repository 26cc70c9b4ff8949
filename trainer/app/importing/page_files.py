"""Files that may be pages, for somebody who names one: what goes on as it was begun."""

import os
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from msgspec import Struct

from trainer.errors import PageError
from trainer.material.intake import read_file

MOST = 8
"""Files that are offered."""

_LOOKED_AT = 5_000
"""Entries of a folder that are looked at."""

_READ, _LARGE = 24, 300_000
"""Files that are read at most to see what they are, and bytes from which on one is not."""

_FEWEST = 3
"""Terms that a list has at least."""

_ENDS = (
    *(".txt", ".html", ".htm", ".text", ".md", ".eml", ".mhtml", ".mht", ".docx", ".odt", ".rtf", ".pdf"),
    *(".csv", ".tsv", ".xlsx", ".apkg"),
)
_UNREAD = (".docx", ".pdf", ".xlsx", ".apkg", ".eml", ".mhtml")
"""Forms that are offered without a look: to open one takes a time."""

_USUAL = ("Downloads", "Documents", "Desktop")
"""Folders in a user's home where saved pages lie."""


class PageFile(Struct, frozen=True):
    """A file that may be a page, or a folder with some."""

    path: str
    """As it is put into the box."""
    name: str
    where: str = ""
    """The folder, if it is not the one that was named."""
    is_folder: bool = False


def where_files_lie() -> tuple[Path, Path]:
    """Return the folder that one is in, and one's home; in the place of either one that holds nothing."""
    here = home = Path(os.devnull)
    with suppress(OSError):  # it was removed
        here = Path.cwd()
    with suppress(RuntimeError):  # the system knows none
        home = Path.home()
    return here, home


def files_like(typed: str, here: Path, home: Path) -> list[PageFile]:
    """Return folders and page files that begin as typed; with nothing typed the newest that lie about."""
    words = typed.strip().strip("'\"")
    if not words:
        return _lying_about(here, home)
    folder, sep, begun = words.rpartition(os.sep)
    found = []
    with suppress(OSError, RuntimeError, ValueError):
        at = here / Path(folder + sep).expanduser()
        found = sorted(entry for entry in _entries(at) if entry[0].casefold().startswith(begun.casefold()))
    files = [
        PageFile(f"{folder}{sep}{name}{os.sep if is_folder else ''}", name, is_folder=is_folder)
        for name, is_folder, _ in found
        if name != begun or is_folder
    ]
    return files[:MOST]


def _lying_about(here: Path, home: Path) -> list[PageFile]:
    """Return the newest files of the usual folders that look like a page or a list."""
    found: list[tuple[float, PageFile]] = []
    for folder in dict.fromkeys((here, *(home / name for name in _USUAL))):
        with suppress(OSError):
            found += [
                (changed, PageFile(str(folder / name), name, str(folder)))
                for name, is_folder, changed in _entries(folder)
                if not is_folder
            ]
    newest = [file for _, file in sorted(found, key=lambda each: -each[0])[:_READ]]
    return list(islice(filter(_looks_right, newest), MOST))


def _looks_right(file: PageFile) -> bool:
    """Return whether a file reads like a page or a list of words."""
    if file.name.casefold().endswith(_UNREAD):
        return True
    with suppress(PageError, OSError):
        path = Path(file.path)
        if path.stat().st_size > _LARGE:
            return False
        given = read_file(path)
        return isinstance(given, list) or len(given.entries) >= max(_FEWEST, len(given.unplaced))
    return False


def _entries(folder: Path) -> Iterator[tuple[str, bool, float]]:
    """Yield the names in a folder that may be chosen, whether each is a folder, and when it was changed."""
    with os.scandir(folder) as entries:
        for _, entry in zip(range(_LOOKED_AT), entries, strict=False):
            if entry.name.startswith("."):
                continue
            with suppress(OSError):
                if entry.is_dir():
                    yield entry.name, True, 0.0
                elif entry.is_file() and entry.name.casefold().endswith(_ENDS):
                    yield entry.name, False, entry.stat().st_mtime
