"""Errors that a user can act on.

Each carries one message that says what is wrong, where, and what to do. The
command prints it and ends with status 2; the app shows it and goes on.
"""

import errno
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from trainer.clean import clean_line

_ADVICE = {
    errno.EACCES: "Make it readable and writable for yourself.",
    errno.EPERM: "Make it readable and writable for yourself.",
    errno.EROFS: "It lies where nothing can be written.",
    errno.ENOENT: "Look whether it is still there.",
    errno.ENOTDIR: "It, or a part of the path to it, is a file or a link to nothing, and no folder.",
    errno.EISDIR: "It is a folder and no file.",
    errno.ENAMETOOLONG: "Choose a shorter path.",
    errno.ELOOP: "Its links lead in a circle. Name the folder or the file itself.",
    errno.ENOSPC: "Make space, then try again.",
    getattr(errno, "EDQUOT", errno.ENOSPC): "Make space, then try again.",
    errno.EFBIG: "Make space, then try again.",
    errno.EIO: "The disk, or the connection to it, does not work as it should.",
    errno.ENFILE: "Too many files are open. Close other programs, then try again.",
    errno.EMFILE: "Too many files are open. Close other programs, then try again.",
}
"""What to do about what the system says of a file; other errors are no affair of the user's."""


_UNKNOWN = "Try again in a moment. If that does not help, look at what lies there, and at its disk."
"""What to do where nothing more is known."""
_NO_ROOM = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG}
_RIGHTS_OR_ROOM = {errno.EACCES, errno.EPERM, *_NO_ROOM}


class TrainerError(Exception):
    """Something the user can mend. `str()` of it is the whole message, in the words of this process."""

    def __str__(self) -> str:
        return _words[0](super().__str__())


_words: list[Callable[[str], str]] = [str]


def say_errors_as(words: Callable[[str], str]) -> None:
    """Have this process say the messages of all errors in other words: it serves somebody else."""
    _words[:] = [words]


class FileError(TrainerError):
    """A file or a folder can't be used as it should be: it names which, and what to do."""


class NotAllowedError(TrainerError):
    """Somebody may not do this where they train; see `trainer.engine.rights`."""


class InputError(TrainerError):
    """What is typed or piped into trainer can't be read."""


class OutputError(TrainerError):
    """What trainer says can't be written to where its output goes."""


class SheetError(TrainerError):
    """A sheet can't be used: it names the file and the way to the item."""


class EditError(SheetError):
    """A text of a sheet can't be changed as it was wanted. The file is as it was."""


class ChangedMeanwhileError(EditError):
    """Somebody else changed in the file what was to be changed here."""

    def __init__(self, message: str, present: Mapping[tuple[str | int, ...], Any]) -> None:
        super().__init__(message)
        self.present = present
        """What stands there now, by the way to it in the sheet."""


class DrillError(TrainerError):
    """A drill can't be used: it names the file and the key, or says what is wrong with an attempt."""


class TeamError(TrainerError):
    """A team's place can't be used, or one is in no team."""


class AliasError(TeamError):
    """An alias can't be used."""


class AliasTakenError(AliasError):
    """Somebody in the team has this alias already."""


class TeamNameError(TeamError):
    """A team can't be called so."""


class PasswordRefusedError(TeamError):
    """The database of a team asked for a password, and let nobody in by the one that it was given."""


class NotMemberError(TeamError):
    """The team's place knows that one is not in the team: one was never invited, or left."""


class PageError(TrainerError):
    """A glossary page can't be imported: it names the page and what was looked for."""


class UnknownDeckError(TrainerError):
    """No sheet or deck has the name that was given."""


class RecruiterNameError(TrainerError):
    """A recruiter's name can't be used."""


class SettingsError(TrainerError):
    """The file of settings can't be changed as it is."""


class ProgressError(TrainerError):
    """A progress file can't be used as it is. It has not been changed."""


class NotYoursError(ProgressError):
    """A file holds the progress of somebody else."""


class NewerFormatError(ProgressError):
    """A newer version of trainer wrote the file: this one keeps its hands off it."""


class InUseError(ProgressError):
    """Another trainer has this recruiter's progress open for writing."""


class NotWritableError(ProgressError):
    """A progress file can be read but not written: practice is possible."""


class NotSavedError(TrainerError):
    """An answer could not be written to the disk. What was saved before is whole."""


def file_error(error: OSError, path: str | os.PathLike[str], advice: str = "") -> FileError:
    """Return what the system said of a file in a sentence, with what to do about it."""
    told = [f"{clean_line(os.fspath(path))} can't be used: {error.strerror or 'the system refuses it'}."]
    told += [each for each in (_ADVICE.get(error.errno or 0, ""), advice) if each]
    return FileError(" ".join(told))


def advice_on(error: OSError, otherwise: str) -> str:
    """Return what to do about what the system said of a place to write to.

    It is `otherwise` where it may be a matter of rights or of room.
    """
    return otherwise if error.errno in _RIGHTS_OR_ROOM else _ADVICE.get(error.errno or 0, _UNKNOWN)


def told_of_file(error: OSError) -> FileError | None:
    """Return an error of the system as a sentence, None when it is not one that the user can mend."""
    if error.errno == errno.ENOENT and error.filename is None and not _stands_somewhere():
        return FileError("The folder that you are in is gone. Go to another, then try again.")
    if error.filename is None or error.errno not in _ADVICE:
        return None
    named = error.filename
    return file_error(error, os.fsdecode(named) if isinstance(named, bytes) else str(named))


def to_install(extra: str) -> str:
    """Return the command that installs more of trainer: of the checkout that runs, or of the package."""
    checkout = Path(__file__).parent.parent
    if (checkout / "pyproject.toml").is_file():
        return f'pip install -e ".[{extra}]" (in {clean_line(str(checkout))})'
    return f'pip install "recruiter-trainer[{extra}]"'


def _stands_somewhere() -> bool:
    try:
        return bool(os.getcwd())  # noqa: PTH109 — it is the call that fails
    except FileNotFoundError:
        return False
