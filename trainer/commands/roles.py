"""`trainer roles` and `trainer settings`: what a learner chooses for themselves."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trainer.commands.options import Who, as_json, changed, document, looked_at, who_options
from trainer.errors import TrainerError

if TYPE_CHECKING:
    from trainer.engine.engine import Engine
    from trainer.memory.learner import Region
    from trainer.reports.roles import RoleEntry

_EXAMPLES = """\b
Examples:
  trainer roles                            what you learn, and what there is
  trainer roles add "stage manager" props  learn these too
  trainer roles order props                props first
  trainer roles pause ASM                  not asked until you resume it
\b
A ROLE is the name of one (Stage Manager), a title or an abbreviation of it
(ASM, Prop Master), or the beginning of its name.
"""
_SETTING_EXAMPLES = """\b
Examples:
  trainer settings                         all of them
  trainer settings minutes 15              fifteen minutes a day
  trainer settings region UK               UK, US or both
  trainer settings retention 0.85          remember 85 in 100; tells what it costs
  trainer settings roles "ASM, Props"      the same as choosing them by "trainer roles"
  trainer settings minutes none            no choice
"""
_NONE = "none"

_Change = Callable[["Engine"], "list[RoleEntry]"]


@click.group(invoke_without_command=True, epilog=_EXAMPLES)
@click.option("--json", "in_json", is_flag=True, help="As a JSON list of objects.")
@who_options
@click.pass_context
def roles(context: click.Context, *, in_json: bool, recruiter: str | None, home: Path | None) -> None:
    """List the roles that you learn, in their order, and those in the library.

    Cards of other roles are not asked, unless you name the role. Vocabularies go with every role.
    """
    who = context.obj = context.obj.or_else(recruiter, home)
    if context.invoked_subcommand is None:
        _list(who, in_json=in_json)


@roles.command("list")
@click.option("--json", "in_json", is_flag=True, help="As a JSON list of objects.")
@who_options
@click.pass_obj
def list_(before: Who, *, in_json: bool, recruiter: str | None, home: Path | None) -> None:
    """The same as "trainer roles"."""
    _list(before.or_else(recruiter, home), in_json=in_json)


@roles.command("add", epilog=_EXAMPLES)
@click.argument("names", nargs=-1, required=True, metavar="ROLE...")
@click.option("--first", is_flag=True, help="Before the others, not after them.")
@who_options
@click.pass_obj
def add(
    before: Who, names: tuple[str, ...], *, first: bool, recruiter: str | None, home: Path | None
) -> None:
    """Learn ROLEs too. The first choice of all puts all others into the library."""
    _change(before.or_else(recruiter, home), lambda engine: engine.add_roles(names, first=first))


@roles.command("remove")
@click.argument("names", nargs=-1, required=True, metavar="ROLE...")
@who_options
@click.pass_obj
def remove(before: Who, names: tuple[str, ...], *, recruiter: str | None, home: Path | None) -> None:
    """Put ROLEs back into the library. Their progress is kept."""
    _change(before.or_else(recruiter, home), lambda engine: engine.remove_roles(names))


@roles.command("order")
@click.argument("names", nargs=-1, required=True, metavar="ROLE...")
@who_options
@click.pass_obj
def order(before: Who, names: tuple[str, ...], *, recruiter: str | None, home: Path | None) -> None:
    """Put ROLEs first, in this order; the others follow as they were."""
    _change(before.or_else(recruiter, home), lambda engine: engine.order_roles(names))


@roles.command("pause")
@click.argument("names", nargs=-1, required=True, metavar="ROLE...")
@who_options
@click.pass_obj
def pause(before: Who, names: tuple[str, ...], *, recruiter: str | None, home: Path | None) -> None:
    """Don't ask ROLEs until you resume them. They keep their place and their progress."""
    _change(before.or_else(recruiter, home), lambda engine: engine.pause_roles(names))


