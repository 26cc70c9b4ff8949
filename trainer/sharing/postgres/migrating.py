"""The schema of a team's database, in numbered files that are run once each and never changed."""

import hashlib
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from trainer.errors import TeamError

if TYPE_CHECKING:
    from trainer.sharing.postgres.connection import Connection, Database

_FILE = re.compile(r"(\d{4})_\w+\.sql")
_ONE_AT_A_TIME = 7_263_401_922
"""The key of the lock that is held while the schema changes."""
_PATIENCE = "5s"
"""How long a step waits for a table that others use; meanwhile who comes after waits behind it."""
_VERSIONS = """
create table if not exists trainer.migrations (
    version integer primary key check (version > 0),
    name text not null,
    digest text not null,
    applied_at timestamptz not null default now()
)
"""


class Migration(NamedTuple):
    """A file of the schema."""

    version: int
    name: str
    text: str
    digest: str


@cache
def migrations() -> Sequence[Migration]:
    """Return the files of the schema, in order; the administrator's part is none of them."""
    return [each for each in _files() if each.version]


def administrators_part() -> str:
    """Return what an administrator runs before a team can be made."""
    return next(each.text for each in _files() if not each.version)


def newest() -> int:
    """Return the version of the schema that this trainer knows."""
    return migrations()[-1].version


def check_version(connection: "Connection", place: object) -> None:
    """Raise TeamError where the schema is not the one that this trainer knows."""
    row = connection.execute("select max(version) from trainer.migrations").fetchone()
    version = (row and row[0]) or 0
    if version > newest():
        raise TeamError(f"{place} is of a newer version of trainer than this one: update trainer.")
    if version < newest():
        raise TeamError(
            f"{place} is of an older version of trainer than this one. Who runs it brings it up to date with "
            '"trainer team upgrade".'
        )


def migrate(database: "Database") -> list[str]:
    """Bring the schema up to date, as its owner; return the names of the files that were run.

    Each file is a transaction of its own: it is there as a whole or not at all. Raises TeamError.
    """
    done = []
    for each in migrations():
        with database.asked() as connection:
            connection.execute("set local role trainer_owner")
            connection.execute("select set_config('lock_timeout', %s, true)", (_PATIENCE,))
            connection.execute("set local search_path = trainer, pg_temp")
            connection.execute("select pg_advisory_xact_lock(%s)", (_ONE_AT_A_TIME,))
            connection.execute(_VERSIONS)
            if _is_due(connection, each, database.address):
                connection.execute(each.text.encode())
                connection.execute(
                    "insert into trainer.migrations (version, name, digest) values (%s, %s, %s)",
                    (each.version, each.name, each.digest),
                )
                done.append(each.name)
    return done


def _is_due(connection: "Connection", migration: Migration, place: object) -> bool:
    """Return whether a file is to be run now. Raises TeamError where the database has other ones."""
    rows = connection.execute("select version, digest from trainer.migrations order by version").fetchall()
    known = {each.version: each.digest for each in migrations()}
    for at, (version, digest) in enumerate(rows, 1):
        if version > newest():
            raise TeamError(f"{place} is of a newer version of trainer than this one: update trainer.")
        if version != at or known[version] != digest:
            raise TeamError(
                f"{place} was changed by hand, or by another trainer: step {at} of its tables is not the one "
                "that this trainer knows. Nothing was changed."
            )
    if migration.version == len(rows) + 1:
        return True
    if migration.version > len(rows):
        raise TeamError(f"{place} misses a step of its tables. Nothing was changed.")
    return False


def _files() -> list[Migration]:
    folder = files("trainer.sharing.postgres") / "sql"
    found = []
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if named := _FILE.fullmatch(path.name):
            text = path.read_text(encoding="utf-8")
            digest = hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()
            found.append(Migration(int(named[1]), path.name, text, digest))
    return found
