"""A team in a database whose members are hostile, and what lies there as the administrator sees it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import psycopg
import pytest

from tests.postgres import Server
from tests.sharing.drills import NOW, member, published, result
from tests.sharing.teams import PostgresTeam
from trainer.sharing.drill import Published
from trainer.sharing.lines import Left, Result, encoded, id_of
from trainer.sharing.place import TeamPlace, TeamSettings, open_team_place
from trainer.sharing.postgres.address import Address
from trainer.sharing.postgres.making import make_team

ANNA, BEN, GONE, LATE = 1, 2, 3, 4
"""Who attacks, whose results they are after, who left, who was invited and has not joined."""
SECRET = "Zacharias Quill"
"""Who leads another team in the same database."""
_WHAT_LIES_THERE = """
select md5(string_agg(kind || said, '|' order by kind || said)) from (
    select 'm', members::text from trainer.members
    union all select 'r', results::text from trainer.results
    union all select 'l', lines::text from trainer.lines
    union all select 't', totals::text from trainer.totals
    union all select 'd', drills::text from trainer.drills
    union all select 'i', items::text from trainer.items
    union all select 's', teams::text from trainer.teams
    union all select 'v', migrations::text from trainer.migrations
    union all select 'p', pg_policy::text from pg_policy
    union all select 'a', rolname || rolsuper || rolcreaterole || rolbypassrls || rolconnlimit from pg_roles
    union all select 'g', roleid::text || ' ' || member::text from pg_auth_members
    union all select 'o', oid::text || relname || coalesce(relacl::text, '') from pg_class where oid > 16384
    union all select 'f', oid::text || coalesce(proacl::text, '') from pg_proc where oid > 16384
) as all_of_it (kind, said)
"""


class Attacked(NamedTuple):
    """A team of a lead, two members with a result each and one who left; another team beside it."""

    team: PostgresTeam
    drill: Published

    def as_(self, who: int) -> "psycopg.Connection[tuple[Any, ...]]":
        """Return a connection of a member, outside the program."""
        return psycopg.connect(self.team.addresses[who].secret, autocommit=True)

    def as_admin(self) -> "psycopg.Connection[tuple[Any, ...]]":
        return self.team.server.admin(self.team.database)

    def role(self, who: int) -> str:
        return self.team.addresses[who].user

    def result(self, who: int, *, of_drill: Published | None = None, **said: Any) -> Result:
        return result(of_drill or self.drill, who, **said)

    def what_lies_there(self) -> str:
        with self.as_admin() as admin:
            row = admin.execute(_WHAT_LIES_THERE).fetchone()
        assert row
        return str(row[0])


@pytest.fixture(scope="module")
def attacked(server: Server) -> Iterator[Attacked]:
    team, drill = PostgresTeam(server), published()
    team.lead.publish(drill)
    for who, wrong in ((ANNA, 4), (BEN, 1), (GONE, 2)):
        sent = encoded(result(drill, who, wrong=wrong))
        assert team.of(who).submit(f"{who:016x}", "d", [sent]) == {}
    leave(team, GONE)
    team.addresses[LATE] = team.lead.invite("Member 4", lead=False).address
    other = other_team(team)
    other.publish(published(title="Unheard of"))
    with server.admin(team.database) as admin:
        admin.execute("analyze")
    yield Attacked(team, drill)
    server.drop(team.database)


def leave(team: PostgresTeam, who: int) -> None:
    team.of(who).withdraw(f"{who:016x}", "d", goodbye(who))


def goodbye(who: int) -> bytes:
    """Return the line by which a member leaves."""
    id_ = f"{who:016x}"
    return encoded(Left(id=id_of("left", id_), member=id_, at=NOW))


def other_team(team: PostgresTeam) -> TeamPlace:
    """Make another team in the same database; return its place as its lead has it."""
    made = make_team(Address(team.where), TeamSettings(id="d" * 16, name="Lighting"), SECRET)
    place = open_team_place(made.address.secret)
    assert place.submit("e" * 16, "d", [member(0xEEEEEEEEEEEEEEEE, SECRET, lead=True)]) == {}
    return place
