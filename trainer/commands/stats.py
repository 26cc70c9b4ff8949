"""`trainer stats`: how a learner gets on."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from trainer.commands.options import Who, agree, as_json, document, looked_at, who_options
from trainer.errors import TrainerError, file_error

if TYPE_CHECKING:
    from trainer.reports.statistics.whole import Statistics

_EXAMPLES = """\b
Examples:
  trainer stats                        days, right answers, what is ahead, hard cards
  trainer stats --html progress.html   one page for a browser
  trainer stats --json                 every figure, for a script
"""


@click.command(epilog=_EXAMPLES)
@click.option("--json", "in_json", is_flag=True, help="As a JSON object.")
@click.option(
    "--html",
    type=click.Path(allow_dash=True, path_type=Path),
    metavar="FILE|-",
    help="As one HTML page, which asks nothing of elsewhere; - prints it.",
)
@click.option("--yes", is_flag=True, help="Put the page in the place of a file without being asked.")
@who_options
@click.pass_obj
def stats(  # noqa: PLR0913 — the options of the command
    before: Who, *, in_json: bool, html: Path | None, yes: bool, recruiter: str | None, home: Path | None
) -> None:
    """Tell how you get on: days with answers, minutes, what was right, and what to look at.

    What was right counts first tries on cards met before. What the schedule promised stands beside what you
    remembered. Cards missed again and again and what you mix up come with their figures, and how near your
    ratings of whole answers come to the references. A figure that takes more answers says how many.
    """
    if in_json and html:
        raise TrainerError("Say --json or --html, not both.")
    who = before.or_else(recruiter, home)
    with looked_at(who) as engine:
        found = engine.statistics()
    if in_json:
        document(as_json(found))
    elif html:
        _write(found, html, yes=yes)
    else:
        from trainer.plain.preferred import prefers_plain
        from trainer.reports.statistics.sections import sections
        from trainer.reports.statistics.text_format import as_text

        click.echo(as_text(sections(found), pictures=not prefers_plain(who.find_home())), nl=False)


def _write(found: "Statistics", path: Path, *, yes: bool) -> None:
    """Write the page; what is there is not written over unasked."""
    from trainer.disk import replace
    from trainer.reports.statistics.html_format import as_html
    from trainer.reports.statistics.sections import sections

    page = as_html(sections(found), found.recruiter, found.days.today)
    if str(path) == "-":
        click.echo(page, nl=False)
        return
    try:
        if path.exists():
            if not path.is_file():
                raise TrainerError(f"{path} is no file: name another one for the page.")
            agree(f"{path} is there already. Put the page in its place?", yes=yes)
        replace(path, [page.encode(errors="replace")])
    except OSError as error:
        raise file_error(error, path) from error
    click.echo(path)
