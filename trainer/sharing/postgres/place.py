"""A team's place that is a PostgreSQL database.

Each member logs in as a role of their own. What they may read is said by row-level security, what they may
write by functions that check it: see `sql/`. A line lies there byte for byte as its member saw it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, LiteralString, NamedTuple

import msgspec

from trainer.clean import clean_line
from trainer.errors import DrillError, NotMemberError, TeamError
from trainer.sharing.drill import Drill, Head, Published
from trainer.sharing.drill_file import drill_of, head_length, head_of
from trainer.sharing.lines import LineError, TeamLine, decoded
from trainer.sharing.place import Found, Identity, Mark, OwnLine, Take, TeamSettings
from trainer.sharing.postgres.address import Address, new_password, new_role
from trainer.sharing.postgres.connection import Database
from trainer.sharing.postgres.migrating import check_version
from trainer.sharing.postgres.totalling import differences, totals_in
from trainer.sharing.totals import Totals

if TYPE_CHECKING:
    from trainer.sharing.postgres.connection import Connection

_LEFT = "a member who left"
_AT_ONCE = 1000
"""Rows that are read at a time."""


class Invitation(NamedTuple):
    """A new member's way in."""

    address: Address
    todo: str
    """What an administrator of the database has to run first, in SQL; empty where nothing is left to do."""
    notes: tuple[str, ...] = ()
    """What could not be taken back of what PostgreSQL grants to everybody."""


class PostgresPlace:
    """A database in which a team's drills and results lie."""

    def __init__(self, database: Database, settings: TeamSettings, identity: Identity) -> None:
        """Take a database that is known to be a team's; `open` is the way to get one."""
        self.settings = settings
        self.identity = identity
        self._database = database

    @classmethod
    def open(cls, address: Address) -> "PostgresPlace":
        """Open a team's database as whoever the address says. Raises TeamError."""
        database = Database(address)
        with database.asked() as connection:
            if not _one(connection, "select exists (select from pg_namespace where nspname = 'trainer')")[0]:
                raise TeamError(f"{address} is no team's database.")
            invited = _one(connection, "select has_schema_privilege('trainer', 'usage')")[0]
            if invited:
                check_version(connection, address)
            row = invited and _one(
                connection, "select team, name, keep_months, member, lead from trainer.whoami()"
            )
        if not row:
            raise NotMemberError(f"You are not in the team of {address}: ask a lead for an invitation.")
        team, name, keep_months, member, lead = row
        settings = TeamSettings(id=team, name=clean_line(name), keep_months=keep_months)
        return cls(database, settings, Identity(member=member or "", lead=lead, address=address))

    @property
    def address(self) -> Address:
        """Where it is, and as whom one is there."""
        return self._database.address

    @property
    def readers(self) -> str:
        """Who can read what is sent there, in a sentence."""
        return self.address.readers

    # Drills

    def publish(self, drill: Published) -> str:
        """Put a drill there for all; return where it lies. Refuses another one of the same id."""
        head = head_length(drill.data, Path(f"{drill.drill.id}.drill.toml"))
        facts = msgspec.json.encode(_facts(drill.drill)).decode()
        with self._database.asked() as connection:
            connection.execute(
                "select trainer.publish(%s, %s, %b, %s, %s::jsonb)",
                (drill.drill.id, drill.fingerprint, drill.data, head, facts),
            )
        return f"{drill.drill.id} in {self.address}"

    def drills(self) -> tuple[Sequence[Head], Sequence[str]]:
        """Return the drills, their sheets left out, and what is wrong with others."""
        found: list[Head] = []
        problems: list[str] = []
        with self._database.asked() as connection:
            rows = connection.execute(
                "select id, fingerprint, substring(data from 1 for head), closed_at is not null "
                "from trainer.drills order by id",
                binary=True,
            ).fetchall()
        for id_, fingerprint, data, closed in rows:
            try:
                found.append(Head(head_of(data, Path(id_)), fingerprint, closed=closed))
            except DrillError as error:
                problems.append(str(error))
        return found, problems

    def drill(self, id_: str) -> Published:
        """Return a drill with its sheets. Raises DrillError too."""
        with self._database.asked() as connection:
            row = connection.execute(
                "select fingerprint, data, closed_at is not null from trainer.drills where id = %s",
                (id_,),
                binary=True,
            ).fetchone()
        if row is None:
            raise DrillError(f'The team has no drill "{clean_line(id_)}".')
        fingerprint, data, closed = row
        return Published(drill_of(data, Path(id_)), fingerprint, data, closed=closed)

    def close(self, id_: str) -> bool:
        """Take no more results of a drill; return whether it was open. For leads."""
        with self._database.asked() as connection:
            return bool(_one(connection, "select trainer.close_drill(%s)", id_)[0])

    # Lines

    def submit(self, member: str, device: str, lines: Sequence[bytes]) -> Mapping[bytes, str]:
        """Have lines there once, however often they are sent; return why others are refused."""
        with self._database.asked() as connection:
            refused = connection.execute(
                "select place, refused from trainer.submit(%b::bytea[])", (list(lines),)
            ).fetchall()
        return {lines[place - 1]: clean_line(why) for place, why in refused}

    def results(self, since: Mark | None = None, *, to: Take | None = None) -> Found:
        """Return the lines that one may read: of all for a lead, else one's own and who leads."""
        names: dict[str, str] = {}
        lines: list[tuple[TeamLine, str]] = []
        problems: list[str] = []
        take = to or (lambda line, name: lines.append((line, name)))

        def read(member: str, line: bytes) -> None:
            source = names.get(member, _LEFT)
            try:
                take(_line_of(member, line), source)
            except LineError as error:
                problems.append(f"{source}: a line {error}; it is not counted.")

        with self._database.asked(consistent=True) as connection:
            for alias, member, line in _asked(connection, "select alias, member, line from trainer.people()"):
                names[member] = alias or _LEFT
                if line is not None:
                    read(member, line)
            for member, line in _asked(connection, "select member, line from trainer.said(null)"):
                read(member, line)
        return Found(lines=lines, problems=problems, changed=frozenset(names.values()), mark=Mark())

    def own(self, member: str) -> Sequence[OwnLine]:
        """Return one's own results; a database does not tell computers apart."""
        with self._database.asked() as connection:
            rows = connection.execute(
                "select line from trainer.said(array[%s])", (member,), binary=True
            ).fetchall()
        found: list[OwnLine] = []
        for (data,) in rows:
            with suppress(LineError):
                found.append(OwnLine(_line_of(member, data), data, ""))
        return found

    def keep(self, member: str, device: str, kept: Callable[[TeamLine], bool]) -> int:
        """Remove what is not to be kept of one's own results; return how many went."""
        with self._database.asked() as connection:
            rows = connection.execute(
                "select id, line from trainer.said(array[%s])", (member,), binary=True
            ).fetchall()
            old = [id_ for id_, line in rows if not _stays(line, kept)]
            return _one(connection, "select trainer.forget(%s)", old)[0] if old else 0

    def withdraw(self, member: str, device: str, left: bytes) -> Sequence[str]:
        """Remove all that one sent, and leave the line that says so."""
        with self._database.asked() as connection:
            connection.execute("select trainer.withdraw(%b)", (left,))
        return []

    # Totals

    def totals(self) -> Totals | None:
        """Return what the results come to, for who leads the team."""
        if not self.identity.lead:
            return None
        with self._database.asked(consistent=True) as connection:
            return totals_in(connection)

    def check(self) -> Sequence[str]:
        """Return where the totals are not what the results come to, and lines that can't be read."""
        if not self.identity.lead:
            return self.results(to=_pass_over).problems
        problems: list[str] = []
        with self._database.asked(consistent=True) as connection:
            problems += differences(connection)
        return [*problems, *self.results(to=_pass_over).problems]

    # Members

    def invite(self, name: str, *, lead: bool) -> Invitation:
        """Make the way in of a new member. For leads."""
        role, password = new_role(), new_password()
        verifier = self._database.verifier(password, role)
        with self._database.asked() as connection:
            todo = _one(connection, "select trainer.invite(%s, %s, %s, %s)", role, verifier, name, lead)[0]
        return Invitation(self.address.as_member(role, password), todo)

    def remove_member(self, name: str, *, invited: bool = False) -> str:
        """Take somebody out of the team with all that they sent; return what is left to be run. For leads.

        With `invited` it takes back an invitation alone, though a member has that name too.
        """
        if not invited:
            with (
                self._database.asked() as connection
            ):  # else they come back as fast as their sessions are ended
                connection.execute("select trainer.bar_member(%s)", (name,))
        with self._database.asked() as connection:
            return str(_one(connection, "select trainer.remove_member(%s, %s)", name, invited)[0])

    def invited(self) -> Sequence[str]:
        """Return who was invited and has not joined yet; nobody for who does not lead."""
        if not self.identity.lead:
            return []
        with self._database.asked() as connection:
            rows = connection.execute(
                "select invited_as from trainer.members where invited_as is not null order by invited_at"
            ).fetchall()
        return [clean_line(name) for (name,) in rows]

    def set_password(self, password: str) -> None:
        """Have another password from the next connection on; the server never sees it."""
        from psycopg import sql  # noqa: PLC0415 — as all that knows psycopg

        verifier = self._database.verifier(password, self.address.user)
        with self._database.asked() as connection:
            connection.execute(sql.SQL("alter role current_user password {}").format(verifier))

    def prune(self) -> int:
        """Remove what is too old of all, if one leads; return how many results went."""
        went = 0
        if not self.identity.lead:
            return went
        while True:
            with self._database.asked() as connection:
                some = int(_one(connection, "select trainer.prune()")[0])
            went += some
            if not some:
                return went


