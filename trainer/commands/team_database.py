"""`trainer team`, for a team in a database: invitations, and what its administrator does."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from trainer.commands.kinds import Place
from trainer.commands.options import Who, agree, asked, tell, who_options
from trainer.commands.team import team, team_of
from trainer.console import prompt
from trainer.errors import TrainerError, file_error

_Done = TypeVar("_Done")

if TYPE_CHECKING:
    from trainer.engine.team import Team
    from trainer.sharing.postgres.address import Address

_EXAMPLES = """\b
Examples:
  trainer team create postgresql://admin@db.example.org/casting --name Casting
  trainer team invite Anna --to anna.invitation    for Anna alone
  trainer team join anna.invitation                she joins, and it is over
  trainer team report --summary
\b
A team in a PostgreSQL database: each member has an access of their own, sees
their own results, and can change nobody else's. Leads see all.
"""


@team.command("invite", epilog=_EXAMPLES)
@click.argument("name")
@click.option("--lead", is_flag=True, help="They set drills, invite others and see all results.")
@click.option(
    "--to", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Into a new file."
)
@who_options
@click.pass_obj
def invite(  # noqa: PLR0913 — the options of the command
    before: Who, name: str, *, lead: bool, to: Path | None, recruiter: str | None, home: Path | None
) -> None:
    """Invite NAME into the team, where it is in a database: print what lets them in, or write it into FILE.

    Whoever has it can join in their place, once. Leads alone see NAME, and it is forgotten when they join.
    """
    from trainer.engine.team_database import invite as invite_them

    made = invite_them(team_of(before.or_else(recruiter, home)), name, lead=lead, to=to)
    if to:
        click.echo(f"{to} lets {made.name} in: give it to nobody else.")
    else:
        click.echo(made.text, nl=False)
    _tell_administrator(made.todo)


@team.command("remove", epilog=_EXAMPLES)
@click.argument("name")
@click.option(
    "--invitation", "invited", is_flag=True, help="The invitation alone, where a member has that name too."
)
@click.option("--yes", is_flag=True, help="Don't ask.")
@who_options
@click.pass_obj
def remove(  # noqa: PLR0913 — the options of the command
    before: Who, name: str, *, invited: bool, yes: bool, recruiter: str | None, home: Path | None
) -> None:
    """Take NAME out of the team, or an invitation back, where it is in a database.

    All that they sent is removed, and they can't come in any more.
    """
    from trainer.engine.team_database import remove as remove_them

    found = team_of(before.or_else(recruiter, home))
    what = f'Take back the invitation of "{name}"'
    whom = f'Take "{name}" out of "{found.member.name}", and remove all that they sent'
    agree(f"{what if invited else whom}?", yes=yes)
    todo = remove_them(found, name, invited=invited)
    click.echo(f"The invitation of {name} is taken back." if invited else f"{name} is out of the team.")
    _tell_administrator(todo)


@team.command("check", epilog=_EXAMPLES)
@who_options
@click.pass_obj
def check(before: Who, *, recruiter: str | None, home: Path | None) -> None:
    """Say what is wrong with what lies in the team's place, or that nothing is.

    In a database it counts all results anew, and compares that with the totals that reports are made of.
    """
    from trainer.engine.team_database import check as check_place

    problems = check_place(team_of(before.or_else(recruiter, home)))
    if problems:
        raise TrainerError("\n".join(problems))
    click.echo("All in order: what is counted is what was sent, and each line is whole.")


@team.command("sql", epilog=_EXAMPLES)
def sql() -> None:
    """Print what an administrator of a database runs first, where you may make no roles in it."""
    from trainer.engine.team_database import administrators_part

    click.echo(administrators_part(), nl=False)


@team.command("upgrade", epilog=_EXAMPLES)
@click.argument("address", type=Place())
def upgrade(address: str) -> None:
    """Bring the tables of the team's database at ADDRESS up to date, as who runs it."""
    from trainer.engine import team_database

    done = _as_administrator(address, team_database.upgrade)
    for name in done:
        click.echo(f"Done: {name}")
    if not done:
        click.echo("All is up to date.")


def make_in_database(found: "Team", where: str, name: str, lead: str, keep: int) -> str:
    """Make a team in a database; return the way in of its lead."""
    from trainer.engine import team_database

    made = _as_administrator(
        where, lambda address: team_database.create(found, address, name, lead, keep_months=keep)
    )
    tell(made.notes)
    if made.todo:
        click.echo(made.text, nl=False)
        _tell_administrator(made.todo)
        sys.exit(1)
    click.echo(f'"{name}" is made.')
    return team_database.read_invitation(made.text.encode())


def _as_administrator(where: str, do: "Callable[[Address], _Done]") -> _Done:
    """Do something as who runs a database, whose password is asked for where the server wants one."""
    from trainer.engine.team_database import PasswordWantedError, administrators_address

    address = administrators_address(where)
    try:
        return do(address)
    except PasswordWantedError as error:
        question = f"Password of {address.user or 'the administrator'}"
        password = asked(lambda: prompt(question, hidden=True), str(error))
        return do(administrators_address(where, password))


def invitation_in(place: str) -> str:
    """Return the address in an invitation, from its file or the input; empty for what is a folder."""
    from trainer.engine.team_database import LARGEST_INVITATION, read_invitation
    from trainer.sharing.postgres.address import is_address

    if is_address(place):
        raise TrainerError(
            "An address with a password stands in a file or is pasted: others on this computer can read the "
            'command line. "trainer team join -" takes what you paste.'
        )
    if place == "-":
        return read_invitation(sys.stdin.buffer.read(LARGEST_INVITATION))
    path = Path(place)
    if not path.is_file():
        return ""
    try:
        with path.open("rb") as file:
            return read_invitation(file.read(LARGEST_INVITATION))
    except OSError as error:
        raise file_error(error, path) from error


def _tell_administrator(todo: str) -> None:
    if todo:
        tell(["An administrator of the database has to run this before it holds:"])
        click.echo(todo, err=True)
