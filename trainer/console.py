"""The process that a command runs in: its streams, its encoding and its clock."""

import codecs
import errno
import io
import os
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from trainer.clean import printable
from trainer.errors import OutputError, TrainerError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_DAY = 24 * 60 * 60
"""Seconds."""


def speak_utf8() -> None:
    """Start anew with file names in UTF-8 where the locale has another encoding.

    A name would else be another file in another locale, and not every name could be a file.
    The terminal keeps the encoding of its locale, but for ASCII, which no terminal is limited to.
    """
    if sys.getfilesystemencoding() == "utf-8" or sys.flags.utf8_mode or not hasattr(os, "execve"):
        return
    environment = dict(os.environ)
    spoken = getattr(sys.stdout or sys.stderr, "encoding", None) or "ascii"
    if spoken not in {"ascii", "ANSI_X3.4-1968", "utf-8"}:
        environment.setdefault("PYTHONIOENCODING", spoken)
    anew: list[str | bytes] = [sys.executable, "-X", "utf8", *map(_in_utf8, sys.orig_argv[1:])]
    with suppress(OSError):  # then it goes on as it is
        os.execve(sys.executable, anew, environment)  # noqa: S606 — this very program


def _in_utf8(argument: str) -> bytes:
    """Return an argument as UTF-8; one that names a file which is there keeps its bytes."""
    present = os.fsencode(argument)
    return present if os.path.lexists(present) else argument.encode("utf-8", "surrogateescape")


def check_time_zone() -> None:
    """Raise TrainerError for a time zone a day or more away: no instant can be told in it."""
    if abs(time.localtime().tm_gmtoff) >= _DAY:
        zone = os.environ.get("TZ", "")
        raise TrainerError(
            f'There is no time zone "{zone}". Set TZ to one such as Europe/London, or unset it.'
        )


class _Output(io.FileIO):
    """The standard output, which says what is wrong with it."""

    def write(self, data: "ReadableBuffer", /) -> int:
        try:
            return super().write(data)
        except BrokenPipeError:
            raise
        except OSError as error:
            closed = error.errno == errno.EBADF
            reason = "it is closed" if closed else error.strerror or "the system refuses it"
            raise OutputError(f"The output can't be written: {reason}.") from error


class _Errors(io.FileIO):
    """The standard error. Where nothing can be told, the status tells it."""

    def write(self, data: "ReadableBuffer", /) -> int:
        with suppress(OSError):
            return super().write(data)
        return len(memoryview(data))


class _Harmless(io.TextIOWrapper):
    """The one door of all that is printed: names of files, arguments and sheets steer no terminal.

    The app draws past it, on the terminal itself.
    """

    def write(self, text: str, /) -> int:
        super().write(printable(text))
        return len(text)


def mend_streams() -> None:
    """Put something in the place of streams that are closed, and let no sign or byte be an error.

    Input that is closed is empty, and output that is closed fails as a full disk does. No file that is
    opened later may become the standard output: it would be written over.
    """
    for name, flag in {"stdin": os.O_RDONLY, "stdout": os.O_RDONLY, "stderr": os.O_WRONLY}.items():
        stream = getattr(sys, name)
        if stream is None:
            descriptor = os.open(os.devnull, flag)
            stream = os.fdopen(descriptor, "r" if name == "stdin" else "w", encoding="utf-8", closefd=False)
            for each in (name, f"__{name}__"):
                setattr(sys, each, stream)
        if isinstance(stream, io.TextIOWrapper):
            # A terminal may not know every sign of a deck, and a pipe may bring any byte. None is limited to
            # ASCII, and Click would print past us there.
            ascii_alone = name != "stdin" and codecs.lookup(stream.encoding).name == "ascii"
            stream.reconfigure(errors="replace", encoding="utf-8" if ascii_alone else None)
    sys.stdout = _told_by(_Output, sys.stdout)
    sys.stderr = _told_by(_Errors, sys.stderr)


def _told_by(kind: type[io.FileIO], stream: TextIO) -> TextIO:
    """Return a harmless stream to the same place that does as `kind` does when it can't be written."""
    try:
        number = stream.fileno()
    except OSError:  # a test's, which is no file
        return stream
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    if sys.platform == "win32":  # a console there is no file
        buffer = stream.buffer
    else:
        buffer = io.BufferedWriter(kind(number, "wb", closefd=False))
    return _Harmless(
        buffer,
        encoding=stream.encoding,
        errors=stream.errors,
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )


def confirm(question: str) -> bool:
    """Ask a question of yes and no. Raises click.Abort where nobody can answer.

    The system itself prints a question on a terminal, past our door.
    """
    import click  # noqa: PLC0415 — the app asks nothing here

    agreed: bool = click.prompt(  # noqa: TID251 — this is the one place; Click's confirm says "invalid input"
        f"{printable(question)} [y/N]", default=False, show_default=False, value_proc=_agreed
    )
    return agreed


def _agreed(answer: str | bool) -> bool:  # noqa: FBT001 — the default comes as it is
    """Return whether "yes" was said. Raises click.UsageError, after which Click asks again."""
    said = {"y": True, "yes": True, "n": False, "no": False}.get(str(answer).strip().casefold(), answer)
    if isinstance(said, bool):
        return said
    import click  # noqa: PLC0415 — as above

    raise click.UsageError("say y for yes, or n for no.")


def prompt(
    question: str, *, default: str | None = None, show_default: bool = True, hidden: bool = False
) -> str:
    """Ask for a text, which is not shown while it is typed if it is `hidden`.

    Raises click.Abort where nobody can answer.
    """
    import click  # noqa: PLC0415 — the app asks nothing here

    offered = None if default is None else printable(default)
    asked: str = click.prompt(  # noqa: TID251 — this is the one place
        printable(question), default=offered, show_default=show_default, hide_input=hidden, err=hidden
    )
    return asked


def tidy_output(*, waiting: bool = True) -> None:
    """Let nothing that can't be printed wait for the end of Python, which would try again, and complain.

    Without `waiting`, what a reader does not take at once is dropped: who says Ctrl+C wants to leave, though
    a pipe be full.
    """
    try:
        if waiting:
            sys.stdout.flush()
        else:
            _flush_at_once()
    except (OSError, OutputError):
        with suppress(OSError):  # a stream of a test has no number
            descriptor = os.open(os.devnull, os.O_WRONLY)
            os.dup2(descriptor, sys.stdout.fileno())
            os.close(descriptor)
            sys.stdout.flush()


def _flush_at_once() -> None:
    """Print what is taken at once. Raises BlockingIOError where that is not all."""
    number = sys.stdout.fileno()
    blocking = os.get_blocking(number)
    os.set_blocking(number, False)
    try:
        sys.stdout.flush()
    finally:
        os.set_blocking(number, blocking)
