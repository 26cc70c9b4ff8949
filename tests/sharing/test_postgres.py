"""What goes wrong with a team's database: untrusted, full, read only, gone, damaged."""

import os
import re
import socket
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.postgres import Server
from tests.sharing.drills import NOW, result
from tests.sharing.teams import LEAD, PostgresTeam
from tests.ways import Certified
from trainer.engine.access import open_own
from trainer.engine.team import Team
from trainer.engine.team_reading import read_changes
from trainer.errors import TeamError, to_install
from trainer.home import Home
from trainer.sharing.drill import Published
from trainer.sharing.lines import TeamLine, encoded
from trainer.sharing.own import Access, Membership, OwnTeam
from trainer.sharing.place import open_team_place
from trainer.sharing.postgres import connection
from trainer.sharing.postgres.address import Address
from trainer.sharing.postgres.place import PostgresPlace

pytestmark = pytest.mark.slow


# Addresses


def test_an_address_shows_neither_user_nor_password_nor_options() -> None:
    address = Address("postgresql://anna:s%40crt@[::1]:5433/casting?sslmode=require&sslrootcert=/etc/x.crt")
    for shown in (address.shown, str(address), repr(address), address.readers):
        assert "anna" not in shown
        assert "crt" not in shown
    assert address.shown == "postgresql://[::1]:5433/casting"
    other = address.as_user("trainer_ö/x", "p:a@ss/w?rd")
    assert other.secret == (
        "postgresql://trainer_%C3%B6%2Fx:p%3Aa%40ss%2Fw%3Frd@[::1]:5433/casting"
        "?sslmode=require&sslrootcert=/etc/x.crt"
    )
    assert other.user == "trainer_ö/x"
    assert (
        Address("postgresql:///casting?host=/var/run&user=x").shown == "postgresql:///casting?host=/var/run"
    )
    assert repr(Access(addresses=(other.secret,))) == "Access(…)"


@pytest.mark.parametrize(
    ("mode", "told"),
    [("verify-full", False), ("", False), ("require", True), ("disable", True), ("prefer", True)],
)
def test_a_way_that_others_can_read_is_told(mode: str, told: bool) -> None:
    address = Address(f"postgresql://x@host/db{f'?sslmode={mode}' if mode else ''}")
    assert ("others on the way" in address.readers) is told
    assert "others" not in Address("postgresql:///db?host=/tmp&sslmode=disable").readers


# Certificates


class Shown(NamedTuple):
    """A server that shows a certificate for "localhost"; files of who issued it and of somebody else."""

    port: int
    password: str
    issuer: Path
    other: Path


@pytest.fixture
def shown(server: Server, tmp_path: Path) -> Iterator[Shown]:
    import trustme  # as psycopg, it takes long to load

    issuer, other = trustme.CA(), trustme.CA()
    issuer.cert_pem.write_to_path(tmp_path / "issuer.crt")
    other.cert_pem.write_to_path(tmp_path / "other.crt")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issuer.issue_cert("localhost").configure_cert(context)
    way = Certified(server.port, context)
    yield Shown(way.port, server.password, tmp_path / "issuer.crt", tmp_path / "other.crt")
    way.close()


def test_only_a_certificate_that_is_trusted_is_talked_to(shown: Shown) -> None:
    def opened(host: str, options: str) -> str:
        with pytest.raises(TeamError) as told:
            open_team_place(f"postgresql://admin:{shown.password}@{host}:{shown.port}/postgres?{options}")
        return str(told.value)

    assert "is no team's database" in opened("localhost", f"sslrootcert={shown.issuer}")
    assert "is no team's database" in opened("127.0.0.1", "sslmode=require")
    for host, options in (
        ("localhost", ""),  # the roots of the system
        ("localhost", f"sslrootcert={shown.other}"),
        ("127.0.0.1", f"sslrootcert={shown.issuer}"),  # another name than the one it is for
        ("localhost", "sslrootcert=/nowhere.crt"),
        ("localhost", "sslrootcert=/dev/null"),
    ):
        told = opened(host, options)
        assert "can't be trusted" in told, (host, options)
        assert "Nothing was sent." in told
        assert shown.password not in told


def test_a_server_without_tls_gets_no_password(server: Server) -> None:
    address = server.address(server.database()).partition("?")[0]
    with pytest.raises(TeamError, match=r"can't be trusted: it does not encrypt.*add sslmode=disable"):
        open_team_place(address)


