"""The way back in: how trainer is opened again, and a launcher where no `trainer` is found by the shell."""

import os
import shlex
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from trainer import disk
from trainer.errors import FileError, TrainerError, file_error
from trainer.home import Home

_MARK = '# Made by trainer; "trainer launcher --remove" takes it away.'
_EXECUTABLE = 0o755
_LARGEST = 10_000
"""Bytes of a launcher at most."""


def place() -> Path:
    """Return where a launcher goes. Raises FileError where the system knows no home folder."""
    home = None
    with suppress(RuntimeError):
        home = Path.home()
    if home is None or not home.is_absolute() or os.environ.get("HOME") == "":
        raise FileError("The system knows no home folder of yours, so there is no place for it.")
    return home / ".local" / "bin" / "trainer"


def own_command() -> list[str]:
    """Return the command by which this trainer was started, in full."""
    started = Path(sys.argv[0])
    if started.stem == "trainer" and os.access(started, os.X_OK):
        return [os.path.abspath(started)]  # noqa: PTH100 — links stay
    beside = Path(sys.executable).with_name("trainer")
    return [str(beside)] if os.access(beside, os.X_OK) else [sys.executable, "-m", "trainer"]


def is_found() -> bool:
    """Return whether a bare `trainer` opens this trainer, from any folder."""
    found = shutil.which("trainer")
    if not found or not Path(found).is_absolute():
        return False
    own = own_command()
    return (len(own) == 1 and Path(found).samefile(own[0])) or _is_ours(Path(found), _text(own))


def opening(home: Path | None, recruiter: str | None, *, known: Sequence[str]) -> str:
    """Return the command that opens trainer again as it was opened, and no more of it than is needed.

    `home` and `recruiter` are what the command said of them, `known` who trains here.
    """
    words = ["trainer"] if is_found() else own_command()
    if home is not None:
        words += ["--home", os.path.abspath(home)]  # noqa: PTH100 — links stay
    if recruiter is not None and len(known) > 1:
        words += ["--recruiter", recruiter]
    return shlex.join(words)


def make() -> Path:
    """Put a launcher where the shell looks; return its path. Raises TrainerError; then nothing changed."""
    _refuse_windows()
    path = place()
    text = _text(own_command())
    if os.path.lexists(path) and not _is_ours(path):
        raise FileError(f"{path} is there already and was not made by trainer, so it stays as it is.")
    try:
        disk.make_folder(path.parent)
        disk.replace(path, [text.encode()], mode=_EXECUTABLE)
    except OSError as error:
        raise file_error(error, path) from error
    return path


def remove() -> Path:
    """Take the launcher away; return where it was. Raises FileError where there is none of trainer's."""
    path = place()
    if not path.exists():
        raise FileError(f"There is no launcher at {path}, so nothing was changed.")
    if not _is_ours(path):
        raise FileError(f"{path} is no launcher that trainer made, so nothing was changed.")
    try:
        disk.remove(path)
    except OSError as error:
        raise file_error(error, path) from error
    return path


def is_wanted(home: Home) -> bool:
    """Return whether a launcher is to be offered: once, where it helps and nothing stands in its place."""
    if sys.platform == "win32" or is_found():
        return False
    try:
        path = place()
        return not os.path.lexists(path) and not home.was_told(path)
    except TrainerError:
        return False


def note_offered(home: Home) -> None:
    """Remember that a launcher was offered: once is enough."""
    with suppress(OSError, TrainerError):  # then it is offered again
        home.note_told(place())


def how_to_open(path: Path) -> str:
    """Return how a launcher is used, which depends on where the shell looks; the command stands last."""
    command = _command_of(path)
    later = f"Once {path.parent} is in your PATH, often after the next login, a bare trainer opens it.\n"
    return f"{'' if command == 'trainer' else later}Open trainer again with: {command}"


def how_to_remove(path: Path) -> str:
    """Return how a launcher is taken away, by a command that the shell finds now."""
    return f"To take the launcher away: {_command_of(path)} launcher --remove"


def _command_of(path: Path) -> str:
    folders = os.environ.get("PATH", "").split(os.pathsep)
    return "trainer" if str(path.parent) in folders else shlex.quote(str(path))


def _text(command: Sequence[str]) -> str:
    return f'#!/bin/sh\n{_MARK}\nexec {shlex.join(command)} "$@"\n'


def _is_ours(path: Path, text: str | None = None) -> bool:
    """Return whether a file is a launcher that trainer made, and of this text if one is given."""
    try:
        found = disk.read_whole(path, _LARGEST, links=False).decode(errors="replace")
    except OSError:
        return False
    return found == text if text is not None else _MARK in found.splitlines()


def _refuse_windows() -> None:
    if sys.platform == "win32":
        raise TrainerError(
            "On Windows trainer makes no launcher. Install it with: pipx install . or uv tool install ."
        )
