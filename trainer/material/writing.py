"""Putting a sheet's file in its place, unless somebody else has changed it meanwhile."""

import os
import stat
from pathlib import Path

from trainer import disk
from trainer.errors import EditError


def put_in_place(path: Path, data: bytes, *, instead_of: bytes | None) -> None:
    """Put a file in the place of another at one instant; it is on the disk when this returns.

    `instead_of` is what the one who writes knows to stand there, None for nothing. Raises EditError
    if something else does by now, or if it can't be written; what stood there still stands then, unless it
    is the disk alone that has not confirmed the new one. A new file is the user's alone; one that is shared
    stays so.
    """
    path = Path(os.path.realpath(path))  # a link to a shared sheet stays a link
    try:
        mode = {} if instead_of is None else {"mode": stat.S_IMODE(path.stat().st_mode)}
        disk.replace(path, [data], check=lambda: _check(path, instead_of), **mode)
    except disk.UnconfirmedError as error:
        raise EditError(f"{path}: written, but {error.strerror}.") from error
    except OSError as error:
        raise EditError(f"{path}: can't be written ({error.strerror}). Nothing was changed.") from error


def _check(path: Path, instead_of: bytes | None) -> None:
    try:
        present = disk.read_whole(path)
    except FileNotFoundError:
        present = None
    if present == instead_of:
        return
    if instead_of is None:
        raise EditError(f"{path}: there is a file of this name already. It is as it was; try again.")
    raise EditError(f"{path}: the file was changed while it was being saved. It is as it was; save again.")
