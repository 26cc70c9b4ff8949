"""What can become of a file at home, as of the copy of a drill beside the attempts at it."""

import os
import sys
from collections.abc import Callable
from pathlib import Path


def gone(path: Path) -> None:
    path.unlink()


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def zeroed(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def added_to(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"# mine\n")


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


COPIES: list[Callable[[Path], None]] = [gone, emptied, cut_short, zeroed, added_to, folder]
if sys.platform != "win32":
    COPIES.append(pipe)
