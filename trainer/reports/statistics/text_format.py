"""The statistics as lines of text, for a terminal or a file."""

import textwrap
from collections.abc import Iterable, Iterator

from trainer.humanize import count
from trainer.reports.statistics.drawing import FULL, SOME, bar, calendar, curve
from trainer.reports.statistics.parts import Bar, Curve, Entry, Figure, Part, Section, Told, Under, Year

WIDTH = 80
"""Signs in a line."""
_LABEL, _BAR = 18, 20
"""Cells of a name, and of a picture."""


def as_text(sections: Iterable[Section], *, pictures: bool = True) -> str:
    """Return sections in lines of text; without pictures, as a screen reader reads them out."""
    return "\n\n".join("\n".join(_section(section, pictures=pictures)) for section in sections) + "\n"


def _section(section: Section, *, pictures: bool) -> Iterator[str]:
    yield from (section.title, "-" * len(section.title))
    for part in section.parts:
        yield from _part(part, pictures=pictures)


def _part(part: Part, *, pictures: bool) -> Iterator[str]:
    match part:
        case Told(text):
            yield from textwrap.wrap(text, WIDTH)
        case Under(text):
            yield from ("", text)
        case Figure(label, text):
            yield from _named(label, text)
        case Bar(label, share, figure, mark):
            yield from _named(label, figure, bar(share, _BAR, mark) if pictures else "")
        case Curve(label, shares, figure):
            yield from _named(label, figure, curve(shares[-_BAR:]) if pictures else "")
        case Year() if pictures:
            yield from (f"  {label:<2}{line}".rstrip() for label, line in calendar(part, WIDTH))
            yield f"  {SOME} answers   {FULL} {count(part.goal, 'minute')} or more"
        case Entry(_, text, figure, more):
            yield from textwrap.wrap(
                f"{text} ({figure}; {more})", WIDTH, initial_indent="- ", subsequent_indent="  "
            )


def _named(label: str, text: str, picture: str = "") -> Iterator[str]:
    """Yield a figure with its name, and a picture between where there is one."""
    head = f"{label:<{_LABEL}} "
    if picture:
        head += f"{picture}  "
    lines = textwrap.wrap(text, WIDTH - len(head)) or [""]
    yield head + lines[0]
    yield from (" " * len(head) + line for line in lines[1:])
