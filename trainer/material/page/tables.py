"""Levels and questions that stand in a table: its rows, read cell by cell, as the headings that they are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

from trainer.material.page.headings import Kind, Mark, mark_of
from trainer.material.page.lines import PageLine

_T = TypeVar("_T")

_BETWEEN_CELLS = re.compile(r"\s{2,}|\s*\|\s*")
_RULE = re.compile(r"[\s|:+=-]+")
_HEADS = {
    "level": r"(?:role |experience |job |seniority )?levels?|seniority|tier|grade|stage",
    "years": r"(?:years?|yrs)(?: of experience)?|experience|typical (?:years|experience)",
    "ask": r"(?:interview |example |sample )?questions?|ask|what to ask|q",
    "answer": r"(?:expected|ideal|good|sample|model|strong) (?:answers?|responses?)|answers?"
    r"|what to (?:listen|look) for|listen for|look for|a",
    "signs": r"(?:experience |level )?indicators?|(?:key |typical |main )?skills|signs"
    r"|what (?:to look for|to expect|they can do)|(?:key |typical )?responsibilities|can do",
}
"""How a column is headed, by what it holds."""

_PARTS = re.compile(r"\s*(?:[;•·▪●]|(?:^|\s)[-–]\s)\s*")
_COMMAS = re.compile(r", (?:and |or )?(?![^(]*\))")
_GOES_ON = re.compile(
    r"(?:and|but|or|so|who|which|that|because|if|when|such|like|including)\b", re.IGNORECASE
)
_LONGEST_PART = 6
"""Words of an indicator in a row that commas part."""


def with_tables(lines: Sequence[PageLine]) -> Iterator[PageLine | Mark]:
    """Yield the lines of a page; those of a table as the headings, labels and items that its cells are."""
    place = 0
    while place < len(lines):
        cells = _BETWEEN_CELLS.split(lines[place].raw.strip("| "))
        if len(cells) > 1 and heads_table(cells):
            end = _end_of_table(lines, place)
            yield from _table(lines[place:end])
            place = end
        else:
            yield lines[place]
            place += 1


def heads_table(cells: Sequence[str]) -> bool:
    """Return whether cells are the first row of a table of levels or questions."""
    return _levels_in(cells) is not None or bool(_columns(cells))


def _end_of_table(lines: Sequence[PageLine], start: int) -> int:
    """Return where a table ends: at the first line that is not of several cells."""
    for place in range(start + 1, len(lines)):
        raw = lines[place].raw
        if not (_BETWEEN_CELLS.search(raw) or _RULE.fullmatch(raw)):
            return place
    return len(lines)


def _table(lines: Sequence[PageLine]) -> Iterator[PageLine | Mark]:
    head, *below = lines
    heads = _BETWEEN_CELLS.split(head.raw.strip("| "))
    rows: list[tuple[PageLine, list[str]]] = []
    uneven: list[PageLine] = []
    for line in below:
        if _RULE.fullmatch(line.raw):
            continue
        cells = _cells(line, head)
        if len(cells) == len(heads):
            rows.append((line, cells))
        else:
            uneven.append(replace(line, bullet="", gap=True, wrapped=False))
    if levels := _levels_in(heads):
        for column, mark in enumerate(levels):
            yield replace(mark, line=head)
            yield from (
                _cell(line, text) for line, cells in rows for text in cells[column].split(" • ") if text
            )
    elif "ask" in (columns := _columns(heads)):
        yield from _asked(rows, columns)
    else:
        for line, cells in rows:
            yield from _level(line, cells, columns)
    yield from uneven


def _cells(line: PageLine, head: PageLine) -> list[str]:
    """Return the cells of a row, empty ones too where the head shows by which sign they are parted."""
    raw = f"{line.bullet} {line.raw}" if line.bullet else line.raw
    if "|" in head.raw:
        return [cell.strip() for cell in raw.strip().removeprefix("|").removesuffix("|").split("|")]
    if "   " in head.raw:
        return _BETWEEN_CELLS.split(raw)
    cells = [cell.strip() for cell in (" " * line.indent + raw).split("  ")]  # a tab is two spaces by now
    return cells + [""] * (head.raw.count("  ") + 1 - len(cells))


def _levels_in(cells: Sequence[str]) -> list[Mark] | None:
    marks = [mark_of(PageLine(1, cell), Kind.LEVELS) for cell in cells if cell]
    levels = [mark for mark in marks if mark and mark.kind is Kind.LEVEL]
    return levels if len(levels) == len(cells) > 1 else None


def _columns(cells: Sequence[str]) -> dict[str, int]:
    """Return which column holds what; empty unless they hold questions or levels."""
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        name = cell.strip(" :*#_")
        for key, pattern in _HEADS.items():
            if key not in found and re.fullmatch(pattern, name, re.IGNORECASE):
                found[key] = at
                break
    if "ask" not in found and "answer" in found:
        found.setdefault("signs", found["answer"])  # "What to look for" heads both
    return found if {"ask", "answer"} <= found.keys() or {"level", "signs"} <= found.keys() else {}


def _asked(rows: Sequence[tuple[PageLine, list[str]]], columns: dict[str, int]) -> Iterator[Mark]:
    level = ""
    for line, cells in rows:
        here = cells[columns["level"]] if "level" in columns else ""
        if here and here != level:
            level = here
            yield Mark(Kind.QUESTION_LEVEL, line, _named(here, line)[0])
        yield Mark(Kind.ASK, line, cells[columns["ask"]])
        yield Mark(Kind.ANSWER, line, cells[columns["answer"]])


def _level(line: PageLine, cells: list[str], columns: dict[str, int]) -> Iterator[PageLine | Mark]:
    name, years = _named(cells[columns["level"]], line)
    if "years" in columns and cells[columns["years"]]:
        years = re.sub(r"\s*(?:years?|yrs?\.?)$", "", cells[columns["years"]], flags=re.IGNORECASE)
    yield Mark(Kind.LEVEL, line, name, years)
    yield from (_cell(line, part) for part in _parts(cells[columns["signs"]]))


def _named(cell: str, line: PageLine) -> tuple[str, str]:
    """Return the name of a level and its years, as one cell has them."""
    mark = mark_of(replace(line, raw=cell, bullet=""), Kind.LEVELS)
    return (mark.value, mark.years) if mark and mark.kind is Kind.LEVEL else (cell.strip("*_ "), "")


def _parts(cell: str) -> list[str]:
    """Return the indicators in one cell; at commas it is parted only where short ones stand between them."""
    parts = [part.strip(" .") for part in _PARTS.split(cell) if part.strip(" .")]
    if len(parts) != 1:
        return parts
    pieces = [piece.strip(" .") for piece in _COMMAS.split(cell)]
    short = all(0 < len(piece.split()) <= _LONGEST_PART and not _GOES_ON.match(piece) for piece in pieces)
    return pieces if short else parts


def _cell(line: PageLine, text: str) -> PageLine:
    return replace(line, raw=text, bullet="•", gap=False, wrapped=False)


def columns_of(lists: Sequence[Sequence[_T]]) -> tuple[int, int, list[list[_T]]] | None:
    """Return from where to where lists are the columns of a table, and their cells: all stand in the last.

    None if no list without an entry stands before one; the cells are empty where they make no even rows.
    """
    end = next((i + 1 for i, (one, other) in enumerate(pairwise(lists)) if other and not one), 0)
    if not end:
        return None
    start = end
    while start and not lists[start - 1]:
        start -= 1
    width, cells = end + 1 - start, lists[end]
    uneven = len(cells) % width != 0
    return start, end + 1, [[] if uneven else list(cells[column::width]) for column in range(width)]