@roles.command("resume")
@click.argument("names", nargs=-1, required=True, metavar="ROLE...")
@who_options
@click.pass_obj
def resume(before: Who, names: tuple[str, ...], *, recruiter: str | None, home: Path | None) -> None:
    """Ask ROLEs again that were paused."""
    _change(before.or_else(recruiter, home), lambda engine: engine.resume_roles(names))


@click.command(epilog=_SETTING_EXAMPLES)
@click.argument("key", required=False)
@click.argument("value", required=False)
@click.option("--json", "in_json", is_flag=True, help="As a JSON object.")
@who_options
@click.pass_obj
def settings(  # noqa: PLR0913 — the options of the command
    before: Who,
    key: str | None,
    value: str | None,
    *,
    in_json: bool,
    recruiter: str | None,
    home: Path | None,
) -> None:
    """Tell your settings, or that of KEY, or set KEY to VALUE.

    KEY is roles, minutes (a day), region, or retention: the share of cards that you want to remember when
    they come back, from 0.70 to 0.97. They lie in your record and travel with it.
    """
    who = before.or_else(recruiter, home)
    if key is not None and key not in _SETTERS:
        raise TrainerError(f'There is no setting "{key}". There are: {", ".join(_SETTERS)}.')
    if key is not None and value is not None:
        setter, wanted = _SETTERS[key], value
        changed(who, lambda engine: setter(engine, wanted))
    with looked_at(who) as engine:
        _tell_settings(engine, key, in_json=in_json, new=value is not None)


def _tell_settings(engine: "Engine", key: str | None, *, in_json: bool, new: bool) -> None:
    from msgspec import to_builtins

    from trainer.plain.choices import cost_line, setting_lines

    if in_json:
        found = {name: getattr(engine.settings, name) for name in (*_SETTERS, "paused")}
        document(as_json(to_builtins(found[key] if key else found)))
        return
    cost = engine.retention_cost(engine.settings.retention)
    for line in setting_lines(engine.settings, engine.roles(), cost):
        if key is None or line.split()[0] == key:
            click.echo(line)
    if new and key == "retention":
        click.echo(f"{cost_line(cost)} It counts from the next start on.")


def _list(who: Who, *, in_json: bool) -> None:
    from trainer.plain.choices import role_lines

    with looked_at(who) as engine:
        found = engine.roles_today()
        if in_json:
            document(as_json(found))
        else:
            click.echo("\n".join(role_lines(found, chosen=engine.roles_chosen)))


def _change(who: Who, change: _Change) -> None:
    changed(who, change)
    _list(who, in_json=False)


def _set_roles(engine: "Engine", value: str) -> None:
    engine.choose_roles([name.strip() for name in value.split(",") if name.strip()])


def _set_minutes(engine: "Engine", value: str) -> None:
    try:
        minutes = None if value.casefold() == _NONE else int(value)
    except ValueError as error:
        raise TrainerError(
            f'"{value[:40]}" is no number of minutes: give 1 to 1440, or "none". Nothing was changed.'
        ) from error
    engine.set_minutes(minutes)


def _set_region(engine: "Engine", value: str) -> None:
    regions: dict[str, Region | None] = {"uk": "UK", "us": "US", "both": "both", _NONE: None}
    if value.casefold() not in regions:
        raise TrainerError(f'"{value[:40]}" is no region: give UK, US, both, or none. Nothing was changed.')
    engine.set_region(regions[value.casefold()])


def _set_retention(engine: "Engine", value: str) -> None:
    """Take 0.9, 90 or 90 %."""
    try:
        number = float(value.strip().removesuffix("%"))
    except ValueError as error:
        raise TrainerError(
            f'"{value[:40]}" is no retention: give a number from 0.70 to 0.97. Nothing was changed.'
        ) from error
    engine.set_retention(number / 100 if number > 1 else number)


_SETTERS: dict[str, Callable[["Engine", str], None]] = {
    "roles": _set_roles,
    "minutes": _set_minutes,
    "region": _set_region,
    "retention": _set_retention,
}
