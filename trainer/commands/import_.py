"""`trainer import`."""

import shutil
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trainer.commands import import_words as words
from trainer.commands.kinds import Folder
from trainer.commands.options import (
    Who,
    agree,
    as_json,
    changed,
    document,
    end_with,
    recruiter_of,
    who_options,
)
from trainer.commands.options import asked as confirmed
from trainer.console import confirm
from trainer.errors import OutputError, PageError, SheetError, TrainerError
from trainer.home import Home

if TYPE_CHECKING:
    from trainer.engine.engine import Engine
    from trainer.material.importing import Plan
    from trainer.material.intake import Given
    from trainer.material.page.found import Found
    from trainer.material.sheet import Sheet

EXAMPLES = """\b
Examples:
  trainer import prompt-book.txt              a page that you saved: text, HTML, Word, PDF
  trainer import --dry-run pages/*.html       what would come of these?
  xclip -o -sel clip | trainer import -       what you copied
  trainer import --yes prompt-book.txt        the page was changed: take it over
  trainer import --learn flyman.txt           and learn the role from now on
  trainer import --undo prompt-book           the sheet as it was before its last import
  trainer import words.csv --name "Our words" a list of words: a vocabulary
  trainer import words.csv --into vocabulary  the same, into a sheet that is there
"""


@click.command("import", epilog=EXAMPLES)
@click.argument("pages", nargs=-1, type=click.Path(path_type=Path, allow_dash=True), metavar="PAGE...")
@click.option(
    "--out",
    type=Folder(),
    metavar="DIR",
    help="Where the sheet goes, instead of your decks.",
)
@click.option("--into", metavar="SHEET", help="Put a list of words into this sheet.")
@click.option("--name", metavar="NAME", help="What a list of words is called, instead of its file's name.")
@click.option(
    "--industry", metavar="NAME", help="The industry of a new list: its words are asked beside others of it."
)
@click.option("--undo", is_flag=True, help="Take the last import back, or the last one of the sheet named.")
@click.option("--dry-run", is_flag=True, help="Write nothing.")
@click.option(
    "--json", "in_json", is_flag=True, help="As one JSON object a line for each page: sheet, missing, unsure."
)
@click.option(
    "--yes",
    is_flag=True,
    help="Change a sheet that is there without asking; a list's meanings replace yours.",
)
@click.option("--remove", is_flag=True, help="Take out of the sheet what its page no longer has.")
@click.option("--learn", is_flag=True, help="Add the role to those that you learn.")
@who_options
@click.pass_obj
def import_(  # noqa: PLR0913 — the options of the command
    before: Who,
    pages: tuple[Path, ...],
    out: Path | None,
    *,
    into: str | None,
    name: str | None,
    industry: str | None,
    undo: bool,
    dry_run: bool,
    in_json: bool,
    yes: bool,
    remove: bool,
    learn: bool,
    recruiter: str | None,
    home: Path | None,
) -> None:
    """Turn glossary PAGEs and lists of words into sheets to train on; "-" is standard input.

    It tells what it found, what it did not find, and what it is unsure of, with line numbers. Nothing is
    guessed. A text with several pages gives a sheet for each. A page that was imported before changes its
    sheet: what you edited stays, and the changes are shown before they are made.

    Nothing is taken out because a copy lacks it: it is told, and --remove takes it out.

    A list of words ("term – meaning" lines, CSV, columns, a workbook, a package of Anki) becomes a
    vocabulary, or goes --into a sheet that is there: what that says of a term stays, unless you say --yes.
    Status 2 when a text is neither.
    """
    who = before.or_else(recruiter, home)
    where = who.find_home()
    if undo:
        _undo(pages, where, yes=yes)
        return
    if not pages:
        raise click.UsageError("Name the file of a page or of a list, or “-” for what is piped in.")
    if learn and (out or dry_run):
        raise click.UsageError("--learn goes with neither --out nor --dry-run: nothing would be learned.")
    if into and (out or name or industry):
        raise click.UsageError("--into goes with none of --out, --name and --industry: the sheet is there.")
    if learn:
        recruiter_of(who, where)  # said wrongly, it ends here and not after the import
    asked = words.Asked(
        where, out, into, name, industry or "", dry_run=dry_run, in_json=in_json, yes=yes, remove=remove
    )
    problems: list[str] = []
    imported = list(_take_in_each(pages, asked, problems))
    if learn and imported:
        _learn(who, imported, quiet=in_json)
    end_with(problems)


