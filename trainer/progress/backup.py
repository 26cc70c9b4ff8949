"""Backups of a progress file: made when it is replaced, listed, and thinned out with age.

A backup is a progress file as it stood before a fold, packed, under a name that tells when and why.
Older versions packed none: those are read as they are, and packed by and by.

The folder of a record's backups is never followed if it is a link: trainer writes and removes there.
"""

import errno
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from trainer import beside, disk
from trainer.errors import ProgressError
from trainer.memory.calendar import study_day
from trainer.memory.schedule import Schedule
from trainer.memory.state import Day
from trainer.progress import tables, union
from trainer.progress.documents import UNREADABLE
from trainer.progress.packing import SUFFIX, Content, content_of, packed, unpacked
from trainer.progress.tables import Tables

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

_NAME = rf"(2\d{{7}}T\d{{6}}Z)-({'|'.join(get_args(Reason))})(?:-(\d+))?\.json(?:\{SUFFIX})?"
_BACKUP = re.compile(_NAME)
_OURS = re.compile(rf"{_NAME}(?:{beside.DAMAGED_NAME}|{disk.TEMPORARY_NAME})?")
"""A backup, one that was put aside, or one that a crash cut off."""
_TIME = "%Y%m%dT%H%M%SZ"
_PACKED_AT_ONCE = 2
"""Backups of older versions are packed so many at a time: each takes a moment."""


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
        return self.path.name.partition(".")[0]


def existing(folder: Path) -> list[Backup]:
    """Return the backups in a folder, the oldest first; the folder need not exist."""
    found = []
    for path in _inside(folder):
        name = _BACKUP.fullmatch(path.name)
        if name and (at := _time(name[1])):
            why: Reason = name[2]  # type: ignore[assignment]  # the pattern is made of the reasons
            found.append(Backup(at, int(name[3] or 1), why, path))
    return sorted(found)


def files(folder: Path) -> list[Path]:
    """Return what trainer made in a folder of backups, then the folder itself if it holds nothing else."""
    ours = [path for path in _inside(folder) if _OURS.fullmatch(path.name)]
    return ours if strangers(folder) else [*ours, folder]


def strangers(folder: Path) -> list[Path]:
    """Return what others made in a folder of backups, or the folder itself where it is a link of theirs."""
    if folder.is_symlink():
        return [folder]
    return [path for path in _inside(folder) if not _OURS.fullmatch(path.name)]


def read(path: Path, schedule: Schedule) -> Tables:
    """Return what a backup holds, or any other progress file that is not in use. Raises ProgressError.

    All of it is checked, and states that can't be trusted are made anew from the reviews.
    """
    with _told(path):
        found = union.read_other(disk.read_whole(path), path)
        if not found.intact or not union.has_sound_states(found):
            union.rebuild(found, schedule)
        return found


def check(path: Path, schedule: Schedule) -> None:
    """Read as much of a backup as tells whether it can be put back. Raises ProgressError when it can't."""
    with _told(path):
        if content_of(path) and tables.parse(disk.read_whole(path), path).intact:
            return  # byte for byte what trainer wrote, and it was checked before that
    read(path, schedule)


def content(path: Path) -> Content:
    """Return what a backup holds, as it says itself, or by counting. Raises ProgressError."""
    with _told(path):
        return content_of(path) or held_by(tables.parse(disk.read_whole(path), path))


def held_by(held: Tables) -> Content:
    """Count what tables hold. Raises what is in UNREADABLE."""
    last = held.reviews.last()
    return Content(held.reviews.count(), (last.review().at or last.id) if last else 0)


def keep_file(path: Path, folder: Path, why: Reason, now: datetime) -> None:
    """Back up a progress file that is about to be replaced, if it holds anything. Raises OSError."""
    if pieces := _packed(disk.read(path), path):
        _make(folder, why, now, ".json" + SUFFIX, lambda name: disk.replace(name, pieces))
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
        pieces = packed(b"".join(held.encoded()), _sound_content(held))
        _make(folder, why, now, ".json" + SUFFIX, lambda name: disk.replace(name, pieces))
        thin_out(folder, now)
    except OSError as error:
        return [_failed(path, folder, error)]
    return []


def move(backup: Backup, folder: Path) -> None:
    """Bring a backup into another folder. Raises OSError."""
    suffix = backup.path.name.removeprefix(backup.name)
    _make(folder, backup.why, backup.at, suffix, lambda name: disk.move(backup.path, name))


def thin_out(folder: Path, now: datetime) -> None:
    """Remove the backups that are no longer wanted, and pack some of the others. Raises OSError."""
    made = existing(folder)
    kept = to_keep(made, now)
    for each in made:
        if each not in kept:
            disk.remove(each.path)
    for each in [each for each in made if each in kept and each.path.suffix != SUFFIX][-_PACKED_AT_ONCE:]:
        if pieces := _packed(disk.read(each.path), each.path):
            disk.replace(each.path.with_name(each.path.name + SUFFIX), pieces)
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


def _make(folder: Path, why: Reason, now: datetime, suffix: str, write: Callable[[Path], object]) -> None:
    """Write a backup under a name that is free. Raises OSError."""
    if folder.is_symlink():
        raise OSError(errno.ELOOP, "it is a link, and trainer follows none there", str(folder))
    disk.make_folder(folder)
    taken = {path.name.partition(".")[0] for path in folder.iterdir()}
    stamp = f"{now.astimezone(UTC):{_TIME}}-{why}"
    names = (f"{stamp}{f'-{number}' if number > 1 else ''}" for number in range(1, len(taken) + 2))
    write(folder / (next(name for name in names if name not in taken) + suffix))


def _packed(content: bytes | None, path: Path) -> list[bytes] | None:
    """Return a progress file packed, as it is; None for one that holds nothing yet."""
    if content is None:
        return None
    try:
        content = unpacked(content)  # somebody may have put a backup there by hand
        held = tables.parse(content, path)
    except (ValueError, ProgressError):
        return packed(content, None)
    return None if held.is_empty else packed(content, _sound_content(held))


def _sound_content(held: Tables) -> Content | None:
    """Return what tables hold, None where they could not be put back."""
    try:
        held.check()
        return held_by(held)
    except UNREADABLE:
        return None


def _inside(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() and not folder.is_symlink() else []


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Put what keeps a backup from being read into words. Raises ProgressError."""
    try:
        yield
    except OSError as error:
        raise ProgressError(f"{path} can't be read: {error.strerror or error}.") from error
    except UNREADABLE as error:
        raise tables.unreadable(path, error) from error


def _failed(path: Path, folder: Path, error: OSError) -> str:
    return (
        f"{path} could not be backed up in {folder} ({error.strerror or error}). "
        "Nothing else is wrong: your answers are saved. Make space, or make the folder writable."
    )
