"""The statistics, section by section: sentences, pictures, and the figure beside each."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from textual.content import Content

from trainer.app.kit.layout import BLANK, hanging, labelled, text
from trainer.app.kit.phrases import count, said
from trainer.app.kit.row_list import MARGIN, Row
from trainer.reports.statistics.drawing import FULL, MARK, NONE, SOME, bar, calendar, curve
from trainer.reports.statistics.parts import Bar, Curve, Entry, Figure, Part, Section, Told, Under, Year
from trainer.reports.statistics.sections import SHORT

_LABEL_MOST = 18
"""Cells for the name of a figure."""
_PICTURE_LEAST, _PICTURE_MOST = 10, 28
"""Cells for a picture; with fewer its figure stands below it."""
_GAP = 2
"""Cells between the names of sections."""
_WIDE = 76
"""Cells over which sentences and pictures spread at most."""
_STYLES = {FULL: "$right", SOME: "$key", NONE: "$quiet"}

_LOADING = "Reading your answers …"


def statistics_page(number: int, section: Section | None, problem: str, width: int) -> list[Row]:
    """Lay a section out, by its number from 0 on; None while its figures are not there yet."""
    names = list(SHORT.values())
    rows = [*_tabs(number, width), BLANK, *text(names[number][1], width, "bold $strong")]
    if section is None:
        return [*rows, BLANK, *text(problem or _LOADING, width, "$wrong" if problem else "$quiet")]
    before: Part | None = None
    for part in section.parts:
        if _stands_apart(before, part):
            rows.append(BLANK)
        rows += _part(part, section.parts, width)
        before = part
    if problem:
        rows += [BLANK, *hanging(Content.styled("! ", "$wrong"), said(problem, "$wrong"), width)]
    return rows


def _stands_apart(before: Part | None, part: Part) -> bool:
    """Return whether an empty line stands between two parts: between those of different kinds."""
    if isinstance(before, Under):
        return False
    return before is None or isinstance(part, Under | Told) or type(before) is not type(part)


def _tabs(number: int, width: int) -> list[Row]:
    """Lay out the names of the sections, the one that is shown marked by a sign too."""
    lines: list[Content] = []
    for i, (short, _) in enumerate(SHORT.values()):
        words = (f"▸{short}", "bold $strong") if i == number else (f" {short}", "$quiet")
        name = Content.assemble((str(i + 1), "$key"), words)
        if lines and lines[-1].cell_length + _GAP + name.cell_length <= width:
            lines[-1] = lines[-1] + " " * _GAP + name
        else:
            lines.append(Content(" " * MARGIN) + name)
    return [Row(line) for line in lines]


def _part(part: Part, beside: Sequence[Part], width: int) -> list[Row]:
    match part:
        case Told(words):
            return text(words, min(width, _WIDE))
        case Under(words):
            return text(words, width, "$strong")
        case Figure(label, words):
            return labelled([(label, words)], min(width, _WIDE), indent=MARGIN, column=_LABEL_MOST)
        case Bar(label, share, figure, mark):
            room = _room(beside, Bar, width)
            return room.lay(label, bar(share, room.cells, mark), figure)
        case Curve(label, shares, figure):
            room = _room(beside, Curve, width)
            return room.lay(label, curve(shares[-room.cells :]).rjust(room.cells), figure)
        case Entry():
            return _entry(part, width)
        case Year():
            return _year(part, width)


class _Room(NamedTuple):
    """How pictures of a kind are laid out in a section: one below the other, as long as each other."""

    width: int
    column: int
    """Cells for their names."""
    cells: int
    """Cells of each picture."""

    def lay(self, label: str, picture: str, figure: str) -> list[Row]:
        """Lay one out, with its figure beside it where there is room, else below."""
        name = said(label, "$key").truncate(self.column, ellipsis=True)
        head = Content.assemble(" " * MARGIN, name, " " * (self.column - name.cell_length + 2))
        head += _drawn(picture)
        if head.cell_length + 2 + len(figure) <= self.width:
            return [Row(head + "  " + said(figure))]
        space = Content(" " * (MARGIN + self.column + 2))
        if self.width - space.cell_length < len(figure):
            space = Content(" " * (MARGIN + 2))
        return [Row(head), *hanging(space, said(figure, "$quiet"), self.width)]


def _room(parts: Sequence[Part], kind: type[Bar] | type[Curve], width: int) -> _Room:
    alike = [part for part in parts if isinstance(part, kind)]
    column = min(_LABEL_MOST, max(len(part.label) for part in alike))
    free = width - MARGIN - column - 2
    cells = min(_WIDE, width) - MARGIN - column - 4 - max(len(part.figure) for part in alike)
    if cells < _PICTURE_LEAST:
        cells = free
    longest = max((len(part.shares) for part in alike if isinstance(part, Curve)), default=_PICTURE_MOST)
    return _Room(width, column, max(1, min(_PICTURE_MOST, longest, cells, free)))


def _drawn(picture: str) -> Content:
    """Colour a picture, whose signs tell all without it."""
    return Content.assemble(
        *("".join(run) if sign is None else ("".join(run), sign) for sign, run in groupby(picture, _style))
    )


def _style(sign: str) -> str | None:
    if sign == MARK:
        return "$wrong"
    return _STYLES.get(sign, "$right" if sign.strip() else None)


def _entry(entry: Entry, width: int) -> list[Row]:
    """Lay an entry out: its text in two lines at most, the figure at the right end of the first."""
    figure, wide = said(entry.figure, "$key"), min(width, _WIDE)
    room = max(8, wide - MARGIN - figure.cell_length - 2)
    first, *others = said(entry.text).wrap(room)
    head = Content(" " * MARGIN) + first
    rows = [head + " " * max(2, wide - head.cell_length - figure.cell_length) + figure]
    if others:
        rest = Content(" ").join(others).truncate(room, ellipsis=True)
        rows.append(Content(" " * MARGIN) + rest)
    under = hanging(Content(" " * (MARGIN + 2)), said(entry.more, "$quiet"), wide)
    return [
        Row(row.truncate(width, ellipsis=True), entry.target) for row in (*rows, *(r.content for r in under))
    ]


def _year(year: Year, width: int) -> list[Row]:
    space = " " * MARGIN
    lines = calendar(year, width - MARGIN - 2)
    rows = [
        Row(Content.assemble(space, (f"{label:<2}", "$quiet"), _drawn(line) if label else (line, "$quiet")))
        for label, line in lines
    ]
    legend = f"{SOME} answers   {FULL} {count(year.goal, 'minute')} or more   {NONE} none"
    return [*rows, *text(legend, width, "$quiet", indent=MARGIN + 2)]
