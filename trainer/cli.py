"""The command: its group and what it holds."""

import re
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from keyword import iskeyword
from pathlib import Path

import click

from trainer import __version__
from trainer.commands.options import EXAMPLES, Who, in_app, new_recruiter_option, who_options
from trainer.errors import TrainerError
from trainer.plain.preferred import goes_plain

_COMMANDS: Mapping[str, str] = {
    **dict.fromkeys(("study", "quiz"), "train"),
    "brief": "brief",
    "interview": "interview",
    **dict.fromkeys(("roles", "settings"), "roles"),
    "import": "import_",
    **dict.fromkeys(("decks", "check"), "decks"),
    "stats": "stats",
    "words": "words",
    **dict.fromkeys(("put-away", "stars", "doubts"), "marks"),
    "drill": "drill",
    "team": "team_database",
    "serve": "serve",
    "backups": "backups",
    "doctor": "doctor",
    "export": "export",
    **dict.fromkeys(("import-progress", "erase", "rename", "merge"), "data"),
    "launcher": "launcher",
}
"""The module of `commands/` in which each is. One is loaded when it is called, all for the list of them."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 — the same in any context
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 — the same
        if cmd_name in _COMMANDS:
            return _loaded(cmd_name)
        self.commands = {name: _loaded(name) for name in _COMMANDS}  # the nearest is told
        return None

    def invoke(self, ctx: click.Context) -> object:
        """Run what was said. Who says a recruiter's name alone is told how it is said."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            who = ctx.obj if isinstance(ctx.obj, Who) else Who()
            if not (error.ctx and not who.recruiter and _takes_recruiter(error.ctx.command)):
                raise
            told = error.format_message()
            if how := _whose(told, who.or_else(None, error.ctx.params.get("home"))):
                raise click.UsageError(f"{told}\n{how}", error.ctx) from error
            raise


def _loaded(name: str) -> click.Command:
    attribute = name.replace("-", "_")
    module = import_module(f"trainer.commands.{_COMMANDS[name]}")
    command: click.Command = getattr(module, f"{attribute}_" if iskeyword(name) else attribute)
    return command


def _takes_recruiter(command: click.Command) -> bool:
    return any(each.name == "recruiter" for each in command.params)


def _whose(message: str, who: Who) -> str:
    """Return how a recruiter is told whose name was not understood; empty where none was."""
    known = list[str]()
    with suppress(TrainerError, OSError):  # the other error is told
        known = who.find_home().recruiters()
    for name in known:
        if re.search(rf"[('\"]{re.escape(name)}[)'\"]", message, re.IGNORECASE):
            return f'Did you mean --recruiter "{name}"?'
    return ""


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    epilog=EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 90},
)
@new_recruiter_option
@who_options
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context, *, new_recruiter: bool, recruiter: str | None, home: Path | None) -> None:
    """Flashcards in the terminal for recruiters who hire for theatre."""
    context.obj = Who(recruiter, home, new_recruiter)
    if context.invoked_subcommand is None:
        if goes_plain(context.obj.find_home()):
            from trainer.commands.train import study

            context.invoke(study)
        else:
            in_app(context.obj)
