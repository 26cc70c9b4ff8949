"""Who trains in a home: looked at, renamed, merged and removed, without a record being open."""

import shlex
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from trainer.errors import ProgressError
from trainer.home import Home
from trainer.humanize import count
from trainer.memory.calendar import Clock
from trainer.memory.schedule import Schedule
from trainer.progress import backup, erasing, records
from trainer.progress.erasing import Erased
from trainer.progress.records import Counts, Record
from trainer.sharing.own import OwnTeam


class Person(Struct, frozen=True):
    """Somebody who trains here."""

    name: str
    held: str
    """What is kept of them, in words."""
    in_team: bool = False


def people(home: Home) -> Sequence[Person]:
    """Return who trains here, in alphabetical order. Raises FileError when the folder can't be read."""
    return [
        _person(Record.of(home, name, Schedule()), in_team=home.in_team(name)) for name in home.recruiters()
    ]


def rename(home: Home, old: str, new: str, clock: Clock) -> Record:
    """Give somebody another name, with their backups and what they have of a team; return their record.

    Raises InUseError when another trainer has the record open, and TrainerError where the name is taken.
    """
    record = Record.of(home, old, Schedule())
    renamed = record.renamed(home, new)
    team, place = OwnTeam(home.team_of(old)), home.teams / renamed.path.stem
    goes = team.is_there and place != team.folder
    if goes and OwnTeam(place).is_there and not place.samefile(team.folder):
        raise ProgressError(
            f'"{renamed.recruiter}" is in a team already: {place}. Remove that first: '
            f"trainer erase --recruiter {shlex.quote(renamed.recruiter)}"
        )
    if goes:  # before the record: who is killed in between can do the same once more
        team.move(place)
    try:
        records.rename(record, renamed, clock)
    except BaseException:  # Ctrl+C too
        if goes and (record.exists or not renamed.exists):
            OwnTeam(place).move(team.folder)
        raise
    return renamed


def remove(home: Home, name: str, clock: Clock) -> Erased:
    """Remove all that trainer keeps of somebody, what they have of a team too; return what came of it.

    Raises InUseError when another trainer has the record open, ProgressError and TeamError.
    """
    record = Record.of(home, name, Schedule())
    records.refuse_if_open(record)
    team = OwnTeam(home.team_of(record.recruiter))
    erased = erasing.erase(record, clock)
    gone, left = team.erase()
    return Erased([*erased.removed, *gone], [*erased.left, *left])


def merge(home: Home, source: str, target: str, clock: Clock) -> tuple[Counts, Path | None]:
    """Bring the progress of one into that of another one, who is in the team then if only the first was.

    Return how many reviews that is, and where the first's team lies yet if both are in one. Raises InUseError
    when one of the records is open elsewhere, and ProgressError.
    """
    one, other = (Record.of(home, name, Schedule()) for name in (source, target))
    team, place = OwnTeam(home.team_of(one.recruiter)), home.team_of(other.recruiter)
    counts = records.merge(one, other, clock)
    if not team.is_there:
        return counts, None
    if OwnTeam(place).is_there:
        return counts, team.folder
    team.move(place)
    return counts, None


def _person(record: Record, *, in_team: bool) -> Person:
    backups = count(len(backup.existing(record.backups)), "backup")
    try:
        reviews = count(len(records.history(records.look(record), record)), "answer")
    except ProgressError:
        reviews = "a record that can't be read"
    told = f"{reviews}, {backups}, a team" if in_team else f"{reviews}, {backups}"
    return Person(record.recruiter, told, in_team)
