"""The table of all measures, as it stands in the repository."""

from collections.abc import Iterator, Sequence

from trainer.material.sheet import Sheet

from .measures import Row

HEAD = """\
# What style tells

How often a classifier that never saw a sheet guesses it, having learned from the other {others} role
sheets. `python -m tests.style --write` draws the table anew. A figure is that of the worst of three
classifiers (logistic regression, a linear support vector machine, naive Bayes), with its standard error;
of lengths, hedges and options there is one. "!" is more than is wanted; "↓" is less, or more than
{below:.0%} below chance (of one sheet: and beyond two standard errors), which tells as much. Levels, and
what is called balanced, count each answer the same however often it is right. Phrasing is function words,
endings of other words, a sign for figures, and punctuation. "Options" is how much more often than by
chance somebody is right who takes an option by that rule.
"""


def table(rows: Sequence[Row], sheets: Sequence[Sheet], below: float) -> str:
    """Return the table in Markdown."""
    return "\n".join(
        [HEAD.format(others=len(sheets) - 1, below=below), *_lines(rows, sheets), "", _missed(rows), ""]
    )


def _lines(rows: Sequence[Row], sheets: Sequence[Sheet]) -> Iterator[str]:
    columns = [
        "measure",
        "wanted",
        "chance",
        "texts",
        "all",
        *(sheet.id.replace("-", " ") for sheet in sheets),
    ]
    yield f"| {' | '.join(columns)} |"
    yield f"|{'---|' * len(columns)}"
    for row in rows:
        chance = "" if row.chance is None else f"{row.chance:.2f}".lstrip("0")
        cells = [str(row.sheets.get(sheet.id, "")) for sheet in sheets]
        yield f"| {' | '.join([row.name, str(row.goal), chance, str(row.all.size), str(row.all), *cells])} |"


def _missed(rows: Sequence[Row]) -> str:
    missed = [row.name for row in rows if row.all.misses or any(each.misses for each in row.sheets.values())]
    return f"Not as wanted: {'; '.join(missed)}." if missed else "All is as wanted."
