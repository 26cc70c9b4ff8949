"""The entry of a word, laid out: its parts, each of which can be marked and read in turn."""

from collections.abc import Iterator, Sequence

from textual.content import Content

from trainer.app.kit.layout import BLANK, hanging, labelled
from trainer.app.kit.phrases import said
from trainer.app.kit.row_list import Row
from trainer.reports.word_page import WordPart

_COLUMN = 12
"""Cells for a label."""
_OPENS, _TOLD = "› ", "· "


def part_target(number: int) -> str:
    """Return the target of a part of the page."""
    return f"part.{number}"


def part_of(target: str) -> int:
    """Return the part that a target stands for; -1 for none."""
    return int(target.partition(".")[2] or -1)


def word_rows(parts: Sequence[WordPart], width: int) -> list[Row]:
    """Lay an entry out."""
    rows = [BLANK]
    for number, part in enumerate(parts):
        if part.kind == "head":
            rows += [BLANK, *hanging(Content("  "), said(part.text, "bold $strong"), width)]
            continue
        target = part_target(number)
        rows += [Row(row.content, target) for row in _part_rows(part, width)]
    return rows


def _part_rows(part: WordPart, width: int) -> Iterator[Row]:
    if part.kind == "line":
        yield from labelled([(part.label, part.text)], width, indent=6 if part.under else 4, column=_COLUMN)
        return
    sign = Content.styled("    " + (_OPENS if part.opens else _TOLD), "$key" if part.opens else "$quiet")
    name = said(part.label, "bold") + Content(": ") if part.label else Content("")
    yield from hanging(sign, name + said(part.text), width)
