"""What the lens says of a text, in print."""

from collections.abc import Iterator

from trainer.humanize import count
from trainer.plain.wrapping import wrapped
from trainer.reports.lens import LensReport, LensWord, Told, ToldTitle

WIDTH = 90
_MOST_TITLES = 4
"""Roles for which a title is told at most."""


def lens_lines(report: LensReport) -> Iterator[str]:
    """Yield the words of the trade in a text, each with its meaning and what to ask, then the unknown."""
    words = f"{count(len(report.words), 'word')} of the trade"
    yield words if report.words else "No word of the trade that your sheets know is in it."
    for word in report.words:
        yield ""
        yield wrapped(heading(word), WIDTH)
        for meaning in word.meanings:
            yield from _meaning(meaning, several=len(word.meanings) > 1)
        for title in word.titles[:_MOST_TITLES]:
            yield from _title(title)
        if left := word.titles[_MOST_TITLES:]:
            yield wrapped(f"Also a title for {', '.join(each.role for each in left)}.", WIDTH, indent="  ")
    if report.unknown:
        yield ""
        yield "Not in your sheets (a name may be among them)"
        yield wrapped(", ".join(each.words for each in report.unknown), WIDTH, indent="  ")


def heading(word: LensWord) -> str:
    """Return a word as it stands in the text, how often, and whether it is in doubt."""
    times = f"  × {len(word.places)}" if len(word.places) > 1 else ""
    return f"{', '.join((word.words, *word.also))}{times}{'' if word.sure else '  (may mean)'}"


def _meaning(told: Told, *, several: bool) -> Iterator[str]:
    name = told.term if several or not told.stands_for else f"{told.term}, {told.stands_for}"
    where = f" ({told.region})" if told.region else ""
    yield wrapped(f"{name}{where}: {told.meaning}", WIDTH, indent="  ")
    if told.ask:
        yield wrapped(told.ask, WIDTH, indent="  Conclude or ask: ", hanging="    ")
    for region, text in told.regions:
        yield wrapped(text, WIDTH, indent=f"  {region}: ", hanging="    ")
    if told.fair:
        yield wrapped(told.fair, WIDTH, indent="  Fair: ", hanging="    ")


def _title(told: ToldTitle) -> Iterator[str]:
    relation = told.relation or "a title that nobody judged"
    yield wrapped(f"For {told.role}: {relation}. {told.why}".strip(), WIDTH, indent="  ")
    for region, text in told.regions:
        yield wrapped(text, WIDTH, indent=f"    {region}: ", hanging="      ")
    if told.fair:
        yield wrapped(told.fair, WIDTH, indent="    Fair: ", hanging="      ")
