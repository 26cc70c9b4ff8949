"""Where a user's files live, and which file belongs to a recruiter."""

import errno
import json
import os
import re
import stat
import unicodedata
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from trainer import disk
from trainer.clean import UNREAD, clean_line
from trainer.errors import FileError, RecruiterNameError, file_error
from trainer.names import check_recruiter, file_stem, same_name, spelling_of

_OWNER = re.compile(rb'"recruiter"\s*:\s*("(?:[^"\\]|\\.)*")')
_HEAD = 4096
"""Bytes at the start of a file in which it says whose it is."""
_SUFFIXES = (".json", ".journal")
_OF_A_RECORD = re.compile(r"\.(?:json|journal(?:\.[0-9a-f]{8}\.old)?)$")
"""The end of a record's file, of its journal, and of one that was moved away."""
MEMBER = "member.json"
"""In the folder of a recruiter's team, says who they are there; see `sharing/own`."""


class Home(Struct, frozen=True):
    """The folder that holds a user's own sheets, settings and progress."""

    root: Path
    shared: Path | None = None
    """The home whose sheets are used, with what belongs to them; None for its own."""

    @property
    def decks(self) -> Path:
        """Holds the user's own sheets, `*.toml`."""
        return (self.shared or self.root) / "decks"

    @property
    def bases(self) -> Path:
        """Holds what the copies of shipped sheets were made from, and copies as they were before a merge."""
        return (self.shared or self.root) / "bases"

    @property
    def cache(self) -> Path:
        """Holds what can be made anew at any time; all of it is of the sheets."""
        return (self.shared or self.root) / "cache"

    @property
    def pages(self) -> Path:
        """Holds the text of the pages that were imported, to import them again."""
        return (self.shared or self.root) / "pages"

    @property
    def imports(self) -> Path:
        """Holds sheets as they were before an import, to take it back."""
        return (self.shared or self.root) / "imports"

    @property
    def teams(self) -> Path:
        """Holds what each recruiter has of their team: who they are there, attempts, and what may be sent."""
        return self.root / "teams"

    def team_of(self, recruiter: str) -> Path:
        """Return the folder of a recruiter's team; it need not exist. Raises RecruiterNameError."""
        return self._folder_of(recruiter, self.teams)

    def in_team(self, recruiter: str) -> bool:
        """Return whether a recruiter is in a team. Raises RecruiterNameError."""
        return _is_member(self.team_of(recruiter))

    @property
    def briefs(self) -> Path:
        """Holds briefs for interviews as pages to print; each can be made anew."""
        return self.root / "briefs"

    @property
    def progress(self) -> Path:
        """Holds one progress file a recruiter."""
        return self.root / "progress"

    @property
    def told(self) -> Path:
        """Lists the places that the user was told of, one a line: once is enough."""
        return self.root / "told.txt"

    def was_told(self, place: Path) -> bool:
        """Return whether the user was told of a place. Raises OSError where that can't be read."""
        return _told_as(place) in self._told()

    def note_told(self, place: Path) -> None:
        """Remember that the user was told of a place. Raises OSError where that can't be written."""
        lines = [*self._told(), _told_as(place)]
        disk.replace(self.told, [f"{line}\n".encode() for line in lines])

    def _told(self) -> list[str]:
        return (disk.read(self.told) or b"").decode(errors="replace").splitlines()

    @property
    def crashes(self) -> Path:
        """Holds reports of what went wrong in trainer itself."""
        return self.root / "crashes"

    @property
    def settings(self) -> Path:
        """Holds what is set on this computer: theme, motion, line by line, keys."""
        return self.root / "config.toml"

    @property
    def backups(self) -> Path:
        """Holds a folder of backups a recruiter."""
        return self.root / "backups"

    def backups_of(self, recruiter: str) -> Path:
        """Return the folder of a recruiter's backups; it need not exist.

        Raises RecruiterNameError for a name that can't become a file's name.
        """
        return self._folder_of(recruiter, self.backups)

    def progress_file(self, recruiter: str) -> Path:
        """Return the path of a recruiter's progress file; it need not exist.

        A record that is there is found however its name is spelled. Raises RecruiterNameError for a name
        that can't become a file's name, or is that of several records, and for a new one that is too long for
        a file, or has a letter that could not be read; FileError where the folder can't be read.
        """
        stem = self._stem(recruiter)
        is_new = not self._holds(stem)
        if is_new:
            check_recruiter(recruiter)
        if is_new and UNREAD in recruiter:
            raise RecruiterNameError(
                f'A letter of the name "{clean_line(recruiter)}" could not be read: your terminal sends '
                "another encoding than UTF-8. Set it to UTF-8, or write the name without that letter."
            )
        return self.progress / f"{stem}.json"

    def respelled(self, recruiter: str) -> tuple[Path, Path]:
        """Return the progress file and the folder of backups that go with one spelling of a name alone."""
        stem = file_stem(spelling_of(recruiter))
        return self.progress / f"{stem}.json", self.backups / stem

    def known(self, recruiter: str) -> str | None:
        """Return the name of a record as it is spelled here; None where there is none. Raises as above."""
        stem = self._stem(recruiter)
        return _recruiter_of(stem) if self._holds(stem) else None

    def recruiters(self) -> list[str]:
        """Return who trains here, in alphabetical order: who has a progress file, or is in a team.

        A journal alone counts: its session was killed before the first fold. An empty one does not, nor
        does a copy that a sync tool laid beside a file, nor what has a name that no recruiter can have. Who
        leads a team may never have answered a card. Raises FileError when the folder can't be read.
        """
        stems = self._stems()
        return sorted({_recruiter_of(stem) for stem in stems if not self._is_copy(stem, stems)})

    def _stem(self, recruiter: str) -> str:
        """Return what a recruiter's files are called; see `progress_file`."""
        wanted = file_stem(spelling_of(recruiter))
        if self._holds(wanted):
            return wanted
        found = sorted(stem for stem in self._stems() if same_name(_recruiter_of(stem), recruiter))
        if len(found) > 1:
            spelled = ", ".join(f'"{_recruiter_of(stem)}"' for stem in found)
            raise RecruiterNameError(
                f'"{spelling_of(recruiter)}" may be each of these: {spelled}. Spell the name as one of '
                "them is, or bring them together: trainer merge A B"
            )
        return found[0] if found else wanted

    def _folder_of(self, recruiter: str, among: Path) -> Path:
        """Return a recruiter's folder among others: it may be there before their record, in any spelling."""
        stem = self._stem(recruiter)
        if not (among / stem).exists() and among.is_dir():
            folders = sorted(folder.name for folder in among.iterdir() if folder.is_dir())
            own = (each for each in folders if same_name(_recruiter_of(each), recruiter))
            stem = next((each for each in own if not self._has_record(each)), stem)
        return among / stem

    def _holds(self, stem: str) -> bool:
        return self._has_record(stem) or _is_member(self.teams / stem)

    def _has_record(self, stem: str) -> bool:
        journal = self.progress / f"{stem}.journal"
        return os.path.lexists(self.progress / f"{stem}.json") or _is_begun(journal)

    def _stems(self) -> set[str]:
        """Return what the files of records are called here, those of copies too, and the folders of teams."""
        try:
            stems = {_stem_of(path) for path in self.progress.iterdir() if _is_begun(path)}
            begun = {stem for stem in stems if _is_name(stem)}
        except FileNotFoundError:
            begun = set()
        except OSError as error:
            raise file_error(error, self.progress) from error
        teams: set[str] = set()
        with suppress(OSError):  # what keeps a team from being read is told where that is opened
            teams = {path.name for path in self.teams.iterdir() if _is_name(path.name) and _is_member(path)}
        names = [_recruiter_of(stem) for stem in begun]
        return begun | {
            team for team in teams if not any(same_name(_recruiter_of(team), name) for name in names)
        }

    def backed_up(self) -> list[str]:
        """Return the names that have a folder of backups here, in alphabetical order."""
        inside = self.backups.iterdir() if self.backups.is_dir() else ()
        return sorted(
            _recruiter_of(folder.name) for folder in inside if _is_name(folder.name) and folder.is_dir()
        )

    def _is_copy(self, stem: str, stems: set[str]) -> bool:
        originals = [other for other in stems if is_copy_name(stem, other)]
        if not originals:
            return False
        files = (self.progress / f"{stem}{suffix}" for suffix in _SUFFIXES)
        owners = [owner(path) for path in files if path.is_file()]
        return any(same_name(named, _recruiter_of(original)) for named in owners for original in originals)


