"""Whether all that trainer keeps is sound: records, folders, sheets and settings."""

from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct, structs

from trainer.cards.library import Library
from trainer.errors import ProgressError, TrainerError
from trainer.home import Home
from trainer.humanize import count, moment
from trainer.material.sheet_files import sheet_files
from trainer.progress import backup, records, valid
from trainer.progress.doctor import Finding, checks, exposed, folders
from trainer.progress.documents import UNREADABLE
from trainer.progress.records import Record
from trainer.sharing.damage import damaged
from trainer.sharing.own import OwnTeam


class Part(Struct, frozen=True, kw_only=True):
    """A part of what trainer keeps, examined."""

    name: str
    """Whose record it is, or what it is in words."""
    summary: str
    findings: Sequence[Finding]


def of_record(record: Record, cards: Collection[str], now: datetime) -> Part:
    """Return what there is to say of a record; `cards` are the ids of all that sheets have."""
    findings = checks.check(record, now, cards)
    return Part(name=record.recruiter, summary=_summary(record), findings=findings)


def of_folders(home: Home, own: Sequence[Record]) -> Part:
    """Return what there is to say of the folders, which hold a home's own records. Raises OSError."""
    return Part(name="Folders", summary=str(home.root), findings=folders.check(home, own))


def of_sheets(home: Home, library: Library) -> Part:
    """Return what is wrong with sheets."""
    paths = sheet_files(home)
    findings = [_of_problem(problem, paths, "Mend it in an editor.") for problem in library.problems]
    findings += [structs.replace(_of_problem(notice, paths, ""), problem=False) for notice in library.notices]
    return Part(name="Sheets", summary=count(len(paths), "sheet"), findings=findings)


def of_settings(path: Path, problems: Sequence[str]) -> Part:
    """Return what is wrong with the settings, as reading them told it."""
    findings = [_of_problem(problem, [path], "Mend it in an editor.") for problem in problems]
    return Part(
        name="Settings", summary=str(path) if path.exists() else "no file of your own", findings=findings
    )


def of_others(name: str, errors: Sequence[TrainerError], paths: Sequence[Path]) -> Part:
    """Return what is wrong with other files, as reading them told it."""
    findings = [_of_problem(str(error), paths, "") for error in errors]
    return Part(name=name, summary=count(len(paths), "file"), findings=findings)


def of_teams(teams: Sequence[OwnTeam]) -> Part:
    """Return what is wrong with what the home holds of teams. Raises OSError."""
    findings = [
        Finding(where=str(each.path), what=each.what, do=each.do, mendable=each.mend is not None)
        for own in teams
        for each in damaged(own)
    ]
    inside = [own.folder for own in teams if own.folder.is_dir() and not own.folder.is_symlink()]
    findings += exposed(path for folder in inside for path in [folder, *sorted(folder.iterdir())])
    return Part(name="Teams", summary=count(len(teams), "member"), findings=findings)


def _of_problem(problem: str, paths: Sequence[Path], do: str) -> Finding:
    """Part a problem's sentence from the path that it begins with."""
    where = next((str(path) for path in paths if problem.startswith(str(path))), "")
    return Finding(where=where, what=problem.removeprefix(where).lstrip(": ").rstrip("."), do=do)


def _summary(record: Record) -> str:
    made = count(len(backup.existing(record.backups)), "backup")
    try:
        held = records.look(record)
        content = backup.held_by(held)
    except (ProgressError, *UNREADABLE):
        return made
    at = valid.given_at(content.last)
    last = f"; last answer {moment(at.astimezone())}" if at else ""
    return f"{count(content.reviews, 'review')}, {count(len(held.cards), 'card')}, {made}{last}"
