"""The one way to change a file: so that it survives a crash, and nobody ever sees half of one.

Records, sheets, pages, caches and warnings are all written here. A temporary file has a name that nobody
can foretell, is made anew and follows no link: what others laid there is neither written to nor taken over.
They are read here too: what is no file, such as a pipe or a device, might never end, and is refused.
"""

import errno
import os
import secrets
import stat
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import takewhile
from pathlib import Path
from typing import BinaryIO

Buffer = bytes | bytearray | memoryview
Signature = tuple[int, int, int]
"""Inode, size and time of change: two that are equal belong to the same content."""

TEMPORARY_NAME = r"\.(?:[0-9a-f]{8}\.)?tmp"
"""What the names of temporary files end in; those of the last version had no digits."""
PRIVATE_FILE, _PRIVATE_FOLDER = 0o600, 0o700
_PIPE_OR_DEVICE = "it is no file, but a pipe or a device"
_BINARY = getattr(os, "O_BINARY", 0)  # Windows would turn \n into \r\n
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)
"""A pipe that nobody writes to would keep whoever opens it."""
_READING = os.O_RDONLY | _BINARY | _NO_WAIT
_open_to_read = os.open  # no change: tests that make the disk fail look at changes alone
_ONLY_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY | _NO_LINK


class UnconfirmedError(OSError):
    """A change was made, but the disk has not confirmed it: after a crash all may be as it was before."""

    made: Signature | None = None
    """What tells a file that was put in place from others."""


def make_folder(folder: Path, *, mode: int = _PRIVATE_FOLDER) -> None:
    """Make a folder, and those above it that are missing, for the user alone unless `mode` says otherwise.

    Raises OSError, NotADirectoryError where a file or a link to nothing has the place of one.
    """
    missing = list(takewhile(lambda each: not each.is_dir(), (folder, *folder.parents)))
    for each in reversed(missing):
        try:
            os.mkdir(each, mode)  # noqa: PTH102 — changes go through `os`, where tests make them fail
        except FileExistsError as error:
            if not each.is_dir():  # else another trainer made it just now
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(each)) from error
        sync_folder(each.parent)


def check_writable(folder: Path) -> None:
    """Raise OSError where no file can be made, though those that are there may be open to changes."""
    if not os.access(folder, os.W_OK | os.X_OK):
        why = errno.EROFS if _is_read_only(folder) else errno.EACCES
        raise OSError(why, os.strerror(why), str(folder))


def _is_read_only(folder: Path) -> bool:
    """Return whether the disk of a folder takes nothing, whoever may write there; Windows does not tell."""
    return hasattr(os, "statvfs") and bool(os.statvfs(folder).f_flag & os.ST_RDONLY)


def open_log(path: Path) -> int:
    """Open a file, made when it is missing, to append to; return its descriptor. It is the user's alone.

    Its name is on the disk when it returns. Raises OSError.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | _BINARY | _NO_LINK | _NO_WAIT
    descriptor = os.open(path, flags, PRIVATE_FILE)
    try:
        _take(descriptor, path)
        if not os.fstat(descriptor).st_size:  # new, or left so where its name could not be confirmed
            sync_folder(path.parent)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def write(descriptor: int, data: Buffer) -> None:
    """Write all of it to an open file; it need not be on the disk yet."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def sync(descriptor: int) -> None:
    """Bring what was written to the disk.

    When that fails, the system may have forgotten what was written, and say nothing of it the
    next time: only what is written anew can be trusted then.
    """
    os.fsync(descriptor)


def confirm(path: Path) -> None:
    """Bring a file and its name to the disk, which may have failed when it was written. Raises OSError."""
    descriptor = os.open(path, os.O_RDWR | _BINARY | _NO_LINK | _NO_WAIT)
    try:
        sync(descriptor)
    finally:
        os.close(descriptor)
    sync_folder(path.parent)


def truncate(descriptor: int, length: int) -> None:
    """Cut a log to `length` bytes; on the disk when it returns."""
    os.ftruncate(descriptor, length)
    os.fsync(descriptor)


def stands(descriptor: int, path: Path, content: Buffer) -> bool:
    """Return whether `path` still leads to an open file, and that one holds this and no more.

    A sync tool may have put another file in its place, a cleaner may have removed it, or somebody else may
    have written to it: as much, where two write what is alike. Raises OSError.
    """
    try:
        found = path.stat()
    except FileNotFoundError:
        return False
    if not os.path.samestat(found, os.fstat(descriptor)) or found.st_size != memoryview(content).nbytes:
        return False
    os.lseek(descriptor, 0, os.SEEK_SET)  # a log is added to at its end, wherever it was read
    return os.read(descriptor, found.st_size) == content


def close(descriptor: int) -> None:
    """Close an open file."""
    os.close(descriptor)