def _take_in_each(pages: Sequence[Path], asked: words.Asked, problems: list[str]) -> "Iterator[Sheet]":
    """Import file after file, and yield as `_take_in` does; a problem with one stops no other."""
    for number, page in enumerate(pages, start=1):
        if len(pages) > 1 and sys.stderr.isatty():
            click.echo(f"{number} of {len(pages)}: {page}", err=True)
        try:
            yield from _take_in(page, asked)
        except OutputError:
            raise  # no page is at fault
        except TrainerError as error:
            problems.append(_with_name(page, error))


def _take_in(path: Path, asked: words.Asked) -> "Iterator[Sheet]":
    """Import what is in a file, telling it; yield the sheets that are there by it."""
    given = _read(path)
    if not isinstance(given, list):
        yield words.take_in(given, asked)
        return
    if asked.into or asked.name or asked.industry:
        raise PageError("--into, --name and --industry are for lists of words, and this is a glossary page.")
    for plan in _plans(given, asked):
        can_ask = not asked.in_json and str(path) != "-"
        if not asked.dry_run and _write(plan, yes=asked.yes, can_ask=can_ask, quiet=asked.in_json):
            yield plan.sheet


def _undo(named: tuple[Path, ...], home: Home, *, yes: bool) -> None:
    """Take the last import back, of the sheet that is named if one is."""
    from trainer.cards.library import load_library
    from trainer.material.import_backups import newest, undo

    if len(named) > 1:
        raise click.UsageError("--undo takes one sheet at a time.")
    sheet = words.sheet_id(str(named[0]), home) if named else ""
    kept = newest(home, sheet)
    if kept is None:
        raise PageError(f"No import{f' of “{sheet}”' if sheet else ''} is there to be taken back.")
    if kept.was_edited:
        agree(f"{kept.path} was edited since. Bring it back as it was before the import?", yes=yes)
    new, was_there = kept.before.text is None, kept.path.exists()
    found = load_library(home).sheets.get(kept.sheet)
    aside = undo(kept, home)
    done = "as it was before its last import"
    if new:
        done = "taken out again" if was_there else "it was gone already, so there was no sheet to take out"
    click.echo(f"{kept.path}: {done}.")
    if aside:
        click.echo(f"As it was until now: {aside}")
    if new and found and found.is_role:
        click.echo(f'If you learn it: "trainer roles remove {kept.sheet}" takes it out of your roles.')


def _learn(who: Who, sheets: "Sequence[Sheet]", *, quiet: bool) -> None:
    """Add the roles among sheets to those that are learned; say that the others need no choice."""
    roles = [sheet.id for sheet in sheets if sheet.is_role]

    def change(engine: "Engine") -> None:
        for id_ in roles:
            engine.learn_sheet(id_)

    if roles:
        changed(who, change)
        if not quiet:
            click.echo('Among your roles: "trainer roles" lists them.')
    if len(roles) < len(sheets):
        told = "--learn has nothing to add for a list of words: words go with every role that you learn."
        click.echo(told, err=quiet)


def _plans(pages: "Sequence[Found]", asked: words.Asked) -> "Iterator[Plan]":
    """Yield what is to be done with each sheet that a text gives, having told it."""
    for number, found in enumerate(pages):
        if number and not asked.in_json:
            click.echo()
        plan = _look_at(found, asked, removing=asked.remove)
        gone = _gone(found, plan, asked)
        if asked.in_json:
            document(_as_json(found, plan))
        else:
            click.echo(_between_words("\n".join([*_told(found, plan, asked.home), *gone])))
        yield plan


