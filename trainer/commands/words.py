"""`trainer words`: the glossary in print."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trainer.clean import clean_line
from trainer.commands.options import Who, as_json, document, looked_at, recruiter_of, who_options
from trainer.commands.words_in import source_option, words_in
from trainer.errors import RecruiterNameError

if TYPE_CHECKING:
    from trainer.cards.word_entry import Group, Word
    from trainer.engine.engine import Engine

_EXAMPLES = """\b
Examples:
  trainer words                        every word, by letter
  trainer words --role sound           those of a role or a vocabulary
  trainer words ASM                    what it means, and what to conclude
  trainer words stage man              all that begin so
  trainer words --json prompt book     for another program
  trainer words --in resume.pdf        the words of the trade in a résumé
  trainer words --in - < advert.txt    in what is piped in
"""


@click.command(epilog=_EXAMPLES)
@click.argument("text", nargs=-1, metavar="[TEXT]...")
@click.option("--role", metavar="ROLE", help="Only the words of a role or a vocabulary.")
@source_option
@click.option("--json", "in_json", is_flag=True, help="As a JSON list of objects; of a text, as one object.")
@who_options
@click.pass_obj
def words(  # noqa: PLR0913 — the options of the command
    before: Who,
    text: tuple[str, ...],
    *,
    role: str | None,
    source: Path | None,
    in_json: bool,
    recruiter: str | None,
    home: Path | None,
) -> None:
    """Look up TEXT: a word of the trade, a title or a role.

    What it means, what to conclude from it on a résumé, how the UK and the US differ, what it is confused
    with and where it is asked. Without TEXT all words are listed. If nothing is called so, words that are
    nearly called so are told, with status 1.

    With --in, the words of the trade in a résumé or a job advert are told, each with what to conclude or to
    ask, and what looks like one and is in no sheet. Nothing of the text is stored, and nothing is said of the
    person.
    """
    if source:
        if text or role:
            raise click.UsageError("--in tells all the words of a text: say it without TEXT and --role.")
        words_in(before.or_else(recruiter, home), source, in_json=in_json)
        return
    with looked_at(_somebody(before.or_else(recruiter, home))) as engine:
        if typed := " ".join(text):
            _look_up(engine, typed, role, in_json=in_json)
        else:
            _list(engine, role, in_json=in_json)


def _somebody(who: Who) -> Who:
    """Return who looks, or nobody in particular where several train: the words are the same for all."""
    try:
        recruiter_of(who, who.find_home())
    except RecruiterNameError:
        if who.recruiter is not None:
            raise
        return replace(who, recruiter="nobody yet")
    return who


def _list(engine: "Engine", role: str | None, *, in_json: bool) -> None:
    from trainer.plain.words import group_lines

    groups = _of_role(engine, role) if role else engine.glossary.by_letter
    if in_json:
        _print_json(engine, [word for group in groups for word in group.words])
    else:
        click.echo("\n".join(group_lines(groups)).lstrip("\n"))


def _of_role(engine: "Engine", role: str) -> "Sequence[Group]":
    """Return the words of a role or a vocabulary, under its name. Raises UnknownDeckError."""
    from trainer.cards.role_names import find_sheet, told_apart
    from trainer.errors import UnknownDeckError

    sheets = engine.library.sheets
    sheet = find_sheet(role, sheets)
    if sheet is None:
        raise UnknownDeckError(f'There is no role "{role[:60]}". "trainer decks" lists them all.')
    name = told_apart(sheets)[sheet.id]
    return [group for group in engine.glossary.by_role if group.head == name]


def _look_up(engine: "Engine", typed: str, role: str | None, *, in_json: bool) -> None:
    """Print what is called so, or begins so; else what is nearly called so, and end with 1."""
    from trainer.plain.words import entry_lines, word_lines

    within = {word.id for group in _of_role(engine, role) for word in group.words} if role else None
    found = [word for word in engine.lookup.words(typed) if within is None or word.id in within]
    if in_json:
        _print_json(engine, found)
    elif len(found) == 1 or engine.glossary.called(typed):
        if len(found) == 1 and (name := engine.lookup.other_name(found[0], typed)):
            click.echo(f"Found in “{name}”, another name of {found[0].word}.\n")
        entries = (engine.glossary.entry(word.id) for word in found)
        pages = ("\n".join(entry_lines(entry, engine.search_for(entry))) for entry in entries)
        click.echo("\n\n".join(pages))
    elif found:
        click.echo("\n".join(word_lines(found)))
    if found:
        return
    told = [f'There is no word "{clean_line(typed)[:60]}".']
    if near := engine.lookup.near_words(typed):
        told += ["Near it:", *word_lines(near)]
    click.echo("\n".join(told), err=in_json)
    sys.exit(1)


def _print_json(engine: "Engine", found: "Sequence[Word]") -> None:
    document(as_json([engine.glossary.entry(word.id) for word in found]))