def replace(
    path: Path,
    pieces: Iterable[Buffer],
    *,
    mode: int = PRIVATE_FILE,
    check: Callable[[], None] | None = None,
) -> Signature:
    """Put a new file in the place of `path` at one instant: a reader sees the old or the new one, whole.

    On the disk when it returns what tells it from others. `check` is called last of all, and may refuse by
    raising. The file is the user's alone, unless `mode` says otherwise. What is no file, as /dev/null and
    /dev/stdout are, stays: who may would take it from all.

    Raises UnconfirmedError when the new file is there, and may not outlast a crash; and any other OSError,
    or what `check` raises, when the old one is as it was.
    """
    if not path.name:  # "", "." and "/"
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if _is_device(path):
        raise OSError(errno.EINVAL, _PIPE_OR_DEVICE, str(path))
    temporary = _temporary_for(path)
    try:
        _write_new(temporary, pieces)
        if mode != PRIVATE_FILE:
            os.chmod(temporary, mode)  # noqa: PTH101
        made = _signature(temporary.stat())
        if check:
            check()
        os.replace(temporary, path)  # noqa: PTH105
    except BaseException as error:
        with suppress(OSError):  # where nothing can be written nothing can be removed, and nothing is there
            temporary.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename == str(temporary):
            error.filename = str(path)  # which somebody knows
        raise
    _confirm(path, made)
    return made


def create(
    path: Path,
    pieces: Iterable[Buffer],
    *,
    mode: int = PRIVATE_FILE,
    before: Callable[[], None] | None = None,
) -> None:
    """Put a new file where none is, at one instant: of several who do so at once one does.

    On the disk when it returns. In a folder that knows no links its name is taken by an empty file first,
    which a reader may see for that instant. `before` is called when all but the last is done; whoever gives
    it has what is written elsewhere too, and in such a folder a reader may see a part of it.

    Raises UnconfirmedError when it is there, and may not outlast a crash; FileExistsError where something is
    there, and any other OSError, when nothing was made.
    """
    temporary = _temporary_for(path)
    try:
        _write_new(temporary, pieces)
        if mode != PRIVATE_FILE:
            os.chmod(temporary, mode)  # noqa: PTH101
        if before:
            before()
        try:
            os.link(temporary, path)
        except FileExistsError:
            raise
        except OSError:  # FAT, and some network drives
            if before:
                _write_alike(temporary, path)
            else:
                _write_new(path, ())
                _replace_own(temporary, path)
    except OSError as error:
        if error.filename == str(temporary):
            error.filename = str(path)  # which somebody knows
        raise
    finally:
        with suppress(OSError):  # what went wrong before it is what is to be told
            temporary.unlink(missing_ok=True)
    _confirm(path)


def _write_alike(temporary: Path, path: Path) -> None:
    """Write a new file of the same content: whatever others put in its place meanwhile is left there."""
    _write_new(path, [temporary.read_bytes()])


def _replace_own(temporary: Path, path: Path) -> None:
    """Put a file in the place of an empty one that was made for it, which is gone where that fails."""
    try:
        os.replace(temporary, path)  # noqa: PTH105
    except OSError:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise


def write_new(path: Path, pieces: Iterable[Buffer]) -> None:
    """Write a file that is not there yet; on the disk when it returns. A crash may leave a part of it.

    Raises UnconfirmedError when it is there, and may not outlast a crash; FileExistsError, and any other
    OSError, when nothing is left of it.
    """
    _write_new(path, pieces)
    _confirm(path)


def rename(path: Path, name: Path) -> None:
    """Give a file another name in its folder at one instant; on the disk with what is made there next."""
    os.rename(path, name)  # noqa: PTH104


def move(path: Path, name: Path) -> None:
    """Give a file or a folder another name at one instant; on the disk when it returns.

    Raises UnconfirmedError when it has the name, and may not outlast a crash; and any other OSError.
    """
    rename(path, name)
    for each in {path.parent: path, name.parent: name}.values():
        _confirm(each)


def note(path: Path, data: bytes) -> None:
    """Write something that is of use only while this process lives: it need not outlast a crash."""
    remove_note(path)  # what lies there may be a link, or somebody else's
    descriptor = os.open(path, _ONLY_NEW, PRIVATE_FILE)
    try:
        write(descriptor, data)
    finally:
        os.close(descriptor)


def remove_note(path: Path) -> None:
    """Remove a note, if it is there."""
    path.unlink(missing_ok=True)


def remove(path: Path) -> None:
    """Remove a file or a link, or an empty folder, if it is there; on the disk when it returns.

    Raises UnconfirmedError when it is gone, and may be back after a crash; and any other OSError.
    """
    try:
        if path.is_dir() and not path.is_symlink():
            os.rmdir(path)  # noqa: PTH106
        else:
            os.unlink(path)  # noqa: PTH108
    except FileNotFoundError:
        return
    _confirm(path)


