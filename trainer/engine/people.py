"""Who trains in a home: looked at, renamed and removed, without a record being open."""

from collections.abc import Sequence

from msgspec import Struct

from trainer.errors import ProgressError
from trainer.home import Home
from trainer.humanize import count
from trainer.memory.calendar import Clock
from trainer.memory.schedule import Schedule
from trainer.progress import backup, records
from trainer.progress.records import Counts, Erased, Record
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
    """Give somebody another name, with all that is kept of them; return their record. Raises TrainerError."""
    record = Record.of(home, old, Schedule())
    renamed, team = record.renamed(home, new), OwnTeam(home.team_of(record.recruiter))
    to = home.team_of(renamed.recruiter)
    if team.folder.is_dir() and to.exists() and not to.samefile(team.folder):
        raise ProgressError(
            f'"{renamed.recruiter}" has a team here already ({to}). Take another name, or move that away.'
        )
    records.rename(record, renamed, clock)
    team.move(home.team_of(renamed.recruiter))
    return renamed


def erase(home: Home, name: str, clock: Clock) -> Erased:
    """Remove all that is kept of somebody; what they sent to a team stays there.

    Raises InUseError when another trainer has the record open, ProgressError and TeamError.
    """
    record = Record.of(home, name, Schedule())
    records.refuse_if_open(record)
    team = OwnTeam(home.team_of(record.recruiter))
    erased = records.erase(record, clock)
    return erased._replace(removed=[*erased.removed, *team.erase()])


def merge(home: Home, source: Record, target: Record, clock: Clock) -> Counts:
    """Bring one record into another, and the team along if the other is in none.

    Raises InUseError when one of them is open elsewhere, ProgressError and TeamError.
    """
    team, to = OwnTeam(home.team_of(source.recruiter)), home.team_of(target.recruiter)
    counts = records.merge(source, target, clock)
    team.move(to)
    return counts


def _person(record: Record, *, in_team: bool) -> Person:
    backups = count(len(backup.existing(record.backups)), "backup")
    try:
        reviews = count(len(records.history(records.look(record), record)), "answer")
    except ProgressError:
        reviews = "a record that can't be read"
    told = f"{reviews}, {backups}, a team" if in_team else f"{reviews}, {backups}"
    return Person(record.recruiter, told, in_team)
