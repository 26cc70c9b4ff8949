"""`trainer stats`."""

from pathlib import Path

import click

from trainer.commands.options import Who, recruiter_of, tell, who_options


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As a JSON object.")
@who_options
@click.pass_obj
def stats(before: Who, *, as_json: bool, recruiter: str | None, home: Path | None) -> None:
    """Tell how near your ratings of whole answers come to the references.

    Each answer counts the first time only. A figure that needs more ratings says from how many on
    it is given; in JSON it is null until then.
    """
    import msgspec

    from trainer.engine.engine import Engine
    from trainer.reports.profile_words import NOTHING, profile_lines

    who = before.or_else(recruiter, home)
    home_folder = who.find_home()
    with Engine.open(home_folder, recruiter_of(who, home_folder), saving=False) as engine:
        tell(engine.progress.notices)
        profile = engine.profile()
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(profile)).decode())
        return
    lines = profile_lines(profile)
    for label, words in lines:
        click.echo(f"{label:<18} {words}")
    if not lines:
        click.echo(NOTHING)
