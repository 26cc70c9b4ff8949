"""What a member's home holds of a team: who they are there, and what they agreed to send.

    teams/RECRUITER/member.json            the membership
    teams/RECRUITER/agreed.jsonl           the lines that may be sent, byte for byte as they were shown
    teams/RECRUITER/address.json           the address of the team's database, with one's password
    teams/RECRUITER/known.json             the drills that were there when the place was last looked at
    teams/RECRUITER/read.msgpack           the lines of a folder as far as they were read for a report
    teams/RECRUITER/drafts/                drills that could not be published: see `engine/making`
    teams/RECRUITER/attempts/DRILL/        each attempt with the drill as it was: see `attempt`

What was agreed to waits here while the team's place can't be reached, and stays until one leaves: a folder
that lost it is given it again. It holds for the place that was named when it was shown, and for no other.
"""

import re
import secrets
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta, Struct

from trainer import beside, disk
from trainer.clean import clean_line
from trainer.errors import AliasError, RecruiterNameError, TeamError, file_error
from trainer.home import MEMBER
from trainer.names import LONGEST_NAME, spelling_of
from trainer.sharing.drill import SUFFIX
from trainer.sharing.lines import DeviceId, LineError, MemberId, TeamLine, decoded

UNREADABLE = (msgspec.MsgspecError, ValueError, RecursionError)
"""What reading a damaged file raises."""
_Known = TypeVar("_Known")
ADDRESS = "address.json"
"""In a member's folder, holds the address of the team's database, with one's password."""
AGREED = "agreed.jsonl"
"""In a member's folder, holds the lines that may be sent."""
_KNOWN_DRILLS = "known.json"
_READ = "read.msgpack"
_PAGE = "report.html"
_DRAFTS = "drafts"
_FILES = (
    *map(re.escape, (MEMBER, AGREED, ADDRESS, _KNOWN_DRILLS, _READ, _PAGE)),
    r"(?:member|agreed|sending)\.(?:lock|held)",
    r"drafts/[^/]+\.drill\.toml",
    r"attempts/[^/]+/[^/]+\.(?:jsonl|drill\.toml)",
)
_OURS = re.compile(rf"(?:{'|'.join(_FILES)})(?:{disk.TEMPORARY_NAME}|{beside.DAMAGED_NAME})?")
_OUR_FOLDERS = re.compile("drafts|attempts(?:/[^/]+)?|\\.")
"""What trainer makes in a member's folder, by its path in there."""
_NEVER_IN_A_PATH = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Controls, ends of lines, and bytes that are no text."""
_OF_KEY = re.compile(r" - at `\$\.(\w+)")
_PATIENCE = 4
"""Seconds for another trainer of the same person that joins, sends or leaves just now."""


class Membership(Struct, frozen=True, kw_only=True):
    """Who somebody is in a team."""

    format: int = 1
    place: str
    """Where the team's place is, as it was named; empty for results that are sent as files."""
    team: str
    """The team's id."""
    name: str
    """What the team is called."""
    member: MemberId
    device: DeviceId
    alias: Annotated[str, Meta(min_length=1, max_length=200)]
    lead: bool = False
    joined: Annotated[datetime, Meta(tz=True)]
    published: dict[str, str] = {}
    """The fingerprints of the drills that they published, by id."""
    delivered: tuple[str, ...] = ()
    """The ids of the lines that are known to have arrived."""


