"""A team's database is backed up and restored by what its administrators know: pg_dump and psql."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.postgres import Server
from tests.sharing.drills import result
from tests.sharing.teams import PostgresTeam
from trainer.sharing.drill import Published
from trainer.sharing.lines import encoded
from trainer.sharing.place import open_team_place
from trainer.sharing.postgres.migrating import administrators_part
from trainer.sharing.postgres.place import PostgresPlace

pytestmark = pytest.mark.slow


def ran(server: Server, program: str, *arguments: str | Path, typed: str = "") -> str:
    done = subprocess.run(
        [server.programs / program, f"--host={server.folder}", f"--port={server.port}", *arguments],
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ
        | {"PGPASSWORD": server.password, "PGUSER": "admin", "PGOPTIONS": "-c client_min_messages=error"},
    )
    assert (done.returncode, done.stderr) == (0, ""), done
    return done.stdout


@pytest.mark.parametrize("options", [(), ("--role=trainer_owner", "--enable-row-security")])
def test_what_was_backed_up_is_a_whole_team_elsewhere(
    in_postgres: PostgresTeam, drill: Published, tmp_path: Path, options: tuple[str, ...]
) -> None:
    in_postgres.lead.publish(drill)
    for number in (1, 2):
        in_postgres.of(number).submit("", "", [encoded(result(drill, number, number))])
    file = tmp_path / "team.sql"
    ran(in_postgres.server, "pg_dump", *options, "--schema=trainer", f"--file={file}", in_postgres.database)
    everyone = ran(in_postgres.server, "pg_dumpall", "--roles-only")
    roles = [line for line in everyone.splitlines() if "trainer_" in line]

    elsewhere = Server()
    try:
        database = elsewhere.database()
        for typed in ("\n".join(roles), file.read_text(), administrators_part()):
            ran(elsewhere, "psql", "--set=ON_ERROR_STOP=1", database, typed=typed)
        places = []
        for address in in_postgres.addresses.values():
            there = address.secret.replace(in_postgres.server.host, elsewhere.host)
            places.append(open_team_place(there.replace(in_postgres.database, database)))
        lead, anna, _ = places
        assert isinstance(lead, PostgresPlace)
        assert {encoded(line) for line, _ in lead.results().lines} == {
            encoded(line) for line, _ in in_postgres.lead.results().lines
        }
        assert lead.check() == []
        assert len(anna.results().lines) == 3, "oneself, who leads, and one's result"
        assert anna.submit("", "", [encoded(result(drill, 1, 1))]) == {}
        assert lead.invite("Cara", lead=False).todo == ""
        del places, lead, anna
    finally:
        elsewhere.remove()
