"""An attempt at a drill, kept answer by answer in the member's home: a kill loses and redraws nothing.

A folder holds the drill as it was when it was begun, and one log an attempt: a line that says how it began,
and one for each answer. An answer stands in the log before it is acknowledged. Logs are called by the drill's
fingerprint too: a drill that was changed, by whomever, takes the place of no attempt at another one.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from trainer import disk
from trainer.clean import clean_line
from trainer.errors import DrillError, NotSavedError, TeamError
from trainer.memory.state import Rated, Review
from trainer.sharing.drill import SUFFIX, Drill, Published, fingerprint_of
from trainer.sharing.drill_file import drill_of, head_of
from trainer.sharing.own import UNREADABLE, told_at_home

_FIRST_YEAR, _LAST_YEAR = 1900, 2999
"""As in a record; see `trainer.progress.valid`."""


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
        disk.make_folder(folder)
        disk.replace(_copy(folder, drill.fingerprint), [drill.data])
        try:
            disk.create(path, [msgspec.json.encode(begun), b"\n"])
        except FileExistsError as error:
            raise DrillError(
                f'"{drill.drill.title}" was begun in another window meanwhile. Open it again: it goes on '
                "from there."
            ) from error
    return Attempt(begun=begun, given=(), end=None, path=path)


def drill_taken(attempt: Attempt) -> Published:
    """Return the drill as it was when an attempt at it began. Raises TeamError and DrillError."""
    path = _copy(attempt.path.parent, attempt.begun.fingerprint)
    with told_at_home(path):
        data = disk.read_whole(path)
    if fingerprint_of(data) != attempt.begun.fingerprint:
        raise DrillError(f"{clean_line(str(path))} was changed since the drill was begun: it can't be taken.")
    return Published(drill_of(data, path), attempt.begun.fingerprint, data)


def head_taken(attempt: Attempt) -> Drill:
    """Return the same without its sheets, as far as it can be read fast. Raises TeamError and DrillError."""
    path = _copy(attempt.path.parent, attempt.begun.fingerprint)
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
        begun = _begun(lines[0] if lines else b"")
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


def sound_lines(data: bytes) -> list[bytes]:
    """Return the lines of a log that can be read; none where it does not say how the attempt began."""
    lines = data.split(b"\n")[:-1]
    if not lines or not _is_sound(lines[0], _begun):
        return []
    return [lines[0] + b"\n", *(line + b"\n" for line in lines[1:] if _is_sound(line, _said))]


def _is_sound(line: bytes, reading: Callable[[bytes], object]) -> bool:
    try:
        reading(line)
    except UNREADABLE:
        return False
    return True


def _begun(line: bytes) -> Begun:
    begun = msgspec.json.decode(line, type=Begun)
    _check_times(begun.at)
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
