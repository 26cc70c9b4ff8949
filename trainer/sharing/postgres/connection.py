"""The connection to a team's database, and what goes wrong with it in sentences.

psycopg is imported when a connection is made: nobody else waits for it, or needs it.
"""

import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from trainer.clean import clean_line
from trainer.errors import PasswordRefusedError, TeamError, to_install
from trainer.sharing.postgres.address import MEMBERS, VERIFIED, Address

if TYPE_CHECKING:
    import psycopg

    Connection: TypeAlias = psycopg.Connection[tuple[Any, ...]]

_CONNECT_IN = 8
_ANSWER_IN = 12
"""Seconds; less than a place has as a whole, so that what went wrong is told and not only that it did."""
_SILENT_FOR = 60
"""Seconds after which the server ends a transaction whose computer fell asleep or lost its connection."""
_LEAST_VERSION = 150_000
"""Views that ask as whoever looks at them came with PostgreSQL 15."""
REFUSED = "TR001"
"""The state of an error that says in a sentence why a function refuses something."""
_UNTRUSTED = (
    "certificate verify failed",
    "server certificate",
    "root certificate",
    "SSL error",
    "certificate",
)
_NOT_LET_IN = ("authentication failed", "is not permitted to log in", "does not exist")


class PasswordWantedError(TeamError):
    """The server wants a password, and none was given."""


class Database:
    """A team's database; the connection is made when it is first asked, and ends with this."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._connection: Connection | None = None
        self._lock = threading.Lock()

    @contextmanager
    def asked(self, *, consistent: bool = False) -> Iterator["Connection"]:
        """Give the connection for one transaction; what goes wrong is told as a TeamError.

        With `consistent` all that is read is of one instant.
        """
        psycopg = _psycopg()
        with self._lock:
            try:
                connection = self._connected()
                with connection.transaction():
                    if consistent:
                        connection.execute("set transaction isolation level repeatable read, read only")
                    yield connection
            except psycopg.Error as error:
                raise self._told(error) from error

    def verifier(self, password: str, role: str) -> str:
        """Return what the server keeps of a password, so that it never sees the password itself."""
        with self.asked() as connection:
            made = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
        return made.decode()

    def _connected(self) -> "Connection":
        if self._connection is None or self._connection.closed:
            self._connection = _connect(self.address)
            weakref.finalize(self, self._connection.close)
            version = self._connection.info.server_version
            if version < _LEAST_VERSION:
                raise TeamError(f"{self.address} is PostgreSQL {version // 10000}; 15 or newer is needed.")
        return self._connection

    def _told(self, error: "psycopg.Error") -> TeamError:
        """Return what the database said of a statement in a sentence."""
        state = error.sqlstate or ""
        said = clean_line(error.diag.message_primary or str(error))
        if state == REFUSED:
            return TeamError(_sentence(said))
        if state == "42501":
            return TeamError(f"{self.address} does not allow you that: {said}.")
        if state == "55P03":
            return TeamError(f"{self.address} is busy with that just now. Nothing is lost; try again later.")
        if state == "57014":
            return TeamError(f"{self.address} does not answer in time. Nothing is lost; try again later.")
        if not state or state[:2] in {"08", "57"}:
            return TeamError(f"{self.address} went away meanwhile. Nothing is lost; try again later.")
        return TeamError(f"{self.address} can't do that: {said}. Nothing is lost.")


def _connect(address: Address) -> "Connection":
    psycopg = _psycopg()
    try:
        connection: Connection = psycopg.connect(**_wanted(address), autocommit=True)
        connection.execute(
            "select set_config('statement_timeout', %s, false), set_config('lock_timeout', %s, false), "
            "set_config('idle_in_transaction_session_timeout', %s, false), "
            "set_config('default_transaction_isolation', 'read committed', false)",
            (f"{_ANSWER_IN}s", f"{_CONNECT_IN}s", f"{_SILENT_FOR}s"),
        )
    except psycopg.Error as error:
        raise _not_connected(address, error) from error
    except (OSError, UnicodeError) as error:
        raise TeamError(f"{address} can't be reached: {clean_line(str(error))}.") from error
    return connection


def _wanted(address: Address) -> dict[str, Any]:
    """Return how the connection is made. Raises psycopg.ProgrammingError for an address that is none."""
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415 — as psycopg itself

    said = conninfo_to_dict(address.secret)
    wanted = {
        "connect_timeout": _CONNECT_IN,
        "tcp_user_timeout": _ANSWER_IN * 1000,
        "application_name": "trainer",
        "sslmode": VERIFIED,
        "gssencmode": "disable",
    }
    if address.user.startswith(MEMBERS):
        wanted["require_auth"] = "scram-sha-256"  # nobody on the way can ask for the password as it is
    if address.sslmode == VERIFIED and not address.is_local and not _has_own_roots():
        wanted["sslrootcert"] = "system"
    return wanted | said


def _has_own_roots() -> bool:
    with suppress(RuntimeError):  # the system knows no home folder
        return Path("~/.postgresql/root.crt").expanduser().exists()
    return False


def _not_connected(address: Address, error: "psycopg.Error") -> TeamError:
    """Return why there is no connection, in a sentence.

    No state comes with what is said before a connection stands: it goes by the words of the library, and by
    those of the server where they are English. Anything else is told as it was said.
    """
    said = clean_line(str(error)).rpartition("failed: ")[2].removeprefix("FATAL: ")
    said = said.partition(" Is the server running")[0].removeprefix("connection is bad: ").rstrip(".?")
    if "does not support SSL" in said:
        return TeamError(
            f"{address} can't be trusted: it does not encrypt what is sent. Nothing was sent. Who runs it "
            "can turn TLS on; where the way there is safe without, add sslmode=disable to the address."
        )
    if any(each in said for each in _UNTRUSTED):
        return TeamError(
            f"{address} can't be trusted: {said}. Nothing was sent. Who runs it can tell you the file of "
            "its certificate: add sslrootcert=FILE to the address."
        )
    if "no password supplied" in said:
        return PasswordWantedError(f"{address} wants a password.")
    # Known whatever language the server speaks; where nothing answers in time there is no connection at all.
    refused = PasswordRefusedError if error.pgconn and error.pgconn.used_password else TeamError
    if any(each in said for each in _NOT_LET_IN):
        invited = address.user.startswith(MEMBERS)
        advice = "Your access may have been taken back: ask a lead for a new invitation."
        advice = advice if invited else "Look at the user, the password and the name of the database."
        return refused(f"{address} does not let you in: {said}. {advice}")
    if said.startswith("invalid "):
        return TeamError(f"{address} is no address that can be used: {said}.")
    return refused(f"{address} can't be reached: {said}. Nothing is lost; try again later.")


def _sentence(said: str) -> str:
    return f"{said[:1].upper()}{said[1:]}{'' if said.endswith('.') else '.'}"


def _psycopg() -> Any:
    try:
        import psycopg  # noqa: PLC0415 — it is loaded by who has such a team, and by nobody else
    except ImportError as error:
        raise TeamError(f"A team in a database needs another package: {to_install('postgres')}") from error
    return psycopg
