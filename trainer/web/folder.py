"""What the server keeps: a folder in its home, for the user who runs it alone."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Struct

from trainer import disk
from trainer.errors import TrainerError, file_error
from trainer.home import Home

if TYPE_CHECKING:
    from filelock import BaseFileLock

_LARGEST_SETTINGS = 64 * 1024


class Settings(Struct, frozen=True, kw_only=True):
    """How the server was last started; what is not said at the next start stays so."""

    host: str = "127.0.0.1"
    port: Annotated[int, msgspec.Meta(ge=0, le=65_535)] = 8000
    public_url: str = ""
    """Empty where it is reached at its host and port."""
    title: str = "trainer"
    """What the page and the team are called."""


class WebFolder:
    """The server's folder."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.root = home.root / "web"

    @property
    def people(self) -> Path:
        """Says who may use the server."""
        return self.root / "people.json"

    @property
    def team(self) -> Path:
        """Is the place of the server's team, once a lead made it."""
        return self.root / "team"

    def home_of(self, person: str) -> Path:
        """Return the home of a person, by their id."""
        return self.root / "homes" / person

    @property
    def was_started(self) -> bool:
        """Whether a server was ever started here, so that it is known how."""
        return self.settings_file.exists()

    def settings(self) -> Settings:
        """Return how the server was last started. Raises TrainerError where that can't be read."""
        try:
            data = disk.read(self.settings_file, _LARGEST_SETTINGS)
        except OSError as error:
            raise file_error(error, self.settings_file) from error
        try:
            return msgspec.json.decode(data, type=Settings) if data else Settings()
        except (msgspec.MsgspecError, RecursionError) as error:
            raise TrainerError(
                f"{self.settings_file} can't be read: it is not as trainer writes it. Remove it, and say "
                "--port and --public-url once more."
            ) from error

    def keep(self, settings: Settings) -> None:
        """Remember how the server is started. Raises FileError."""
        try:
            if not self.was_started or settings != self.settings():
                disk.replace(self.settings_file, [msgspec.json.format(msgspec.json.encode(settings)), b"\n"])
        except OSError as error:
            raise file_error(error, self.settings_file) from error

    def make(self) -> None:
        """Make the folder, or take it from everybody else. Raises FileError."""
        try:
            disk.make_folder(self.root)
            disk.make_private(self.root)
        except OSError as error:
            raise file_error(error, self.root) from error

    def take(self) -> "BaseFileLock":
        """Return a lock, held by this process until it ends. Raises TrainerError if another server has it."""
        from filelock import Timeout  # noqa: PLC0415 — every command would load it

        from trainer.locking import taken  # noqa: PLC0415 — the same

        try:
            return taken(self.root / "server.lock")
        except Timeout as error:
            raise TrainerError(
                f"A trainer server runs with {self.home.root} already. Stop that one first, or give "
                "this one a home of its own: --home DIR"
            ) from error
        except OSError as error:
            raise file_error(error, self.root) from error

    @property
    def settings_file(self) -> Path:
        """Says how the server was last started."""
        return self.root / "server.json"
