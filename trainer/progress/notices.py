"""Sentences for the recruiter about what was found in a record, and what became of it."""

from collections.abc import Sequence
from pathlib import Path


def reason(error: Exception) -> str:
    """Return why something failed, without the end of the sentence."""
    return (isinstance(error, OSError) and error.strerror) or str(error).rstrip(".")


def changed(path: Path) -> str:
    """Tell of a file that is not as trainer wrote it."""
    return (
        f"{path} was changed by another program, or damaged, since trainer wrote it. "
        "What is remembered of each card was worked out anew from the reviews in it."
    )


def mended(path: Path) -> str:
    """Tell of a flipped bit that was put right."""
    return (
        f"{path} was damaged: one bit in it had changed. It is right again; nothing is lost. "
        "If this happens again, the disk or the memory of this computer may be failing."
    )


def damaged_journal(log: Path, places: int) -> str:
    """Tell of lines that can't be read."""
    return (
        f"{log} is damaged in {places} place(s). What stood there can't be read; all its other answers were."
    )


def foreign_journal(log: Path, path: Path, new: int) -> str:
    """Tell of a journal that belongs to another state of the file."""
    return (
        f"{log} belongs to another version of {path}, which may have been put back or synced. "
        f"Its {new} entries that were missing have been added."
    )


def torn_journal(log: Path) -> str:
    """Tell of an answer that was not saved yet."""
    return (
        f"The last line of {log} was cut off when trainer stopped. "
        "Its answer had not been saved yet; everything before it is there."
    )


def kept(path: Path, name: Path) -> str:
    """Tell where a damaged original is."""
    return f"{path} as it was found is kept as {name}."


def united(path: Path, copies: Sequence[Path], new: int) -> str:
    """Tell of copies that are in the file now."""
    lay = "a copy" if len(copies) == 1 else f"{len(copies)} copies"
    return (
        f"Beside {path} lay {lay} of it, as a sync tool leaves when two computers have changed it: "
        f"{', '.join(copy.name for copy in copies)}. "
        f"All reviews are kept; {new or 'none'} had been missing here."
    )


def copy_left(path: Path, error: Exception) -> str:
    """Tell of a copy that can't be used."""
    return f"Beside {path} lies what may be a copy of it. It was left out: {error}"


def copy_kept(copy: Path, name: Path) -> str:
    """Tell where a copy is now."""
    return f"{copy.name} is kept as {name}."


def copy_stays(copy: Path, error: Exception) -> str:
    """Tell of a copy that could not be moved."""
    return f"{copy} could not be put away: {reason(error)}. It does no harm there."


def copy_changed(copy: Path) -> str:
    """Tell of a copy that is another one by now."""
    return f"{copy} was changed while it was read. The next opening looks at it again."


def changed_meanwhile(path: Path) -> str:
    """Tell of a file that another program wrote during the session."""
    return f"{path} was changed by another program during the session. All reviews of both are kept."


def destroyed_meanwhile(path: Path) -> str:
    """Tell of a file that another program made unreadable during the session."""
    return (
        f"{path} was changed by another program during the session and can't be read any more. "
        "It was written anew from what was known."
    )


def others_meanwhile(path: Path) -> str:
    """Tell of another person's file that took the record's place during the session."""
    return f"{path} was replaced by somebody else's progress during the session. Yours was written anew."


def unusable_setting(path: Path, key: str, expected: str) -> str:
    """Tell of a setting whose value can't be used."""
    return f'{path}: the setting "{key}" can\'t be used and counts as not chosen: it takes {expected}.'


def no_locks(path: Path, marker: Path) -> str:
    """Tell of a folder in which nobody can be kept away by a lock."""
    return (
        f"{path.parent} knows no locks, as some network drives and synced folders don't. Everything is "
        f"saved, and {marker.name} there keeps other trainers away as well as can be. Train on one computer "
        "at a time. A folder of this computer is safer: --home DIR."
    )


def not_folded(path: Path, error: Exception, log: Path, log_error: OSError | None) -> str:
    """Tell what became of the answers when the file could not be written at the end."""
    if log_error:
        where = f"{log} can't be written either ({reason(log_error)}): the last answers may be lost."
    else:
        where = f"No answer is lost: they are in {log} and are read from there next time."
    return f"{path} could not be brought up to date: {reason(error)}. {where}"
