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
from trainer.clean import clean_line
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
            raise InUseError(_in_use(recruiter, self._note)) from error
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


def _in_use(recruiter: str, note: Path) -> str:
    """Return who else trains, as somebody sees it who has a second window open."""
    holder = _holder(note)
    elsewhere = holder and holder.host != platform.node()
    where = f"on the computer {clean_line(holder.host)}" if holder and elsewhere else "in another window"
    since = f", since {holder.since:%Y-%m-%d %H:%M}" if holder else ""
    return (
        f'trainer is open {where} with the progress of "{recruiter}"{since}. '
        "Close it there, or practise here without saving (--practice)."
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