def test_the_environment_makes_no_address_less_careful(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGSSLMODE", "disable")
    with pytest.raises(TeamError, match="can't be trusted"):
        open_team_place(f"postgresql://admin:{shown.password}@localhost:{shown.port}/postgres")


# The server


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            lambda address: re.sub(r":[^:@]+@", ":wrong@", address),
            "does not let you in: password auth",
        ),
        (lambda address: re.sub(r"//\w+:", "//trainer_0:", address), "does not let you in"),
        (lambda address: re.sub(r"/team_\w+", "/nowhere", address), "does not let you in"),
        (lambda address: re.sub(r"@127.0.0.1:\d+", "@127.0.0.1:1", address), "can't be reached"),
        (lambda address: re.sub(r"@127.0.0.1:\d+", "@nowhere.invalid", address), "can't be reached"),
        (lambda address: re.sub(r"@127.0.0.1:\d+", "@127.0.0.1:99999", address), "no address that can"),
        (lambda address: address.replace("sslmode=disable", "sslmode=bogus"), "no address that can be used"),
        (lambda address: f"{address}&bogus=1", "no address that can be used"),
        (lambda address: f"{address}&dbname=postgres", 'take "dbname" out of it'),
        (lambda address: f"{address}&service=x", 'take "service" out of it'),
        (lambda address: address.replace("?sslmode", "?host=%00&sslmode"), "can't be reached"),
    ],
)
def test_an_address_that_leads_nowhere_is_told_without_its_password(
    in_postgres: PostgresTeam, change: Callable[[str], str], told: str
) -> None:
    address = in_postgres.addresses[LEAD].secret
    with pytest.raises(TeamError) as error:
        open_team_place(change(address))
    assert told in str(error.value)
    assert ("ask a lead for a new invitation" in str(error.value)) is ("not let you in" in told)
    assert Address(address).secret.rpartition("@")[0].rpartition(":")[2] not in str(error.value)


def test_who_runs_it_is_told_what_to_look_at(server: Server) -> None:
    for address in (server.address("postgres", password="wrong"), server.address("nowhere")):
        with pytest.raises(TeamError, match="Look at the user, the password and the name of the database"):
            open_team_place(address)


def test_who_was_not_invited_is_told(in_postgres: PostgresTeam) -> None:
    with pytest.raises(TeamError, match=r"not in the team of .* ask a lead for an invitation"):
        open_team_place(in_postgres.where)  # who runs it
    with in_postgres.server.admin(in_postgres.database) as admin:
        admin.execute("drop role if exists stranger")
        admin.execute("create role stranger login password 'x'")
        admin.execute(f"grant connect on database {in_postgres.database} to stranger".encode())
    with pytest.raises(TeamError, match="ask a lead for an invitation"):
        open_team_place(in_postgres.server.address(in_postgres.database, "stranger", "x"))


def test_too_many_connections_and_a_server_that_takes_nothing_are_told(
    in_postgres: PostgresTeam, drill: Published
) -> None:
    import psycopg

    in_postgres.lead.publish(drill)
    place = in_postgres.of(1)
    address = in_postgres.addresses[1].secret
    held = [psycopg.connect(address) for _ in range(9)]  # with the place's own ten, as many as it may
    with pytest.raises(TeamError, match="too many connections"):
        open_team_place(address)
    for each in held:
        each.close()
    with in_postgres.server.admin(in_postgres.database) as admin:
        admin.execute(
            f"alter database {in_postgres.database} set default_transaction_read_only = on".encode()
        )
    with pytest.raises(TeamError, match=r"can't do that: cannot execute .* in a read-only transaction"):
        in_postgres.opened(1).submit("", "", [encoded(result(drill, 1))])
    with in_postgres.server.admin() as admin:
        admin.execute(f"alter database {in_postgres.database} reset all".encode())
    assert place.submit("", "", [encoded(result(drill, 1))]) == {}


