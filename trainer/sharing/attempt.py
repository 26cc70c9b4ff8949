"""An attempt at a drill, kept answer by answer in the member's home: a kill loses and redraws nothing.

A folder holds the drill as it was when it was begun, and one log an attempt: a line that says how it began,
and one for each answer. An answer stands in the log before it is acknowledged. Logs are called by the drill's
fingerprint too: a drill that was changed, by whomever, takes the place of no attempt at another one.
"""

import os
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from trainer import beside, disk
from trainer.clean import clean_line
from trainer.errors import DrillError, NotSavedError, TeamError
from trainer.memory.state import Rated, Review
from trainer.sharing.drill import LARGEST, SUFFIX, Drill, Published, fingerprint_of
from trainer.sharing.drill_file import drill_of, head_of
from trainer.sharing.own import UNREADABLE, told_at_home

_FIRST_YEAR, _LAST_YEAR = 1900, 2999
"""As in a record; see `trainer.progress.valid`."""
_CALLED = re.compile(r"([0-9a-f]{32})-([0-9]{2})")
"""What a log is called by: the drill's fingerprint, and the number of the attempt."""


class Given(Struct, frozen=True, kw_only=True):
    """An answer of an attempt. Only the first to a card counts."""

    card: str
    at: datetime
    right: bool
    chosen: tuple[str, ...] = ()
    rated: Rated | None = None
    """How a whole answer was rated, if one was."""
    review: Review | None = None
    """The review that it is in one's own record; None where one's library has no such card."""


class Begun(Struct, frozen=True, kw_only=True):
    """How an attempt began."""

    drill: str
    fingerprint: str
    attempt: int
    """From 1 on; 0 for the delayed check."""
    at: datetime
    member: str = ""
    """Whose it is in the team: what is drawn stays the same though they leave the team, and join it anew."""


class Behind(Struct, frozen=True, kw_only=True):
    """The clock was behind what the record knew already, when an attempt was begun or gone on with."""

    known: datetime
    """The latest instant in the record then."""
    at: datetime
    """What the clock said."""


class Ended(Struct, frozen=True, kw_only=True):
    """How an attempt ended; what was not answered in time was not right."""

    ended: datetime
    """When that was seen: the last answer was given before, or the time was up."""
    right: int
    of: int
    doubtful: tuple[str, ...] = ()
    """The cards of it that were called doubtful by then."""


class Attempt(Struct, frozen=True, kw_only=True):
    """An attempt as far as it has come."""

    begun: Begun
    given: tuple[Given, ...]
    end: Ended | None
    """None while it is under way."""
    path: Path
    behind: tuple[Behind, ...] = ()

    @property
    def latest(self) -> datetime:
        """The latest instant that it knows of: no clock may be earlier."""
        return max(self._times)

    @property
    def last_answer(self) -> datetime:
        """When its last answer was given, or when it began; the latest, where the clock was set back."""
        return max([self.begun.at, *(each.at for each in self.given)])

    def deadline(self, minutes: int | None) -> datetime | None:
        """Return when its time is up; None without a limit."""
        return self.begun.at + timedelta(minutes=minutes) if minutes else None

    @property
    def answered(self) -> dict[str, Given]:
        """The answers that count, by card."""
        found: dict[str, Given] = {}
        for each in self.given:
            found.setdefault(each.card, each)
        return found

    @property
    def clock_was_set_back(self) -> bool:
        """Whether an answer is dated before the one before it, or all of it before what the record knew."""
        return bool(self.behind) or any(later < earlier for earlier, later in pairwise(self._times))

    @property
    def _times(self) -> list[datetime]:
        ended = [self.end.ended] if self.end else []
        return [self.begun.at, *(each.at for each in self.given), *ended]


def attempts_in(folder: Path) -> list[Attempt]:
    """Return the attempts at a drill whose folder it is, in order. Raises TeamError and DrillError."""
    return [read(path) for path in logs_in(folder)]


def logs_in(folder: Path) -> list[Path]:
    """Return the logs of the attempts at a drill, in order. Raises TeamError."""
    with told_at_home(folder):
        return sorted(folder.glob("[!.]*.jsonl")) if folder.is_dir() else []


def whole_attempts_in(folder: Path) -> tuple[list[Attempt], list[str]]:
    """Return the attempts whose logs can be read, and what is wrong with others. Raises TeamError."""
    found, problems = [], []
    for path in logs_in(folder):
        try:
            found.append(read(path))
        except (DrillError, TeamError) as error:
            problems.append(str(error))
    return found, problems


