"""One writer for a record: a lock for the system, and a note beside it for people."""

import os
import platform
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import filelock
import msgspec

from trainer import disk
from trainer.errors import InUseError
from trainer.memory.calendar import Clock


def lock_of(path: Path) -> Path:
    """Return the file by which trainers keep away from each other."""
    return path.with_suffix(".lock")


class Holder(msgspec.Struct, frozen=True):
    """Who has a record open."""

    pid: int
    host: str
    since: datetime

    @property
    def words(self) -> str:
        """Name the holder, as in "process 4711 on laptop, since 2026-11-24 10:05"."""
        return f"process {self.pid} on {self.host}, since {self.since:%Y-%m-%d %H:%M}"

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
        self._lock = filelock.FileLock(lock_of(path), mode=0o600, thread_local=False)
        try:
            self._lock.acquire(blocking=False)
        except filelock.Timeout as error:
            raise InUseError(_in_use(path, recruiter, self._note)) from error
        holder = Holder(os.getpid(), platform.node(), clock())
        with suppress(OSError):  # it only serves a message; what can't be written will show itself soon
            disk.note(self._note, msgspec.json.encode(holder))

    @property
    def is_locked(self) -> bool:
        """Whether the lock is held."""
        return self._lock.is_locked

    def release(self) -> None:
        """Give the lock back. A second call does nothing."""
        if self._lock.is_locked:
            with suppress(OSError):
                disk.remove_note(self._note)
            self._lock.release()


def _in_use(path: Path, recruiter: str, note: Path) -> str:
    holder = _holder(note)
    named = f" ({holder.words})" if holder else ""
    return (
        f'The progress of "{recruiter}" is open in another trainer{named}: {path}. '
        "Close that one, or practise without saving (--practice)."
    )


def _holder(note: Path) -> Holder | None:
    """Read who has the lock; None while the holder is only just writing it.

    A note that a killed process left behind names nobody: its process is gone.
    """
    try:
        found = msgspec.json.decode(disk.read(note) or b"", type=Holder)
    except (OSError, ValueError):
        return None
    return found if found.may_be_alive else None
