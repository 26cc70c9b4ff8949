"""The address of a team's database: with the password for the connection, without it for everything else."""

import secrets
from collections.abc import Collection
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

from trainer.clean import clean_line
from trainer.errors import TeamError

SCHEMES = ("postgresql://", "postgres://")
VERIFIED = "verify-full"
"""The certificate is looked at, unless the address says otherwise."""
MEMBERS = "trainer_"
"""What the name of a member's role begins with; the rest is random."""
LONGEST = 2_000
_SHOWN = ("host", "port")
"""What an address says of the way there, and may be shown."""
_FOR_ALL = ("host", "hostaddr", "port", "sslmode", "sslrootcert", "target_session_attrs")
_ELSEWHERE = ("dbname", "service", "servicefile")
"""Options that lead to another database than the one that the address names."""
_PASSWORD_BYTES = 24


def is_address(where: str) -> bool:
    """Return whether a team's place is named as a database."""
    return where.lower().startswith(SCHEMES)


class Address:
    """Where a database is, and as whom. It prints without its user, password and options."""

    def __init__(self, text: str) -> None:
        """Take an address as PostgreSQL writes them. Raises TeamError."""
        try:
            self._parts: SplitResult = urlsplit(text.strip())
            self._options = (
                dict(parse_qsl(self._parts.query, strict_parsing=True)) if self._parts.query else {}
            )
            self.user = unquote(self._parts.username or self._options.get("user", ""))
        except ValueError as error:
            raise TeamError(_WRONG) from error
        if not is_address(text.strip()) or len(text) > LONGEST or not self._parts.path.strip("/"):
            raise TeamError(_WRONG)
        if named := [key for key in _ELSEWHERE if key in self._options]:
            raise TeamError(f'An address names its database itself: take "{named[0]}" out of it.')

    @property
    def secret(self) -> str:
        """The address with its password: for the connection, and for a file that only its user can read."""
        return self._parts.geturl()

    @property
    def shown(self) -> str:
        """The address for people and for the membership."""
        place = self._parts.netloc.rpartition("@")[2]
        way = urlencode({key: self._options[key] for key in _SHOWN if key in self._options}, safe="/")
        return clean_line(f"postgresql://{place}{self._parts.path}{'?' if way else ''}{way}")

    def __str__(self) -> str:
        return self.shown

    def __repr__(self) -> str:
        return f"Address({self.shown!r})"

    @property
    def has_password(self) -> bool:
        """Whether a password stands in it."""
        return self._parts.password is not None or "password" in self._options

    @property
    def sslmode(self) -> str:
        """How far the server's certificate is looked at."""
        return self._options.get("sslmode", VERIFIED)

    @property
    def is_local(self) -> bool:
        """Whether it is a socket on this computer, on which nobody listens."""
        return self._options.get("host", unquote(self._parts.hostname or "")).startswith(("/", "@"))

    @property
    def readers(self) -> str:
        """Who can read what is sent there, in a sentence."""
        told = f"The leads of the team, and whoever runs the database {self.shown}, can read it."
        if self.is_local or self.sslmode == VERIFIED:
            return told
        return f"{told} So can others on the way: the address says sslmode={clean_line(self.sslmode)}."

    def as_user(self, user: str, password: str) -> "Address":
        """Return the same way to the database as somebody else."""
        return self._as(user, password, self._options.keys() - {"user", "password"})

    def as_member(self, user: str, password: str) -> "Address":
        """Return the way to the database for a member: nothing else of what somebody says for themselves."""
        return self._as(user, password, _FOR_ALL)

    def _as(self, user: str, password: str, kept: Collection[str]) -> "Address":
        place = self._parts.netloc.rpartition("@")[2]
        options = {key: value for key, value in self._options.items() if key in kept}
        way = urlencode(options, safe="/")
        who = f"{quote(user, safe='')}:{quote(password, safe='')}"
        return Address(f"postgresql://{who}@{place}{self._parts.path}{'?' if way else ''}{way}")


_WRONG = (
    "That is no address of a database. Write it as postgresql://USER@HOST/DATABASE, "
    "with what is odd in a name written as %XX."
)


def new_role() -> str:
    """Return the name of a new member's role: it tells nothing of them."""
    return f"{MEMBERS}{secrets.token_hex(8)}"


def new_password() -> str:
    """Return a password that nobody guesses."""
    return secrets.token_urlsafe(_PASSWORD_BYTES)
