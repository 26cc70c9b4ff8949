"""`trainer backups` and `trainer backups restore`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from trainer.commands.options import Who, agree, as_json, document, record_of, recruiter_of, tell, who_options
from trainer.errors import ProgressError, TrainerError

if TYPE_CHECKING:
    from trainer.progress.backup import Backup
    from trainer.progress.records import Record

_EXAMPLES = """\b
Examples:
  trainer backups                           which there are, the newest first
  trainer backups restore 2                 put the second one back
  trainer backups restore 20261124T101500Z-day --yes
"""


@click.group(invoke_without_command=True, epilog=_EXAMPLES)
@click.option("--json", "in_json", is_flag=True, help="As a JSON list of objects.")
@who_options
@click.pass_context
def backups(context: click.Context, *, in_json: bool, recruiter: str | None, home: Path | None) -> None:
    """List the backups of a record, the newest first.

    One is made at the first save of a study day, and before a merge, a repair, an import or a restore.
    Kept are the newest ones of 7 days, 4 weeks and 12 months, and those made before something out of the
    ordinary for 30 days.
    """
    who = context.obj = context.obj.or_else(recruiter, home)
    if context.invoked_subcommand is None:
        record = _record(who)
        if in_json:
            document(_as_json(record))
        else:
            click.echo(_as_table(record))


@backups.command("restore", epilog=_EXAMPLES)
@click.argument("which")
@click.option("--yes", is_flag=True, help="Don't ask.")
@who_options
@click.pass_obj
def restore(before: Who, which: str, *, yes: bool, recruiter: str | None, home: Path | None) -> None:
    """Put the backup WHICH back, a number or a name as "trainer backups" lists them.

    What is there now is backed up first, so that this can be taken back in the same way.
    """
    from trainer.humanize import count, moment
    from trainer.memory.calendar import system_clock
    from trainer.progress import backup, records

    record = _record(before.or_else(recruiter, home))
    chosen = _chosen(record, which)
    held = backup.read(chosen.path, record.schedule)
    records.refuse_if_open(record)
    reviews = count(backup.held_by(held).reviews, "review")
    agree(
        f'Put back what "{record.recruiter}" had on {moment(chosen.at.astimezone())}: {reviews}? '
        "What is there now is backed up first.",
        yes=yes,
    )
    tell(records.restore(record, held, system_clock))
    click.echo(f'"{record.recruiter}" has {reviews} again. "trainer backups" lists what was there before.')


def _record(who: Who) -> "Record":
    home = who.find_home()
    return record_of(home, recruiter_of(who, home))


def _listed(record: "Record") -> list["Backup"]:
    from trainer.progress import backup

    return backup.existing(record.backups)[::-1]


def _chosen(record: "Record", which: str) -> "Backup":
    made = _listed(record)
    for number, each in enumerate(made, 1):
        if which == str(number):
            return each
    for each in made:
        if which in {each.name, each.path.name, f"{each.name}.json"}:
            return each
    raise TrainerError(
        f'There is no backup "{which}" of "{record.recruiter}". '
        f'"trainer backups --recruiter {record.recruiter}" lists them.'
    )


def _as_json(record: "Record") -> str:
    from trainer.progress import backup, valid

    rows = []
    for number, each in enumerate(_listed(record), 1):
        row: dict[str, object] = {"number": number, "name": each.name, "when": each.at, "why": each.why}
        try:
            content = backup.content(each.path)
            row |= {"reviews": content.reviews, "last_answer": valid.given_at(content.last)}
        except ProgressError:
            row |= {"reviews": None, "last_answer": None}
        rows.append(row | {"bytes": each.path.stat().st_size, "path": str(each.path)})
    return as_json(rows)


def _as_table(record: "Record") -> str:
    from trainer.humanize import moment, size
    from trainer.progress import backup, valid

    made = _listed(record)
    if not made:
        return (
            f'There are no backups of "{record.recruiter}" yet. '
            "The first is made when there is progress of an earlier day to keep."
        )
    rows = [("#", "when", "why", "reviews", "last answer", "size", "name")]
    for number, each in enumerate(made, 1):
        try:
            content = backup.content(each.path)
            last = valid.given_at(content.last)
            held = (f"{content.reviews:,}", moment(last.astimezone()) if last else "none")
        except ProgressError:
            held = ("can't be read", "")
        when = moment(each.at.astimezone())
        room = size(each.path.stat().st_size)
        rows.append((str(number), when, backup.REASONS[each.why], *held, room, each.name))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return "\n".join(line.rstrip() for line in lines)
