"""A team's place that is a folder: a share, a synced folder, a stick.

    team.toml                      what is set for the team
    drills/ID.drill.toml           one file a drill, written once
    results/MEMBER-DEVICE.jsonl    one file a member and device, written by the member's computers

A file of lines is replaced whole, so that nobody ever reads half of what was sent. What sync tools make of it
is taken as it is: a line counts by its id and its checksum, in whatever file it stands.
"""

import errno
import os
import re
import stat
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from trainer import beside, disk
from trainer.clean import clean_line
from trainer.errors import DrillError, TeamError, file_error
from trainer.humanize import count
from trainer.sharing.drill import LARGEST, SUFFIX, Head, Published, fingerprint_of
from trainer.sharing.drill_file import drill_of, head_of, read_data
from trainer.sharing.lines import LineError, TeamLine, decoded
from trainer.sharing.place import Found, Mark, OwnLine, Take, TeamSettings
from trainer.sharing.team_file import settings_in, text_of

SETTINGS, DRILLS, RESULTS = "team.toml", "drills", "results"
_LINES = ".jsonl"
LARGEST_LINES = 5_000_000
"""Bytes in a file of lines at most: thousands of results of one person."""
_LARGEST_SETTINGS = 100_000
_IN_A_FILE = 0o666
_DEVICE = re.compile(r"[0-9a-z]+")
_NEVER: disk.Signature = (0, 0, 0)
"""What no file is like."""


