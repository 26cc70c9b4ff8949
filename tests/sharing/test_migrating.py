"""The schema of a team's database: file after file, each whole or not at all, and never a foreign one."""

import re
import subprocess
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.postgres import Server
from tests.sharing.drills import member
from tests.sharing.teams import PostgresTeam
from trainer.errors import TeamError
from trainer.reports.team_lines import lines_of
from trainer.reports.team_people import people_of, standing_lines
from trainer.sharing.drill import Published
from trainer.sharing.place import open_team_place
from trainer.sharing.postgres import migrating
from trainer.sharing.postgres.address import Address
from trainer.sharing.postgres.connection import Database
from trainer.sharing.postgres.making import prepare, upgrade
from trainer.sharing.postgres.migrating import Migration, migrate, migrations

ENDS = re.compile(r"^\s*(commit|rollback|begin\s*;|end\s*;|start transaction)", re.IGNORECASE)


def ends_a_transaction(text: str) -> bool:
    """Return whether a file of the schema would end the transaction that it is to be a part of."""
    code = re.sub(r"\$\$.*?\$\$", "", text, flags=re.DOTALL)
    return any(ENDS.match(line) for line in code.splitlines())


MORE = f"{len(migrations()) + 1:04}_more.sql"


def with_one_more(text: str) -> list[Migration]:
    known = list(migrations())
    return [*known, Migration(len(known) + 1, MORE, text, "0" * 64)]


def test_the_files_are_numbered_without_a_gap_and_end_no_transaction() -> None:
    assert [each.version for each in migrations()] == list(range(1, migrating.newest() + 1))
    assert not any(ends_a_transaction(each.text) for each in migrations())
    assert ends_a_transaction("create table x ();\nCOMMIT;\n")


@pytest.mark.slow
def test_the_schema_is_made_once_however_many_make_it(server: Server) -> None:
    address = Address(server.address(server.database()))
    prepare(Database(address))
    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(lambda _: migrate(Database(address)), range(8)))
    assert sorted(name for each in done for name in each) == [each.name for each in migrations()]
    assert upgrade(address) == []


