"""Writing so that it survives a crash. Every change to a file of this room is made here."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path

Buffer = bytes | memoryview
Signature = tuple[int, int, int]
"""Inode, size and time of change: two that are equal belong to the same content."""

_PRIVATE_FILE, _PRIVATE_FOLDER = 0o600, 0o700
_BINARY = getattr(os, "O_BINARY", 0)  # Windows would turn \n into \r\n


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for the user alone."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    os.mkdir(folder, _PRIVATE_FOLDER)  # noqa: PTH102 — all changes go through `os`, where tests make them fail
    sync_folder(folder.parent)


def open_log(path: Path) -> int:
    """Open a file, made when it is missing, to append to; return its descriptor."""
    new = not path.exists()
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | _BINARY, _PRIVATE_FILE)
    if new:
        sync_folder(path.parent)
    return descriptor


def append(descriptor: int, data: bytes) -> None:
    """Append to a log; on the disk when it returns."""
    _write(descriptor, data)
    os.fsync(descriptor)


def truncate(descriptor: int, length: int) -> None:
    """Cut a log to `length` bytes; on the disk when it returns."""
    os.ftruncate(descriptor, length)
    os.fsync(descriptor)


def length(descriptor: int) -> int:
    """Return how many bytes an open file has."""
    return os.fstat(descriptor).st_size


def close(descriptor: int) -> None:
    """Close an open file."""
    os.close(descriptor)


def replace(path: Path, pieces: Iterable[Buffer]) -> None:
    """Put a new file in the place of `path` at one instant: a reader sees the old or the new one, whole.

    On the disk when it returns. When it fails, the old file is as it was.
    """
    temporary = path.with_name(f"{path.name}.tmp")
    try:
        _write_new(temporary, pieces, os.O_TRUNC)  # a crash may have left one behind
        os.replace(temporary, path)  # noqa: PTH105
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def set_aside(path: Path, data: Buffer, stamp: str) -> Path:
    """Keep `data`, the damaged content of `path`, in a new file beside it; return the new path.

    Nothing is overwritten: a number is added where the name is taken.
    """
    attempt = 0
    while True:
        attempt += 1
        number = f"-{attempt}" if attempt > 1 else ""
        kept = path.with_name(f"{path.name}.damaged-{stamp}{number}")
        try:
            _write_new(kept, [data], os.O_EXCL)
        except FileExistsError:
            continue
        sync_folder(path.parent)
        return kept


def signature(path: Path) -> Signature | None:
    """Return what tells this content of a file from another, None when there is no file."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def read(path: Path) -> bytes | None:
    """Return a file's content, None when there is no file."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable. Windows does that itself and can't be asked to."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_new(path: Path, pieces: Iterable[Buffer], flag: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | flag | _BINARY, _PRIVATE_FILE)
    try:
        for piece in pieces:
            _write(descriptor, piece)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(descriptor: int, data: Buffer) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