def _is_member(team: Path) -> bool:
    """Return whether a folder says who somebody is in a team; not where it can't be looked at."""
    return os.path.isfile(team / MEMBER)  # noqa: PTH113 — raises nothing


def _told_as(place: Path) -> str:
    return str(place).encode(errors="replace").decode()


def is_copy_name(stem: str, original: str) -> bool:
    """Return whether a copy of `original` could have been given this name, both without their suffix.

    Sync tools put something behind the name: "anna (conflicted copy 2026-11-24)", "anna-LAPTOP",
    "anna.sync-conflict-20261124-101500-ABCDEFG", "anna 2"; file managers before it too: "Copy of anna
    (2)", and in another script without a space. People have such names, so that only together with the
    `owner` of the file it tells a copy.
    """
    if stem == original:
        return False
    starts = (hit.start() for hit in re.finditer(f"(?={re.escape(original)})", stem))
    around = ((stem[:start][-1:], stem[start + len(original) :][:1]) for start in starts)
    return any(
        not _goes_on(original[0], before) and not _goes_on(original[-1], behind) for before, behind in around
    )


def _goes_on(sign: str, other: str) -> bool:
    """Return whether a word may go on from one sign to the other: to a digit, or a letter of its script."""
    scripts = {unicodedata.name(each, " ").split(" ", 1)[0] for each in (sign, other) if each.isalpha()}
    return other.isalnum() and len(scripts) < 2