def make_private(path: Path) -> None:
    """Take a file or a folder from everybody but the user. Raises OSError for a link."""
    descriptor = os.open(path, os.O_RDONLY | _NO_LINK | _NO_WAIT)
    try:
        folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        os.fchmod(descriptor, _PRIVATE_FOLDER if folder else PRIVATE_FILE)
    finally:
        os.close(descriptor)


def open_as(path: Path, other: Path) -> None:
    """Make a folder as open as another one, whatever the user's own files are."""
    os.chmod(path, stat.S_IMODE(other.stat().st_mode))  # noqa: PTH101


def is_private(path: Path) -> bool:
    """Return whether nobody but the user can read or change a file or a folder, links not followed.

    A link has no mode of its own, and Windows has other ways.
    """
    mode = path.lstat().st_mode
    return sys.platform == "win32" or stat.S_ISLNK(mode) or not mode & 0o077


def signature(path: Path) -> Signature | None:
    """Return what tells this content of a file from another, None when there is no file."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return _signature(found)


def _signature(found: os.stat_result) -> Signature:
    return found.st_ino, found.st_size, found.st_mtime_ns


def read(path: Path, most: int = sys.maxsize, *, links: bool = True) -> bytes | None:
    """Return a file's content, None when there is no file.

    Raises OSError, also for what is no file but a pipe or a device, for more than `most` bytes, and without
    `links` for a link.
    """
    try:
        descriptor = _open_to_read(path, _READING if links else _READING | _NO_LINK)
    except FileNotFoundError:
        return None
    with _file(descriptor, path) as file:
        size = os.fstat(descriptor).st_size
        content = file.read() if size <= most else b""
    if max(size, len(content)) > most:
        raise OSError(errno.EFBIG, "it is too large", str(path))
    return content


def read_whole(path: Path, most: int = sys.maxsize, *, links: bool = True) -> bytes:
    """Return a file's content as `read` does. Raises FileNotFoundError when there is no file."""
    content = read(path, most, links=links)
    if content is None:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    return content


def read_start(path: Path, length: int) -> bytes:
    """Return the first bytes of a file. Raises OSError as `read` does, and FileNotFoundError."""
    with _file(_open_to_read(path, _READING), path) as file:
        return file.read(length)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable. Windows does that itself and can't be asked to."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _confirm(path: Path, made: Signature | None = None) -> None:
    """Make durable what was done to the name of a file. Raises UnconfirmedError."""
    try:
        sync_folder(path.parent)
    except OSError as error:
        why = f"the disk has not confirmed it: {error.strerror or error}"
        unconfirmed = UnconfirmedError(error.errno, why, str(path))
        unconfirmed.made = made
        raise unconfirmed from error


def _temporary_for(path: Path) -> Path:
    return path.with_name(f"{path.name}.{secrets.token_hex(4)}.tmp")


def _write_new(path: Path, pieces: Iterable[Buffer]) -> None:
    """Write a file that is not there yet, whole or not at all, unless a crash cuts it off.

    Raises FileExistsError, and OSError.
    """
    descriptor = os.open(path, _ONLY_NEW, PRIVATE_FILE)
    try:
        try:
            for piece in pieces:
                write(descriptor, piece)
            sync(descriptor)
        finally:
            os.close(descriptor)
    except BaseException:
        with suppress(OSError):  # what went wrong before it is what is to be told
            os.unlink(path)  # noqa: PTH108
        raise


def _file(descriptor: int, path: Path) -> BinaryIO:
    """Return an open file to read from. Raises OSError, which names its path, for what is none."""
    try:
        _check_is_file(descriptor, path)
    except BaseException:
        os.close(descriptor)
        raise
    return os.fdopen(descriptor, "rb")  # where that fails it may have closed it, and another has its number


def _check_is_file(descriptor: int, path: Path) -> os.stat_result:
    """Return what is known of an open file. Raises OSError for what is none."""
    found = os.fstat(descriptor)
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, _PIPE_OR_DEVICE, str(path))
    return found


def _is_device(path: Path) -> bool:
    """Return whether a path leads to a device or a pipe, by a link too."""
    try:
        mode = path.stat().st_mode
    except OSError:  # nothing, or a link that leads nowhere
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _take(descriptor: int, path: Path) -> None:
    """Take an open file from everybody but the user. Raises OSError where it is another user's."""
    found = _check_is_file(descriptor, path)
    if sys.platform == "win32":
        return
    if found.st_uid != (me := os.geteuid()) and me != 0:
        raise PermissionError(errno.EPERM, "it belongs to another user", str(path))
    if found.st_mode & 0o077:
        os.fchmod(descriptor, PRIVATE_FILE)
