"""Putting a sheet's file in its place, so that nobody ever sees half of one."""

import os
import secrets
import stat
import sys
from pathlib import Path

from trainer.errors import EditError

_BINARY = getattr(os, "O_BINARY", 0)  # Windows would turn \n into \r\n


def put_in_place(path: Path, data: bytes, *, instead_of: bytes | None) -> None:
    """Put a file in the place of another at one instant; it is on the disk when this returns.

    `instead_of` is what the one who writes knows to stand there, None for nothing. Raises EditError
    if something else does by now, or if it can't be written; what stood there still stands then.
    """
    path = Path(os.path.realpath(path))  # a link to a shared sheet stays a link
    temporary = path.with_name(f"{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        _write_new(temporary, data)
        try:
            if instead_of is not None:
                os.chmod(temporary, stat.S_IMODE(os.stat(path).st_mode))  # noqa: PTH101, PTH116 — as below
            _check(path, instead_of)
            os.replace(temporary, path)  # noqa: PTH105 — all goes through `os`, where tests make it fail
        except (OSError, EditError):
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise EditError(f"{path}: can't be written ({error.strerror}). Nothing was changed.") from error
    try:
        _sync_folder(path.parent)
    except OSError as error:
        raise EditError(f"{path}: written, but the disk has not confirmed it ({error.strerror}).") from error


def _check(path: Path, instead_of: bytes | None) -> None:
    try:
        present = path.read_bytes()
    except FileNotFoundError:
        present = None
    if present == instead_of:
        return
    if instead_of is None:
        raise EditError(
            f"{path}: there is a file of this name already. Move it, or mend it. It is as it was."
        )
    raise EditError(f"{path}: the file was changed while it was being saved. It is as it was; save again.")


def _write_new(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)  # less the user's umask
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    except OSError:
        path.unlink(missing_ok=True)
        raise
    finally:
        os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    """Make the names in a folder durable. Windows does that itself and can't be asked to."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
