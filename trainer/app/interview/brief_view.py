"""The brief as rows."""

from collections.abc import Iterable

from textual.content import Content

from trainer.app.kit.layout import BLANK, hanging, text
from trainer.app.kit.phrases import said
from trainer.app.kit.row_list import Row
from trainer.reports.brief_page import Part


def brief_rows(parts: Iterable[Part], width: int) -> list[Row]:
    """Lay a brief out; its title stands in the line at the top, and its room for notes is for paper."""
    return [BLANK, *(row for part in parts for row in _part(part, width))]


def _part(part: Part, width: int) -> list[Row]:
    label = said(f"{part.label}{': ' if part.text else ''}", "$key") if part.label else Content("")
    words = Content.assemble(label, said(part.text))
    match part.kind:
        case "title" | "notes":
            return []
        case "section":
            return [BLANK, *text(part.text, width, "bold $strong")]
        case "heading":
            return [BLANK, *text(part.text, width, "bold")]
        case "copy":
            return hanging(Content("    "), said(part.text, "$quiet"), width)
        case "item":
            return hanging(Content("      " if part.under else "  – "), words, width)
        case "text":
            return hanging(Content("  "), words, width)
