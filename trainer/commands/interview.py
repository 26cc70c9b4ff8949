"""`trainer interview`: an interview on a date, towards which the days are planned."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trainer.commands.kinds import Number
from trainer.commands.options import Who, as_json, changed, document, looked_at, who_options

if TYPE_CHECKING:
    from trainer.engine.engine import Engine

_Change = Callable[["Engine"], list[str]]
"""Changes something, and returns what there is to say besides."""

_EXAMPLES = """\b
Examples:
  trainer interview add props --on Thu --at 14:00
  trainer interview add "stage manager" --on "3 Dec" --level senior --minutes 20
  trainer interview                    those ahead, numbered, the next one first
  trainer interview move 1 --on 2026-12-04
  trainer interview done 1             it was held, or is off
\b
A date is 2026-12-03, "3 Dec", a day of the week (the next one), today or
tomorrow. An hour is 14:00 or "2 pm"; without one it is 09:00.
"""
_on = click.option("--on", required=True, metavar="DATE", help='2026-12-03, "3 Dec", Thu, today, tomorrow.')
_number = click.argument("number", type=int)


@click.group(invoke_without_command=True, epilog=_EXAMPLES)
@click.option("--json", "in_json", is_flag=True, help="As a JSON list of objects.")
@who_options
@click.pass_context
def interview(context: click.Context, *, in_json: bool, recruiter: str | None, home: Path | None) -> None:
    """List the interviews that you prepare for, the next one first.

    Below each stands what you would know at best by then, and what helps where
    the minutes do not suffice; on its day, how to go through its steps. When
    its day is over, it leaves the list by itself.
    """
    who = context.obj = context.obj.or_else(recruiter, home)
    if context.invoked_subcommand is None:
        _list(who, in_json=in_json)


@interview.command("list")
@click.option("--json", "in_json", is_flag=True, help="As a JSON list of objects.")
@who_options
@click.pass_obj
def list_(before: Who, *, in_json: bool, recruiter: str | None, home: Path | None) -> None:
    """The same as "trainer interview"."""
    _list(before.or_else(recruiter, home), in_json=in_json)


@interview.command("add", epilog=_EXAMPLES)
@click.argument("role", nargs=-1, required=True, metavar="ROLE")
@_on
@click.option("--at", default="", metavar="HH:MM", help="When it begins; 09:00 if not told.")
@click.option("--level", default="", metavar="LEVEL", help="The level that you hire for.")
@click.option(
    "--minutes",
    type=Number(1, 1440),
    metavar="N",
    help="Minutes a day until then, those of your day if not told.",
)
@who_options
@click.pass_obj
def add(  # noqa: PLR0913 — the options of the command
    before: Who,
    role: tuple[str, ...],
    *,
    on: str,
    at: str,
    level: str,
    minutes: int | None,
    recruiter: str | None,
    home: Path | None,
) -> None:
    """Prepare for an interview for ROLE on DATE."""
    words = " ".join(role)
    _change(
        before.or_else(recruiter, home),
        lambda engine: engine.add_interview(words, on, at, level=level, minutes=minutes),
    )


@interview.command("move", epilog=_EXAMPLES)
@_number
@_on
@click.option("--at", default="", metavar="HH:MM", help="When it begins; the same hour if not told.")
@click.option("--minutes", type=Number(1, 1440), metavar="N", help="Minutes a day; as before if not told.")
@who_options
@click.pass_obj
def move(  # noqa: PLR0913 — the options of the command
    before: Who,
    number: int,
    *,
    on: str,
    at: str,
    minutes: int | None,
    recruiter: str | None,
    home: Path | None,
) -> None:
    """Put the interview of this NUMBER in the list on another date, or at another hour."""
    _change(before.or_else(recruiter, home), lambda engine: engine.move_interview(number, on, at, minutes))


@interview.command("done")
@_number
@who_options
@click.pass_obj
def done(before: Who, number: int, *, recruiter: str | None, home: Path | None) -> None:
    """Prepare for the interview of this NUMBER no more: it was held, or is off."""

    def end(engine: "Engine") -> list[str]:
        engine.end_interview(number)
        return []

    _change(before.or_else(recruiter, home), end)


def _change(who: Who, change: _Change) -> None:
    notes: list[str] = []

    def noted(engine: "Engine") -> None:
        notes[:] = change(engine)

    changed(who, noted)
    _list(who, in_json=False)
    for note in notes:
        click.echo(f"Note: {note}")


def _list(who: Who, *, in_json: bool) -> None:
    from msgspec.structs import asdict

    from trainer.plain.choices import interview_lines

    with looked_at(who) as engine:
        found = engine.interviews()
        told = {each.number: engine.preparation(each.number) for each in found if each.days}
    if in_json:
        document(as_json([asdict(each) | {"forecast": told.get(each.number)} for each in found]))
        return
    prepared = {number: each for number, each in told.items() if each}
    click.echo("\n".join(interview_lines(found, prepared)))
