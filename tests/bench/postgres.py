"""A team in PostgreSQL under load: results from a thousand members at once, and reports over a million.

The server is one of its own with everything written to disk, on the machine that also sends. Each row of
times is beside the time of the processors, which tells more where others use the machine.
"""

import os
import re
import subprocess
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import psycopg
from psycopg import sql

from tests.bench.measure import Row, milliseconds, p50, p99
from tests.bench.teams import renamed
from tests.postgres import Server
from tests.sharing.drills import member, published, result
from tests.sharing.teams import PostgresTeam
from trainer.sharing.lines import encoded
from trainer.sharing.postgres.address import new_role

MEMBERS, DRILLS, CONNECTIONS = 1_000, 20, 32
TWICE = 10
"""Of so many results one is sent twice."""
SECONDS, SLOWEST = 30, 100
RESULTS = 1_000_000
_ATTEMPTS = 5
_TIMES = 15
_TOTALS = (
    r"begin isolation level repeatable read, read only\; "
    r"select count(*) from trainer.members where member is not null and left_at is null and not lead\; "
    r"select min(ended_at) < (select trainer.oldest()) from trainer.results\; "
    r"select * from trainer.totals\; commit"
)
"""What a report by totals asks, as psql sends it in one piece."""
_RAW = "select * from trainer.recounted"
_FILL = """
set session_replication_role = replica;
insert into trainer.members (role, team, member, alias, alias_key)
select 'trainer_' || lpad(to_hex(n), 16, '0'), id, lpad(to_hex(n), 16, '0'), 'Member ' || n, 'member ' || n
from trainer.teams, generate_series(1, {members}) as n;
insert into trainer.results
select left(md5(n::text || drill || attempt), 24), team, drill, lpad(to_hex(n), 16, '0'), attempt,
    now() - interval '1 hour', now() - interval '50 minutes', rights, 20,
    attempt = {attempts} and rights > 15,
    (select array_agg(at <= rights) from generate_series(1, 20) as at), sha256('x')
from (
    select team, id as drill, n, attempt, (10 + (n * 7 + attempt * 3) % 11)::smallint as rights
    from trainer.drills, generate_series(1, {members}) as n, generate_series(1, {attempts}) as attempt
) as made;
insert into trainer.totals (
    team, drill, results, firsts, first_rights, first_asked, passed, checks, checks_held,
    item_rights, item_asked
)
select team, drill, results / 16, firsts / 16, first_rights / 16, first_asked / 16, passed / 16, checks, 0,
    array_fill(1000, array[20]), array_fill(1000, array[20])
from trainer.recounted, generate_series(1, 16);
analyze;
"""


def rows(folder: Path) -> Iterator[Row]:
    """Start a server, send to it, and ask it."""
    server = Server()
    try:
        server.stop("fast")
        server.set("fsync = on\nfull_page_writes = on\nshared_buffers = 256MB\nmax_wal_size = 4GB\n")
        server.start()
        yield from _sent(server)
        yield from _reported(server)
    finally:
        server.remove()


def _sent(server: Server) -> Iterator[Row]:
    team = PostgresTeam(server)
    drills = [renamed(published(count=20), f"drill-{number}") for number in range(DRILLS)]
    for each in drills:
        team.lead.publish(each)
    roles = _joined(team)
    now = datetime.now(UTC).replace(microsecond=0)
    said = {"started": now - timedelta(hours=1), "at": now}
    sent = [
        (role, [encoded(result(each, number, wrong=number % 7, **said)) for each in drills])
        for number, role in roles.items()
    ]
    times: list[float] = []
    waiting, lock = iter(sent), threading.Lock()

    def send() -> None:
        with server.admin(team.database) as connection:
            while True:
                with lock:
                    role, lines = next(waiting, ("", []))
                if not role:
                    return
                connection.execute(sql.SQL("set session authorization {}").format(sql.Identifier(role)))
                for at, line in enumerate(lines):
                    for _ in range(2 if at % TWICE == 0 else 1):
                        begin = perf_counter()
                        with connection.transaction():
                            refused = connection.execute(_SUBMIT, ([line],)).fetchall()
                        times.append((perf_counter() - begin) * 1000)
                        assert refused == []
                connection.execute(b"reset session authorization")

    before, own, begin = processor(server), process_time(), perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        for done in [pool.submit(send) for _ in range(CONNECTIONS)]:
            done.result()
    wall = perf_counter() - begin
    cpu = processor(server) - before + process_time() - own
    what = f"{MEMBERS} × {DRILLS} over {CONNECTIONS}"
    yield Row(f"{what}: wall, beside processors", wall, cpu, SECONDS - cpu, unit="s", more=True)
    yield Row("… a result: p99, beside p50", p99(times), p50(times), SLOWEST - p50(times), more=True)
    totals = team.lead.totals()
    counted = sum(each.results for each in totals.drills) if totals else 0
    yield Row("… results counted, beside sent", counted, MEMBERS * DRILLS, 0, unit="", more=True)
    yield Row("… drills whose totals are wrong", len(team.lead.check()), 0, 0, unit="", more=True)
    address = team.addresses[0].secret
    connecting = milliseconds(lambda: psycopg.connect(address).close(), _TIMES)
    yield Row("… one connection with its password", p50(connecting), 0, SLOWEST, more=True)


