"""A word in a line, with what it means; for every list of words."""

from textual.content import Content

from trainer.app.kit.phrases import said
from trainer.app.kit.row_list import Row
from trainer.cards.word_entry import Word

_COLUMN = 28
"""Cells for a word where there is room for columns."""
_COLUMNS_FROM = 70
"""From this width on there is."""


def word_row(word: Word, width: int, target: str) -> Row:
    """Lay a word out in one line; what it means goes first where the window is narrow."""
    short = f" ({word.names[0]})" if word.word.isupper() and word.names else ""
    named = said(word.word, "bold") + said(short, "$quiet")
    if width >= _COLUMNS_FROM and word.meaning:
        named = named.pad_right(max(0, _COLUMN - named.cell_length))
    line = Content("  ") + named + Content("  ") + said(word.meaning, "$quiet")
    return Row(line.truncate(max(8, width), ellipsis=True), target)
