"""What planning a day needs of every card, kept so that the first screen need not read the sheets."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec

from trainer import __version__, disk
from trainer.cards.decks import DECKS
from trainer.home import Home
from trainer.material.sheet_files import sheet_files

CACHE = "cards.msgpack"


class Outline(msgspec.Struct, frozen=True, array_like=True):
    """A card without its sheet."""

    id: str
    deck: str
    after: tuple[str, ...]


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    version: str
    decks: tuple[str, ...]
    """The decks that there were."""
    sheets: tuple[tuple[str, int, int], ...]
    """Path, time of change in nanoseconds and size of each sheet that the cards are from."""
    cards: tuple[Outline, ...]


def recall(home: Home) -> tuple[Outline, ...] | None:
    """Return the outlines kept last; None when there are none, or a sheet or the decks have changed since."""
    try:
        kept = msgspec.msgpack.decode((home.cache / CACHE).read_bytes(), type=_Kept)
        known = kept.version == __version__ and kept.decks == tuple(DECKS)
        current = known and kept.sheets == _sheets(home)
    except (OSError, ValueError):  # msgspec's errors are ValueErrors
        return None
    return kept.cards if current else None


def keep(home: Home, cards: Iterable[Outline]) -> None:
    """Keep outlines for the next start. Where they can't be written, that start reads the sheets."""
    with suppress(OSError):
        content = msgspec.msgpack.encode(_Kept(__version__, tuple(DECKS), _sheets(home), tuple(cards)))
        disk.make_folder(home.cache)
        disk.replace(home.cache / CACHE, [content])


def _sheets(home: Home) -> tuple[tuple[str, int, int], ...]:
    return tuple(map(_stamp, sheet_files(home)))


def _stamp(path: Path) -> tuple[str, int, int]:
    found = path.stat()
    return str(path), found.st_mtime_ns, found.st_size
