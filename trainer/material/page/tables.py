"""Levels that stand side by side in a table: its rows, read cell by cell and dealt to their columns."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from trainer.material.page.lines import PageLine

_T = TypeVar("_T")

_BETWEEN_CELLS = re.compile(r"\s{2,}|\s*\|\s*")
_RULE = re.compile(r"[\s|:+=-]+")


def by_cells(lines: Sequence[PageLine], heads: Callable[[PageLine], bool]) -> list[PageLine]:
    """Return lines with the rows of a table cell by cell; it begins where each cell `heads` a column."""
    found: list[PageLine] = []
    columns = 0
    for line in lines:
        texts = [text for text in _BETWEEN_CELLS.split(line.raw) if text]
        if columns and _RULE.fullmatch(line.raw):
            continue
        cells = [replace(line, raw=text, bullet="", wrapped=False) for text in texts]
        if len(cells) > 1 and all(map(heads, cells)):
            columns = len(cells)
            found += cells
        elif columns and len(cells) == columns:
            found += [replace(cell, bullet="•") for cell in cells]
        else:
            columns = 0
            found.append(line)
    return found


def columns_of(lists: Sequence[Sequence[_T]]) -> tuple[int, int, list[list[_T]]] | None:
    """Return from where to where lists are the columns of a table, and their cells: all stand in the last.

    None if no list without an entry stands before one; the cells are empty where they make no even rows.
    """
    end = next((i for i in range(1, len(lists)) if lists[i] and not lists[i - 1]), 0)
    if not end:
        return None
    start = end
    while start and not lists[start - 1]:
        start -= 1
    width, cells = end + 1 - start, lists[end]
    uneven = len(cells) % width != 0
    return start, end + 1, [[] if uneven else list(cells[column::width]) for column in range(width)]
