"""Where a page comes from: words above the box, and files to choose from."""

from collections.abc import Sequence

from textual.content import Content

from trainer.app.importing.page_files import PageFile
from trainer.app.kit.layout import BLANK, text
from trainer.app.kit.phrases import said
from trainer.app.kit.row_list import Row


def head_rows(width: int, *, hidden: int = 0) -> list[Row]:
    """Say what to do; `hidden` is the length of a text of which only the beginning is shown."""
    rows = text("Copy a whole glossary page or a list of words, and paste it.", width)
    if hidden:
        rows += text(f"{hidden:,} characters were pasted; only the beginning is shown.", width, "$quiet")
    return rows


def files_rows(files: Sequence[PageFile], width: int) -> list[Row]:
    """Lay out files; the target of a line is its path."""
    if not files:
        return []
    rows = [BLANK, *text("Pages here", width, "$quiet")]
    for file in files:
        name = said(f"{file.name}/" if file.is_folder else file.name)
        where = said(file.where, "$quiet")
        line = Content.assemble("  ", name, "   ", where).truncate(width, ellipsis=True)
        rows.append(Row(line, file.path))
    return rows
