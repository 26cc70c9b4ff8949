"""The command: its group and what it holds."""

from collections.abc import Mapping
from importlib import import_module
from keyword import iskeyword
from pathlib import Path

import click

from trainer import __version__
from trainer.commands.options import EXAMPLES, Who, in_app, new_recruiter_option, who_options
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


def _loaded(name: str) -> click.Command:
    attribute = name.replace("-", "_")
    module = import_module(f"trainer.commands.{_COMMANDS[name]}")
    command: click.Command = getattr(module, f"{attribute}_" if iskeyword(name) else attribute)
    return command


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