_SUBMIT = "select place, refused from trainer.submit(%b::bytea[])"


def _joined(team: PostgresTeam) -> dict[int, str]:
    """Have the members in; return the role of each."""
    roles = {number: new_role() for number in range(1, MEMBERS + 1)}
    with (
        psycopg.connect(team.addresses[0].secret, autocommit=True) as lead,
        team.server.admin(team.database) as admin,
    ):
        verifier = lead.pgconn.encrypt_password(b"x", b"x", b"scram-sha-256").decode()
        for number, role in roles.items():
            lead.execute("select trainer.invite(%s, %s, %s, false)", (role, verifier, f"Member {number}"))
            admin.execute(sql.SQL("set session authorization {}").format(sql.Identifier(role)))
            assert admin.execute(_SUBMIT, ([member(number)],)).fetchall() == []
            admin.execute(b"reset session authorization")
    return roles


def _reported(server: Server) -> Iterator[Row]:
    team = PostgresTeam(server)
    for number in range(DRILLS):
        team.lead.publish(renamed(published(count=20), f"drill-{number}"))
    with server.admin(team.database) as admin:
        members = RESULTS // DRILLS // _ATTEMPTS
        admin.execute(_FILL.format(members=members, attempts=_ATTEMPTS).encode())
        admin.execute(b"vacuum analyze trainer.results")
    lead = team.lead
    totals = lead.totals()
    assert totals
    assert sum(each.results for each in totals.drills) >= RESULTS * 0.99
    ours = p50(milliseconds(lead.totals, _TIMES))
    theirs = p50(_by_psql(team, _TOTALS))
    yield Row(f"report of {RESULTS:,} results, from totals", ours, theirs, 2)
    yield Row("… whole", ours, 0, 50, more=True)
    raw = p50(_asked(team, _RAW))
    yield Row("… from rows, by a lead under row-level security", raw, 0, 500, more=True)
    with server.admin(team.database) as admin:
        bare = p50(milliseconds(lambda: admin.execute(_RAW.encode()).fetchall(), _TIMES))
    yield Row("… beside who passes by all policies", raw, bare, 3)


def _asked(team: PostgresTeam, query: str) -> list[float]:
    with psycopg.connect(team.addresses[0].secret, autocommit=True) as lead:
        return milliseconds(lambda: lead.execute(query.encode()).fetchall(), _TIMES)


def _by_psql(team: PostgresTeam, query: str) -> Sequence[float]:
    """Return the milliseconds that psql says a query took."""
    told = subprocess.run(
        [team.server.programs / "psql", "-X", "-A", team.addresses[0].secret],
        input="\\timing on\n" + f"{query};\n" * _TIMES,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return [float(each) for each in re.findall(r"^Time: ([\d.]+) ms", told, re.MULTILINE)]


def processor(server: Server) -> float:
    """Return the seconds of processors that a server has taken, with those of its processes that ended."""
    first = int((server.data / "postmaster.pid").read_text().split()[0])
    tick = os.sysconf("SC_CLK_TCK")
    stats: dict[int, Any] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            stats[int(path.parent.name)] = path.read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
    own = [sum(map(int, stat[11:13])) for stat in stats.values() if int(stat[1]) == first]
    return (sum(own) + sum(map(int, stats[first][11:15]))) / tick
