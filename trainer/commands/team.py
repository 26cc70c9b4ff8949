"""`trainer team`: a team's place, who is in it, and how it stands with its drills."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trainer.commands.kinds import Number, Place
from trainer.commands.options import Who, agree, document, recruiter_of, tell, trainee, who_options
from trainer.errors import TeamError, TrainerError

if TYPE_CHECKING:
    from trainer.engine.team import Team
    from trainer.engine.team_joining import Joining
    from trainer.engine.team_sending import Sent

_EXAMPLES = """\b
Examples:
  trainer team create /shares/casting --name Casting    a lead makes the folder
  trainer team join /shares/casting --alias Anna        you are in it as Anna
  trainer drill                                         the drills of your team
  trainer team report --format html > report.html
\b
A team is a plain folder that all can reach: a share, a synced folder, a
stick. For many people it is a database instead: see "trainer team invite -h".
Only results of drills are sent there, each only after you saw it and said
yes. Practice stays private.
"""
_yes = click.option("--yes", is_flag=True, help="Don't ask.")
_alias = click.option("--alias", metavar="NAME", help="What you are called there; your name if not told.")
_Command = Callable[..., None]


@click.group(invoke_without_command=True, epilog=_EXAMPLES)
@who_options
@click.pass_context
def team(context: click.Context, *, recruiter: str | None, home: Path | None) -> None:
    """The team that you take drills with; without a command, which one that is."""
    who = context.obj = context.obj.or_else(recruiter, home)
    if context.invoked_subcommand is None:
        own = team_of(who).member
        click.echo(f'You are in the team "{own.name}" as {own.alias}: {own.place}')


@team.command("create", epilog=_EXAMPLES)
@click.argument("place", metavar="FOLDER|ADDRESS", type=Place())
@click.option("--name", required=True, metavar="NAME", help="What the team is called.")
@click.option("--keep", type=Number(1, 120), default=12, metavar="MONTHS", help="How long results are kept.")
@_alias
@_yes
@who_options
@click.pass_obj
def create(  # noqa: PLR0913 — the options of the command
    before: Who,
    place: str,
    *,
    name: str,
    keep: int,
    alias: str | None,
    yes: bool,
    recruiter: str | None,
    home: Path | None,
) -> None:
    """Make FOLDER the place of a new team, and join it as its lead.

    It may be the ADDRESS of a PostgreSQL database that you run, as postgresql://USER@HOST/DATABASE, without
    the password: that is asked for. Nothing of your own access is kept: you join as a member like others.
    It shows what is written there, and asks.
    """
    import shlex

    from trainer.sharing.postgres.address import is_address

    who = before.or_else(recruiter, home)
    found = team_of(who, new=True)
    alias = alias or recruiter_of(who, who.find_home())
    if is_address(place):
        from trainer.commands.team_database import make_in_database

        way = make_in_database(found, place, name, alias, keep)
        click.echo('Others come in by invitation: "trainer team invite NAME".')
        _join(who, found, way, alias, lead=True, yes=yes)
        return
    planned = found.plan_new(place, name, alias, keep_months=keep)
    own = planned.membership
    _show_joining(planned)
    agree(f'Make the team "{own.name}" in {own.place}, and join it as {own.alias}?', yes=yes)
    tell_sent(found.join(planned))
    click.echo(f'"{own.name}" is made, and you are in it as {own.alias}.')
    click.echo(f"Everyone who is to be in it: trainer team join {shlex.quote(own.place)}")
    click.echo("Its first drill: trainer drill new, or N under Progress in the app.")


@team.command("join", epilog=_EXAMPLES)
@click.argument("place", metavar="FOLDER|INVITATION", type=Place())
@_alias
@click.option("--lead", is_flag=True, help="You set drills: you are not waited for.")
@click.option("--again", is_flag=True, help="You are in it under this alias, from another computer.")
@_yes
@who_options
@click.pass_obj
def join(  # noqa: PLR0913 — the options of the command
    before: Who,
    place: str,
    *,
    alias: str | None,
    lead: bool,
    again: bool,
    yes: bool,
    recruiter: str | None,
    home: Path | None,
) -> None:
    """Join the team in FOLDER, or the one of an INVITATION: a file, or - to paste it.

    It shows what is written there, and asks.
    """
    from trainer.commands.team_database import invitation_in

    who = before.or_else(recruiter, home)
    found = team_of(who, new=True)
    _join(who, found, invitation_in(place) or place, alias, lead=lead, again=again, yes=yes)


def _join(  # noqa: PLR0913 — what the commands say
    who: Who, found: "Team", place: str, alias: str | None, *, lead: bool, yes: bool, again: bool = False
) -> None:
    from trainer.errors import AliasTakenError

    called = alias or recruiter_of(who, who.find_home())
    try:
        planned = found.plan_join(place, called, lead=lead, again=again)
    except AliasTakenError as error:
        raise TeamError(
            f"{str(error).rstrip('.')}: --alias NAME. If that is you, from another computer: --again"
        ) from error
    _show_joining(planned)
    agree(f'Join "{planned.membership.name}" as {planned.membership.alias}?', yes=yes)
    tell_sent(found.join(planned))
    click.echo(f'You are in "{planned.membership.name}" as {planned.membership.alias}.')


def _show_joining(planned: "Joining") -> None:
    from trainer.clean import printable_json
    from trainer.engine.drill_words import PRIVATE
    from trainer.plain.streams import WIDTH
    from trainer.plain.wrapping import wrapped

    tell(planned.notes)
    where = "the team's database" if planned.address else "the team's folder"
    click.echo(f"What is written into {where}, byte for byte:")
    click.echo(f"  {printable_json(planned.line.decode().rstrip())}")
    click.echo(wrapped(f"{planned.readers} {PRIVATE}", WIDTH))


@team.command("leave")
@click.option(
    "--forget", is_flag=True, help="Where its place can't be reached any more: what you sent stays there."
)
@_yes
@who_options
@click.pass_obj
def leave(before: Who, *, forget: bool, yes: bool, recruiter: str | None, home: Path | None) -> None:
    """Leave the team, and remove all that you sent.

    A line stays that says that a member left, without your alias.
    """
    from trainer.clean import printable_json

    found = team_of(before.or_else(recruiter, home))
    if forget:
        own = found.member
        tell([found.lost_by_leaving] if found.lost_by_leaving else [])
        agree(f'Forget "{own.name}" here, and leave what you sent where it is?', yes=yes)
        found.forget()
        click.echo(f'You are in no team any more. What you sent to "{own.name}" was not removed.')
        return
    own, line = found.member, found.leave_line()
    click.echo("What is written in the place of your results, byte for byte:")
    click.echo(f"  {printable_json(line.decode().rstrip())}")
    tell([found.lost_by_leaving] if found.lost_by_leaving else [])
    agree(f'Leave "{own.name}", and remove what you sent?', yes=yes)
    copies = found.leave(line)
    click.echo("You left. Your results are removed.")
    for name in copies:
        click.echo(f"Left there: {name}, a copy that others made. Reports pass over it.")


@team.command("members")
@who_options
@click.pass_obj
def members(before: Who, *, recruiter: str | None, home: Path | None) -> None:
    """List who is in the team."""
    from trainer.engine.team_database import invited

    found = team_of(before.or_else(recruiter, home))
    own = found.member
    for each in found.people():
        said = [
            "you" if each.id == own.member else "",
            "lead" if each.lead else "",
            "" if each.member else "sent a result by mail",
            f"from {each.computers} computers" if each.computers > 1 else "",
        ]
        noted = ", ".join(filter(None, said))
        click.echo(f"{each.alias}  ({noted})" if noted else each.alias)
    for name in invited(found):
        click.echo(f"{name}  (invited, has not joined)")


@team.command("prune")
@who_options
@click.pass_obj
def prune(before: Who, *, recruiter: str | None, home: Path | None) -> None:
    """Remove your results that are older than the team keeps them, and name who has such ones yet.

    Everyone's trainer removes their own; reports pass over them meanwhile. In a database a lead removes
    those of all.
    """
    from trainer.humanize import count

    went, others = team_of(before.or_else(recruiter, home)).prune()
    click.echo(f"Removed: {count(went, 'old result')}.")
    for name in others:
        click.echo(f"Older than the team keeps: results of {name}. Their trainer removes them when it sends.")


@team.command("report", epilog=_EXAMPLES)
@click.option("--drill", "only", default="", metavar="DRILL", help="One drill, by its title or id.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "csv", "json", "html"]),
    default="table",
    help="A table if not told.",
)
@click.option("--summary", is_flag=True, help="How many stand where, without a row for each member.")
@who_options
@click.pass_obj
def report(  # noqa: PLR0913 — the options of the command
    before: Who, *, only: str, format_: str, summary: bool, recruiter: str | None, home: Path | None
) -> None:
    """Tell how the team stands with its drills, of what was sent alone.

    Not started, under way, passed, failed, overdue; first and best score; the delayed check. From five people
    on also the weakest questions, and whether the card or a gap explains them. What can't be counted is told:
    a changed drill, damaged, doubled and future-dated results.
    """
    import gc

    gc.set_threshold(50_000)  # of a large team many values are made: to look for circles often takes long
    gc.freeze()  # and nothing that was loaded so far goes
    from trainer.clean import printable, printable_json
    from trainer.reports.team_formats import FORMATS

    found = team_of(before.or_else(recruiter, home))
    if summary and format_ == "csv":
        raise TrainerError("A summary has no rows for a CSV: use table, json or html.")
    told = FORMATS[format_](
        found.summary(only) if summary else found.report(only, lambda words: tell([words]))
    )
    if format_ == "table":
        click.echo(printable(told), nl=False)
    else:
        document(printable_json(told) if format_ == "json" else printable(told))


def team_of(who: Who, *, new: bool = False) -> "Team":
    """Return a recruiter's team; with `new` they may be new here."""
    from trainer.engine.team import Team

    home = who.find_home()
    return Team(home, trainee(who, home) if new else recruiter_of(who, home))


def tell_sent(sent: "Sent") -> None:
    """Say that what was sent waits, if it does, and what else is to be known."""
    tell([words for words in (sent.note, sent.problem) if words])