class Access(Struct, frozen=True, kw_only=True):
    """How a member gets into their team's database."""

    addresses: Annotated[tuple[str, ...], Meta(min_length=1, max_length=2)]
    """With the password; two while it is changed, of which one is right."""
    invited: bool = False
    """Whether the password is still the one of the invitation, which others may have read."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"


class OwnTeam:
    """A member's files on a team; none is made before it is needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def attempts(self) -> Path:
        """Holds a folder of attempts a drill."""
        return self.folder / "attempts"

    def membership(self) -> Membership | None:
        """Return who one is in the team; None in no team. Raises TeamError."""
        path = self.folder / MEMBER
        with told_at_home(path):
            data = disk.read(path)
        if data is None:
            return None
        try:
            return _membership(data)
        except UNREADABLE as error:
            raise TeamError(
                f'{clean_line(str(path))} is damaged: {_what(error)}. "trainer doctor --fix" keeps it aside; '
                "then join the team again."
            ) from error

    def keep(self, membership: Membership) -> None:
        """Keep who one is. Raises TeamError."""
        path = self.folder / MEMBER
        with told_at_home(path):
            disk.make_folder(self.folder)
            disk.replace(path, [msgspec.json.format(msgspec.json.encode(membership))])

    def change(self, changed: Callable[[Membership], Membership]) -> None:
        """Change who one is as that stands by now: another thread may send meanwhile. Raises TeamError."""
        with self._alone("member.lock"):
            if own := self.membership():
                self.keep(changed(own))

    def begin(self, membership: Membership) -> Membership:
        """Be somebody where one is nobody yet; return who one is. Raises TeamError."""
        with self._alone("member.lock"):
            present = self.membership()
            if present is None:
                self.keep(membership)
            return present or membership

    def become(self, membership: Membership, lines: Sequence[bytes]) -> list[bytes]:
        """Be somebody who agreed to these lines; return those that were agreed to before, for another place.

        Raises TeamError.
        """
        with self._alone("agreed.lock"), self._alone("member.lock"):
            before = [line for _, line in self.agreed()]
            self._write(lines)  # first: what was agreed to for one place is never found with another
            self.keep(membership)
            return before

    def access(self) -> Access | None:
        """Return how to get into the team's database; None where the team is in none. Raises TeamError."""
        path = self.folder / ADDRESS
        with told_at_home(path):
            data = disk.read(path)
        try:
            return _access(data) if data is not None else None
        except UNREADABLE as error:
            raise TeamError(
                f"{clean_line(str(path))} is damaged. Move it away, and ask a lead for a new invitation."
            ) from error

    def keep_access(self, access: Access) -> None:
        """Keep how to get into the team's database, for nobody else to read. Raises TeamError."""
        path = self.folder / ADDRESS
        with told_at_home(path):
            disk.make_folder(self.folder)
            disk.replace(path, [msgspec.json.format(msgspec.json.encode(access))])

    def agreed(self) -> list[tuple[TeamLine, bytes]]:
        """Return what may be sent, in the order in which it was agreed to. Raises TeamError."""
        path = self.folder / AGREED
        with told_at_home(path):
            data = disk.read(path) or b""
        found = []
        for line in data.splitlines(keepends=True):
            try:
                found.append((decoded(line.rstrip(b"\n")), line))
            except LineError as error:
                raise TeamError(
                    f'{clean_line(str(path))}: a line {error}. "trainer doctor --fix" keeps the others.'
                ) from error
        return found

    def mend_agreed(self, now: datetime) -> Path:
        """Keep what was agreed to aside, and only the lines of it that can be read in its place.

        Return where the original is. Raises OSError and TeamError.
        """
        path = self.folder / AGREED
        with self._alone("agreed.lock"):
            data = disk.read_whole(path)
            kept = beside.set_aside(path, data, now)
            self._write([line for line in data.splitlines(keepends=True) if _is_line(line)])
        return kept

    def agree(self, line: bytes, check: Callable[[TeamLine], None] | None = None) -> TeamLine:
        """Take note that a line may be sent as it is, in the place of one of its id; return what it says.

        `check` may refuse it by raising: nobody joins a team or leaves it meanwhile. Raises TeamError.
        """
        try:
            said = decoded(line.rstrip(b"\n"))
        except LineError as error:
            raise TeamError(
                f"What would be sent {error}: nobody could read it, and it is not sent. "
                '"trainer doctor" looks what is wrong at home.'
            ) from error
        with self._alone("agreed.lock"):
            if check:
                check(said)
            self._write([*(kept for other, kept in self.agreed() if other.id != said.id), line])
        return said

    def forget(self, lines: Sequence[bytes]) -> None:
        """Take note that lines are not to be sent any more. Raises TeamError."""
        with self._alone("agreed.lock"):
            self._write([kept for _, kept in self.agreed() if kept not in lines])

    def note_known(self, known: object) -> None:
        """Keep what is known of the team's place, where that can be done; it can be looked at anew."""
        with suppress(OSError):
            disk.replace(self.folder / _KNOWN_DRILLS, [msgspec.json.encode(known)])

    def known(self, kind: type[_Known]) -> _Known:
        """Return what was kept so, nothing where that can't be read."""
        try:
            return msgspec.json.decode(disk.read(self.folder / _KNOWN_DRILLS) or b"[]", type=kind)
        except (OSError, *UNREADABLE):
            return kind()

    def note_read(self, lines: bytes) -> None:
        """Keep the lines that were read, where that can be done; they can be read anew."""
        with suppress(OSError):
            disk.replace(self.folder / _READ, [lines])

    def read_before(self) -> bytes:
        """Return what was kept so, nothing where that can't be read."""
        with suppress(OSError):
            return disk.read(self.folder / _READ) or b""
        return b""

    @property
    def drafts(self) -> list[Path]:
        """The drills that could not be published yet, each in its file. Raises TeamError."""
        folder = self.folder / _DRAFTS
        with told_at_home(folder):
            inside = folder.glob(f"[!.]*{SUFFIX}") if folder.is_dir() and not folder.is_symlink() else ()
            return sorted(inside)

    def draft(self, id_: str) -> Path:
        """Return the file in which a drill waits that can't be published."""
        return self.folder / _DRAFTS / f"{id_}{SUFFIX}"

    @property
    def page(self) -> Path:
        """The report as a page, where it was saved."""
        return self.folder / _PAGE

    def leave(self) -> None:
        """Forget the team and what others sent; attempts stay, so that what was tried stays tried.

        Raises TeamError.
        """
        with self._alone("agreed.lock"), self._alone("member.lock"):
            self.forget_place()
            for draft in self.drafts:
                disk.remove(draft)
            with suppress(OSError):  # it holds something of others, or is not there
                disk.remove(self.folder / _DRAFTS)
            for name in (AGREED, MEMBER):
                disk.remove(self.folder / name)

    def forget_place(self) -> None:
        """Forget what is known of the team's place, and the way there. Raises TeamError."""
        with told_at_home(self.folder):
            for name in (_READ, self.page.name, _KNOWN_DRILLS, ADDRESS):
                disk.remove(self.folder / name)

    @property
    def is_there(self) -> bool:
        """Whether there is anything of it, if only a link that others laid."""
        return self.folder.is_symlink() or self.folder.is_dir()

    def erase(self) -> tuple[list[Path], list[Path]]:
        """Remove what trainer made of it; return what is gone, and what others made, which stays.

        No link is followed. Raises TeamError.
        """
        if self.folder.is_symlink():
            return [], [self.folder]
        gone, left = [], []
        with told_at_home(self.folder):
            inside = sorted(self.folder.rglob("*"), reverse=True) if self.folder.is_dir() else []
            for path in [*inside, self.folder] if self.folder.is_dir() else ():
                is_folder = path.is_dir() and not path.is_symlink()
                ours = _OUR_FOLDERS if is_folder else _OURS
                if not ours.fullmatch(path.relative_to(self.folder).as_posix()):
                    left.append(path)
                elif not is_folder or not any(path.iterdir()):
                    disk.remove(path)
                    gone.append(path)
        return gone, left

    def move(self, folder: Path) -> None:
        """Have it all in another folder, which is not there, if there is any. Raises TeamError."""
        with told_at_home(self.folder):
            if self.folder.is_dir() and not folder.exists():
                disk.move(self.folder, folder)

    @contextmanager
    def sending(self) -> Iterator[None]:
        """Keep another trainer of the same person from sending at the same time. Raises TeamError."""
        with self._alone("sending.lock"):
            yield

    @contextmanager
    def _alone(self, name: str) -> Iterator[None]:
        from filelock import Timeout  # noqa: PLC0415 — most only look

        from trainer.locking import held  # noqa: PLC0415 — the same

        with told_at_home(self.folder), ExitStack() as stack:
            disk.make_folder(self.folder)
            try:
                stack.enter_context(held(self.folder / name, _PATIENCE))
            except Timeout as error:
                raise TeamError(
                    "Another trainer of yours joins, sends or leaves just now, or was stopped while it did. "
                    "Close it, then try again."
                ) from error
            yield

    def _write(self, lines: Sequence[bytes]) -> None:
        path = self.folder / AGREED
        with told_at_home(path):
            disk.make_folder(self.folder)
            disk.replace(path, lines)


