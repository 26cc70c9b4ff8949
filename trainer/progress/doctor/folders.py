"""What lies in the folders of a home, and what in them belongs to no record."""

import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from shlex import quote

from trainer import beside, disk
from trainer.errors import ProgressError, RecruiterNameError
from trainer.home import Home
from trainer.memory.schedule import Schedule
from trainer.names import same_name
from trainer.progress import backup, copies
from trainer.progress.doctor import Finding, exposed
from trainer.progress.journal import moved_as
from trainer.progress.lock import FOLDING
from trainer.progress.records import Record, exists


def records(home: Home, schedule: Schedule) -> list[Record]:
    """Return the records of a home, in alphabetical order; copies that a sync tool made are none."""
    found = []
    for name in home.recruiters():
        try:
            found.append(Record.of(home, name, schedule))
        except RecruiterNameError:
            continue  # told among the strangers
    return [each for each in found if each.exists]


def check(home: Home, own: Sequence[Record]) -> list[Finding]:
    """Tell what is wrong with the folders, and what in them belongs to none of a home's own records.

    Raises OSError.
    """
    folders = [home.progress, home.backups, *_inside(home.backups)]
    return [
        *_closed(home),
        *exposed(folder for folder in folders if folder.is_dir() and not folder.is_symlink()),
        *_strays(home),
        *_half_written(home),
        *_strangers(home, own),
        *_ownerless_backups(home, own),
    ]


def fix(home: Home, own: Sequence[Record]) -> list[str]:
    """Mend what can be mended there; return what was done, in sentences. Raises OSError."""
    done = []
    for finding in check(home, own):
        path = Path(finding.where)
        if finding.mendable and path.is_dir():
            disk.make_private(path)
            done.append(f"{path} is yours alone again.")
        elif finding.mendable:
            disk.remove(path)
            done.append(f"{path} is removed.")
    return done


def _closed(home: Home) -> Iterator[Finding]:
    """Tell of folders in which nothing can be saved; one that is not there is made in the folder above it."""
    for folder in (home.progress, home.backups):
        there = next(each for each in (folder, *folder.parents) if each.is_dir())
        if not os.access(there, os.W_OK | os.X_OK):
            yield Finding(
                where=str(there),
                what="can't be written, so no answer can be saved",
                do="Make it writable, or choose another home (--home DIR).",
            )
            return


def _strays(home: Home) -> Iterator[Finding]:
    """Tell of locks, temporary files and empty journals whose record is gone."""
    for path in _inside(home.progress):
        file = beside.replaced_by(path) or moved_as(path) or path
        stale = file is not path and file.suffix in {".json", ".journal"}
        if (stale or path.suffix in {".lock", ".journal", FOLDING}) and not exists(file.with_suffix(".json")):
            yield Finding(
                where=str(path),
                what="is left over from a record that is gone",
                do="Nothing in it is needed; --fix removes it.",
                mendable=True,
            )


def _half_written(home: Home) -> Iterator[Finding]:
    """Tell of what a crash left of sheets, pages and what an import keeps."""
    for path in (path for folder in (home.decks, home.pages, home.imports) for path in _inside(folder)):
        file = beside.replaced_by(path)
        if file and file.suffix in {".toml", ".txt", ".json"}:
            yield Finding(
                where=str(path),
                what="is left over from an import or an edit that was cut off",
                do="Nothing in it is needed; --fix removes it.",
                mendable=True,
            )


def _strangers(home: Home, own: Sequence[Record]) -> Iterator[Finding]:
    known = {each.path for each in own} | _copies(own)
    for path in _inside(home.progress):
        if path.suffix == ".json" and path not in known:
            yield Finding(
                where=str(path),
                what="has a name that trainer gives to no recruiter, so it is not used",
                do='"trainer import-progress" takes what it holds into a record.',
                problem=False,
            )


def _ownerless_backups(home: Home, own: Sequence[Record]) -> Iterator[Finding]:
    known = {each.backups for each in own}
    for folder in _inside(home.backups):
        made = backup.existing(folder) if folder not in known else []
        if made and (cut_off := _renamed_by_half(made[-1], own)):
            new = next((name for name in home.backed_up() if home.backups_of(name) == folder), folder.name)
            yield Finding(
                where=str(folder),
                what=f'holds the backups of "{cut_off}": a rename was cut off',
                do=f"Do it once more: trainer rename {quote(cut_off)} {quote(new)}",
            )
        elif made:
            yield Finding(
                where=str(folder),
                what="holds backups of somebody who has no progress here any more",
                do='"trainer backups restore" puts one back; "trainer erase" removes them all.',
                problem=made[-1].why != "merge",  # a record that was brought into another one leaves that
            )


def _renamed_by_half(made: backup.Backup, own: Sequence[Record]) -> str:
    """Return who is here with no backup and has made one that lies under another name; else nothing."""
    try:
        name = backup.read(made.path, Schedule()).meta.recruiter
    except ProgressError:
        return ""
    bare = (each.recruiter for each in own if not backup.existing(each.backups))
    return next((each for each in bare if same_name(each, name)), "")


def _copies(own: Collection[Record]) -> set[Path]:
    return {copy for each in own for copy in copies.copies_of(each.path, each.recruiter)}


def _inside(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []
