"""The journal: what a session added, one answer a line, until it is folded into the file.

A line is the CRC32 of its JSON in eight hex digits, a space, the JSON `{table: {doc
id: document or null}}` and a newline. The first line names the file that the others
belong to: its format and its generation.
"""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from trainer.errors import NotSavedError, ProgressError
from trainer.progress import disk
from trainer.progress.documents import FORMAT, UNREADABLE, Changes, encode, newer_format

_START = re.compile(rb"[0-9a-f]{8} \{")
_SUM = 9
"""Bytes of the checksum and its space."""


class Header(msgspec.Struct, frozen=True):
    """The first line of a journal."""

    format: int
    generation: int
    """That of the file which the lines add to."""


class Entries(msgspec.Struct, frozen=True):
    """What a journal holds."""

    generation: int | None
    """None when the journal is empty or its first line is damaged."""
    changes: tuple[Changes, ...]
    torn: bool
    """Its last line was cut off while it was written, so that nobody was told it was saved."""
    damaged: int
    """Places that can't be read though they were written whole."""
    content: bytes


def parse(content: bytes, path: Path) -> Entries:
    """Read a journal; lines that are damaged are left out and counted.

    Raises ProgressError when a newer version wrote it.
    """
    *lines, tail = content.split(b"\n")
    bodies: list[bytes] = []
    damaged = 0
    for line in lines:
        if body := _body(line):
            bodies.append(body)
        else:
            damaged += 1
            bodies += _whole_lines_in(line)
    # A tail that is whole but for its newline was not acknowledged; one with another byte in its place was.
    saved_in_tail = [] if _body(tail) else list(_whole_lines_in(tail))
    try:
        header, changes = _decode(bodies + saved_in_tail)
    except UNREADABLE as error:
        raise ProgressError(f"{path} can't be read: {error}. Move it away to go on without it.") from error
    if header and header.format > FORMAT:
        raise newer_format(path)
    return Entries(
        generation=header.generation if header else None,
        changes=changes,
        torn=bool(tail) and not saved_in_tail,
        damaged=damaged + bool(saved_in_tail),
        content=content,
    )


class Journal:
    """A journal open for writing. Its file is locked by the storage."""

    def __init__(self, path: Path) -> None:
        """Open the file, made when it is missing. Raises OSError."""
        self.path = path
        self._file = disk.open_log(path)
        self._length = disk.length(self._file)

    def append(self, changes: Changes, generation: int) -> None:
        """Write a line to the file of `generation`; on the disk when it returns.

        Raises NotSavedError, and then the journal is as it was before.
        """
        line = _line(encode(changes))
        if not self._length:
            line = _line(msgspec.json.encode(Header(FORMAT, generation))) + line
        try:
            self._cut()
            disk.append(self._file, line)
        except OSError as error:
            self._try_to_cut()
            raise NotSavedError(
                f"Not saved: {self.path} can't be written ({error.strerror or error}). "
                "What was saved before is whole; make space or check the disk, then try again."
            ) from error
        self._length += len(line)

    def clear(self) -> None:
        """Empty the journal, once the file holds all of it."""
        self._length = 0
        self._cut()

    def close(self) -> None:
        """Give the file back."""
        disk.close(self._file)

    def _cut(self) -> None:
        """Remove what an append left behind that failed or was interrupted."""
        if (found := disk.length(self._file)) > self._length:
            disk.truncate(self._file, self._length)
        self._length = min(found, self._length)

    def _try_to_cut(self) -> None:
        try:
            self._cut()
        except OSError:
            return  # the next append tries again before it writes


def _line(body: bytes) -> bytes:
    return b"%08x %b\n" % (zlib.crc32(body), body)


def _body(line: bytes) -> bytes | None:
    """Return the JSON of a line without its newline, None when it is not as it was written."""
    body = line[_SUM:]
    return body if _START.match(line) and _line(body) == line + b"\n" else None


def _whole_lines_in(damaged: bytes) -> Iterator[bytes]:
    """Find the lines in a stretch that is damaged only between them: in a newline."""
    starts = [hit.start() for hit in _START.finditer(damaged)]
    for at, start in enumerate(starts):
        for end in [*(later - 1 for later in starts[at + 1 :]), len(damaged), len(damaged) - 1]:
            if body := _body(damaged[start:end]):
                yield body
                break


def _decode(bodies: list[bytes]) -> tuple[Header | None, tuple[Changes, ...]]:
    headed = bool(bodies) and bodies[0].startswith(b'{"format":')
    header = msgspec.json.decode(bodies[0], type=Header) if headed else None
    return header, tuple(msgspec.json.decode(body, type=Changes) for body in bodies[headed:])
