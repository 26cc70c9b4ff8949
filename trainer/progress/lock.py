"""One writer for a record: a lock for the system, and a note beside it for people."""

import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import filelock
import msgspec

from trainer import disk, locking
from trainer.clean import clean_line
from trainer.errors import InUseError
from trainer.memory.calendar import Clock

FOLDING = ".folding"
_PATIENCE = 5
"""Seconds; to read and to write a record of ten years takes one."""
_GIVEN_UP: list["Lock"] = []
"""Locks that could not be released in order; kept, as nothing may be done with their files any more."""


def lock_of(path: Path) -> Path:
    """Return the file by which trainers keep away from each other."""
    return path.with_suffix(".lock")


def marker_of(path: Path) -> Path:
    """Return the file by which they do where the folder knows no locks."""
    return path.with_suffix(".held")


class Holder(msgspec.Struct, frozen=True):
    """Who has a record open."""

    pid: int
    host: str
    since: datetime

    @property
    def may_be_alive(self) -> bool:
        """Whether the process may be running; for one of this computer that can be known."""
        if self.host != platform.node() or sys.platform == "win32":
            return True
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:  # somebody else's
            return True
        return True


class Lock:
    """The lock of a record, held until it is released or the process ends, in whatever way."""

    def __init__(self, path: Path, recruiter: str, clock: Clock) -> None:
        """Take the lock of the record at `path`.

        Raises InUseError, which names the holder, when another process has it, and OSError.
        """
        self._note = path.with_suffix(".holder")
        self._descriptor: int | None = None
        self.marker: Path | None = None
        """The file that stands for the lock where the folder knows no locks; None elsewhere."""
        self._lock: filelock.BaseFileLock = filelock.FileLock(
            lock_of(path), mode=0o600, thread_local=False, fallback_to_soft=False, on_acquired=self._keep
        )
        try:
            self._acquire(path)
        except filelock.Timeout as error:
            raise InUseError(_in_use(recruiter, self._note, self.marker)) from error
        holder = Holder(os.getpid(), platform.node(), clock())
        with suppress(OSError):  # it only serves a message; what can't be written will show itself soon
            disk.note(self._note, msgspec.json.encode(holder))

    def _acquire(self, path: Path) -> None:
        try:
            self._lock.acquire(blocking=False)
        except OSError as error:
            if isinstance(error, filelock.Timeout) or error.errno not in locking.NO_LOCKS:
                raise
            self.marker = marker_of(path)
            self._lock = locking.marker(self.marker)
            self._lock.acquire(blocking=False)

    def _keep(self, descriptor: int) -> None:
        self._descriptor = descriptor

    @property
    def is_locked(self) -> bool:
        """Whether the lock is held."""
        return self._lock.is_locked and self not in _GIVEN_UP

    def release(self) -> None:
        """Give the lock back. A second call does nothing."""
        if not self.is_locked:
            return
        with suppress(OSError):
            disk.remove_note(self._note)
        try:
            self._lock.release()
        except OSError:  # a drive that is gone: the system unlocks what is closed
            _GIVEN_UP.append(self)
            with suppress(OSError):
                if self._descriptor is not None:
                    os.close(self._descriptor)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep other trainers away while the file of a record is read and replaced.

    The lock of a record does that already, but on some network drives it is given to two. A marker that is
    made anew is given to one on any of them. Where it can't be had, saving goes on without it.
    """
    marker = locking.marker(path.with_suffix(FOLDING))
    held = False
    with suppress(OSError):  # a Timeout is one too
        marker.acquire(timeout=_PATIENCE, poll_interval=0.01)
        held = True
    try:
        yield
    finally:
        if held:
            with suppress(OSError):
                marker.release()


def _in_use(recruiter: str, note: Path, marker: Path | None) -> str:
    """Return who else trains, as somebody sees it who has a second window open."""
    holder = _holder(note)
    elsewhere = holder and holder.host != platform.node()
    where = f"on the computer {clean_line(holder.host)}" if holder and elsewhere else "in another window"
    since = f", since {holder.since:%Y-%m-%d %H:%M}" if holder else ""
    if holder and not elsewhere and _is_stopped(holder.pid):
        return (
            f'trainer was stopped (Ctrl+Z) with the progress of "{recruiter}" open{since}. '
            '"fg" in its shell goes on with it: close it there, then try again.'
        )
    otherwise = f" If none is open on any computer, remove {marker}." if marker else ""
    return (
        f'trainer is open {where} with the progress of "{recruiter}"{since}. '
        f"Close it there, then try again.{otherwise}"
    )


def _is_stopped(pid: int) -> bool:
    """Return whether a process waits in the background of a shell; False where that can't be known."""
    with suppress(OSError, IndexError):
        return Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[0] == b"T"
    return False


def _holder(note: Path) -> Holder | None:
    """Read who has the lock; None while the holder is only just writing it.

    A note that a killed process left behind names nobody: its process is gone.
    """
    try:
        found = msgspec.json.decode(disk.read(note) or b"", type=Holder)
    except (OSError, ValueError):
        return None
    return found if found.may_be_alive else None


def drop_lock(path: Path) -> None:
    """Remove a lock that is held. On Windows it goes by itself, and can't be removed before."""
    if sys.platform != "win32":
        disk.remove(lock_of(path))
