"""Lists in rows and columns: CSV, text with tabs, what Quizlet and Anki export as text, tables, workbooks."""

import csv
import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from trainer.material.page.found import Unplaced
from trainer.material.words.word_list import Entry, WordList, word_list

_HEADS = {
    "term": r"terms?|words?|front|expressions?|vocab(?:ulary)?|abbreviations?|acronyms?",
    "meaning": r"meanings?|definitions?|back|explanations?|descriptions?|what it means",
    "stands_for": r"stands[ _]for|(?:in full|full|long)(?: form| name)?|expansion|abbreviation of",
    "aliases": r"alias(?:es)?|also (?:called|known as)|synonyms?|other names?",
    "signal": r"signals?|on (?:an? |the )?(?:r[eé]sum[eé]s?|cvs?)|what to conclude",
}
"""How a column is headed, by what it holds."""

_SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "colon": ":", "space": " "}
"""How Anki names them."""

_ANKI = re.compile(r"#(?P<key>[a-z ]+):(?P<value>.*)")
_BETWEEN_NAMES = re.compile(r"\s*[;,|]\s*")
_RULE = re.compile(r"[\s|:+-]+")
_SPLIT_TAG = re.compile(r"<(?:br|/?p|/?div|/?li|/?tr|/?td|hr)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>|\[sound:[^\]]{0,400}\]")
_HEAD_WITHIN = 3
"""Rows among which the heads of the columns stand: a title may stand above them."""
_FEWEST, _SHARE = 3, 0.8
_MOST_TERM_WORDS = 8
_LONGEST_RECORD = 50
"""Lines that a quoted cell may go over; one that is opened and never closed would swallow the rest."""


@dataclass(frozen=True)
class Row:
    """A row with its cells, and the line that it begins on."""

    line: int
    cells: Sequence[str]


def table_in(text: str, name: str = "", *, is_csv: bool = False) -> WordList | None:
    """Return the list that a text in columns makes, None if it makes none.

    `is_csv` says that the text's file is called so; then less has to speak for it.
    """
    lines = text.split("\n")
    anki, lines = _anki_head(lines)
    filled = [line for line in lines if line.strip()]
    if not filled:
        return None
    separator = _SEPARATORS.get(anki.get("separator", "").lower(), anki.get("separator", "")[:1])
    for sign in (separator,) if separator else [each for each in ("\t", ";", ",", "|") if each in text]:
        rows = list(_rows(lines, sign))
        if separator or is_csv or _is_table(rows, filled, sign):
            cut = [row for row in rows if isinstance(row, Row) and len(row.cells) > 1]
            if not cut or (len(cut) * 2 < len(rows) and not separator):
                continue
            skipped = [
                int(value) - 1 for key, value in anki.items() if key.endswith(" column") and value.isdecimal()
            ]
            return list_of_rows(rows, name, skipped=skipped, marked_up=anki.get("html") == "true")
    return None


def list_of_rows(
    rows: Iterable[Row | Unplaced], name: str = "", *, skipped: Sequence[int] = (), marked_up: bool = False
) -> WordList:
    """Return the list that rows make. Their first row may head the columns; else the first two are taken."""
    rows = list(rows)
    if skipped or marked_up:
        rows = [_without(row, skipped, marked_up=marked_up) if isinstance(row, Row) else row for row in rows]
    told: list[str] = []
    upper = [row for row in rows if isinstance(row, Row)][:_HEAD_WITHIN]
    first = next((row for row in upper if _headed(row.cells)), None)
    heads = _headed(first.cells) if first else {}
    rows = [row for row in rows if row is not first]
    filled = sorted({at for row in rows if isinstance(row, Row) for at, cell in enumerate(row.cells) if cell})
    columns: Mapping[str, int] = heads or dict(zip(("term", "meaning"), [*filled, *(0, 1)], strict=False))
    widths = Counter(_width(row) for row in rows if isinstance(row, Row))
    width = len(first.cells) if heads and first else max((widths.most_common(1) or [(2, 0)])[0][0], 2)
    for at in [at for at in filled if at < width and at not in columns.values()][:5]:
        head = f" (“{first.cells[at][:40]}”)" if heads and first and first.cells[at] else ""
        told.append(f"Column {at + 1}{head} is left out: a sheet of words has no place for it.")
    return word_list((_entry(row, columns, width) for row in rows if _says(row)), name, told)


def _says(row: Row | Unplaced) -> bool:
    return isinstance(row, Unplaced) or any(row.cells)


def _width(row: Row) -> int:
    width = len(row.cells)
    while width and not row.cells[width - 1]:
        width -= 1
    return width


def _entry(row: Row | Unplaced, columns: Mapping[str, int], width: int) -> Entry | Unplaced:
    if isinstance(row, Unplaced):
        return row
    if _width(row) > width:
        why = (
            f"it has {_width(row)} cells, the others have {width}: "
            "put quotes around a cell that has the sign in it"
        )
        return Unplaced(" | ".join(row.cells)[:200], row.line, why, bullet=False)
    said = {key: row.cells[at] if at < len(row.cells) else "" for key, at in columns.items()}
    aliases = tuple(_BETWEEN_NAMES.split(said["aliases"])) if said.get("aliases") else ()
    stands_for, signal = said.get("stands_for", ""), said.get("signal", "")
    return Entry(said["term"], said["meaning"], row.line, stands_for, aliases, signal)


