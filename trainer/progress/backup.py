"""Backups of a progress file: made when it is replaced, listed, and thinned out with age.

A backup is a progress file as it stood before a fold, under a name that tells when and why.
It is mostly a link to the very content that the fold replaces, and so costs neither time nor
room on the disk; and what another program may do to the progress file later can't reach it.
"""

import re
from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from trainer import disk
from trainer.disk import Buffer
from trainer.errors import ProgressError
from trainer.memory.calendar import study_day
from trainer.memory.schedule import Schedule
from trainer.memory.state import Day
from trainer.progress import tables, union
from trainer.progress.documents import UNREADABLE
from trainer.progress.tables import Tables
from trainer.progress.valid import FIRST_INSTANT, LAST_ID

Reason = Literal["day", "merge", "repair", "format", "restore", "import"]

REASONS: dict[Reason, str] = {
    "day": "the first save of a day",
    "merge": "before a merge",
    "repair": "before a repair",
    "format": "before a new format",
    "restore": "before a backup was put back",
    "import": "before an import",
}
"""Why a backup was made, in words."""

DAYS, WEEKS, MONTHS = 7, 4, 12
"""Of so many of the latest days, weeks and months that have a backup, the newest one is kept."""
KEPT_ANYWAY = timedelta(days=30)
"""So long every backup is kept that was made before something out of the ordinary."""

_NAME = re.compile(rf"(2\d{{7}}T\d{{6}}Z)-({'|'.join(get_args(Reason))})(?:-(\d+))?\.json")
_TIME = "%Y%m%dT%H%M%SZ"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SMALL = 2_000
"""Bytes: a file that holds nothing yet has fewer."""


class Backup(NamedTuple):
    """A backup, by its name alone; they sort by age."""

    at: datetime
    """When it was made, in UTC."""
    number: int
    """Tells it from others of the same second."""
    why: Reason
    path: Path

    @property
    def name(self) -> str:
        """The name by which it is called."""
        return self.path.stem


class Content(NamedTuple):
    """What a backup holds."""

    reviews: int
    """Those undone left out."""
    last: datetime | None
    """When the last of them was given, in UTC."""


def existing(folder: Path) -> list[Backup]:
    """Return the backups in a folder, the oldest first; the folder need not exist."""
    if not folder.is_dir():
        return []
    found = []
    for path in folder.iterdir():
        name = _NAME.fullmatch(path.name)
        if name and (at := _time(name[1])):
            why: Reason = name[2]  # type: ignore[assignment]  # the pattern is made of the reasons
            found.append(Backup(at, int(name[3] or 1), why, path))
    return sorted(found)


def files(folder: Path) -> list[Path]:
    """Return all files in a folder of backups, then the folder itself if it holds nothing else."""
    if not folder.is_dir():
        return []
    inside = sorted(folder.iterdir())
    held = [path for path in inside if path.is_symlink() or not path.is_dir()]
    return [*held, folder] if held == inside else held


def read(path: Path, schedule: Schedule) -> Tables:
    """Return what a backup holds, or any other progress file that is not in use. Raises ProgressError.

    All of it is checked, and states that can't be trusted are made anew from the reviews.
    """
    try:
        found = union.read_other(path.read_bytes(), path)
        len(found.reviews)  # decodes what a history passes over: keys that we don't know
        if not found.intact or not union.has_sound_states(found):
            union.rebuild(found, schedule)
    except OSError as error:
        raise ProgressError(f"{path} can't be read: {error.strerror or error}.") from error
    except UNREADABLE as error:
        raise tables.unreadable(path, error) from error
    return found


def check(path: Path, schedule: Schedule) -> None:
    """Read as much of a backup as tells whether it can be put back. Raises ProgressError when it can't."""
    try:
        found = union.read_other(path.read_bytes(), path)
        if found.intact and union.has_sound_states(found):
            return  # byte for byte what trainer wrote
    except OSError as error:
        raise ProgressError(f"{path} can't be read: {error.strerror or error}.") from error
    read(path, schedule)


def content(held: Tables) -> Content:
    """Count what tables hold."""
    history = held.reviews.history()
    newest = max(history, default=None)
    return Content(len(history), None if newest is None else given_at(history[newest].at or newest))


