"""`trainer doctor`."""

import sys
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trainer.clean import clean_line
from trainer.commands.options import Who, as_json, document, known_record, records_of, who_options
from trainer.errors import TrainerError

if TYPE_CHECKING:
    from trainer.home import Home
    from trainer.progress.records import Record
    from trainer.reports.health import Part
    from trainer.sharing.own import OwnTeam

_EXAMPLES = """\b
Examples:
  trainer doctor                       look at everything, change nothing
  trainer doctor --fix                 mend what can be mended
  trainer doctor --recruiter anna      one record alone
"""


@click.command(epilog=_EXAMPLES)
@click.option("--fix", is_flag=True, help="Mend what can be mended, after a backup.")
@click.option("--json", "in_json", is_flag=True, help="As a JSON object.")
@who_options
@click.pass_obj
def doctor(before: Who, *, fix: bool, in_json: bool, recruiter: str | None, home: Path | None) -> None:
    """Check every record, folder, team and sheet, and say in plain words what is wrong.

    Without --fix nothing is changed. With it, every record is backed up before it is touched, and damaged
    originals are kept. A record that is open elsewhere is left alone.

    Ends with status 0 when all is well, and 1 when a problem is left.
    """
    who = before.or_else(recruiter, home)
    found = who.find_home()
    only = known_record(found, who.recruiter) if who.recruiter is not None else None
    try:
        done = list(_mend(found, only)) if fix else []
        parts = _examine(found, only)
    except OSError as error:
        raise TrainerError(f"{error.filename or found.root}: {error.strerror or error}.") from error
    if in_json:
        document(_as_json(parts, done))
    else:
        click.echo(_as_text(parts, done, fix=fix))
    sys.exit(1 if _left(parts) else 0)


def _examine(home: "Home", only: "Record | None") -> list["Part"]:
    from trainer.app.features import key_tables
    from trainer.app.kit.settings import read_settings
    from trainer.cards.library import load_library
    from trainer.memory.calendar import system_clock
    from trainer.reports import health

    library, now = load_library(home, writing=False), system_clock()
    teams = _teams(home, only)
    told = [health.of_teams(teams)] if teams else []
    if only:
        return [health.of_record(only, library.cards, now), *told]
    own = records_of(home)
    return [
        *(health.of_record(record, library.cards, now) for record in own),
        health.of_folders(home, own),
        *told,
        health.of_sheets(home, library),
        health.of_settings(home.settings, read_settings(home.settings, key_tables()).problems),
        *(part for part in (_imports(home), _server(home)) if part.findings),
    ]


def _imports(home: "Home") -> "Part":
    """Return what is wrong with the versions of sheets to which imports can be taken back."""
    from trainer.material import import_backups
    from trainer.reports import health

    inside = sorted(home.imports.iterdir()) if home.imports.is_dir() else []
    return health.of_others("Imports", import_backups.damaged(home), inside)


def _server(home: "Home") -> "Part":
    """Return what is wrong with what a server has here, if one was ever started."""
    from trainer.errors import TrainerError
    from trainer.reports import health
    from trainer.web.folder import WebFolder
    from trainer.web.people import People

    folder, errors = WebFolder(home), []
    for read in (folder.settings, People(folder.people).roster):
        try:
            read()
        except TrainerError as error:
            errors.append(error)
    return health.of_others("Server", errors, [folder.people, folder.settings_file])


def _mend(home: "Home", only: "Record | None") -> Iterator[str]:
    from trainer.errors import ProgressError
    from trainer.memory.calendar import system_clock
    from trainer.progress.doctor import folders
    from trainer.progress.doctor.repair import fix

    for record in [only] if only else records_of(home):
        try:
            yield from fix(record, system_clock)
        except ProgressError as error:  # the others can be mended all the same, and what is left is told
            click.echo(f"trainer: {error}", err=True)
    if not only:
        yield from folders.fix(home, records_of(home))
    for own in _teams(home, only):
        yield from _mend_team(home, own)


def _teams(home: "Home", only: "Record | None") -> list["OwnTeam"]:
    """Return what the home holds of teams, of one recruiter or of all. Raises OSError."""
    from trainer.sharing.own import OwnTeam

    if only:
        own = OwnTeam(home.team_of(only.recruiter))
        return [own] if own.is_there else []
    inside = sorted(home.teams.iterdir()) if home.teams.is_dir() else []
    return [OwnTeam(folder) for folder in inside if not folder.name.startswith(".")]


def _mend_team(home: "Home", own: "OwnTeam") -> Iterator[str]:
    """Mend what somebody has of a team, unless their record is open: a drill may be under way."""
    from trainer import disk
    from trainer.errors import ProgressError, RecruiterNameError
    from trainer.memory.calendar import system_clock
    from trainer.memory.schedule import Schedule
    from trainer.progress import records
    from trainer.progress.records import Record
    from trainer.sharing.damage import damaged

    try:
        records.refuse_if_open(Record.of(home, own.folder.name, Schedule()))
    except RecruiterNameError:
        pass
    except ProgressError as error:
        click.echo(f"trainer: {error}", err=True)
        return
    for each in damaged(own):
        if each.mend:
            kept = each.mend(system_clock())
            original = f"; the original is kept as {kept}" if kept else ""
            yield f"{each.path} is mended as far as it can be{original}."
    if own.folder.is_dir() and not own.folder.is_symlink():
        for path in (own.folder, *sorted(own.folder.iterdir())):
            if not disk.is_private(path):
                disk.make_private(path)
                yield f"{path} is yours alone again."


def _left(parts: Sequence["Part"]) -> int:
    return sum(finding.problem for part in parts for finding in part.findings)


def _as_json(parts: Sequence["Part"], done: Sequence[str]) -> str:
    return as_json({"problems": _left(parts), "done": done, "parts": parts})


def _as_text(parts: Sequence["Part"], done: Sequence[str], *, fix: bool) -> str:
    lines = [line for sentence in done for line in _filled(sentence, "Done: ")]
    for part in parts:
        lines.append(f"{_sign(part)} {part.name}: {part.summary}")
        for finding in part.findings:
            lines.append(f"  {'✗' if finding.problem else '·'} {clean_line(finding.where)}")
            lines += _filled(finding.what + ("" if finding.what.endswith("?") else "."), "    ") + _filled(
                finding.do, "    → "
            )
    return "\n".join([*lines, "", _conclusion(parts, fix=fix)])


def _sign(part: "Part") -> str:
    """Return a cross for problems, a dot for what could not be looked at, a tick for what is sound."""
    if any(finding.problem for finding in part.findings):
        return "✗"
    return "·" if any(finding.unchecked for finding in part.findings) else "✓"


def _filled(text: str, indent: str) -> list[str]:
    after = " " * len(indent)
    return textwrap.wrap(
        clean_line(text),
        98,
        initial_indent=indent,
        subsequent_indent=after,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _conclusion(parts: Sequence["Part"], *, fix: bool) -> str:
    from trainer.humanize import count

    left = _left(parts)
    if not left:
        unchecked = any(finding.unchecked for part in parts for finding in part.findings)
        return "All that was checked is well." if unchecked else "All is well."
    mendable = sum(finding.problem and finding.mendable for part in parts for finding in part.findings)
    if fix or not mendable:
        return f"{count(left, 'problem')} left."
    return f'{count(left, "problem")}. "trainer doctor --fix" mends {mendable} of them, after a backup.'
