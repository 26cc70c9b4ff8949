"""The command: parse, call, print."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from trainer import __version__
from trainer.errors import RecruiterNameError, SheetError
from trainer.home import Home, find_home

if TYPE_CHECKING:
    from trainer.cards.library import Library
    from trainer.study.session import Session
    from trainer.training import Training

_Command = TypeVar("_Command", bound=Callable[..., Any])

_EXAMPLES = """\b
Examples:
  trainer                              open the app
  trainer study levels                 one deck, over all sheets
  trainer quiz -n 10                   an interview in an hour: ten questions
  trainer study --plain --limit 5      line by line, five cards
  trainer decks show levels            every card, for proofreading
\b
A DECK is a sheet (assistant-stage-manager), a deck of a sheet
(assistant-stage-manager/levels), or a deck over all sheets: meanings,
synonyms, levels, answers.
"""


@dataclass(frozen=True)
class Who:
    """Who trains, and where their files are, as the command line said it."""

    recruiter: str | None = None
    home: Path | None = None

    def or_else(self, recruiter: str | None, home: Path | None) -> "Who":
        """Return it with what was said after the command's name put over what was said before."""
        return Who(recruiter if recruiter is not None else self.recruiter, home or self.home)

    def find_home(self) -> Home:
        """Return the home folder."""
        return find_home(self.home)


def _who_options(command: _Command) -> _Command:
    recruiter = click.option("--recruiter", metavar="NAME", help="Whose progress it is.")
    home = click.option(
        "--home",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="DIR",
        help="Where decks and progress live, instead of TRAINER_HOME or the system's place.",
    )
    return recruiter(home(command))


def _deck_arguments(command: _Command) -> _Command:
    return click.argument("decks", nargs=-1, metavar="[DECK]...")(command)


_plain_option = click.option("--plain", is_flag=True, help="Line by line, without the app.")
_practice_option = click.option("--practice", is_flag=True, help="Save nothing.")


@click.group(
    invoke_without_command=True,
    epilog=_EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 90},
)
@_who_options
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context, recruiter: str | None, home: Path | None) -> None:
    """Flashcards in the terminal for recruiters who hire for theatre."""
    context.obj = Who(recruiter, home)
    if context.invoked_subcommand is None:
        _open_app(context.obj)


@cli.command(epilog=_EXAMPLES)
@_deck_arguments
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most N cards.")
@click.option(
    "--new", type=click.IntRange(min=0), metavar="N", help="N new cards, whatever is left of today's ten."
)
@_plain_option
@_practice_option
@_who_options
@click.pass_obj
def study(  # noqa: PLR0913 — the options of the command
    before: Who,
    decks: tuple[str, ...],
    limit: int | None,
    new: int | None,
    *,
    plain: bool,
    practice: bool,
    recruiter: str | None,
    home: Path | None,
) -> None:
    """Study what is to review today, then new cards.

    Ten new cards a day at most, or six minutes of them; --new asks for more or fewer.
    """
    who = before.or_else(recruiter, home)
    if plain:
        _run_plain(
            who, decks, lambda training: training.study(decks, limit=limit, new=new), practice=practice
        )
    else:
        _open_app(who, kind="study", decks=decks, limit=limit, new=new, practice=practice)


@cli.command(epilog=_EXAMPLES)
@_deck_arguments
@click.option(
    "-n", "count", type=click.IntRange(1, 100), default=10, show_default=True, metavar="N", help="Questions."
)
@_plain_option
@_practice_option
@_who_options
@click.pass_obj
def quiz(  # noqa: PLR0913 — the options of the command
    before: Who,
    decks: tuple[str, ...],
    count: int,
    *,
    plain: bool,
    practice: bool,
    recruiter: str | None,
    home: Path | None,
) -> None:
    """Ask ten questions at once, from what is most likely forgotten by now.

    They count as reviews. As long as little was learned yet, new cards fill them up.
    """
    who = before.or_else(recruiter, home)
    if plain:
        _run_plain(who, decks, lambda training: training.quiz(decks, count=count), practice=practice)
    else:
        _open_app(who, kind="quiz", decks=decks, count=count, practice=practice)