class FolderPlace:
    """A folder that all of a team can reach."""

    def __init__(self, root: Path, settings: TeamSettings) -> None:
        """Take a folder that is known to be a team's; `open` and `create` are the ways to get one."""
        self.root = root
        self.settings = settings

    @classmethod
    def create(cls, folder: Path, settings: TeamSettings) -> "FolderPlace":
        """Make a team's folder; one that is there may hold other things. Raises TeamError."""
        with _told(folder):
            disk.make_folder(folder, mode=0o777)
            root = Path(os.path.realpath(folder))
            if os.path.lexists(root / SETTINGS):
                raise _taken(root, SETTINGS)
            for name in (DRILLS, RESULTS):  # empty ones are of a making that was cut off
                if os.path.lexists(root / name) and not _is_empty_folder(root / name):
                    raise _taken(root, name)
            for name in (DRILLS, RESULTS):
                disk.make_folder(root / name)
                disk.open_as(root / name, root)
            text = text_of(settings)
            try:
                disk.create(root / SETTINGS, [text], mode=root.stat().st_mode & _IN_A_FILE)
            except FileExistsError as error:  # by another lead, just now
                raise _taken(root, SETTINGS) from error
        return cls(root, settings)

    @classmethod
    def open(cls, folder: Path) -> "FolderPlace":
        """Open a team's folder. Raises TeamError when it is not there, or is none."""
        with _told(folder):
            root = Path(os.path.realpath(folder))
            path = root / SETTINGS
            data = disk.read(path, _LARGEST_SETTINGS, links=False) if root.is_dir() else None
            if data is None:
                gone = "is not there, or can't be reached" if not root.is_dir() else "is no team's folder"
                raise TeamError(f"{clean_line(str(folder))} {gone}.")
        return cls(root, settings_in(data, path))

    @property
    def readers(self) -> str:
        """Who can read what is sent there, in a sentence."""
        return readers_of(self.root)

    @property
    def identity(self) -> None:
        """A folder does not know who opens it."""

    # Drills

    def publish(self, drill: Published) -> str:
        """Put a drill there for all; return where it lies. Refuses another one of the same id."""
        with _told(self.root):
            path = self._folder(DRILLS) / f"{drill.drill.id}{SUFFIX}"
            try:
                disk.create(path, [drill.data], mode=self._mode)
            except FileExistsError:
                _check_is_same(path, drill)
            return str(path)

    def drills(self) -> tuple[Sequence[Head], Sequence[str]]:
        """Return the drills, their sheets left out, and what is wrong with others."""
        problems: list[str] = []
        return [head for head, _ in self._heads(problems)], problems

    def drill(self, id_: str) -> Published:
        """Return a drill with its sheets. Raises DrillError too."""
        problems: list[str] = []
        for head, path in self._heads(problems):
            if head.drill.id == id_:
                data = read_data(path)
                return Published(drill_of(data, Path(path.name)), fingerprint_of(data), data)
        told = f" {problems[0]}" if problems else ""
        raise DrillError(f'The team has no drill "{clean_line(id_)}".{told}')

    def _heads(self, problems: list[str]) -> list[tuple[Head, Path]]:
        """Return the drills with their files; of two that differ the one counts that is called by its id."""
        found: dict[str, tuple[Head, Path]] = {}
        with _told(self.root):
            for path in self._files(DRILLS, ".toml", problems):
                try:
                    data = disk.read(path, LARGEST, links=False) or b""
                    head = Head(head_of(data, Path(path.name)), fingerprint_of(data))
                except OSError as error:
                    problems.append(f"{clean_line(path.name)}: can't be read ({error.strerror}).")
                    continue
                except DrillError as error:
                    problems.append(str(error))
                    continue
                id_ = head.drill.id
                if id_ in found and found[id_][0].fingerprint != head.fingerprint:
                    problems.append(
                        f'{clean_line(path.name)}: there are two drills "{id_}" that differ. The one in '
                        f"{id_}{SUFFIX} counts."
                    )
                if id_ not in found or path.name == f"{id_}{SUFFIX}":
                    found[id_] = head, path
        return list(found.values())

    # Lines

    def submit(self, member: str, device: str, lines: Sequence[bytes]) -> Mapping[bytes, str]:
        """Have lines there once, however often they are sent; nothing is half-written or refused."""
        with _told(self.root):
            path = self._own(member, device)
            present = disk.read(path, LARGEST_LINES, links=False) or b""
            there = set(present.splitlines(keepends=True))
            missing = [line for line in lines if line not in there]
            if missing:
                end = b"\n" if present and not present.endswith(b"\n") else b""
                disk.replace(path, [present, end, *missing], mode=self._mode)
        return {}

    def results(self, since: Mark | None = None, *, to: Take | None = None) -> Found:
        """Return the lines of all, or of the files that are not as they were at a mark."""
        problems: list[str] = []
        lines: list[tuple[TeamLine, str]] = []
        marks: dict[str, disk.Signature] = {}
        changed: set[str] = set()
        known: Mapping[str, disk.Signature] = since.files if since else {}
        take = to or (lambda line, name: lines.append((line, name)))
        with _told(self.root):
            for path in self._files(RESULTS, _LINES, problems):
                signature = disk.signature(path)
                if signature is None:
                    continue
                if known.get(path.name) == signature:
                    marks[path.name] = signature
                    continue
                changed.add(path.name)
                before = len(problems)
                for line in _read(path, problems):
                    take(line, path.name)
                marks[path.name] = signature if len(problems) == before else _NEVER
        gone = known.keys() - marks.keys()
        return Found(lines=lines, problems=problems, changed=frozenset(changed | gone), mark=Mark(marks))

    def own(self, member: str) -> Sequence[OwnLine]:
        """Return one's own lines, of all one's computers; what can't be used is none."""
        found: list[OwnLine] = []
        with _told(self.root):
            for path, device in self._all_own(member):
                for data in (disk.read(path, LARGEST_LINES, links=False) or b"").splitlines(keepends=True):
                    with suppress(LineError):
                        line = decoded(data.rstrip(b"\r\n"))
                        found += [OwnLine(line, data, device)] if line.member == member else []
        return found

    def keep(self, member: str, device: str, kept: Callable[[TeamLine], bool]) -> int:  # noqa: ARG002 — all
        """Remove what is not to be kept of one's own lines; return how many lines went."""
        went = 0
        with _told(self.root):
            for path, _ in self._all_own(member):
                present = (disk.read(path, LARGEST_LINES, links=False) or b"").splitlines(keepends=True)
                stays = [line for line in present if _stays(line, kept)]
                went += len(present) - len(stays)
                if len(stays) < len(present):
                    disk.replace(path, stays, mode=self._mode)
        return went

    def prune(self) -> int:
        """Remove nothing of others: each trainer removes its own."""
        return 0

    def totals(self) -> None:
        """Keep no totals: reports read the lines."""

    def check(self) -> Sequence[str]:
        """Return what is wrong with the files there."""
        return [*self.drills()[1], *self.results(to=lambda *_: None).problems]

    def withdraw(self, member: str, device: str, left: bytes) -> Sequence[str]:
        """Remove all lines of one's own, and leave the line that says so; return copies by others."""
        with _told(self.root):
            own = {self._own(member, device), *(path for path, _ in self._all_own(member))}
            for path in own:
                if disk.read(path, LARGEST_LINES, links=False) is not None:
                    disk.replace(path, [left], mode=self._mode)
            copies: set[str] = set()
            self.results(to=lambda line, name: copies.add(name) if line.member == member else None)
            return sorted(clean_line(name) for name in copies - {path.name for path in own})

    # Files

    def _own(self, member: str, device: str) -> Path:
        return self._folder(RESULTS) / f"{member}-{device}{_LINES}"

    def _all_own(self, member: str) -> Iterator[tuple[Path, str]]:
        """Yield the files of a member with their devices; copies that others made are called otherwise."""
        for path in self._files(RESULTS, _LINES, []):
            owner, _, device = path.name.removesuffix(_LINES).partition("-")
            if owner == member and path.name.endswith(_LINES) and _DEVICE.fullmatch(device):
                yield path, device

    @property
    def _mode(self) -> int:
        """As open as the folder itself: who may write there may read what is there."""
        return self.root.stat().st_mode & _IN_A_FILE

    def _folder(self, name: str) -> Path:
        """Return a folder of the place. Raises TeamError for one that is missing, or a link to elsewhere."""
        path = self.root / name
        try:
            if stat.S_ISDIR(path.lstat().st_mode):
                return path
        except FileNotFoundError as error:
            raise TeamError(f'In {self.root} the folder "{name}" is missing: it is half-synced.') from error
        raise TeamError(f"{path} is a link or a file, and no folder: nothing is read or written there.")

    def _files(self, folder: str, suffix: str, problems: list[str]) -> Iterator[Path]:
        """Yield the files of a folder by name; links and what is no file are told."""
        with os.scandir(self._folder(folder)) as entries:
            found = sorted((entry for entry in entries), key=lambda entry: entry.name)
        for entry in found:
            path = Path(entry.path)
            name = entry.name
            if name.startswith(".") or suffix not in name or (".tmp" in name and beside.replaced_by(path)):
                continue
            if entry.is_file(follow_symlinks=False):
                yield path
            else:
                problems.append(f"{clean_line(entry.name)}: is a link, or no file, and is not read.")