@pytest.mark.slow
def test_a_step_that_fails_leaves_nothing_and_is_made_later(
    in_postgres: PostgresTeam, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = Address(in_postgres.where)
    for text in ("create table more (); select 1 / 0", "create table more ();"):
        monkeypatch.setattr(migrating, "migrations", lambda text=text: with_one_more(text))
        if "/ 0" in text:
            with pytest.raises(TeamError, match="division by zero"):
                upgrade(address)
        else:
            assert upgrade(address) == [MORE]
    with in_postgres.server.admin(in_postgres.database) as admin:
        assert admin.execute("select to_regclass('trainer.more') is not null").fetchone() == (True,)


@pytest.mark.slow
def test_what_a_newer_or_an_older_trainer_made_is_told(
    in_postgres: PostgresTeam, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = Address(in_postgres.where)
    member = in_postgres.addresses[0].secret
    with monkeypatch.context() as newer:
        newer.setattr(migrating, "migrations", lambda: with_one_more("create table more ();"))
        with pytest.raises(TeamError, match=r"of an older version of trainer.*trainer team upgrade"):
            open_team_place(member)
        upgrade(address)
        assert open_team_place(member).settings == in_postgres.settings
    with pytest.raises(TeamError, match="of a newer version of trainer than this one: update trainer"):
        open_team_place(member)
    with pytest.raises(TeamError, match="of a newer version"):
        upgrade(address)


@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [
        "update trainer.migrations set digest = 'other' where version = 2",
        "delete from trainer.migrations where version = 1",
    ],
)
def test_a_schema_that_was_changed_by_hand_is_left_alone(in_postgres: PostgresTeam, change: str) -> None:
    with in_postgres.server.admin(in_postgres.database) as admin:
        admin.execute(change.encode())
    with pytest.raises(TeamError, match=r"was changed by hand.*Nothing was changed"):
        upgrade(Address(in_postgres.where))


def half_way(server: Server, database: str) -> int:
    """Wait until a step sleeps in its middle; return the process of the server that runs it."""
    with server.admin(database) as admin:
        for _ in range(3000):
            row = admin.execute("select pid from pg_stat_activity where wait_event = 'PgSleep'").fetchone()
            if row:
                return int(row[0])
            time.sleep(0.02)
    raise AssertionError("no step was begun")


@pytest.mark.slow
@pytest.mark.parametrize("killed", ["session", "server", "trainer"])
def test_a_step_that_is_killed_in_its_middle_leaves_nothing_and_is_made_later(
    in_postgres: PostgresTeam, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, killed: str
) -> None:
    server, address = in_postgres.server, Address(in_postgres.where)
    asleep = "create table more (); insert into teams select repeat('e', 16), 'x', 1; select pg_sleep(300);"
    program = tmp_path / "program.py"
    program.write_text(_UPGRADES.format(asleep=asleep, address=in_postgres.where))
    process = subprocess.Popen([sys.executable, program], stderr=subprocess.PIPE, text=True)
    session = half_way(server, in_postgres.database)
    if killed == "trainer":
        process.kill()
    if killed == "server":
        server.stop("immediate")
        server.start()
    if killed != "server":
        with server.admin(in_postgres.database) as admin:
            admin.execute("select pg_terminate_backend(%s, 5000)", (session,))
    _, told = process.communicate(timeout=60)
    if killed != "trainer":
        assert "TeamError" in told
        assert "went away meanwhile. Nothing is lost" in told
    with server.admin(in_postgres.database) as admin:
        assert admin.execute(
            "select to_regclass('trainer.more'), count(*) from trainer.teams"
        ).fetchone() == (None, 1)
    assert open_team_place(in_postgres.addresses[0].secret).settings == in_postgres.settings
    monkeypatch.setattr(migrating, "migrations", lambda: with_one_more("create table more ();"))
    assert upgrade(address) == [f"{migrating.newest():04}_more.sql"]


_UPGRADES = """
from trainer.sharing.postgres import migrating
from trainer.sharing.postgres.address import Address
from trainer.sharing.postgres.making import upgrade

known = list(migrating.migrations())
more = migrating.Migration(len(known) + 1, "more.sql", {asleep!r}, "0" * 64)
migrating.migrations = lambda: [*known, more]
upgrade(Address({address!r}))
"""


@pytest.mark.slow
def test_a_step_does_not_wait_long_for_a_table(
    in_postgres: PostgresTeam, drill: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A step that can't have a table soon is given up with a sentence, as all who come later wait for it."""
    in_postgres.lead.publish(drill)
    monkeypatch.setattr(migrating, "_PATIENCE", "500ms")
    monkeypatch.setattr(migrating, "migrations", lambda: with_one_more("alter table results add more text;"))
    with in_postgres.server.admin(in_postgres.database) as admin, admin.transaction():
        admin.execute("lock table trainer.results in access share mode")
        with pytest.raises(TeamError, match=r"is busy with that just now\. Nothing is lost"):
            upgrade(Address(in_postgres.where))
    assert upgrade(Address(in_postgres.where)) == [MORE]


@pytest.mark.slow
def test_an_alias_is_one_in_every_spelling_whatever_the_locale(server: Server) -> None:
    """The server of the tests is of the locale "C", in which lower() knows ASCII alone."""
    team = PostgresTeam(server)
    for number, alias in enumerate(("Éva", "Zoë"), 1):
        assert joined(team, number, alias) == {}
    for number, alias in enumerate(("éva", "ÉVA", "E\u0301va", "ZOË", "ｚｏë", "zoë"), 3):
        (why,) = joined(team, number, alias).values()
        assert "in this team already" in why
    assert {each.alias for each in people_of(standing_lines(lines_of(team.lead.results().lines)))} == {
        "Éva", "Zoë", "Member 0",
    }  # fmt: skip
    server.drop(team.database)


def joined(team: PostgresTeam, number: int, alias: str) -> Mapping[bytes, str]:
    team.addresses[number] = team.lead.invite(f"X {number}", lead=False).address
    return team.opened(number).submit("", "", [member(number, alias)])
