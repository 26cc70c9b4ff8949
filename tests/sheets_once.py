"""The same sheets are read, and their cards made, once for all tests of a process: most open what we ship."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TypeVar
from unittest.mock import patch

from trainer.cards.library import Deck, Library
from trainer.cards.outline import Outlines
from trainer.material import files
from trainer.material.sheet import Sheet

_Key = TypeVar("_Key")
_Made = TypeVar("_Made")

KEPT = 32
"""Sheets, and libraries, of which it is remembered what was made of them."""


@contextmanager
def sheets_once() -> Iterator[None]:
    """Remember what was made of the bytes of a file, and of sheets: values that don't change."""
    decks, outlines = Library._decks, Outlines.of

    def made(library: Library) -> tuple[Deck, ...]:
        return tuple(decks(library))

    with ExitStack() as stack:
        stack.enter_context(patch.object(files, "sheet_of", _reading_once(files.sheet_of)))
        stack.enter_context(patch.object(Library, "_decks", _once(made)))
        stack.enter_context(patch.object(Outlines, "of", _once(outlines)))
        yield


def _reading_once(read: Callable[[bytes, Path], Sheet]) -> Callable[[bytes, Path], Sheet]:
    sheets: dict[bytes, Sheet] = {}  # an error names its file, and is raised anew

    def reading(data: bytes, path: Path) -> Sheet:
        sheet = sheets.pop(data, None) or read(data, path)
        return _kept(sheets, data, sheet)

    return reading


def _once(make: Callable[[Library], _Made]) -> Callable[[Library], _Made]:
    remembered: dict[tuple[int, ...], tuple[Library, _Made]] = {}

    def remembering(library: Library) -> _Made:
        key = tuple(map(id, library.sheets.values()))  # the ids stay theirs as long as the library is kept
        found = remembered.pop(key, None) or (library, make(library))
        return _kept(remembered, key, found)[1]

    return remembering


def _kept(those: dict[_Key, _Made], key: _Key, made: _Made) -> _Made:
    """Keep something as the newest, and forget the oldest."""
    those[key] = made
    if len(those) > KEPT:
        del those[next(iter(those))]
    return made