@cli.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="As a JSON list of objects.")
@_who_options
@click.pass_context
def decks(context: click.Context, *, as_json: bool, recruiter: str | None, home: Path | None) -> None:
    """List the decks, with how many cards each has, and how many are new, to review and learned."""
    who = context.obj = context.obj.or_else(recruiter, home)
    if context.invoked_subcommand is not None:
        return
    from trainer import listing

    library, training = _look(who)
    rows = listing.deck_rows(library, training)
    click.echo(listing.as_json(rows) if as_json else listing.as_table(rows))
    _end_with(library.problems)


@decks.command("show")
@click.argument("deck")
@_who_options
@click.pass_obj
def show(before: Who, deck: str, *, recruiter: str | None, home: Path | None) -> None:
    """Print every card of DECK with its questions, answers, reasons and origin, for proofreading."""
    from trainer import listing
    from trainer.cards.library import load_library

    library = load_library(before.or_else(recruiter, home).find_home())
    _warn_of(library)
    for card in library.select([deck]):
        click.echo(listing.proof(card))


@cli.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@_who_options
@click.pass_obj
def check(before: Who, files: tuple[Path, ...], *, recruiter: str | None, home: Path | None) -> None:
    """Check sheets: FILEs, or without any all shipped ones and your own.

    Each problem is told with the file and the way to the item; status 2 if there is one.
    """
    from trainer.cards.library import library_of, sheet_files

    known = sheet_files(before.or_else(recruiter, home).find_home())
    others = [path for path in known if path.resolve() not in {file.resolve() for file in files}]
    checked = list(files) or known
    library = library_of([*others, *files] if files else known)
    problems = [
        problem for problem in library.problems if any(problem.startswith(f"{path}:") for path in checked)
    ]
    if not problems:
        click.echo(f"{len(checked)} {'sheet is' if len(checked) == 1 else 'sheets are'} sound.")
    _end_with(problems)


def _run_plain(
    who: Who, decks: Sequence[str], start: Callable[["Training"], "Session"], *, practice: bool
) -> None:
    from trainer.cards.library import load_library
    from trainer.plain import PlainSession
    from trainer.training import Training

    home = who.find_home()
    library = load_library(home)
    _warn_of(library, unless=decks)
    library.select(decks)
    with Training.open(home, _recruiter(who, home), saving=not practice, library=library) as training:
        notices = training.progress.notices
        told = len(notices)
        _tell(notices)
        PlainSession(start(training), sys.stdin, sys.stdout, saved=not practice).run()
    _tell(notices[told:])


def _open_app(who: Who, *, practice: bool = False, **choice: Any) -> None:
    from trainer.launch import open_app

    sys.exit(open_app(who.recruiter, who.home, practice=practice, **choice))


def _recruiter(who: Who, home: Home) -> str:
    """Return the recruiter named, or the only one who trains here, or the login's name."""
    if who.recruiter is not None:
        return who.recruiter
    known = home.recruiters()
    if len(known) > 1:
        raise RecruiterNameError(
            f"Several recruiters train here: {', '.join(known)}. Say who: --recruiter NAME"
        )
    if known:
        return known[0]
    import getpass

    return getpass.getuser()


def _look(who: Who) -> tuple["Library", "Training"]:
    """Return the library and a record to look at; with several recruiters and none named, an empty one."""
    from trainer.cards.library import load_library
    from trainer.training import Training

    home = who.find_home()
    library = load_library(home)
    try:
        recruiter = _recruiter(who, home)
    except RecruiterNameError as error:
        if who.recruiter is not None:
            raise
        click.echo(f"trainer: {error} The counts are those of nobody yet.", err=True)
        recruiter = "nobody yet"
    return library, Training.open(home, recruiter, saving=False, library=library)


def _tell(notices: Sequence[str]) -> None:
    for notice in notices:
        click.echo(f"trainer: {notice}", err=True)


def _warn_of(library: "Library", unless: Sequence[str] | None = None) -> None:
    """Tell what is wrong with sheets; with an empty `unless`, where all are wanted, end with it."""
    if library.problems and unless is not None and not unless:
        raise SheetError("\n".join(library.problems))
    _tell(library.problems)


def _end_with(problems: Sequence[str]) -> None:
    if problems:
        raise SheetError("\n".join(problems))
