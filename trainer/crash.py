"""The last line of defence: what nobody foresaw ends in one sentence and a report that gives nothing away.

A report says where in the code it happened. It holds no answer, no name, no path and no message of an
error, which may quote any of them.
"""

import errno
import os
import re
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from types import FrameType

from trainer import __version__, disk
from trainer.errors import TrainerError
from trainer.home import Home, find_home

SAVED = "Every answer is saved."
ALL_BUT_LAST = "Every answer is saved, except perhaps the last one."
PRACTISED = "This was practice, so nothing was to be saved."

MOST_KEPT = 5
"""Reports in a home at most; the oldest go first."""

_REPORTS = "????????T??????Z-????????.txt"
_LONGEST_COMMAND = 200
"""Characters of a command line that is told once more."""
_MOST_ERRORS = 10
"""Errors of one chain that are told; a loop ends here too."""
_FIRST_FRAMES, _LAST_FRAMES = 15, 30
"""Calls that are told of an endless recursion."""


class UnforeseenError(Exception):
    """An error that nobody foresaw, raised from it by the one who knows what is true of the answers."""

    def __init__(self, answers: str = "", home: Home | None = None) -> None:
        super().__init__()
        self.answers = answers
        """A sentence on the answers, empty where there are none."""
        self.home = home
        """Where the report goes, if it is known."""


@contextmanager
def in_session(home: Home, *, saved: bool) -> Iterator[None]:
    """Add to an unforeseen error what is true of the answers while a record is open."""
    try:
        yield
    except (TrainerError, BrokenPipeError):
        raise
    except Exception as error:
        answers = true_of_answers(error, SAVED if saved else PRACTISED)
        raise UnforeseenError(answers, home) from error


@contextmanager
def saving_answer() -> Iterator[None]:
    """Add to an unforeseen error that the answer which is being saved may not be."""
    try:
        yield
    except TrainerError:
        raise
    except Exception as error:
        raise UnforeseenError(ALL_BUT_LAST) from error


def true_of_answers(error: BaseException, otherwise: str) -> str:
    """Return what is true of the answers after an error: `otherwise`, unless one was just being saved."""
    if otherwise == SAVED and isinstance(error, UnforeseenError):
        return error.answers or otherwise
    return otherwise


def origin(error: BaseException) -> BaseException:
    """Return the error that nobody foresaw, without what was added to it."""
    while isinstance(error, UnforeseenError) and error.__cause__:
        error = error.__cause__
    return error


def unforeseen(error: Exception, arguments: Sequence[str]) -> str:
    """Return the sentence on an error that nobody foresaw, having written a report where that can be.

    `arguments` are those of the command; they are told to the user alone.
    """
    answers = error.answers if isinstance(error, UnforeseenError) else ""
    home = _home_of(error, arguments)
    if path := keep_report(error, home) if home else None:
        kept = f"What happened was written to {path}, without answers or names"
    else:
        kept = f"What happened could not be written to a file: {place(error)}"
    return " ".join(f"Something went wrong. {answers} {kept}; start again with: {_again(arguments)}".split())


def _home_of(error: Exception, arguments: Sequence[str]) -> Home | None:
    """Return the home that a report goes to, None where there is none to be used."""
    if isinstance(error, UnforeseenError) and error.home:
        return error.home
    said = None
    for option, value in pairwise([*arguments, ""]):
        if option == "--home" or option.startswith("--home="):
            said = Path(option.partition("=")[2] or value)
    try:
        return find_home(said)
    except Exception:  # noqa: BLE001 — behind the last line of defence there is no other
        return None


def _again(arguments: Sequence[str]) -> str:
    import shlex

    said = shlex.join(["trainer", *arguments])
    return said if len(said) <= _LONGEST_COMMAND else "trainer"


def keep_report(error: BaseException, home: Home) -> Path | None:
    """Write a report into a home that is there already; return its path, None where it can't be written."""
    try:
        return _written(report(error, now := datetime.now(UTC)), home, now)
    except Exception:  # noqa: BLE001 — behind the last line of defence there is no other
        return None


