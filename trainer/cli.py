"""The command: its group and what it holds."""

from pathlib import Path

import click

from trainer import __version__
from trainer.commands.backups import backups
from trainer.commands.brief import brief
from trainer.commands.data import erase, import_progress, merge, rename
from trainer.commands.decks import check, decks
from trainer.commands.doctor import doctor
from trainer.commands.drill import drill
from trainer.commands.export import export
from trainer.commands.import_ import import_
from trainer.commands.interview import interview
from trainer.commands.launcher import launcher
from trainer.commands.marks import doubts, put_away, stars
from trainer.commands.options import EXAMPLES, Who, in_app, new_recruiter_option, who_options
from trainer.commands.roles import roles, settings
from trainer.commands.serve import serve
from trainer.commands.stats import stats
from trainer.commands.team import team
from trainer.commands.team_database import TEAM_COMMANDS
from trainer.commands.train import quiz, study
from trainer.commands.words import words
from trainer.plain.preferred import prefers_plain


@click.group(
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
        if prefers_plain(context.obj.find_home()):
            context.invoke(study)
        else:
            in_app(context.obj)


for _command in (
    *(study, quiz, brief, interview, roles, settings, import_, decks, stats, check),
    *(words, put_away, stars, doubts),
    *(drill, team, serve),
    *(backups, doctor, export, import_progress, erase, rename, merge, launcher),
):
    cli.add_command(_command)
for _command in TEAM_COMMANDS:
    team.add_command(_command)
