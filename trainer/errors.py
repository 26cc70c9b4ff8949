"""Errors that a user can act on.

Each carries one message that says what is wrong, where, and what to do. The
command prints it and ends with status 2; the app shows it and goes on.
"""

from collections.abc import Mapping
from typing import Any


class TrainerError(Exception):
    """Something the user can mend. `str()` of it is the whole message."""


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


class PageError(TrainerError):
    """A glossary page can't be imported: it names the page and what was looked for."""


class UnknownDeckError(TrainerError):
    """No sheet or deck has the name that was given."""


class RecruiterNameError(TrainerError):
    """A recruiter's name can't be used."""


class ProgressError(TrainerError):
    """A progress file can't be used as it is. It has not been changed."""


class NewerFormatError(ProgressError):
    """A newer version of trainer wrote the file: this one keeps its hands off it."""


class InUseError(ProgressError):
    """Another trainer has this recruiter's progress open for writing."""


class NotWritableError(ProgressError):
    """A progress file can be read but not written: practice is possible."""


class NotSavedError(TrainerError):
    """An answer could not be written to the disk. What was saved before is whole."""
