"""The journal: what a session added, one answer a line, until it is folded into the file.

A line is the CRC32 of its JSON in eight hex digits, a space, the JSON `{table: {doc
id: document or null}}` and a newline. The first line names the file that the others
belong to: its format and its generation.
"""

import errno
import json
import os
import re
import secrets
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from trainer import disk
from trainer.errors import NotSavedError
from trainer.progress.documents import (
    CHECKS,
    FIRST_FORMAT,
    FORMAT,
    UNREADABLE,
    Changes,
    Document,
    FormatNumber,
    GenerationNumber,
    Meta,
    card_key,
    encode,
    is_sound,
    newer_format,
    sound_card,
)

_START = re.compile(rb"[0-9a-f]{8} \{")
_HEADER = b'{"format":'
_SUM = 9
"""Bytes of the checksum and its space."""
_MOVED = re.compile(r"\.([0-9a-f]{8})\.old$")
_MOST_BYTES = 255
"""Bytes in the name of a file at most."""
_TRIES = 50
"""How often others may put a file in the place of a journal that is written, before that is given up."""
_LONGEST = 32_768
"""Bytes of a line that is looked for where a newline is damaged; most have half a thousand."""


def journal_of(path: Path) -> Path:
    """Return the journal of a progress file."""
    return path.with_suffix(".journal")


def moved_as(path: Path) -> Path | None:
    """Return the journal that a file was until it was moved away; None for a file that was none."""
    found = _MOVED.search(path.name)
    if not found:
        return None
    name = path.name[: found.start()]
    log = path.with_name(name if name.endswith(".journal") else f"{name}.journal")
    return log if _moved(log, found[1]) == path else None


def _moved(log: Path, token: str) -> Path:
    """Return where a journal is moved away to. Names that older versions took may leave no room for all."""
    name = f"{log.name}.{token}.old"
    return log.with_name(name if len(os.fsencode(name)) <= _MOST_BYTES else f"{log.stem}.{token}.old")


def moved_from(log: Path) -> list[Path]:
    """Return what was moved away from the place of a journal, and is not known to be anywhere else.

    Who moved it was killed then, or found in it what others had written. Raises OSError.
    """
    inside = log.parent.iterdir() if log.parent.is_dir() else ()
    return sorted(found for found in inside if moved_as(found) == log)


def holds_answers(log: Path) -> bool:
    """Return whether anything stands in a journal, or in what was moved away of it. Raises OSError."""
    return any(found and found[1] for found in map(disk.signature, (log, *moved_from(log))))


def not_saved(path: Path, error: OSError) -> NotSavedError:
    """Return why an answer could not be saved, in a sentence."""
    return NotSavedError(
        f"Not saved: {path} can't be written ({error.strerror or error}). "
        "What was saved before is whole; make space or check the disk, then try again."
    )


class Header(msgspec.Struct, frozen=True):
    """The first line of a journal."""

    format: FormatNumber
    generation: GenerationNumber
    """That of the file which the lines add to."""
    recruiter: str = ""
    """Whose file that is: a sync tool may give a journal another name."""


class Entries(msgspec.Struct, frozen=True):
    """What a journal holds."""

    recruiter: str
    """Whose the header says it is, empty where it does not."""
    generation: int | None
    """None when the journal is empty or its first line is damaged."""
    changes: tuple[Changes, ...]
    torn: bool
    """Its last line was cut off while it was written, so that nobody was told it was saved."""
    damaged: int
    """Places that can't be read though they were written whole."""
    content: bytes


