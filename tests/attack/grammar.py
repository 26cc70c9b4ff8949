"""What each command of trainer takes, read off the commands themselves: none is forgotten."""

from collections.abc import Iterator
from typing import NamedTuple

import click

from trainer.cli import cli

_ENDLESS = {("serve",)}
"""Runs until it is stopped."""
_ARGUMENTS = {
    "number": ("number", "value", "which", "cards"),
    "setting": ("key",),
    "deck": ("deck", "decks", "role", "text", "wanted"),
    "name": ("name", "names", "old", "new", "source", "target", "title"),
    "page": ("file", "files", "pages"),
    "place": ("place", "address"),
}
_OPTIONS = {
    "name": ("--recruiter", "--name", "--alias", "--industry", "--title"),
    "deck": ("--role", "--calibration", "--drill"),
    "level": ("--level",),
    "date": ("--on", "--due"),
    "hour": ("--at",),
    "page": ("--in", "--html", "--to"),
    "place": ("--out", "--public-url"),
}
_KINDS = {name: kind for table in (_ARGUMENTS, _OPTIONS) for kind, names in table.items() for name in names}
_ANYWHERE = {"--recruiter", "--home", "--help"}
"""Options of nearly all commands; the line chooses them."""


class Option(NamedTuple):
    """An option, and what it takes: a kind, or a list of words; nothing for a switch."""

    name: str
    kind: str = ""
    words: tuple[str, ...] = ()


class Command(NamedTuple):
    """What a command takes, in kinds; see `lines`."""

    words: tuple[str, ...]
    arguments: tuple[str, ...]
    options: tuple[Option, ...]
    recruiter: bool


def commands() -> list[Command]:
    """Return all commands that end by themselves. Raises KeyError for what has no kind yet."""
    return [_taken(words, each) for words, each in _all(cli) if words not in _ENDLESS]


def _all(
    command: click.Command, words: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    if words:
        yield words, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            each = command.get_command(context, name)
            assert each
            yield from _all(each, (*words, name))


def _taken(words: tuple[str, ...], command: click.Command) -> Command:
    arguments, options, names = [], [], set()
    for each in command.params:
        if isinstance(each, click.Argument):
            arguments += [_KINDS[each.name or ""]] * (1 if each.nargs == 1 else 2)
            continue
        name = each.opts[-1]
        names.add(name)
        if name not in _ANYWHERE:
            options.append(_option(name, each))
    return Command(words, tuple(arguments), tuple(options), "--recruiter" in names)


def _option(name: str, option: click.Parameter) -> Option:
    if getattr(option, "is_flag", False):
        return Option(name)
    if isinstance(option.type, click.Choice):
        return Option(name, "word", tuple(map(str, option.type.choices)))
    if isinstance(option.type, click.IntRange):
        return Option(name, "number")
    if name == "--yes":  # of "erase": the name once more
        return Option(name, "name")
    if name == "--into":  # a sheet, or a file
        return Option(name, "deck" if isinstance(option.type, click.types.StringParamType) else "page")
    return Option(name, _KINDS[name])
