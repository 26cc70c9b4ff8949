"""`trainer decks`, `trainer decks show` and `trainer check`."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trainer.commands.options import (
    Who,
    document,
    end_with,
    recruiter_of,
    tell,
    warn_of,
    who_options,
)
from trainer.errors import RecruiterNameError

if TYPE_CHECKING:
    from trainer.cards.library import Library
    from trainer.engine.engine import Engine


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="As a JSON list of objects.")
@who_options
@click.pass_context
def decks(context: click.Context, *, as_json: bool, recruiter: str | None, home: Path | None) -> None:
    """List the decks, with how many cards each has, and how many are new, to review and learned.

    Those of your roles come first; nothing is to review in the others.
    """
    who = context.obj = context.obj.or_else(recruiter, home)
    if context.invoked_subcommand is not None:
        return
    from trainer.plain import listing

    library, engine = _look(who)
    rows = listing.deck_rows(library, engine)
    if as_json:
        document(listing.as_json(rows))
    else:
        click.echo(listing.as_table(rows))
    end_with(library.problems)


@decks.command("show")
@click.argument("deck")
@who_options
@click.pass_obj
def show(before: Who, deck: str, *, recruiter: str | None, home: Path | None) -> None:
    """Print every card of DECK with its questions, answers, reasons and origin, for proofreading."""
    from trainer.cards.library import load_library
    from trainer.plain import listing

    library = load_library(before.or_else(recruiter, home).find_home())
    warn_of(library)
    for line in listing.proofs(library.select([deck])):
        click.echo(line)


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@who_options
@click.pass_obj
def check(before: Who, files: tuple[Path, ...], *, recruiter: str | None, home: Path | None) -> None:
    """Check sheets: FILEs, or without any all shipped ones and your own.

    Each problem is told with the file and the way to the item; status 2 if there is one. Sound sheets
    are proofread: cards that would teach badly, or give their answer away, are named.
    """
    from trainer.cards.library import library_of
    from trainer.material.sheet_files import sheet_files

    named = {_content(file): file for file in files}  # one may be named twice
    files = tuple(named.values())
    known = sheet_files(before.or_else(recruiter, home).find_home())
    others = [path for path in known if _content(path) not in named]
    checked = list(files) or known
    library = library_of([*others, *files] if files else known)
    problems = [
        problem for problem in library.problems if any(problem.startswith(f"{path}:") for path in checked)
    ]
    end_with(problems)
    to_mend = 0
    for to_mend, remark in enumerate(_remarks(library, checked), start=1):  # noqa: B007 — told below
        click.echo(remark)
    sound = f"{len(checked)} {'sheet is' if len(checked) == 1 else 'sheets are'} sound"
    click.echo(f"{sound}, with {to_mend} to mend." if to_mend else f"{sound}.")


def _content(path: Path) -> object:
    """Return what two paths share that lead to one file, by links of any kind."""
    try:
        found = path.stat()
    except OSError:  # it is told when it is read
        return os.path.realpath(path)
    return (found.st_dev, found.st_ino) if found.st_ino else os.path.realpath(path)  # some drives count none


def _remarks(library: "Library", checked: Sequence[Path]) -> Iterator[str]:
    """Yield what is to be mended in the files that were named."""
    from trainer.cards.giveaways import giveaways
    from trainer.cards.proofreading import proofread

    for id_, path in library.files.items():
        if path in checked:
            sheet = library.sheets[id_]
            for remark in (*proofread(sheet, library), *giveaways(sheet)):
                yield f"{path}: {remark.way}: {remark.text}"


def _look(who: Who) -> tuple["Library", "Engine"]:
    """Return the library and a record to look at; with several recruiters and none named, an empty one."""
    from trainer.cards.library import load_library
    from trainer.engine.engine import Engine

    home = who.find_home()
    library = load_library(home)
    tell(library.notices)
    try:
        recruiter = recruiter_of(who, home)
    except RecruiterNameError as error:
        if who.recruiter is not None:
            raise
        click.echo(f"trainer: {error} The counts are those of nobody yet.", err=True)
        recruiter = "nobody yet"
    return library, Engine.open(home, recruiter, saving=False, library=library)