def parse(content: bytes, path: Path) -> Entries:
    """Read the lines of a journal; those that are damaged, or no lines of ours, are left out and counted.

    Raises NewerFormatError when a newer version wrote it.
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
    bodies += saved_in_tail
    headed = bool(bodies) and bodies[0].startswith(_HEADER)
    header = _header(bodies[0]) if headed else None
    if header and header.format > FORMAT:
        raise newer_format(path)
    found = [_changes(body) for body in bodies[headed:]]
    damaged += bool(saved_in_tail) + (headed and not header) + found.count(None)
    return Entries(
        recruiter=header.recruiter if header else "",
        generation=header.generation if header else None,
        changes=tuple(changes for changes in found if changes is not None),
        torn=bool(tail) and not saved_in_tail,
        damaged=damaged,
        content=content,
    )


def read(content: bytes, path: Path) -> Entries:
    """Read a journal as `parse` does, and leave out too, as damaged, what no record can hold.

    Raises NewerFormatError.
    """
    entries = parse(content, path)
    sound = tuple(map(_sound, entries.changes))
    damaged = sum(one != other for one, other in zip(sound, entries.changes, strict=True))
    return msgspec.structs.replace(entries, changes=sound, damaged=entries.damaged + damaged)


class Journal:
    """A journal open for writing. Its file is locked by the storage."""

    def __init__(self, path: Path, recruiter: str = "") -> None:
        """Open the file, made when it is missing. Raises OSError."""
        self.path = path
        self._recruiter = recruiter
        self._file = disk.open_log(path)
        try:
            self._content = bytearray(disk.read(path) or b"")
        except BaseException:
            self.close()
            raise
        self._leftover = b""
        """What may stand behind the content: a line whose append failed, or what could not be cleared."""
        self._moved: list[tuple[Path, bytes]] = []
        """Files that were moved away and not looked through yet, and what was its own in each."""
        self._trusted = True
        self._format = FIRST_FORMAT
        """That of the header."""

    @property
    def content(self) -> bytes:
        """What was in it when it was opened, and was appended since."""
        return bytes(self._content)

    def stands(self) -> bool:
        """Return whether the file holds what was appended, for all that can be known."""
        return self._trusted and disk.stands(self._file, self.path, self._content)

    def make_stand(self) -> None:
        """Write the file anew unless it holds what was appended. Raises OSError."""
        if not self.stands():
            self._write_anew()

    def append(self, changes: Changes, meta: Meta, needed_format: int = FIRST_FORMAT) -> None:
        """Write a line that adds to the file which `meta` names; on the disk when it returns.

        Before a line that needs a newer format than the file has, the journal says so: an older version
        would drop the line, and refuses the journal instead.

        Raises NotSavedError, and then the journal holds what it held before.
        """
        line = _line(encode(changes))
        format_ = max(meta.format, needed_format)
        header = _line(msgspec.json.encode(Header(format_, meta.generation, self._recruiter)))
        if not self._content:
            self._format, line = format_, header + line
        try:
            self.make_stand()
            if format_ > self._format:
                self._begin_with(header, format_)
            self._leftover = line
            self._put(line)
            self._check_it_stands(line)
        except OSError as error:
            self._try_to_cut()
            raise not_saved(self.path, error) from error
        self._content += line
        self._leftover = b""

    def clear(self) -> None:
        """Empty the journal, once the file holds all of it; when it is empty, do nothing.

        What another trainer has added to it, lock or no lock, stays, and is read by the next opening.
        Raises OSError; then what was in it may still be read, as it is in the file too. What is appended
        next takes its place.
        """
        if not self._content and not self._moved and self.stands():
            return
        self._leftover = ours = self.content + self._leftover
        self._content.clear()
        self._trusted = False
        if not ours.startswith(disk.read(self.path) or b""):
            return
        try:
            self._move_away()
        except PermissionError:  # Windows moves no file that is open, and its locks hold
            disk.truncate(self._file, 0)
            self._trusted = True
        else:
            self._reopen()
        self._look_through()

    def adopt(self, moved: Iterable[tuple[Path, bytes]]) -> None:
        """Let `clear` remove files too that were moved away before, and whose content is in the file now."""
        self._moved += moved

    def close(self) -> None:
        """Give the file back. All of it is on the disk already, whatever the system says now."""
        with suppress(OSError):
            disk.close(self._file)

    def _put(self, line: bytes) -> None:
        disk.write(self._file, line)
        self._trusted = False  # after a failed sync even lines that were safe before may be gone
        disk.sync(self._file)
        self._trusted = True

    def _check_it_stands(self, line: bytes) -> None:
        """Write the file anew where another one took its place while a line was appended. Raises OSError."""
        if not disk.stands(self._file, self.path, self._content + line):
            self._write_anew(line)

    def _begin_with(self, header: bytes, format_: int) -> None:
        """Put another header in the place of the first line. Raises OSError."""
        content = bytearray(header + self._content.partition(b"\n")[2])
        self._put_in_place(content)
        self._content, self._format = content, format_

    def _reopen(self) -> None:
        file = disk.open_log(self.path)
        self.close()
        self._file, self._trusted = file, True

    def _try_to_cut(self) -> None:
        """Remove what a failed append left behind: nobody was told that it was saved."""
        trusted, self._trusted = self._trusted, False
        with suppress(OSError):  # then the next append writes the file anew
            found = disk.read_whole(self.path)
            mine = (self._content + self._leftover).startswith(found)
            if mine and disk.stands(self._file, self.path, found):
                disk.truncate(self._file, len(self._content))
                self._trusted = trusted

    def _write_anew(self, line: bytes = b"") -> None:
        """Put a whole file in the place of one that is damaged, or not ours any more, with one line more.

        Raises OSError.
        """
        disk.make_folder(self.path.parent)
        self._put_in_place(self._content + line)

    def _put_in_place(self, content: disk.Buffer) -> None:
        """Put a new file in the place of the one there, of which nothing is lost that others added.

        That one may be another trainer's by now, of which the last moment before decides: so it is moved
        away, and looked through once nobody takes it for the journal any more. Raises OSError; what the
        journal held is at its name or moved away then, and who reads it reads both.
        """
        for _ in range(_TRIES):
            with suppress(FileExistsError):  # another one made a file between
                disk.create(self.path, [content], before=self._move_away)
                self._reopen()
                if disk.stands(self._file, self.path, content):
                    return self._look_through()
        raise OSError(errno.EBUSY, "another trainer writes it all the time", str(self.path))

    def _move_away(self) -> None:
        """Move the file away, if there is one, to where whoever reads the journal looks too."""
        name = _moved(self.path, secrets.token_hex(4))
        with suppress(FileNotFoundError):
            disk.rename(self.path, name)
            self._moved.append((name, self.content + self._leftover))

    def _look_through(self) -> None:
        """Remove files that were moved away; what others wrote stays for the next opening. Raises OSError."""
        while self._moved:
            path, ours = self._moved[-1]
            if ours.startswith(disk.read(path) or b""):
                disk.remove(path)
            self._moved.pop()


def _line(body: bytes) -> bytes:
    return b"%08x %b\n" % (zlib.crc32(body), body)


def _body(line: bytes) -> bytes | None:
    """Return the JSON of a line without its newline, None when it is not as it was written."""
    body = line[_SUM:]
    return body if _START.match(line) and _line(body) == line + b"\n" else None


def _whole_lines_in(damaged: bytes) -> Iterator[bytes]:
    """Find the lines in a stretch that is damaged only between them: in a newline.

    What follows a start says itself where it ends, so that no byte is looked at for every start before it.
    """
    scan = json.JSONDecoder().raw_decode
    end = 0
    for hit in _START.finditer(damaged):
        start = hit.start()
        if start < end:
            continue  # within a line that was found
        with suppress(*UNREADABLE):
            # A character for each byte, and no more of them than an error of the decoder counts in no time.
            _, length = scan(damaged[start + _SUM : start + _LONGEST].decode("latin-1"))
            if body := _body(damaged[start : start + _SUM + length]):
                end = start + _SUM + length
                yield body


def _header(body: bytes) -> Header | None:
    try:
        return msgspec.json.decode(body, type=Header)
    except UNREADABLE:
        return None


def _changes(body: bytes) -> Changes | None:
    try:
        return msgspec.json.decode(body, type=Changes)
    except UNREADABLE:
        return None


def _sound(changes: Changes) -> Changes:
    """Return what a record can hold of what a line says."""
    return {
        table: {
            id_: kept
            for id_, found in rows.items()
            if (kept := found and _sound_document(table, id_, found))
            or (found is None and table in {"cards", "days"})
        }
        for table, rows in changes.items()
    }


def _sound_document(table: str, id_: str, found: Document) -> Document | None:
    if table == "cards":
        kept = sound_card(found)
        return kept if kept and id_ == card_key(kept["card"]) else None
    return found if table not in CHECKS or is_sound(table, id_, found) else None