def _headed(cells: Sequence[str]) -> dict[str, int]:
    """Return which column holds what, empty if the row heads none."""
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        for key, pattern in _HEADS.items():
            if key not in found and re.fullmatch(pattern, cell.strip(" :*#"), re.IGNORECASE):
                found[key] = at
                break
    return found if {"term", "meaning"} <= found.keys() else {}


def _without(row: Row, skipped: Sequence[int], *, marked_up: bool) -> Row:
    cells = [cell for at, cell in enumerate(row.cells) if at not in skipped]
    return Row(row.line, [text_of_cell(cell) for cell in cells] if marked_up else cells)


def text_of_cell(cell: str) -> str:
    """Return the text of a cell that may hold HTML."""
    if "<" in cell or "[sound:" in cell:
        cell = _TAG.sub("", _SPLIT_TAG.sub(" ", cell))
    return " ".join(html.unescape(cell).split())


def _anki_head(lines: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Return what the head of an export from Anki says, and the lines with the head emptied."""
    said: dict[str, str] = {}
    for at, line in enumerate(lines):
        head = _ANKI.fullmatch(line.strip("\r\n"))
        if not head:
            return said, [*([""] * at), *lines[at:]] if said else list(lines)
        said[head["key"]] = head["value"] if head["value"] == "\t" else head["value"].strip()
    return said, []


def _is_table(rows: Sequence[Row | Unplaced], filled: Sequence[str], sign: str) -> bool:
    """Return whether rows are cut by a sign that parts columns, and is no sign of a sentence."""
    cut = [row for row in rows if isinstance(row, Row) and len(row.cells) > 1]
    if not cut:
        return False
    if _headed(cut[0].cells) and cut[0] in rows[:_HEAD_WITHIN]:
        return True
    if sign == "\t":
        return (
            len(cut) > 1
            and all(line.count("\t") < 10 for line in filled[:50])
            and len(cut) >= 0.6 * len(rows)
        )
    widths = Counter(len(row.cells) for row in cut)
    even = widths.most_common(1)[0][1]
    if len(cut) < _FEWEST or even < _SHARE * len(rows):
        return False
    short = sum(len(row.cells[0].split()) <= _MOST_TERM_WORDS for row in cut)
    tight = sum(f"{sign} " not in line for line in filled)
    return short >= _SHARE * len(cut) and (sign == "|" or tight >= _SHARE * len(filled))


def _rows(lines: Sequence[str], sign: str) -> Iterator[Row | Unplaced]:
    """Yield the rows of a text, each with the line that it begins on."""
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip() or (sign == "|" and _RULE.fullmatch(line)):
            at += 1
        elif '"' not in line:
            cells = line.replace("**", "").strip().strip("|").split("|") if sign == "|" else line.split(sign)
            yield Row(at + 1, [cell.strip() for cell in cells])
            at += 1
        else:
            taken, over = _quoted(lines, at, sign)
            yield from taken
            at += over


def _quoted(lines: Sequence[str], at: int, sign: str) -> tuple[Sequence[Row | Unplaced], int]:
    """Return the rows from a line on, up to where no quote is open, and over how many lines they go."""
    quotes = 0
    for end in range(at, min(len(lines), at + _LONGEST_RECORD)):
        quotes += lines[end].count('"')
        if quotes % 2 == 0:
            taken, begun = [], 0
            reader = csv.reader([f"{line}\n" for line in lines[at : end + 1]], delimiter=sign, strict=True)
            try:
                for cells in reader:
                    taken.append(Row(at + begun + 1, [cell.strip() for cell in cells]))
                    begun = reader.line_num
            except csv.Error:
                break
            return [row for row in taken if any(row.cells)], end + 1 - at
    return [_open_quote(lines[at], at, sign)], 1


def _open_quote(line: str, at: int, sign: str) -> Row | Unplaced:
    cells = [cell.strip() for cell in line.split(sign)]
    if any(cell.startswith('"') for cell in cells):
        return Unplaced(
            line.strip()[:200], at + 1, "a quote in it is not closed, or not doubled", bullet=False
        )
    return Row(at + 1, cells)


def rows_of_html(page: str) -> list[Row]:
    """Return the rows of the tables in HTML, counted from 1."""
    rows = re.split(r"<tr\b[^<>]*>", page, flags=re.IGNORECASE)[1:]
    found = []
    for number, row in enumerate(rows, start=1):
        inside = re.split(r"</t(?:r|able)\s*>", row, maxsplit=1, flags=re.IGNORECASE)[0]
        cells = re.split(r"<t[dh]\b[^<>]*>", inside, flags=re.IGNORECASE)[1:]
        found.append(Row(number, [text_of_cell(cell) for cell in cells]))
    return [row for row in found if any(row.cells)]
