"""The parts of which every page is laid out."""

from textual.content import Content

from trainer.app.kit.phrases import said
from trainer.app.kit.row_list import MARGIN, Row

BLANK = Row(Content(""))
_LEAST = 8
"""Cells that a text is wrapped to at least, however narrow the page is."""
_LABEL_MOST = 14
"""Cells for a label at most, where labels stand in a column of their own."""
_LABELS_FROM = 56
"""From this width on they do."""


def text(words: str, width: int, style: str = "", *, indent: int = MARGIN, target: str = "") -> list[Row]:
    """Lay out a text, wrapped and indented."""
    return block(said(words, style), width, indent=indent, target=target)


def block(content: Content, width: int, *, indent: int = MARGIN, target: str = "") -> list[Row]:
    """Lay out content, wrapped and indented."""
    space = Content(" " * indent)
    return [Row(space + line, target) for line in content.wrap(max(_LEAST, width - indent))]


def hanging(head: Content, body: Content, width: int, *, target: str = "") -> list[Row]:
    """Lay out content after a head; further lines stand under its beginning."""
    room = max(_LEAST, width - head.cell_length)
    space = Content(" " * head.cell_length)
    return [Row((space if i else head) + line, target) for i, line in enumerate(body.wrap(room))]


def labelled(pairs: list[tuple[str, str]], width: int, *, indent: int = 4, column: int = 0) -> list[Row]:
    """Lay out labelled texts: in two columns, or one after the other where the page is narrow.

    `column` is how many cells the labels get; without it as many as the longest needs.
    """
    if width < _LABELS_FROM:
        return [
            row
            for label, words in pairs
            for row in hanging(Content("  "), Content.assemble(said(label, "$key"), ": ", said(words)), width)
        ]
    column = column or min(_LABEL_MOST, max((said(label).cell_length for label, _ in pairs), default=0))
    rows: list[Row] = []
    for label, words in pairs:
        named = said(label, "$key").truncate(column, ellipsis=True)
        head = Content.assemble(" " * indent, named, " " * (column - named.cell_length + 2))
        rows += hanging(head, said(words), width)
    return rows


def apart(left: Content, right: Content, width: int, target: str = "") -> list[Row]:
    """Put two texts at the two ends of a line, or of two lines where one is too short."""
    gap = width - left.cell_length - right.cell_length
    if gap >= 2:
        return [Row(left + " " * gap + right, target)]
    rows = [Row(line, target) for line in left.wrap(max(_LEAST, width))]
    space = " " * max(MARGIN, width - right.cell_length)
    return [*rows, Row((Content(space) + right).truncate(max(_LEAST, width), ellipsis=True), target)]


def fit(rows: list[Row], height: int) -> list[Row]:
    """Leave out empty lines as long as the page is too high; no two ever stand together.

    Those of the feedback go first, whose labels keep it apart anyway; then the rest, from the top.
    """
    kept = [row for i, row in enumerate(rows) if i == 0 or row.content.plain or rows[i - 1].content.plain]
    empty = [i for i, row in enumerate(kept) if not row.content.plain and not _keeps_apart(kept, i)]
    gone = sorted(empty, key=lambda i: not kept[i].place)[: max(0, len(kept) - height)]
    return [row for i, row in enumerate(kept) if i not in gone]


def _keeps_apart(rows: list[Row], place: int) -> bool:
    """Say whether what follows is a part of its own: the feedback, or what was not saved."""
    following = rows[place + 1].place if place + 1 < len(rows) else ""
    return bool(following) and following != rows[place].place