def begin(folder: Path, drill: Published, attempt: int, at: datetime, member: str = "") -> Attempt:
    """Begin an attempt; it is under way from now on, whatever happens.

    Raises TeamError, and DrillError where it was begun already: in another window, since one looked.
    """
    begun = Begun(drill=drill.drill.id, fingerprint=drill.fingerprint, attempt=attempt, at=at, member=member)
    path = folder / f"{drill.fingerprint}-{attempt:02}.jsonl"
    with told_at_home(folder):
        keep_drill(folder, drill, at)
        try:
            disk.create(path, [msgspec.json.encode(begun), b"\n"])
        except FileExistsError as error:
            raise DrillError(
                f'"{drill.drill.title}" was begun in another window meanwhile. Open it again: it goes on '
                "from there."
            ) from error
    return Attempt(begun=begun, given=(), end=None, path=path)


def keep_drill(folder: Path, drill: Published, now: datetime) -> Path | None:
    """Have a drill beside the attempts at it, as it is; return where what else lay there is kept, if it did.

    Raises TeamError.
    """
    path = _copy(folder, drill.fingerprint)
    if _held(path, drill.fingerprint) is not None:
        return None
    with told_at_home(folder):
        disk.make_folder(folder)
        kept = beside.move_aside(path, now) if os.path.lexists(path) else None
        disk.replace(path, [drill.data])
    return kept


def copy_of(attempt: Attempt) -> Path:
    """Return where the drill of an attempt lies, as it was when that began."""
    return _copy(attempt.path.parent, attempt.begun.fingerprint)


def has_drill(attempt: Attempt) -> bool:
    """Return whether the drill of an attempt lies there whole."""
    return _held(copy_of(attempt), attempt.begun.fingerprint) is not None


def drill_taken(attempt: Attempt) -> Published | None:
    """Return the drill as it was when an attempt at it began; None where its copy is gone, or is not that.

    Raises DrillError where this version can't read it.
    """
    path, fingerprint = copy_of(attempt), attempt.begun.fingerprint
    data = _held(path, fingerprint)
    return None if data is None else Published(drill_of(data, path), fingerprint, data)


def _held(path: Path, fingerprint: str) -> bytes | None:
    """Return what a copy of a drill holds; None where it is not the one of that fingerprint."""
    with suppress(OSError):
        data = disk.read_whole(path, LARGEST)
        return data if fingerprint_of(data) == fingerprint else None
    return None


def head_taken(attempt: Attempt) -> Drill:
    """Return the same without its sheets, as far as it can be read fast. Raises TeamError and DrillError."""
    path = copy_of(attempt)
    with told_at_home(path):
        return head_of(disk.read_whole(path), path)


def keep(attempt: Attempt, given: Given) -> Attempt:
    """Keep an answer, which counts when this returns. Raises NotSavedError; then nothing has changed.

    It is on the disk then, unless that fails in such a way that it can't be cut off again either.
    """
    _append(attempt.path, msgspec.json.encode(given))
    return msgspec.structs.replace(attempt, given=(*attempt.given, given))


def withdraw(attempt: Attempt) -> Attempt:
    """Take the last answer out again, which nobody was told is kept.

    Raises NotSavedError where it can't be cut off, or is not the last line any more; then it stands.
    """
    line, path = msgspec.json.encode(attempt.given[-1]) + b"\n", attempt.path
    try:
        before = disk.read_whole(path)
        if not before.endswith(b"\n" + line):
            raise _changed(path)
        log = disk.open_log(path)
        try:
            _cut(log, path, before, len(before) - len(line))
        finally:
            disk.close(log)
    except OSError as error:
        if _holds(path, line):
            raise _not_saved(path, error) from error
    return msgspec.structs.replace(attempt, given=attempt.given[:-1])


def _cut(log: int, path: Path, content: bytes, length: int) -> None:
    """Cut an open log to `length` bytes if it holds `content` and no more.

    Raises NotSavedError where another window has added to it, and OSError.
    """
    if not disk.stands(log, path, content):
        raise _changed(path)
    disk.truncate(log, length)


def _holds(path: Path, line: bytes) -> bool:
    """Return whether a line stands in a log, for all that is known: cutting may fail once it is cut."""
    with suppress(OSError):
        return b"\n" + line in disk.read_whole(path)
    return True


def note_behind(attempt: Attempt, behind: Behind) -> Attempt:
    """Take note that the clock is behind what the record knows. Raises NotSavedError."""
    _append(attempt.path, msgspec.json.encode(behind))
    return msgspec.structs.replace(attempt, behind=(*attempt.behind, behind))


def end(attempt: Attempt, ended: Ended) -> Attempt:
    """Take note that an attempt is over. Raises NotSavedError."""
    _append(attempt.path, msgspec.json.encode(ended))
    return msgspec.structs.replace(attempt, end=ended)


