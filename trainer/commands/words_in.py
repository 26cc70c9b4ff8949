"""`trainer words --in`: the words of the trade in a text, such as a résumé or a job advert."""

from pathlib import Path

import click

from trainer.commands.options import Who, as_json, document, tell

source_option = click.option(
    "--in",
    "source",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE|-",
    help="The words in a text: a web page, .docx, .odt, .rtf, .pdf, or plain.",
)


def words_in(who: Who, source: Path, *, in_json: bool) -> None:
    """Print the words of the trade in a file, or with "-" in what is piped in. Nothing of it is kept.

    Raises PageError for what can't be read, and TrainerError for a text that is too long.
    """
    from trainer.cards.lens.look import Lens
    from trainer.cards.library import load_library
    from trainer.material.intake import text_in
    from trainer.plain.lens import lens_lines
    from trainer.reports.lens import lens_report

    library = load_library(who.find_home())
    tell(library.problems)
    report = lens_report(Lens(library.sheets).look(text_in(source)), library)
    if in_json:
        document(as_json(report))
    else:
        click.echo("\n".join(lens_lines(report)))
