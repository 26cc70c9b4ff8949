"""Locks on files, which hold in folders that know no locks too: some network drives and synced folders."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import filelock

from trainer import disk

NO_LOCKS = {errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOLCK, errno.EINVAL}
"""What the system says where the folder of a file knows no locks."""
_POLL = 0.01
"""Seconds between two tries."""


def marker(path: Path) -> filelock.BaseFileLock:
    """Return a lock that is a file made anew; what a killed process of this computer left is taken over."""
    return filelock.SoftFileLock(path, mode=disk.PRIVATE_FILE, thread_local=False)


def taken(path: Path, patience: float = 0) -> filelock.BaseFileLock:
    """Return a lock, held: the system's, or where the folder knows none a marker beside it.

    It is waited for so many seconds. Raises filelock.Timeout when another process has it, and OSError.
    """
    lock: filelock.BaseFileLock = filelock.FileLock(
        path, mode=disk.PRIVATE_FILE, thread_local=False, fallback_to_soft=False
    )
    try:
        lock.acquire(timeout=patience, poll_interval=_POLL)
    except OSError as error:
        if isinstance(error, filelock.Timeout) or error.errno not in NO_LOCKS:
            raise
        lock = marker(path.with_suffix(".held"))
        lock.acquire(timeout=patience, poll_interval=_POLL)
    return lock


@contextmanager
def held(path: Path, patience: float) -> Iterator[None]:
    """Hold such a lock for a while. Raises filelock.Timeout when another process has it, and OSError."""
    lock = taken(path, patience)
    try:
        yield
    finally:
        with suppress(OSError):  # a drive that is gone: the system unlocks what is closed
            lock.release()
