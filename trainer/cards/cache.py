"""What was made of the sheets, kept in the home until one of them changes.

All that lies there can be made again: what is damaged, foreign or of another version is not taken.
"""

import os
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TypeAlias, TypeVar
from zlib import crc32

import msgspec

from trainer import __version__, disk
from trainer.cards.decks import DECKS
from trainer.home import Home
from trainer.material.sheet_files import sheet_files

Stamps: TypeAlias = tuple[tuple[bytes, int, int, int], ...]
"""Of each sheet's file its path, and what tells its content from another: see `disk.signature`."""

_T = TypeVar("_T")


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    maker: str
    stamps: Stamps
    checksum: int
    content: bytes


def stamps_of(home: Home) -> Stamps:
    """Return what the sheets are now; nothing where one can't be looked at.

    To be asked before they are read: an edit in between is another stamp then.
    """
    try:
        return tuple(map(_stamp, sheet_files(home)))
    except OSError:
        return ()


def recall(home: Home, name: str, type_: type[_T], stamps: Stamps) -> _T | None:
    """Return what was kept under a name of sheets as they are; None without it, or if it is damaged.

    What another version of trainer kept is not taken, nor what was made with other decks.
    """
    try:
        kept = msgspec.msgpack.decode(disk.read_whole(home.cache / name), type=_Kept)
        if not stamps or (kept.maker, kept.stamps, kept.checksum) != (_maker(), stamps, crc32(kept.content)):
            return None
        return msgspec.msgpack.decode(kept.content, type=type_)
    except (OSError, ValueError, RecursionError):  # msgspec's errors are ValueErrors
        return None


def keep(home: Home, name: str, made: object, stamps: Stamps) -> None:
    """Keep what was made of sheets for the next start; nothing without stamps, which say what they were.

    Where it can't be written, that start makes it anew.
    """
    if not stamps:
        return
    content = msgspec.msgpack.encode(made)
    kept = _Kept(_maker(), stamps, crc32(content), content)
    with suppress(OSError):
        disk.make_folder(home.cache)
        disk.replace(home.cache / name, [msgspec.msgpack.encode(kept)])


def _stamp(path: Path) -> tuple[bytes, int, int, int]:
    found = path.stat()
    return os.fsencode(path), found.st_ino, found.st_size, found.st_mtime_ns


def _maker() -> str:
    return " ".join((__version__, str(_changed()), *DECKS))


@cache
def _changed() -> int:
    """Return when the code that reads sheets and makes cards was changed last, as a checkout's may be."""
    here = Path(__file__).parent
    files = (path for folder in (here, here.parent / "material") for path in folder.glob("*.py"))
    return max((path.stat().st_mtime_ns for path in files), default=0)