def owner(path: Path) -> str | None:
    """Return the recruiter whom a progress file or a journal names, None when it names none."""
    try:
        found = _OWNER.search(disk.read_start(path, _HEAD))
        return str(json.loads(found[1])) if found else None
    except (OSError, ValueError):
        return None


def find_home(chosen: Path | None = None) -> Home:
    """Return the home folder: `chosen`, else `TRAINER_HOME`, else the system's place for data.

    It need not exist. Raises FileError when it can't be a folder that the user can enter.
    """
    if chosen is not None:
        return Home(_usable(expanded(chosen)))
    if from_environment := os.environ.get("TRAINER_HOME"):
        return Home(_usable(expanded(Path(from_environment))))
    from platformdirs import user_data_path  # noqa: PLC0415 — only the default needs it

    try:
        root = user_data_path("trainer", appauthor=False, roaming=False)
    except RuntimeError:
        root = Path()
    if not root.is_absolute():  # older versions leave "~" where it stands
        raise FileError(
            "The system knows no home folder of yours, so where are decks and progress to lie? "
            "Say where: --home DIR, or TRAINER_HOME=DIR."
        )
    return Home(_usable(root))


def expanded(path: Path) -> Path:
    """Return a path with the home folder in the place of "~". Raises FileError where there is none."""
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise FileError(
            f"{clean_line(str(path))}: there is no home folder of that name. Give the path in full."
        ) from error


def login_name() -> str:
    """Return the name that the system knows the user by, empty if there is none."""
    import getpass  # noqa: PLC0415 — only who has said no name is asked for this one

    try:
        return clean_line(getpass.getuser())
    except (OSError, KeyError, ImportError):  # no such user; before Python 3.13 it may be any of them
        return ""


def _usable(root: Path) -> Path:
    """Return a folder that is there to be entered, or not there yet.

    Raises FileError for any other, and OSError for one in a folder that is gone.
    """
    if not root.is_absolute():
        Path.cwd()
    try:
        found = root.stat()
        if not stat.S_ISDIR(found.st_mode):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(root))
        if not os.access(root, os.R_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(root))
    except FileNotFoundError:
        pass
    except OSError as error:
        raise file_error(error, root, "Or choose another folder: --home DIR, or TRAINER_HOME=DIR.") from error
    return root


def _is_begun(path: Path) -> bool:
    """Return whether a file is a record's and holds something: that of a session without an answer does not.

    One that goes meanwhile, as a journal that is emptied does, is none. Raises OSError.
    """
    if _OF_A_RECORD.search(path.name):
        with suppress(FileNotFoundError):
            return path.is_file() and (path.suffix == ".json" or path.stat().st_size > 0)
    return False


def _stem_of(path: Path) -> str:
    """Return what the files of a record begin with, of which this is one."""
    return _OF_A_RECORD.sub("", path.name)


def _is_name(stem: str) -> bool:
    """Return whether a recruiter's files can be called so: not "._anna", which a Mac lays beside "anna"."""
    try:
        spelling_of(_unescaped(stem))
    except RecruiterNameError:
        return False
    return True


def _recruiter_of(stem: str) -> str:
    """Return whose files are called so; as it stands where that is nobody's name."""
    return spelling_of(_unescaped(stem)) if _is_name(stem) else _unescaped(stem)


def _unescaped(stem: str) -> str:
    return re.sub(r"%([0-9A-F]{2})", lambda hit: chr(int(hit[1], 16)), stem)
