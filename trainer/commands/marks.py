"""`trainer put-away`, `trainer stars` and `trainer doubts`: cards that a learner marked."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trainer.commands.options import Who, as_json, changed, document, looked_at, who_options
from trainer.errors import TrainerError

if TYPE_CHECKING:
    from trainer.engine.engine import Engine
    from trainer.reports.marks import MarkedCard

_AWAY_EXAMPLES = """\b
Examples:
  trainer put-away                     the cards that you put away, the last one first
  trainer put-away restore 1 3         ask these again, by their numbers or ids
  trainer put-away restore --all       ask all of them again
"""
_DOUBT_EXAMPLES = """\b
Examples:
  trainer doubts                       what you doubt, and why
  trainer doubts --csv > doubts.csv    for whoever keeps the decks
  trainer doubts remove 1              it is settled
"""

_json_option = click.option("--json", "in_json", is_flag=True, help="As a JSON list of objects.")
_cards_argument = click.argument("cards", nargs=-1, metavar="[CARD]...")
_all_option = click.option("--all", "all_", is_flag=True, help="All of them.")


@click.group("put-away", invoke_without_command=True, epilog=_AWAY_EXAMPLES)
@_json_option
@who_options
@click.pass_context
def put_away(context: click.Context, *, in_json: bool, recruiter: str | None, home: Path | None) -> None:
    """List the cards that you put away with "x", the last one first. They are asked no more."""
    who = context.obj = context.obj.or_else(recruiter, home)
    if context.invoked_subcommand is None:
        _list(who, _away, "No card was put away.", in_json=in_json)


@put_away.command("list")
@_json_option
@who_options
@click.pass_obj
def list_(before: Who, *, in_json: bool, recruiter: str | None, home: Path | None) -> None:
    """The same as "trainer put-away"."""
    _list(before.or_else(recruiter, home), _away, "No card was put away.", in_json=in_json)


@put_away.command("restore", epilog=_AWAY_EXAMPLES)
@_cards_argument
@_all_option
@who_options
@click.pass_obj
def restore(
    before: Who, cards: tuple[str, ...], *, all_: bool, recruiter: str | None, home: Path | None
) -> None:
    """Ask CARDs again, by their numbers in the list or their ids. Their progress was kept."""
    done = _take_back(before.or_else(recruiter, home), cards, _away, lambda e: e.bring_back, all_=all_)
    click.echo(f"Back again: {done}.")


@click.group(invoke_without_command=True)
@_json_option
@who_options
@click.pass_context
def stars(context: click.Context, *, in_json: bool, recruiter: str | None, home: Path | None) -> None:
    """List the cards that you starred with "*", the last one first.

    "trainer study --stars" asks them.
    """
    who = context.obj = context.obj.or_else(recruiter, home)
    if context.invoked_subcommand is None:
        _list(who, _starred, "No card has a star.", in_json=in_json)


@stars.command("remove")
@_cards_argument
@_all_option
@who_options
@click.pass_obj
def unstar(
    before: Who, cards: tuple[str, ...], *, all_: bool, recruiter: str | None, home: Path | None
) -> None:
    """Take the stars of CARDs away, by their numbers in the list or their ids."""
    done = _take_back(before.or_else(recruiter, home), cards, _starred, lambda e: e.unstar, all_=all_)
    click.echo(f"No star any more: {done}.")


@click.group(invoke_without_command=True, epilog=_DOUBT_EXAMPLES)
@_json_option
@click.option("--csv", "in_csv", is_flag=True, help="As a table.")
@who_options
@click.pass_context
def doubts(
    context: click.Context, *, in_json: bool, in_csv: bool, recruiter: str | None, home: Path | None
) -> None:
    """List the cards that you doubt with "!", each with the reason and what it asks.

    The list is for whoever keeps the decks.
    """
    who = context.obj = context.obj.or_else(recruiter, home)
    if context.invoked_subcommand is None:
        _list(who, _doubted, "No card is doubted.", in_json=in_json, in_csv=in_csv)


@doubts.command("remove")
@_cards_argument
@_all_option
@who_options
@click.pass_obj
def settle(
    before: Who, cards: tuple[str, ...], *, all_: bool, recruiter: str | None, home: Path | None
) -> None:
    """Doubt CARDs no more, by their numbers in the list or their ids."""
    done = _take_back(before.or_else(recruiter, home), cards, _doubted, lambda e: e.no_doubt, all_=all_)
    click.echo(f"No doubt any more: {done}.")


def _away(engine: "Engine") -> "list[MarkedCard]":
    return engine.put_away_cards()


def _starred(engine: "Engine") -> "list[MarkedCard]":
    return engine.starred_cards()


def _doubted(engine: "Engine") -> "list[MarkedCard]":
    return engine.doubted_cards()


_Listed = Callable[["Engine"], "list[MarkedCard]"]


def _list(who: Who, listed: _Listed, nothing: str, *, in_json: bool, in_csv: bool = False) -> None:
    from trainer.plain.choices import marked_lines
    from trainer.reports.marks import as_csv

    with looked_at(who) as engine:
        found = listed(engine)
    if in_json:
        document(as_json(found))
    elif in_csv:
        click.echo(as_csv(found), nl=False)
    else:
        click.echo("\n".join(marked_lines(found, nothing)))


def _take_back(
    who: Who,
    cards: Sequence[str],
    listed: _Listed,
    undo: Callable[["Engine"], Callable[[str], None]],
    *,
    all_: bool,
) -> str:
    """Take the mark of cards back; return how many there were, in words."""
    from trainer.humanize import count

    if bool(cards) == all_:
        raise click.UsageError("Name the cards by their numbers or ids, or say --all.")
    done = 0

    def change(engine: "Engine") -> None:
        nonlocal done
        ids = [each.card for each in listed(engine)]
        wanted = ids if all_ else [_found(card, ids) for card in dict.fromkeys(cards)]
        for id_ in wanted:
            undo(engine)(id_)
        done = len(set(wanted))

    changed(who, change)
    return count(done, "card")


def _found(card: str, ids: Sequence[str]) -> str:
    if card in ids:
        return card
    if card.isascii() and card.isdigit() and len(card) < 9 and 0 < int(card) <= len(ids):
        return ids[int(card) - 1]
    raise TrainerError(
        f'"{card[:80]}" is not in the list. Without CARDs the command lists them, each with its number and '
        "id. Nothing was changed."
    )