def test_without_the_package_it_is_told_which(
    in_postgres: PostgresTeam, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    with pytest.raises(TeamError, match=re.escape(to_install("postgres"))):
        open_team_place(in_postgres.where)


def test_nobody_else_waits_for_what_a_database_needs() -> None:
    code = (
        "import sys, trainer.cli, trainer.engine.team, trainer.engine.team_database, trainer.sharing.folder"
    )
    told = subprocess.run(
        [sys.executable, "-c", f"{code}; print('psycopg' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == "False\n"


# At home


def test_what_is_damaged_at_home_is_told(in_postgres: PostgresTeam, tmp_path: Path) -> None:
    team = Team(Home(tmp_path / "anna"), "anna")
    address = in_postgres.lead.invite("Anna", lead=False).address
    team.join(team.plan_join(address.secret, "Anna"))
    own = OwnTeam(Home(tmp_path / "anna").team_of("anna"))
    path = own.folder / "address.json"
    before = path.read_bytes()
    for damage in (b"", b"{}", b'{"addresses":[]}', b"\xff", b"[" * 9999):
        path.write_bytes(damage)
        with pytest.raises(TeamError, match="ask a lead for a new invitation"):
            team.people()
    path.unlink()
    with pytest.raises(TeamError, match=r"password for .* is gone from here: ask a lead"):
        team.people()
    assert "can read it" in team.readers
    path.write_bytes(before)
    assert [each.alias for each in team.people()] == ["Anna", "Member 0"]


def test_a_password_that_was_changed_is_found_whatever_the_server_speaks(
    in_postgres: PostgresTeam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_NOT_LET_IN", ("fehlgeschlagen",))
    team = Team(Home(tmp_path / "anna"), "anna")
    team.join(team.plan_join(in_postgres.lead.invite("Anna", lead=False).address.secret, "Anna"))
    access = team.own.access()
    assert access
    wrong = Address(access.addresses[0]).as_user(Address(access.addresses[0]).user, "another")
    team.own.keep_access(Access(addresses=(wrong.secret, access.addresses[0])))
    assert "Anna" in [each.alias for each in team.people()]
    assert team.own.access() == access
    team.own.keep_access(Access(addresses=(wrong.secret, wrong.secret)))
    with pytest.raises(TeamError, match="can't be reached"):
        team.people()


def test_a_server_that_is_silent_is_waited_for_once_whatever_passwords_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_CONNECT_IN", 2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.setblocking(False)
        address = Address(f"postgresql://m@127.0.0.1:{silent.getsockname()[1]}/casting")
        kept = tuple(address.as_user("m", password).secret for password in ("one", "two"))
        own = OwnTeam(tmp_path)
        own.keep_access(Access(addresses=kept, invited=True))
        who = Membership(
            place=address.shown, team="", name="", member="", device="", alias="Anna", joined=NOW
        )
        with pytest.raises(TeamError, match="can't be reached"):
            open_own(own, who)
        silent.accept()[0].close()
        with pytest.raises(BlockingIOError):
            silent.accept()
    assert own.access() == Access(addresses=kept, invited=True)


def test_a_place_is_closed_with_what_holds_it(in_postgres: PostgresTeam) -> None:
    with in_postgres.server.admin(in_postgres.database) as admin:

        def held() -> int:
            row = admin.execute(
                "select count(*) from pg_stat_activity "
                "where datname = current_database() and usename ~ '^trainer'"
            ).fetchone()
            assert row
            return int(row[0])

        places: list[PostgresPlace] = [in_postgres.of(1) for _ in range(3)]
        assert held() >= 3
        places.clear()
        while held():  # the server takes a moment
            pass


MANY = 40_000


@pytest.fixture
def much(in_postgres: PostgresTeam, drill: Published) -> PostgresTeam:
    """A team of which many lines are to be read."""
    in_postgres.lead.publish(drill)
    assert in_postgres.of(1).submit("", "", [encoded(result(drill, 1))]) == {}
    with in_postgres.server.admin(in_postgres.database) as admin:
        admin.execute(b"set session_replication_role = replica")
        admin.execute(
            "insert into trainer.lines select n::text, team, member, line "
            "from trainer.lines, generate_series(1, %s) as n",
            (MANY,),
        )
    return in_postgres


def memory() -> float:
    """Return the MiB that this process takes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="no such file tells how much it takes")
def test_lines_are_handed_over_as_they_come_and_none_is_held(much: PostgresTeam) -> None:
    taken: list[str] = []
    before, most = memory(), 0.0

    def take(line: TeamLine, _: str) -> None:
        nonlocal most
        taken.append(line.id)
        most = max(most, memory())

    much.lead.results(to=take)
    assert len(taken) == MANY + 3
    assert most - before < 25  # all of them are above 60


def test_a_server_that_goes_away_while_it_is_read_is_told(much: PostgresTeam) -> None:
    lead, taken = much.lead, 0

    def take(*_: object) -> None:
        nonlocal taken
        taken += 1
        if taken == 10:
            with much.server.admin(much.database) as admin:
                admin.execute(
                    "select pg_terminate_backend(pid, 2000) from pg_stat_activity where usename = %s",
                    (lead.address.user,),
                )

    with pytest.raises(TeamError, match="went away meanwhile"):
        lead.results(to=take)
    assert 10 <= taken < MANY
    assert len(lead.results().lines) == MANY + 3


def test_a_report_on_a_database_leaves_nothing_of_others_at_home(much: PostgresTeam, tmp_path: Path) -> None:
    own = OwnTeam(tmp_path / "teams" / "lead")
    lines, problems = read_changes(much.lead, "here", own)
    assert (len(list(lines.results)), problems) == (MANY + 1, [])
    assert not own.folder.exists()
