"""Making a team in a database, as an administrator of it."""

from typing import TYPE_CHECKING

from trainer.clean import clean_line
from trainer.errors import TeamError
from trainer.sharing.place import TeamSettings
from trainer.sharing.postgres.address import Address, new_password, new_role
from trainer.sharing.postgres.connection import Database
from trainer.sharing.postgres.migrating import administrators_part, migrate
from trainer.sharing.postgres.place import Invitation

if TYPE_CHECKING:
    from psycopg.errors import Diagnostic

    from trainer.sharing.postgres.connection import Connection

_OWN_NOTE = "00000"
"""The state of a note that a file of ours makes; PostgreSQL's own have others."""
_MAY_MAKE_ROLES = "select rolsuper or rolcreaterole from pg_roles where rolname = current_user"
_IS_PREPARED = """
select to_regnamespace('trainer') is not null
    and exists (select from pg_roles where rolname = 'trainer_lead')
    and exists (
        select from pg_roles
        where rolname = 'trainer_owner' and pg_has_role(current_user, oid, 'member')
    )
"""


def make_team(address: Address, settings: TeamSettings, lead: str) -> Invitation:
    """Make a team in a database, and the way in of its first lead, as the administrator of an address.

    Raises TeamError.
    """
    database = Database(address)
    notes = prepare(database)
    migrate(database)
    role, password = new_role(), new_password()
    verifier = database.verifier(password, role)
    with database.asked() as connection:
        connection.execute("set local role trainer_owner")
        row = connection.execute(
            "select trainer.make_team(%s, %s, %s, %s, %s, %s)",
            (settings.id, settings.name, settings.keep_months, role, verifier, lead),
        ).fetchone()
    return Invitation(address.as_member(role, password), row[0] if row else "", tuple(notes))


def upgrade(address: Address) -> list[str]:
    """Bring a team's database up to date; return the steps that were made. Raises TeamError."""
    database = Database(address)
    with database.asked() as connection:
        if not _is_prepared(connection):
            raise TeamError(f"{address} is no team's database, or you do not run it.")
    return migrate(database)


def prepare(database: Database) -> list[str]:
    """Do the administrator's part, where that can be done; return what it says of what can't.

    Raises TeamError with what is to be done else.
    """
    notes: list[str] = []

    def note(said: "Diagnostic") -> None:
        if said.sqlstate == _OWN_NOTE:
            notes.append(clean_line(said.message_primary or ""))

    with database.asked() as connection:
        encoding = connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            raise TeamError(f"{database.address} is kept in {encoding}: a team needs a database in UTF8.")
        row = connection.execute(_MAY_MAKE_ROLES).fetchone()
        if row and row[0]:
            connection.add_notice_handler(note)
            connection.execute(administrators_part().encode())
            connection.remove_notice_handler(note)
        elif not _is_prepared(connection):
            raise TeamError(
                f"You may make no roles in {database.address}. An administrator of it runs what "
                '"trainer team sql" prints, and grants you trainer_owner; then try again.'
            )
    return notes


def _is_prepared(connection: "Connection") -> bool:
    row = connection.execute(_IS_PREPARED).fetchone()
    return bool(row and row[0])