def given_at(id_: int) -> datetime | None:
    """Return the instant of a review by its id, None when it is none that can be."""
    if not FIRST_INSTANT <= id_ <= LAST_ID:
        return None
    return _EPOCH + timedelta(microseconds=id_)


def keep_file(path: Path, folder: Path, why: Reason, now: datetime) -> None:
    """Back up a progress file that is about to be replaced, if it holds anything. Raises OSError."""
    if _holds_something(path):
        _make(folder, why, now, lambda name: disk.keep(path, name))
        thin_out(folder, now)


def before_write(path: Path, folder: Path, why: Reason, now: datetime) -> list[str]:
    """Back up a progress file that is about to be replaced, for the reason "day" once a study day.

    Returns what went wrong, in sentences: a backup that fails must not keep anybody from saving.
    """
    try:
        if why != "day" or all(_day(each, now) != study_day(now) for each in existing(folder)):
            keep_file(path, folder, why, now)
    except OSError as error:
        return [_failed(path, folder, error)]
    return []


def keep_tables(held: Tables, path: Path, folder: Path, why: Reason, now: datetime) -> list[str]:
    """Back up what is known of `path` in memory, and no longer on the disk. Returns what went wrong."""
    try:
        pieces: list[Buffer] = list(held.encoded())
        _make(folder, why, now, lambda name: disk.replace(name, pieces))
        thin_out(folder, now)
    except OSError as error:
        return [_failed(path, folder, error)]
    return []


def move(backup: Backup, folder: Path) -> None:
    """Bring a backup into another folder. Raises OSError."""
    _make(folder, backup.why, backup.at, lambda name: disk.move(backup.path, name))


def thin_out(folder: Path, now: datetime) -> None:
    """Remove the backups that are no longer wanted. Raises OSError."""
    made = existing(folder)
    kept = to_keep(made, now)
    for each in made:
        if each not in kept:
            disk.remove(each.path)


def to_keep(made: Collection[Backup], now: datetime) -> set[Backup]:
    """Return which backups are kept: the newest one of each of the latest days, weeks and months.

    Only days, weeks and months that have a backup count, so that after a long break the last
    ones are still there. Days begin at 04:00 in the time zone of `now`. One that was made before
    something out of the ordinary is kept for a while, and takes no other one's place meanwhile.
    """
    special = {each for each in made if each.why != "day" and now - each.at < KEPT_ANYWAY}
    others = set(made) - special
    days = _newest_of_each(others, lambda each: _day(each, now), DAYS)
    weeks = _newest_of_each(others, lambda each: _day(each, now).isocalendar()[:2], WEEKS)
    months = _newest_of_each(others, lambda each: (_day(each, now).year, _day(each, now).month), MONTHS)
    return special | days | weeks | months


def _newest_of_each(made: Iterable[Backup], period: Callable[[Backup], object], periods: int) -> set[Backup]:
    newest = {period(each): each for each in sorted(made)}
    return set(sorted(newest.values())[-periods:])


def _day(backup: Backup, now: datetime) -> Day:
    return study_day(backup.at.astimezone(now.tzinfo))


def _time(stamp: str) -> datetime | None:
    try:
        return datetime.strptime(stamp, _TIME).replace(tzinfo=UTC)
    except ValueError:  # digits, but no date
        return None


def _make(folder: Path, why: Reason, now: datetime, write: Callable[[Path], None]) -> None:
    """Write a backup under a name that is free."""
    disk.make_folder(folder)
    taken = {path.name for path in folder.iterdir()}
    stamp = f"{now.astimezone(UTC):{_TIME}}-{why}"
    names = (f"{stamp}{f'-{number}' if number > 1 else ''}.json" for number in range(1, len(taken) + 2))
    write(folder / next(name for name in names if name not in taken))


def _holds_something(path: Path) -> bool:
    """Whether there is a file, and more in it than that it is one."""
    found = disk.signature(path)
    if found is None:
        return False
    if found[1] > _SMALL:
        return True
    try:
        held = tables.parse(path.read_bytes(), path)
    except ProgressError:
        return True
    return not held.is_empty


def _failed(path: Path, folder: Path, error: OSError) -> str:
    return (
        f"{path} could not be backed up in {folder} ({error.strerror or error}). "
        "Nothing else is wrong: your answers are saved. Make space, or make the folder writable."
    )
