"""What several commands share: who trains, the decks named, and how notices are told."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from trainer.console import confirm
from trainer.errors import ProgressError, RecruiterNameError, SheetError, TrainerError
from trainer.home import Home, find_home, login_name
from trainer.interrupts import is_of_interrupt
from trainer.names import check_recruiter, new_here

if TYPE_CHECKING:
    from trainer.cards.library import Library
    from trainer.engine.engine import Engine
    from trainer.progress.records import Record

_Answer = TypeVar("_Answer")
_Command = TypeVar("_Command", bound=Callable[..., Any])

EXAMPLES = """\b
Examples:
  trainer                              open the app
  trainer study levels                 one deck, over all your roles
  trainer quiz "stage manager"         an interview in an hour: ten minutes
  trainer quiz -n 10                   ten quick questions
  trainer brief "stage manager"        what to take into the interview
  trainer study --plain --limit 5      line by line, five cards
  trainer decks show levels            every card, for proofreading
  trainer import prompt-book.txt       a glossary page becomes decks
\b
A DECK is a role as people write it (Stage Manager, ASM, Prop Master) or a
vocabulary, a deck of one (props/levels), or a deck over all your roles:
meanings, synonyms, levels, answers.
"""


@dataclass(frozen=True)
class Who:
    """Who trains, and where their files are, as the command line said it."""

    recruiter: str | None = None
    home: Path | None = None
    new: bool = False
    """Whether it was said that nobody of this name trained here before."""

    def or_else(self, recruiter: str | None, home: Path | None, *, new: bool = False) -> "Who":
        """Return it with what was said after the command's name put over what was said before."""
        said = recruiter if recruiter is not None else self.recruiter
        return Who(said, home or self.home, self.new or new)

    def find_home(self) -> Home:
        """Return the home folder."""
        return find_home(self.home)


def who_options(command: _Command) -> _Command:
    """Add --recruiter and --home, which every command takes."""
    recruiter = click.option("--recruiter", metavar="NAME", help="Whose progress it is.")
    return recruiter(home_option(command))


def home_option(command: _Command) -> _Command:
    """Add --home alone, for commands whose arguments say whose progress it is."""
    return click.option(
        "--home",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="DIR",
        help="Where decks and progress live, instead of TRAINER_HOME or the system's place.",
    )(command)


def deck_arguments(command: _Command) -> _Command:
    """Add the decks that a command is about."""
    return click.argument("decks", nargs=-1, metavar="[DECK]...")(command)


new_recruiter_option = click.option(
    "--new-recruiter", is_flag=True, help="--recruiter is somebody new here: don't ask."
)
plain_option = click.option(
    "--plain",
    is_flag=True,
    help="Line by line, without the app; ACCESSIBLE=1, or plain = true in config.toml, says so for good.",
)
practice_option = click.option("--practice", is_flag=True, help="Save nothing.")


def in_app(who: Who, *, practice: bool = False, **choice: Any) -> None:
    """Open the app, and end with its status."""
    from trainer.launch import open_app

    sys.exit(open_app(who.recruiter, who.home, newcomer=who.new, practice=practice, **choice))


def recruiter_of(who: Who, home: Home) -> str:
    """Return the recruiter named, or the only one who trains here, or the login's name.

    Raises RecruiterNameError where that does not say who it is.
    """
    if who.recruiter is not None:
        return who.recruiter
    known = home.recruiters() or home.backed_up()  # whose record is gone is told, when it is opened
    if len(known) > 1:
        raise RecruiterNameError(
            f"Several recruiters train here: {', '.join(known)}. Say who: --recruiter NAME."
        )
    if known:
        return known[0]
    if name := login_name():
        return name
    raise RecruiterNameError("The system has no name for you here. Say who trains: --recruiter NAME.")


def trainee(who: Who, home: Home) -> str:
    """Return whose answers are to be saved: somebody who trains here, or is new and meant to be.

    A name that nobody has here is asked about, so that a slip makes no second person. Where nobody trains
    yet it can be no slip. Raises RecruiterNameError where nobody can be asked.
    """
    name = recruiter_of(who, home)
    known = home.recruiters()
    if who.recruiter is None or who.new or not known or home.known(name):
        return name
    question = new_here(check_recruiter(name), known)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise RecruiterNameError(f"{question} Somebody new begins with --new-recruiter.")
    if not asked(lambda: confirm(question), "Nothing was changed."):
        click.echo("Nothing was changed.")
        sys.exit(1)
    return name


