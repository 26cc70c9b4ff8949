"""Whose a record is: another person's file in its place, and one that is gone, are told and not adopted."""

from pathlib import Path

from trainer.clean import clean_line
from trainer.errors import NotYoursError, ProgressError
from trainer.home import owner
from trainer.names import same_name
from trainer.progress.journal import holds_answers, journal_of, moved_from


def check_owner(path: Path, named: str, recruiter: str) -> None:
    """Check whom a file or a journal names. Raises NotYoursError for anybody but the recruiter."""
    if not named or not recruiter or same_name(named, recruiter):
        return
    own, theirs = _quoted(recruiter), clean_line(named)
    raise NotYoursError(
        f'{path} holds the progress of "{theirs}", not of "{recruiter}"; it has not been changed. '
        f'If it took the place of yours, "trainer backups restore 1 --recruiter {own}" puts your newest '
        "backup back and keeps this file beside it. If it is yours under another name, move it elsewhere and "
        f"bring it in: trainer import-progress FILE --recruiter {own}"
    )


def leads_to_strangers(path: Path, recruiter: str) -> bool:
    """Return whether a record is a link to what does not say it is this recruiter's: it may be anything."""
    return path.is_symlink() and not same_name(owner(path) or "", recruiter)


def check_no_strangers(path: Path, recruiter: str) -> None:
    """Check that what a record is a link to may be replaced. Raises NotYoursError."""
    if leads_to_strangers(path, recruiter):
        raise NotYoursError(
            f"{path} is a link to {path.resolve()}, which does not say that it is the progress of "
            f'"{clean_line(recruiter)}"; it has not been changed. Remove the link; then '
            f'"trainer backups restore 1 --recruiter {_quoted(recruiter)}" puts your newest backup back.'
        )


def moved_of(log: Path, recruiter: str) -> list[Path]:
    """Return what was moved away of a recruiter's journal: no link, and nothing that names somebody else."""
    return [path for path in moved_from(log) if _is_own(path, recruiter)]


def moved_of_others(log: Path, recruiter: str) -> list[Path]:
    """Return what is called as if it had been moved away of a recruiter's journal, and is another's."""
    return [path for path in moved_from(log) if not _is_own(path, recruiter)]


def _is_own(path: Path, recruiter: str) -> bool:
    return path.is_file() and not path.is_symlink() and same_name(owner(path) or recruiter, recruiter)


def check_not_lost(path: Path, recruiter: str, backups: Path) -> None:
    """Check that a record that is not there never was. Raises ProgressError when there are backups of it.

    `path` is its real path.
    """
    if path.exists() or holds_answers(journal_of(path)):
        return
    from trainer.humanize import count, moment  # noqa: PLC0415
    from trainer.progress import backup  # noqa: PLC0415 — only where there is no file

    made = backup.existing(backups)
    if made and not path.exists():  # another trainer may have begun it just now
        raise ProgressError(
            f'The progress of "{recruiter}" is gone: there is no {path}, but {count(len(made), "backup")} '
            f"of it, the newest of {moment(made[-1].at.astimezone())}. If it lies on a drive, connect that. "
            f'"trainer backups restore 1 --recruiter {_quoted(recruiter)}" puts that backup back. '
            f"To begin anew all the same, move {backups} elsewhere."
        )


def _quoted(recruiter: str) -> str:
    import shlex  # noqa: PLC0415 — only for a message

    return shlex.quote(recruiter)