def _written(text: str, home: Home, now: datetime) -> Path:
    import secrets

    folder = _folder(home)
    path = folder / f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}.txt"
    disk.replace(path, [text.encode()])
    for old in sorted(folder.glob(_REPORTS))[:-MOST_KEPT]:
        old.unlink(missing_ok=True)
    return path


def report(error: BaseException, now: datetime) -> str:
    """Return what is told of an error to whoever looks after trainer."""
    import platform
    import shutil

    size = shutil.get_terminal_size(fallback=(0, 0))
    lines = [
        "What happened in trainer. No answer, no name and no path is in here.",
        "",
        f"when      {now:%Y-%m-%d %H:%M:%S} UTC",
        f"trainer   {__version__}, Python {platform.python_version()}",
        f"with      {', '.join(_libraries())}",
        f"system    {platform.system()} {platform.release()} {platform.machine()}",
        f"terminal  {size.columns}x{size.lines}, {sys.getfilesystemencoding()}",
        *_errors(error),
    ]
    return "\n".join(lines) + "\n"


def place(error: BaseException) -> str:
    """Return where an error arose, such as "ValueError in trainer.plain.session, line 12"."""
    first = origin(error)
    steps = _steps(first)
    ours = [step for step in steps if _module(step[0]).partition(".")[0] == "trainer"] or steps
    if not ours:
        return _kind(first)
    frame, line = ours[-1]
    return f"{_kind(first)} in {_module(frame)}, line {line}"


def _folder(home: Home) -> Path:
    """Return the folder of reports, the user's own and no link. Raises OSError where it can't be that."""
    folder = home.crashes
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    if sys.platform != "win32" and stat.S_IMODE(found.st_mode) != 0o700:
        folder.chmod(0o700)
    return folder


def _errors(error: BaseException) -> Iterator[str]:
    """Yield an error and what led to it, the last first."""
    pending: list[tuple[str, BaseException]] = [("", origin(error))]
    for _ in range(_MOST_ERRORS):
        if not pending:
            return
        how, present = pending.pop(0)
        yield f"\n{how}{_kind(present)}"
        yield from _calls(present)
        if isinstance(present, BaseExceptionGroup):
            pending += [("together with others: ", each) for each in present.exceptions]
        if present.__cause__:
            pending.append(("caused by ", present.__cause__))
        elif present.__context__ and not present.__suppress_context__:
            pending.append(("while handling ", present.__context__))


def _calls(error: BaseException) -> Iterator[str]:
    steps = _steps(error)
    left_out = len(steps) - _FIRST_FRAMES - _LAST_FRAMES
    for number, (frame, line) in enumerate(steps):
        if left_out > 0 and _FIRST_FRAMES <= number < _FIRST_FRAMES + left_out:
            if number == _FIRST_FRAMES:
                yield f"  … {left_out} calls more …"
            continue
        yield f"  {_module(frame)}:{line} in {frame.f_code.co_qualname}"


def _steps(error: BaseException) -> list[tuple[FrameType, int]]:
    from traceback import walk_tb

    return list(walk_tb(error.__traceback__))


def _kind(error: BaseException) -> str:
    """Return the type of an error; of one of the system its number's name too, and never its message."""
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    number = getattr(error, "errno", None) if isinstance(error, OSError) else None
    return f"{name} ({errno.errorcode.get(number, number)})" if number is not None else name


def _module(frame: FrameType) -> str:
    """Return the name of a frame's module: unlike the path of its file it says nothing of the computer."""
    name = frame.f_globals.get("__name__")
    if name == "__main__":  # it has its name elsewhere where Python was told to run a module
        name = getattr(frame.f_globals.get("__spec__"), "name", None)
    return name if isinstance(name, str) else Path(frame.f_code.co_filename).stem


def _libraries() -> Iterator[str]:
    """Yield the libraries that trainer needs, and Textual's Rich, each with the version that is installed."""
    from importlib.metadata import PackageNotFoundError, requires, version

    try:
        needed = requires("recruiter-trainer") or []
    except PackageNotFoundError:  # it runs from its sources
        needed = []
    for each in ("rich", *(each for each in needed if "extra ==" not in each)):
        name = re.split(r"[^\w.-]", each, maxsplit=1)[0]
        with suppress(PackageNotFoundError):
            yield f"{name} {version(name)}"
