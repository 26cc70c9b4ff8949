"""`trainer brief`: what to take into an interview."""

from pathlib import Path

import click

from trainer.commands.options import Who, as_json, document, looked_at, who_options

_EXAMPLES = """\b
Examples:
  trainer brief ASM                              all levels, in the terminal
  trainer brief "stage manager" --level senior   for the level that you hire for
  trainer brief props --format html > props.html one or two pages to print
\b
It is made of the role's sheet and of what you would miss today; nothing of a
candidate is in it, and nothing is stored.
"""


@click.command(epilog=_EXAMPLES)
@click.argument("role", nargs=-1, required=True, metavar="ROLE")
@click.option(
    "--level", default="", metavar="LEVEL", help="The level that you hire for: junior, mid, senior."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "html", "json"]),
    default="text",
    help="As what.",
)
@who_options
@click.pass_obj
def brief(  # noqa: PLR0913 — the options of the command
    before: Who, role: tuple[str, ...], *, level: str, form: str, recruiter: str | None, home: Path | None
) -> None:
    """Print the brief for an interview for ROLE.

    What tells its levels apart, questions with what a strong answer shows and what to ask when something
    is only claimed, red flags, what you would miss today, titles to search for, and the rules of a fair
    interview.
    """
    with looked_at(before.or_else(recruiter, home)) as engine:
        found = engine.brief(" ".join(role), level)
    if form == "json":
        document(as_json(found))
        return
    from trainer.reports.brief_formats import FORMATS
    from trainer.reports.brief_page import brief_page

    told = FORMATS[form](brief_page(found))
    if form == "text":
        click.echo(told, nl=False)
    else:
        document(told)