@contextmanager
def looked_at(who: Who) -> "Iterator[Engine]":
    """Open a learner's record to look at; nothing is written."""
    from trainer.cards.library import load_library
    from trainer.engine.engine import Engine

    home = who.find_home()
    library = load_library(home)
    warn_of(library)
    with Engine.open(home, recruiter_of(who, home), saving=False, library=library) as engine:
        tell(engine.progress.notices)
        yield engine


def changed(who: Who, change: Callable[["Engine"], object]) -> None:
    """Change something in a learner's record.

    It is tried on what is only looked at before, so that what can't be makes no record.
    """
    from trainer.cards.library import load_library
    from trainer.engine.engine import Engine

    home = who.find_home()
    recruiter, library = trainee(who, home), load_library(home)
    with Engine.open(home, recruiter, saving=False, library=library) as engine:
        change(engine)
    with Engine.open(home, recruiter, library=library) as engine:
        notices = engine.progress.notices
        told = len(notices)
        tell(notices)
        change(engine)
    tell(notices[told:])


def record_of(home: Home, name: str) -> "Record":
    """Return where a recruiter's record lies; it need not exist. Raises RecruiterNameError."""
    from trainer.memory.schedule import Schedule
    from trainer.progress.records import Record

    return Record.of(home, name, Schedule())


def records_of(home: Home) -> "list[Record]":
    """Return the records of a home."""
    from trainer.memory.schedule import Schedule
    from trainer.progress.doctor import folders

    return folders.records(home, Schedule())


def known_record(home: Home, name: str) -> "Record":
    """Return where a recruiter's record lies. Raises ProgressError when there is none."""
    record = record_of(home, name)
    if record.exists:
        return record
    known = home.recruiters()
    train = f"Here train: {', '.join(known)}." if known else "Nobody trains here yet."
    raise ProgressError(f'There is no progress of "{record.recruiter}" in {home.progress}. {train}')


def agree(question: str, *, yes: bool) -> None:
    """Ask before something is changed, unless `yes` was said; without agreement end with status 1."""
    if yes:
        return
    otherwise = "Nothing was changed. Say --yes to do it without being asked."
    if not asked(lambda: confirm(question), otherwise):
        click.echo("Nothing was changed.")
        sys.exit(1)


def asked(question: Callable[[], _Answer], otherwise: str) -> _Answer:
    """Return the answer to a question; after Ctrl+C nothing needs to be told.

    Raises TrainerError, saying `otherwise`, where nobody can answer.
    """
    try:
        return question()
    except click.Abort as abort:
        if sys.stderr.isatty():
            click.echo(err=True)  # else what comes next stands behind the question
        if is_of_interrupt(abort):
            raise
        raise TrainerError(otherwise) from abort
    except BrokenPipeError:
        raise
    except OSError as error:  # of the input: the output has an error of its own
        raise TrainerError(otherwise) from error


def document(text: str) -> None:
    """Print what a program or a browser reads: in a file it is UTF-8, whatever the locale speaks."""
    if isinstance(sys.stdout, TextIOWrapper) and not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    click.echo(text, nl=not text.endswith("\n"))


def as_json(value: object, *, pretty: bool = True) -> str:
    """Return a value as JSON; in the name of a file, "?" stands for what is no UTF-8.

    What can't be printed is escaped.
    """
    import msgspec

    from trainer.clean import printable_json

    try:
        encoded = msgspec.json.encode(value)
    except UnicodeEncodeError:
        import json

        encoded = json.dumps(msgspec.to_builtins(value), ensure_ascii=False).encode(errors="replace")
    return printable_json((msgspec.json.format(encoded) if pretty else encoded).decode())


def tell(notices: Sequence[str]) -> None:
    """Print notices beside the output proper."""
    for notice in notices:
        click.echo(f"trainer: {notice}", err=True)


def warn_of(library: "Library", unless: Sequence[str] | None = None) -> None:
    """Tell what is wrong with sheets; with an empty `unless`, where all are wanted, end with it.

    What became of edited copies is told before.
    """
    tell(library.notices)
    if library.problems and unless is not None and not unless:
        raise SheetError("\n".join(library.problems))
    tell(library.problems)


def end_with(problems: Sequence[str]) -> None:
    """End with the problems, if there are any."""
    if problems:
        raise SheetError("\n".join(problems))