def _between_words(told: str) -> str:
    """Break lines between words, as wide as the terminal; where there is none leave them."""
    if not sys.stdout.isatty():
        return told
    width = shutil.get_terminal_size().columns - 1
    lines = ((line, len(line) - len(line.lstrip())) for line in told.split("\n"))
    return "\n".join(
        textwrap.fill(
            line,
            width,
            subsequent_indent=" " * (indent + 2 if indent else 0),
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line, indent in lines
    )


def _read(path: Path) -> "Given":
    from trainer.material.intake import read_file

    return read_file(path)


def _look_at(found: "Found", asked: words.Asked, *, removing: bool) -> "Plan":
    from trainer.material.importing import plan_import
    from trainer.material.sheet_files import shipped_ids

    return plan_import(found, asked.home, asked.out, shipped_ids(), removing=removing)


def _gone(found: "Found", plan: "Plan", asked: words.Asked) -> Iterator[str]:
    """Yield what the page no longer has, with what hangs on it."""
    from trainer.reports.removal import removal

    lost = ""
    with suppress(SheetError):  # what a person added hangs on it: then there is nothing to offer
        without = plan if asked.remove else _look_at(found, asked, removing=True) if plan.missing else None
        lost = removal(without, asked.home) if without else ""
    if lost and asked.remove:
        yield f"\nTaken out, for the page no longer has it: {lost}."
    elif lost:
        yield f"\nNo longer on the page: {lost}. It stays; --remove takes it out."


def _write(plan: "Plan", *, yes: bool, can_ask: bool, quiet: bool) -> bool:
    """Save, having asked if a sheet would be changed; return whether the sheet is there then as planned."""
    from trainer.material.importing import save

    changed = plan.is_new or plan.changes_something
    if changed and not plan.is_new and not yes:
        if not (can_ask and sys.stdin.isatty() and sys.stdout.isatty()):
            raise PageError(
                f"The sheet {plan.path} is there and would be changed. Nothing was written. "
                "--yes makes the changes, --dry-run shows them."
            )
        if not confirmed(lambda: confirm("\nMake these changes?"), "Nothing was written."):
            click.echo("Nothing was written.")
            return False
    path = save(plan)
    if not quiet:
        click.echo(f"\nWritten: {path}" if changed else f"\nNothing to change in {path}")
        click.echo(f"Train on it: trainer study {plan.sheet.id}")
    return True


def _as_json(found: "Found", plan: "Plan") -> str:
    from trainer.material.changes import raw_of

    told = {"sheet": raw_of(plan.sheet), "missing": found.missing, "unsure": found.unsure_in_text}
    if not plan.is_new:
        told["changes"] = [str(change) for change in plan.changes]
    return as_json(told, pretty=False)


def _told(found: "Found", plan: "Plan", home: Home) -> Iterator[str]:
    """Yield the lines that tell what was found."""
    industry = f" ({found.industry.text})" if found.industry else ""
    yield f"{found.name.text if found.name else ''}{industry}"
    yield from _counts(found)
    if found.missing:
        yield f"\nNot found: {', '.join(found.missing)}"
    if found.unsure:
        yield "\nUnsure:"
        yield from (f"  line {each.line}: {each.what}: {each.text}" for each in found.unsure_in_text)
    from trainer.cards.levels import page_years
    from trainer.material.earlier_imports import on_the_same_term
    from trainer.material.sheet_files import shipped_ids

    if years := page_years((level.name, level.years) for level in found.levels):
        yield f"\n{years}"
    if not plan.is_new:
        yield f"\nIn {plan.path}:"
        yield from (f"  {change}" for change in plan.changes or ["nothing changes"])
    sheets = _sheets(home)
    for told in on_the_same_term(plan.sheet, sheets.values(), shipped_ids()):
        yield f"\n{told}"
    if improvements := _improvements(plan, sheets):
        yield "\nWhat would make the decks better:"
        yield from (f"  {improvement}" for improvement in improvements)


def _counts(found: "Found") -> Iterator[str]:
    points = sum(len(question.points) for question in found.questions)
    drafts = sum(point.draft for question in found.questions for point in question.points)
    indicators = sum(len(level.indicators) for level in found.levels)
    levels = " · ".join(level.name for level in found.levels)
    rows = (
        ("definition", int(found.meaning is not None), ""),
        ("examples", len(found.examples), ""),
        ("typical title", len(found.job_titles), ", ".join(item.text for item in found.job_titles)),
        ("titles to search", len(found.titles), " | ".join(item.text for item in found.titles)),
        ("questions", len(found.questions), f"{points} points, {drafts} of them drafts" if points else ""),
        ("levels", len(found.levels), levels),
        ("indicators", indicators, ""),
        ("red flags", len(found.red_flags), ""),
    )
    for name, count, note in rows:
        yield f"  {name:<17}{count:>3}   {note}".rstrip()


def _sheets(home: Home) -> "Mapping[str, Sheet]":
    """Return the sheets that are there, as the app has them."""
    from trainer.cards.library import load_library

    return load_library(home).sheets


def _improvements(plan: "Plan", sheets: "Mapping[str, Sheet]") -> list[str]:
    from trainer.cards.improvements import improvements
    from trainer.cards.sheets import Sheets

    return list(map(str, improvements(plan.sheet, Sheets.of(sheets))))


def _with_name(page: Path, error: TrainerError) -> str:
    name = "standard input" if str(page) == "-" else str(page)
    return str(error) if name in str(error) else f"{name}: {error}"
