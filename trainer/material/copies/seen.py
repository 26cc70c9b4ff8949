"""Which copies of shipped sheets were looked at already, so that a later start need not do it again."""

import hashlib
from contextlib import suppress
from pathlib import Path

import msgspec

from trainer import disk
from trainer.home import Home
from trainer.material.copies.known_bases import correction_list

_FILE = "copies.msgpack"


class SeenCopies:
    """Fingerprints of copies together with the shipped sheets, by the names of their files.

    A cache: when it is missing or can't be written, the copies are looked at once more.
    """

    def __init__(self, home: Home) -> None:
        self._file = home.cache / _FILE

    def holds(self, path: Path, copy: bytes, shipped: bytes) -> bool:
        """Return whether nothing has changed since a copy was looked at."""
        return self._read().get(path.name) == _fingerprint(copy, shipped)

    def keep(self, path: Path, copy: bytes, shipped: bytes) -> None:
        """Remember that a copy was looked at."""
        seen = {**self._read(), path.name: _fingerprint(copy, shipped)}
        with suppress(OSError):
            disk.make_folder(self._file.parent)
            disk.replace(self._file, [msgspec.msgpack.encode(seen)])

    def _read(self) -> dict[str, bytes]:
        try:
            return msgspec.msgpack.decode(disk.read_whole(self._file), type=dict[str, bytes])
        except (OSError, ValueError):  # msgspec's errors are ValueErrors
            return {}


def _fingerprint(copy: bytes, shipped: bytes) -> bytes:
    parts = (hashlib.blake2b(part).digest() for part in (copy, shipped, correction_list()))
    return hashlib.blake2b(b"".join(parts), digest_size=16).digest()
