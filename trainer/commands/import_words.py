"""`trainer import` of a list of words."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trainer.commands.options import as_json, document
from trainer.errors import UnknownDeckError
from trainer.home import Home
from trainer.humanize import count

if TYPE_CHECKING:
    from trainer.material.importing import Plan
    from trainer.material.sheet import Sheet
    from trainer.material.words.word_list import WordList

_SHOWN = 200
"""Terms that are listed."""


@dataclass(frozen=True)
class Asked:
    """How a list is to be imported."""

    home: Home
    out: Path | None
    into: str | None
    name: str | None
    industry: str
    dry_run: bool
    in_json: bool
    yes: bool
    remove: bool


def take_in(words: "WordList", asked: Asked) -> "Sheet":
    """Tell what is on a list, and put it into its sheet, which is returned.

    What would be lost there is told and stays.
    """
    from trainer.material.importing import save

    plan = _plan(words, asked)
    if asked.in_json:
        document(_as_json(words, plan))
    else:
        click.echo("\n".join(_told(words, plan)))
    if asked.dry_run:
        return plan.sheet
    changed = plan.is_new or plan.changes_something
    path = save(plan)
    if not asked.in_json:
        click.echo(f"\nWritten: {path}" if changed else f"\nNothing to change in {path}")
        click.echo(f"Train on it: trainer study {plan.sheet.id}")
    return plan.sheet


def _plan(words: "WordList", asked: Asked) -> "Plan":
    from trainer.material.words.adding import plan_addition, plan_vocabulary

    if asked.into is not None:
        return plan_addition(words, _file_of(asked.into, asked.home), asked.home, replacing=asked.yes)
    name = words.name if asked.name is None else asked.name
    return plan_vocabulary(words, name, asked.home, asked.out, industry=asked.industry, replacing=asked.yes)


def sheet_id(written: str, home: Home) -> str:
    """Return the id of the sheet that somebody means, what was written if no sheet is called so."""
    from trainer.cards.library import load_library
    from trainer.cards.role_names import find_sheet

    found = find_sheet(written, load_library(home).sheets)
    return found.id if found else written.strip()


def _file_of(written: str, home: Home) -> Path:
    """Return the file of the sheet that somebody means. Raises UnknownDeckError."""
    from trainer.cards.library import load_library
    from trainer.cards.role_names import find_sheet

    library = load_library(home)
    sheet = find_sheet(written, library.sheets)
    if sheet is None:
        raise UnknownDeckError(
            f'There is no sheet "{written}". "trainer decks" lists them; --name makes a new one.'
        )
    return library.files[sheet.id]


def _as_json(words: "WordList", plan: "Plan") -> str:
    told = {
        "sheet": plan.sheet.id,
        "name": plan.sheet.name,
        "terms": [{"term": each.term, "meaning": each.meaning, "line": each.line} for each in words.entries],
        "unplaced": [{"line": each.line, "why": each.why, "text": each.text} for each in words.unplaced],
        "notes": words.notes,
        "changes": [str(change) for change in plan.changes],
    }
    return as_json(told, pretty=False)


def _told(words: "WordList", plan: "Plan") -> Iterator[str]:
    """Yield the lines that tell what is on a list, and what becomes of it."""
    yield f"A list of words: {count(len(words.entries), 'term')} → {plan.sheet.name}"
    yield from (f"  {each.term} – {each.meaning}" for each in words.entries[:_SHOWN])
    if len(words.entries) > _SHOWN:
        yield f"  … and {len(words.entries) - _SHOWN:,} more"
    if words.doubles:
        yield f"\n{count(words.doubles, 'line stands', 'lines stand')} there twice."
    yield from (f"\n{note}" for note in words.notes)
    if words.unplaced:
        yield "\nUnplaced, and in no sheet:"
        yield from (f"  line {each.line}: {each.why}: {each.text}" for each in words.unplaced)
    if plan.changes or not plan.is_new:
        yield f"\nIn {plan.path}:"
        yield from (f"  {change}" for change in plan.changes or ["nothing changes"])
    if any(change.kind == "kept" for change in plan.changes):
        yield "\nWhat the sheet says stays. --yes takes the list's meanings instead."
