"""Where a user's files live, and which file belongs to a recruiter."""

import errno
import json
import os
import re
import stat
from pathlib import Path

from msgspec import Struct

from trainer.clean import UNREAD, clean_line
from trainer.errors import FileError, RecruiterNameError, file_error

LONGEST_NAME = 60
"""Characters in a recruiter's name at most; with escapes it still fits a file name."""

_UNSAFE_IN_FILE_NAMES = re.compile(r'[<>:"|?*%]')
_OWNER = re.compile(rb'"recruiter"\s*:\s*("(?:[^"\\]|\\.)*")')
_HEAD = 4096
"""Bytes at the start of a file in which it says whose it is."""
_RESERVED_ON_WINDOWS = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\.|$)")


class Home(Struct, frozen=True):
    """The folder that holds a user's own sheets, settings and progress."""

    root: Path

    @property
    def decks(self) -> Path:
        """Holds the user's own sheets, `*.toml`."""
        return self.root / "decks"

    @property
    def bases(self) -> Path:
        """Holds what the copies of shipped sheets were made from, and copies as they were before a merge."""
        return self.root / "bases"

    @property
    def cache(self) -> Path:
        """Holds what can be made anew at any time."""
        return self.root / "cache"

    @property
    def pages(self) -> Path:
        """Holds the text of the pages that were imported, to import them again."""
        return self.root / "pages"

    @property
    def progress(self) -> Path:
        """Holds one progress file a recruiter."""
        return self.root / "progress"

    @property
    def told(self) -> Path:
        """Lists the folders that the user was warned of, one a line: once is enough."""
        return self.root / "told.txt"

    @property
    def crashes(self) -> Path:
        """Holds reports of what went wrong in trainer itself."""
        return self.root / "crashes"

    @property
    def settings(self) -> Path:
        """Holds the user's keys and theme."""
        return self.root / "config.toml"

    @property
    def backups(self) -> Path:
        """Holds a folder of backups a recruiter."""
        return self.root / "backups"

    def backups_of(self, recruiter: str) -> Path:
        """Return the folder of a recruiter's backups; it need not exist.

        Raises RecruiterNameError for a name that can't become a file's name.
        """
        return self.backups / _file_stem(recruiter)

    def progress_file(self, recruiter: str) -> Path:
        """Return the path of a recruiter's progress file; it need not exist.

        Raises RecruiterNameError for a name that can't become a file's name, and for a new one with a letter
        that could not be read.
        """
        path = self.progress / f"{_file_stem(recruiter)}.json"
        if UNREAD in recruiter and not (path.exists() or path.with_suffix(".journal").exists()):
            raise RecruiterNameError(
                f'A letter of the name "{clean_line(recruiter)}" could not be read: your terminal sends '
                "another encoding than UTF-8. Set it to UTF-8, or write the name without that letter."
            )
        return path

    def recruiters(self) -> list[str]:
        """Return the names that have a progress file here, in alphabetical order.

        A journal alone counts: its session was killed before the first fold. A copy that a sync
        tool laid beside a file does not. Raises FileError when the folder can't be read.
        """
        try:
            files = [path for path in self.progress.iterdir() if path.suffix in {".json", ".journal"}]
            stems = {path.stem for path in files if path.is_file()}
        except FileNotFoundError:
            return []
        except OSError as error:
            raise file_error(error, self.progress) from error
        return sorted(_recruiter_of(stem) for stem in stems if not self._is_copy(stem, stems))

    def _is_copy(self, stem: str, stems: set[str]) -> bool:
        originals = [other for other in stems if is_copy_name(stem, other)]
        if not originals:
            return False
        files = (self.progress / f"{stem}{suffix}" for suffix in (".json", ".journal"))
        owners = [owner(path) for path in files if path.is_file()]
        return any(same_name(named, _recruiter_of(original)) for named in owners for original in originals)


def is_copy_name(stem: str, original: str) -> bool:
    """Whether a sync tool could have given a copy of `original` this name, both without their suffix.

    All of them put something behind the name: "anna (conflicted copy 2026-11-24)", "anna-LAPTOP",
    "anna.sync-conflict-20261124-101500-ABCDEFG", "anna 2". People have such names too, so that
    only together with the `owner` of the file it tells a copy.
    """
    return stem.startswith(original) and not stem[len(original) :][:1].isalnum() and stem != original


def owner(path: Path) -> str | None:
    """Return the recruiter whom a progress file or a journal names, None when it names none."""
    try:
        with path.open("rb") as file:
            found = _OWNER.search(file.read(_HEAD))
        return str(json.loads(found[1])) if found else None
    except (OSError, ValueError):
        return None


def same_name(one: str | None, other: str) -> bool:
    """Whether two names are one recruiter's: some systems take "anna" and "Anna" for the same file."""
    return one is not None and one.casefold() == other.casefold()


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
    """Return a folder that is there to be entered, or not there yet. Raises FileError for any other."""
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


def check_recruiter(name: str) -> str:
    """Return a recruiter's name in its one spelling.

    Raises RecruiterNameError, saying what is wrong with it.
    """
    spelled = clean_line(name)
    if not any(sign.isprintable() for sign in spelled.replace(" ", "")):
        raise RecruiterNameError("The recruiter's name is empty. Give one, for example: --recruiter anna")
    if len(spelled) > LONGEST_NAME:
        raise RecruiterNameError(
            f"The recruiter's name has {len(spelled)} characters; use at most {LONGEST_NAME}."
        )
    if re.search(r"[/\\]", spelled) or spelled.startswith("."):
        raise RecruiterNameError(
            f"The recruiter's name \"{spelled}\" can't be used: it names a file, "
            "so it holds no slash or backslash and starts with no dot."
        )
    return spelled


def _recruiter_of(stem: str) -> str:
    return re.sub(r"%([0-9A-F]{2})", lambda hit: chr(int(hit[1], 16)), stem)


def _file_stem(recruiter: str) -> str:
    stem = _UNSAFE_IN_FILE_NAMES.sub(lambda hit: f"%{ord(hit[0]):02X}", check_recruiter(recruiter))
    if reserved := _RESERVED_ON_WINDOWS.match(stem):  # "con.x" is one too: the part before the dot counts
        last = reserved.end() - 1
        stem = f"{stem[:last]}%{ord(stem[last]):02X}{stem[last + 1 :]}"
    return f"{stem[:-1]}%2E" if stem.endswith(".") else stem
