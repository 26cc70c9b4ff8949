"""`trainer import-progress`, `erase`, `rename` and `merge`: your data is yours."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from trainer.clean import clean_line
from trainer.commands.options import (
    Who,
    agree,
    asked,
    home_option,
    known_record,
    record_of,
    tell,
    who_options,
)
from trainer.console import prompt
from trainer.errors import ProgressError, RecruiterNameError, TrainerError
from trainer.names import same_name

if TYPE_CHECKING:
    from trainer.progress.records import Record

_ERASE_EXAMPLES = """\b
Examples:
  trainer erase --recruiter anna                  asks you to type the name
  trainer erase --recruiter anna --yes anna       for scripts
"""
_IMPORT_EXAMPLES = """\b
Examples:
  trainer import-progress anna-20261124-101500.json
  trainer import-progress old/progress/anna.json --recruiter "Anna B."
"""
_RENAME_EXAMPLES = """\b
Examples:
  trainer rename anna "Anna B."
"""
_MERGE_EXAMPLES = """\b
Examples:
  trainer merge anna-laptop anna                  asks first
  trainer merge anna-laptop anna --yes            for scripts
"""


@click.command("import-progress", epilog=_IMPORT_EXAMPLES)
@click.argument("file", type=click.Path(path_type=Path))
@who_options
@click.pass_obj
def import_progress(before: Who, file: Path, *, recruiter: str | None, home: Path | None) -> None:
    """Take in FILE: an export, or any progress file.

    It goes to the recruiter it names, or to --recruiter. What is there already stays, and is backed up
    first; an answer that both have counts once.
    """
    from trainer.humanize import count
    from trainer.memory.calendar import system_clock
    from trainer.memory.schedule import Schedule
    from trainer.progress import records
    from trainer.progress.records import Record

    who = before.or_else(recruiter, home)
    if not file.exists():
        raise ProgressError(f"{file} is not there.")
    source = Record("", file, file.parent, Schedule())
    theirs = records.examined(source)  # what can't be read is told of FILE, before anything is made
    name = theirs.meta.recruiter if who.recruiter is None else who.recruiter
    record = Record.of(who.find_home(), name, source.schedule)
    if not same_name(theirs.meta.recruiter, record.recruiter):
        tell([f'{file} holds the progress of "{clean_line(theirs.meta.recruiter)}".'])
    counts = records.take_in(record, theirs, "import", system_clock)
    click.echo(
        f"{count(counts.theirs, 'review')} in {file}, {counts.new:,} of them new. "
        f'"{record.recruiter}" has {count(counts.together, "review")} now.'
    )


@click.command(epilog=_ERASE_EXAMPLES)
@click.option("--yes", "typed", metavar="NAME", help="The name once more, instead of typing it.")
@who_options
@click.pass_obj
def erase(before: Who, typed: str | None, *, recruiter: str | None, home: Path | None) -> None:
    """Remove all that is kept of a recruiter: progress, journal, backups, copies kept aside, team.

    This can't be undone. "trainer export" first, if you may want it back.
    """
    from trainer.engine import people
    from trainer.memory.calendar import system_clock
    from trainer.progress import records

    who = before.or_else(recruiter, home)
    if who.recruiter is None:
        raise RecruiterNameError("Say whose progress to erase: --recruiter NAME.")
    found = who.find_home()
    record = record_of(found, who.recruiter)
    in_team = found.team_of(record.recruiter).is_dir()
    if not in_team and not record.backups.is_dir():
        record = known_record(found, who.recruiter)
    records.refuse_if_open(record)
    if typed is None:
        if in_team:
            click.echo('Results of drills that were sent stay: "trainer team leave" first removes them.')
        typed = _typed(record)
    if clean_line(typed) != record.recruiter:
        raise TrainerError(f'Nothing was changed: "{clean_line(typed)}" is not "{record.recruiter}".')
    erased = people.remove(found, record.recruiter, system_clock)
    for path in erased.removed:
        click.echo(f"removed  {clean_line(str(path))}")
    for path in erased.left:
        click.echo(f"left     {clean_line(str(path))} (not made by trainer)")
    click.echo(
        "Not reached: exports you made, copies that a sync tool or another computer has, and the backups "
        "that your system makes. What a disk keeps of removed files is the system's affair too."
    )
    if in_team:
        click.echo("Results of drills that were sent stay in the team's place.")


def _typed(record: "Record") -> str:
    from trainer.humanize import count
    from trainer.progress import records

    try:
        held = count(len(records.history(records.look(record), record)), "review")
    except ProgressError:
        held = "a file that can't be read"
    click.echo(f'This removes all that is kept of "{record.recruiter}": {held}, and every backup.')
    return asked(
        lambda: prompt("Type the name to go on", default="", show_default=False),
        "Nothing was changed. Say --yes NAME to do it without being asked.",
    )


@click.command(epilog=_RENAME_EXAMPLES)
@click.argument("old")
@click.argument("new")
@home_option
@click.pass_obj
def rename(before: Who, old: str, new: str, *, home: Path | None) -> None:
    """Give the recruiter OLD the name NEW; the backups and the team go with it."""
    from trainer.engine import people
    from trainer.memory.calendar import system_clock

    found = before.or_else(None, home).find_home()
    record = known_record(found, old)
    renamed = people.rename(found, record.recruiter, new, system_clock)
    click.echo(f'"{record.recruiter}" is "{renamed.recruiter}" now: {renamed.path}')


@click.command(epilog=_MERGE_EXAMPLES)
@click.argument("source", metavar="A")
@click.argument("target", metavar="B")
@click.option("--yes", is_flag=True, help="Don't ask.")
@home_option
@click.pass_obj
def merge(before: Who, source: str, target: str, *, yes: bool, home: Path | None) -> None:
    """Bring the progress of A into that of B: one person, two files.

    An answer that both have counts once, and one that was taken back in either stays so. Both are backed
    up first, and of A only that backup is left. If A is in a team and B in none, B is in it then.
    """
    from trainer.engine import people
    from trainer.humanize import count
    from trainer.memory.calendar import system_clock
    from trainer.progress import records

    found = before.or_else(None, home).find_home()
    one, other = known_record(found, source), known_record(found, target)
    records.refuse_if_open(one, other)
    _, counts = records.united(records.look(other), records.examined(one), other)
    agree(
        f'"{one.recruiter}" has {count(counts.theirs, "review")}, "{other.recruiter}" {counts.ours:,}; '
        f"together they are {counts.together:,}. Bring them into "
        f'"{other.recruiter}", and keep "{one.recruiter}" as a backup alone?',
        yes=yes,
    )
    counts, team = people.merge(found, one.recruiter, other.recruiter, system_clock)
    click.echo(
        f'"{other.recruiter}" has {count(counts.together, "review")} now, {counts.new:,} of them new. '
        f'To take it back: "trainer backups restore 1", with --recruiter for each of the two.'
    )
    if team:
        tell([f"Both are in a team. What was of {one.recruiter}'s is left as it is: {team}"])