def _is_empty_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink() and not any(path.iterdir())


def _taken(root: Path, name: str) -> TeamError:
    return TeamError(
        f"In {root} there is \"{name}\" already: it is a team's folder, or something else's. "
        "Join that team, or choose another folder."
    )


def _check_is_same(path: Path, drill: Published) -> None:
    """Refuse a drill where another one lies in its file. Raises TeamError, and OSError."""
    present = disk.read_whole(path, LARGEST, links=False)
    if not present:
        raise TeamError(
            f"{clean_line(str(path))} is empty: it is being written, or was cut off. Try again; if it stays "
            "empty, remove it."
        )
    if fingerprint_of(present) != drill.fingerprint:
        raise TeamError(
            f'The team has another drill "{drill.drill.id}" already. Its results would mean '
            "something else: give this one another id."
        )


def readers_of(folder: str | Path) -> str:
    """Return who can read what is sent into a team's folder, in a sentence."""
    return f"Everyone who can open the folder {clean_line(str(folder))} can read it."


def _read(path: Path, problems: list[str]) -> Iterator[TeamLine]:
    """Yield the lines of a file; what can't be used is told once a file."""
    name = clean_line(path.name)
    try:
        data = disk.read(path, LARGEST_LINES, links=False)
    except OSError as error:
        why = "is too large to be one" if error.errno == errno.EFBIG else f"can't be read ({error.strerror})"
        problems.append(f"{name}: {why}. Nothing in it is counted.")
        return
    wrong: list[str] = []
    for number, line in enumerate((data or b"").removeprefix(BOM_UTF8).split(b"\n"), 1):
        if line.strip():
            try:
                yield decoded(line.rstrip(b"\r"))
            except LineError as error:
                wrong.append(f"line {number} {error}")
    if wrong:
        more = f", and {count(len(wrong) - 1, 'more line')} too" if len(wrong) > 1 else ""
        problems.append(f"{name}: {wrong[0]}; it is not counted{more}.")


def _stays(line: bytes, kept: Callable[[TeamLine], bool]) -> bool:
    try:
        return kept(decoded(line.rstrip(b"\r\n")))
    except LineError:
        return True  # nothing is lost that one does not understand


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Tell what the system says of a team's place as a TeamError."""
    try:
        yield
    except OSError as error:
        raise TeamError(str(file_error(error, error.filename or folder))) from error