def _membership(data: bytes) -> Membership:
    """Return who one is in a team. Raises what is UNREADABLE."""
    own = msgspec.json.decode(data, type=Membership)
    if not can_be_shown(own.place):
        raise ValueError("there are signs in its place that no path has")
    own = msgspec.structs.replace(own, name=clean_line(own.name), alias=clean_line(own.alias))
    if not own.alias:
        raise ValueError("it says no alias")
    return own


def _access(data: bytes) -> Access:
    """Return how one gets into a team's database. Raises what is UNREADABLE."""
    access = msgspec.json.decode(data, type=Access)
    if not all(map(can_be_shown, access.addresses)):
        raise ValueError("there are signs in it that no address has")
    return access


def _what(error: Exception) -> str:
    """Return what is wrong with a file that nobody writes by hand, by its key where that is known."""
    key = _OF_KEY.search(str(error))
    return f'its "{key[1]}" can\'t be' if key else str(error)


def can_be_shown(path: str) -> bool:
    """Return whether a path has no sign that can be neither shown nor kept."""
    return not any(unicodedata.category(sign) in _NEVER_IN_A_PATH for sign in path)


def _is_line(line: bytes) -> bool:
    try:
        return bool(decoded(line.rstrip(b"\n")))
    except LineError:
        return False


def new_id(length: int = 8) -> str:
    """Return an id of so many random bytes."""
    return secrets.token_hex(length)


def check_alias(alias: str) -> str:
    """Return an alias in its one spelling. Raises AliasError."""
    try:
        return spelling_of(alias)
    except RecruiterNameError as error:
        raise AliasError(
            f'"{clean_line(alias)[:LONGEST_NAME]}" can\'t be an alias. Take {LONGEST_NAME} letters at most, '
            "no slash or backslash, and no dot to begin with: --alias NAME"
        ) from error


@contextmanager
def told_at_home(path: Path) -> Iterator[None]:
    """Tell what the system says of a member's own files as a TeamError."""
    try:
        yield
    except OSError as error:
        raise TeamError(str(file_error(error, error.filename or path))) from error
