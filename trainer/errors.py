"""Errors that a user can act on.

Each carries one message that says what is wrong, where, and what to do. The
command prints it and ends with status 2; the app shows it and goes on.
"""


class TrainerError(Exception):
    """Something the user can mend. `str()` of it is the whole message."""


class SheetError(TrainerError):
    """A sheet can't be used: it names the file and the way to the item."""


class UnknownDeckError(TrainerError):
    """No sheet or deck has the name that was given."""


class RecruiterNameError(TrainerError):
    """A recruiter's name can't be used."""


class ProgressError(TrainerError):
    """A progress file can't be used as it is. It has not been changed."""


class InUseError(ProgressError):
    """Another trainer has this recruiter's progress open for writing."""


class NotSavedError(TrainerError):
    """An answer could not be written to the disk. What was saved before is whole."""