def _one(connection: "Connection", query: Any, *values: Any) -> Any:
    """Return the one row of a query, nothing where there is none."""
    return connection.execute(query, values or None, binary=True).fetchone() or ()


def _asked(connection: "Connection", query: LiteralString) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a query as they come, some at a time, so that none is held; in a transaction."""
    cursor = connection.cursor("some", binary=True)
    cursor.itersize = _AT_ONCE
    try:
        yield from cursor.execute(query)
        cursor.close()
    finally:
        if not cursor.closed:  # else closing it would ask the server once more, which is gone
            connection.close()
            cursor.close()


def _facts(drill: Drill) -> dict[str, Any]:
    """Return what the database has to know of a drill to check its results."""
    return {
        "asked": drill.asked,
        "attempts": drill.attempts,
        "pass_mark": drill.pass_mark,
        "time_limit": drill.time_limit,
        "delayed_check": drill.delayed_check,
        "calibrates": drill.calibrates,
        "shares": sorted(drill.shares),
        "items": [{"card": each.card, "says": each.says} for each in drill.questions],
    }


def _pass_over(line: TeamLine, source: str) -> None:
    """Take a line, and keep nothing of it."""


def _line_of(member: str, line: bytes) -> TeamLine:
    """Return what a line of a member says. Raises LineError too where it speaks of somebody else."""
    said = decoded(line.rstrip(b"\n"))
    if said.member != member:
        raise LineError("speaks of another member than the one who sent it")
    return said


def _stays(line: bytes, kept: Callable[[TeamLine], bool]) -> bool:
    try:
        return kept(decoded(line.rstrip(b"\n")))
    except LineError:
        return True  # nothing is lost that one does not understand
