"""What was found on a page, part by part, and the page itself beside it."""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from textual.content import Content

from trainer.app.importing.mending import (
    DOUBTS,
    INDICATORS,
    LEVELS,
    QUESTIONS,
    TITLES,
    Mending,
    Piece,
)
from trainer.app.kit.layout import BLANK, hanging, text
from trainer.app.kit.phrases import count, said
from trainer.app.kit.row_list import Row
from trainer.material.page.mend import SINGLE, UNPLACED

WINDOW = 300
"""Lines of a page that are laid out at once; a glossary page has fewer."""

_LONGEST = 2_000
"""Characters of a line that are shown."""

_NUMBER = 4
"""Cells for the number of a line."""

_HEADS = {
    UNPLACED: "Where do these belong?",
    DOUBTS: "Left out",
    SINGLE[0]: "The page",
    "job_titles": "Typical job title",
    TITLES: "Titles to search for too",
    LEVELS: "Levels and what tells them",
    QUESTIONS: "Interview questions",
    "red_flags": "Red flags",
    "examples": "Examples in resumes",
}
_NAMES = {"name": "Title", "industry": "Industry", "meaning": "Definition", "signal": "On a résumé"}


def pieces_view(
    mending: Mending, width: int, problem: str = "", *, marked: Collection[str] = ()
) -> list[Row]:
    """Lay out what was found; the target of a line is that of its piece."""
    rows = [BLANK, *_summary(mending, width)]
    if marked:
        rows += text(f"{count(len(marked), 'line is', 'lines are')} marked for the next key.", width, "$key")
    if problem:
        rows += [BLANK, *hanging(Content.styled("! ", "$wrong"), said(problem), width)]
    for part, group in groupby(mending.pieces, key=_section):
        pieces = list(group)
        rows += [BLANK, _head(_HEADS[part], _counted(part, pieces), width)]
        if part == UNPLACED:
            rows += _legend(mending, width)
        for above, piece in zip((None, *pieces), pieces, strict=False):
            why = not (above and above.doubt == piece.doubt)
            rows += _piece(piece, width, why=why, marked=piece.target in marked)
    return rows


def cuts_of(title: str) -> list[Content]:
    """Return how a title looks when it is cut after its first word, after its second, and so on."""
    words = title.split()
    return [
        Content.assemble(said(" ".join(words[:end])), ("  |  ", "$key"), said(" ".join(words[end:])))
        for end in range(1, len(words))
    ]


def line_target(line: int) -> str:
    """Return the target of a line of the page."""
    return f"line.{line}"


def line_of(target: str) -> int | None:
    """Return which line of the page a target is, None if it is none."""
    kind, _, number = target.partition(".")
    return int(number) if kind == "line" else None


def source_view(lines: Sequence[str], first: int, given: frozenset[int], width: int) -> list[Row]:
    """Lay out some lines of the page, numbered; those that gave something can be chosen."""
    last = min(len(lines), first + WINDOW - 1)
    rows = [BLANK, *_elsewhere(first - 1, "above", width)]
    for number in range(first, last + 1):
        words = lines[number - 1]
        shown = words if len(words) <= _LONGEST else f"{words[:_LONGEST]} …"
        head = Content.assemble("  ", (str(number).rjust(_NUMBER), "$quiet"), "  ")
        target = line_target(number) if number in given else ""
        rows += hanging(head, said(shown, "" if target else "$quiet"), width, target=target)
    return [*rows, *_elsewhere(len(lines) - last, "below", width)]


def _elsewhere(lines: int, where: str, width: int) -> list[Row]:
    return text(f"… {count(lines, 'more line')} {where}", width, "$quiet") if lines else []


def _summary(mending: Mending, width: int) -> list[Row]:
    rows = []
    if mending.doubtful:
        things = count(mending.doubtful, "line needs", "lines need")
        rows += hanging(Content.styled("? ", "$wrong"), said(f"{things} a look."), width)
    else:
        rows += hanging(Content.styled("✓ ", "$right"), said("Nothing is in doubt."), width)
    if missing := mending.found.missing:
        rows += text(f"Not found: {', '.join(missing)}", width)
    if mending.drafts:
        points = count(mending.drafts, "point")
        rows += text(f"{points} of answers cut by the import, not confirmed yet", width, "$quiet")
    return rows


def _section(piece: Piece) -> str:
    if piece.part in SINGLE:
        return SINGLE[0]
    return LEVELS if piece.part == INDICATORS else piece.part


def _counted(part: str, pieces: Sequence[Piece]) -> str:
    if part == SINGLE[0]:
        return ""
    return str(sum(piece.part == part for piece in pieces))


def _head(words: str, number: str, width: int) -> Row:
    head = Content.assemble("  ", (words, "bold $strong"), "  ", (number, "$quiet"))
    return Row(head.truncate(width, ellipsis=True))


def _legend(mending: Mending, width: int) -> list[Row]:
    """Name the place behind each digit, as many on a line as fit."""
    entries = [
        Content.assemble((str(digit), "$key"), " ", said(name))
        for digit, (_, name) in enumerate(mending.places, start=1)
    ]
    rows, line = [], Content("  ")
    for entry in entries:
        if line.cell_length > 2 and line.cell_length + entry.cell_length + 2 > width:
            rows.append(Row(line.truncate(width)))
            line = Content("  ")
        line += entry + "   "
    return [*rows, Row(line.truncate(width, ellipsis=True))]


def _piece(piece: Piece, width: int, *, why: bool, marked: bool) -> Iterator[Row]:
    """Lay out a piece, with `why` it is in doubt unless the line above says so."""
    sign = "?" if piece.doubt else "~" if piece.is_draft else " "
    number = str(piece.line) if piece.line else ""
    indent = "    " if piece.part == INDICATORS else "  "
    head = Content.assemble(
        indent,
        (sign, "$wrong" if piece.doubt else "$key"),
        (number.rjust(4), "$quiet"),
        (" ■" if marked else "  ", "$key"),
        " ",
    )
    yield from hanging(head, _words(piece), width, target=piece.target)
    space = Content(" " * head.cell_length)
    for point in piece.points:
        mark = Content.styled("~ " if point.draft else "· ", "$key")
        yield from hanging(space + mark, said(point.text), width, target=piece.target)
    if piece.doubt and why:
        yield from hanging(space, said(piece.doubt, "$quiet"), width, target=piece.target)


def _words(piece: Piece) -> Content:
    match piece.part:
        case "name" | "industry" | "meaning" | "signal":
            known = said(piece.text) if piece.text else Content.styled("not found", "$quiet")
            return Content.assemble((f"{_NAMES[piece.part]}: ", "$quiet"), known)
        case "levels":
            return Content.assemble(said(piece.text, "bold $strong"), "  ", said(piece.note, "$quiet"))
        case "questions" if piece.note:
            return Content.assemble(said(f"{piece.note}: ", "$quiet"), said(piece.text))
    return said(piece.text)
