"""What only a team in a database has: making it as its administrator, invitations, closed drills, totals."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from trainer import disk
from trainer.clean import clean_line
from trainer.engine.team import Team
from trainer.errors import TeamError, file_error
from trainer.names import spelling_of
from trainer.sharing.place import KEEP_MONTHS, in_time
from trainer.sharing.postgres.address import Address, is_address
from trainer.sharing.postgres.connection import PasswordWantedError

if TYPE_CHECKING:
    from trainer.sharing.postgres.place import Invitation, PostgresPlace

__all__ = ["PasswordWantedError"]
_LONG = 600.0
"""Seconds that what an administrator or a lead asks for may take."""
LARGEST_INVITATION = 10_000
"""Bytes."""


class Invited(Struct, frozen=True, kw_only=True):
    """A new member's way in, to be given to them alone."""

    name: str
    text: str
    """The invitation: comments, and the address with its password."""
    todo: str
    """What an administrator of the database has to run first, in SQL; empty where nothing is left to do."""

    notes: tuple[str, ...] = ()
    """What could not be taken back of what PostgreSQL grants to everybody."""

    def __repr__(self) -> str:
        return "Invited(…)"


def administrators_address(where: str, password: str = "") -> Address:
    """Return the address of whoever runs a database. Raises TeamError where a password stands in it."""
    address = Address(where)
    if address.has_password:
        raise TeamError(
            "Leave the password out of the address: others on this computer can read the command line. It is "
            "asked for, or taken from PGPASSWORD or ~/.pgpass."
        )
    return address.as_user(address.user, password) if password else address


def create(team: Team, address: Address, name: str, lead: str, *, keep_months: int = KEEP_MONTHS) -> Invited:
    """Make a team in a database; return the way in of its first lead. Raises TeamError."""
    from trainer.sharing.postgres.making import make_team  # noqa: PLC0415 — a team is made once

    settings = team.new_settings(name, keep_months)
    called = spelling_of(lead)
    made = in_time(lambda: make_team(address, settings, called), address.shown, _LONG)
    return _invited(settings.name, called, made)


def upgrade(address: Address) -> list[str]:
    """Bring the tables of a team's database up to date; return the steps. Raises TeamError."""
    from trainer.sharing.postgres import making  # noqa: PLC0415 — it is done once a version

    return in_time(lambda: making.upgrade(address), address.shown, _LONG)


def administrators_part() -> str:
    """Return what an administrator runs where a team can't be made without them, in SQL."""
    from trainer.sharing.postgres import migrating  # noqa: PLC0415 — it is seldom printed

    return migrating.administrators_part()


def invite(team: Team, name: str, *, lead: bool = False, to: Path | None = None) -> Invited:
    """Invite somebody into one's team; with `to` the invitation lies in that file. Raises TeamError."""
    if to and os.path.lexists(to):
        raise _written_over(to)
    called, place = spelling_of(name), database_of(team)
    made = in_time(lambda: place.invite(called, lead=lead), str(place.address))
    found = _invited(place.settings.name, called, made)
    if to:
        try:
            disk.create(to, [found.text.encode()])
        except OSError as error:
            in_time(lambda: place.remove_member(called, invited=True), str(place.address))
            raise (
                _written_over(to) if isinstance(error, FileExistsError) else file_error(error, to)
            ) from error
    return found


def _written_over(path: Path) -> TeamError:
    return TeamError(f"{clean_line(str(path))} is there already: nothing is written over.")


def remove(team: Team, name: str, *, invited: bool = False) -> str:
    """Take somebody out of one's team, with all that they sent; with `invited` an invitation back.

    Returns what an administrator of the database has to run yet, in SQL. Raises TeamError.
    """
    place = database_of(team)
    return in_time(lambda: place.remove_member(clean_line(name), invited=invited), str(place.address))


def invited(team: Team) -> list[str]:
    """Return who was invited and has not joined, as far as one may know. Raises TeamError."""
    if not is_address(team.member.place):
        return []
    place = database_of(team)
    return list(in_time(place.invited, str(place.address)))


def close(team: Team, wanted: str) -> str:
    """Take no more results of a drill; return its title. Raises TeamError."""
    place = database_of(team)
    drills, _ = in_time(place.drills, str(place.address))
    names = {name: each.drill for each in drills for name in (each.drill.title.casefold(), each.drill.id)}
    drill = names.get(wanted.casefold())
    if drill is None:
        raise TeamError(f'The team has no drill "{clean_line(wanted)}". "trainer drill" lists them.')
    in_time(lambda: place.close(drill.id), str(place.address))
    return drill.title


def check(team: Team) -> list[str]:
    """Return what is wrong with what lies in the team's place. Raises TeamError."""
    place = team.place()
    return list(in_time(place.check, team.member.place, _LONG))


def database_of(team: Team) -> "PostgresPlace":
    """Return the database of one's team. Raises TeamError where the team has a folder."""
    from trainer.sharing.postgres.place import PostgresPlace  # noqa: PLC0415 — of one kind alone

    place = team.place()
    if isinstance(place, PostgresPlace):
        return place
    raise TeamError(
        "Your team's place is a folder: whoever can open it can join, and can do the same there as you. Only "
        "a team in a database has invitations, and drills that are closed."
    )


def read_invitation(data: bytes) -> str:
    """Return the address in an invitation. Raises TeamError."""
    lines = [line.strip() for line in data[:LARGEST_INVITATION].decode(errors="replace").splitlines()]
    found = [line for line in lines if is_address(line)]
    if len(found) != 1 or not Address(found[0]).has_password:
        raise TeamError("That is no invitation of trainer: one line of it begins with postgresql://")
    return found[0]


def _invited(team: str, name: str, made: "Invitation") -> Invited:
    text = (
        f'# An invitation of {name} to the team "{team}" of trainer. Whoever has it can join in their\n'
        "# place: give it to nobody else. It is over when they have joined, with\n"
        "#   trainer team join FILE        this file; or - and paste it\n"
        f"{made.address.secret}\n"
    )
    return Invited(name=name, text=text, todo=made.todo, notes=made.notes)