def _append(path: Path, line: bytes) -> None:
    """Add a line to a log, behind the last one that is whole. Raises NotSavedError; then it is not there.

    A line that could not be brought to the disk, and can't be cut off either, is there: it will count when
    the log is read again, and so it counts now.
    """
    line += b"\n"
    try:
        before = disk.read_whole(path)
        whole = before[: before.rfind(b"\n") + 1]
        log = disk.open_log(path)
        try:
            if len(whole) < len(before):  # of an answer that was never acknowledged
                _cut(log, path, before, len(whole))
            try:
                disk.write(log, line)
                disk.sync(log)
            except OSError:
                _try_to_cut(log, path, whole, line)
                if not _holds(path, line):
                    raise
        finally:
            disk.close(log)
    except OSError as error:
        raise _not_saved(path, error) from error


def _try_to_cut(log: int, path: Path, whole: bytes, line: bytes) -> None:
    """Cut off what was written of a line, unless another window has added to the log meanwhile."""
    with suppress(OSError, NotSavedError):
        found = disk.read_whole(path)
        if (whole + line).startswith(found):
            _cut(log, path, found, len(whole))


def _changed(path: Path) -> NotSavedError:
    return NotSavedError(f"Not saved: {clean_line(str(path))} was changed meanwhile.")


def _not_saved(path: Path, error: OSError) -> NotSavedError:
    return NotSavedError(
        f"Not saved: {clean_line(str(path))} can't be written ({error.strerror}). "
        "What was saved before is whole."
    )


def read(path: Path) -> Attempt:
    """Return the attempt that a log tells. Raises TeamError, and DrillError where it is damaged."""
    with told_at_home(path):
        data = disk.read_whole(path)
    lines = data.split(b"\n")[:-1]  # what stands behind the last end was never acknowledged
    try:
        begun = _begun(lines[0] if lines else b"", path.name)
        said = [_said(line) for line in lines[1:]]
    except UNREADABLE as error:
        raise DrillError(
            f'{clean_line(str(path))} is damaged: {error}. "trainer doctor --fix" saves what can be '
            "read of it."
        ) from error
    given = tuple(each for each in said if isinstance(each, Given))
    ended = next((each for each in said if isinstance(each, Ended)), None)
    behind = tuple(each for each in said if isinstance(each, Behind))
    return Attempt(begun=begun, given=given, end=ended, path=path, behind=behind)


def sound_lines(data: bytes, name: str) -> list[bytes]:
    """Return the lines of a log that can be read; none where it does not say how the attempt began.

    Which attempt at which drill it is goes by the log's `name`, where the line says something else.
    """
    begun, *lines = data.split(b"\n")[:-1] or [b""]
    if not _is_sound(begun, partial(_begun, name=name)):
        begun = _as_called(begun, name)
    sound = [line for line in lines if _is_sound(line, _said)]
    return [line + b"\n" for line in (begun, *sound)] if begun else []


def _as_called(line: bytes, name: str) -> bytes:
    """Return the line of how an attempt began as the name of its log has it; empty where it can't be read."""
    called = _CALLED.search(name)
    try:
        raw: dict[str, Any] = msgspec.json.decode(line, type=dict)
        raw |= {"fingerprint": called[1], "attempt": int(called[2])} if called else {}
        line = msgspec.json.encode(raw)
        _begun(line, name)
    except UNREADABLE:
        return b""
    return line


def _is_sound(line: bytes, reading: Callable[[bytes], object]) -> bool:
    try:
        reading(line)
    except UNREADABLE:
        return False
    return True


def _begun(line: bytes, name: str) -> Begun:
    begun = msgspec.json.decode(line, type=Begun)
    _check_times(begun.at)
    called = _CALLED.search(name)
    if not called or (begun.fingerprint, begun.attempt) != (called[1], int(called[2])):
        raise ValueError("it says another attempt than its name")
    return begun


def _said(line: bytes) -> Given | Behind | Ended:
    raw: dict[str, Any] = msgspec.json.decode(line, type=dict)
    if "ended" in raw:
        ended = msgspec.convert(raw, Ended)
        _check_times(ended.ended)
        return ended
    if "known" in raw:
        behind = msgspec.convert(raw, Behind)
        _check_times(behind.known, behind.at)
        return behind
    given = msgspec.convert(raw, Given)
    _check_times(given.at)
    return given


def _check_times(*times: datetime) -> None:
    """Check that times can be compared and counted with. Raises ValueError."""
    for each in times:
        if each.tzinfo is None or not _FIRST_YEAR <= each.year <= _LAST_YEAR:
            raise ValueError(f"{each.isoformat()} is no time that can be")


def _copy(folder: Path, fingerprint: str) -> Path:
    return folder / f"{fingerprint}{SUFFIX}"
