"""Reading sheets: from a TOML file to a checked Sheet."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import tomli

from trainer import disk
from trainer.clean import clean_text
from trainer.errors import SheetError
from trainer.material.explain import explain
from trainer.material.references import dangling
from trainer.material.sheet import ResumeLine, Sheet, as_line

LARGEST_SHEET = 5_000_000
"""Bytes in a sheet at most; a hundred roles fit."""


def read_sheet(path: Path) -> Sheet:
    """Return the sheet in a file, with control codes removed and its ids checked.

    References to other sheets are not followed here: see `dangling`.
    Raises SheetError, one line a problem, naming the file and the way to the item.
    """
    return sheet_of(read_data(path), path)


def read_data(path: Path) -> bytes:
    """Return what a sheet's file holds. Raises SheetError if it can't be read, or is too large."""
    try:
        if path.stat().st_size > LARGEST_SHEET:
            raise SheetError(f"{path}: too large for a sheet (over {LARGEST_SHEET // 1_000_000} MB).")
        return disk.read_whole(path)
    except OSError as error:
        raise SheetError(f"{path}: can't be read ({error.strerror}).") from error


def sheet_of(data: bytes, path: Path) -> Sheet:
    """Return the sheet that a file with this content holds; see `read_sheet`."""
    return sheet_from(parsed(data, path), str(path))


def sheet_from(raw: dict[str, Any], where: str) -> Sheet:
    """Return the sheet in data as TOML gives it. Raises SheetError, every line of it saying where."""
    try:
        sheet = msgspec.convert(raw, Sheet, str_keys=True)
    except msgspec.ValidationError as error:
        raise SheetError(f"{where}: {explain(str(error), raw)}") from error
    problems = [*_duplicates(sheet), *dangling(sheet, {sheet.id: sheet}, own_only=True)]
    if problems:
        raise SheetError("\n".join(f"{where}: {problem}" for problem in problems))
    return sheet


def parsed(data: bytes, path: Path, what: str = "a sheet") -> dict[str, Any]:
    """Return a file's TOML as data, cleaned. Raises SheetError, saying `what` it is not, where it is none."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SheetError(f"{path}: line {line} is not UTF-8 text. Save the file as UTF-8.") from error
    try:
        raw: dict[str, Any] = cleaned(tomli.loads(text))
    except tomli.TOMLDecodeError as error:
        raise SheetError(f"{path}: not valid TOML: {error}.") from error
    except ValueError as error:
        raise SheetError(f"{path}: not {what}: a number in it has too many digits.") from error
    except RecursionError as error:
        raise SheetError(f"{path}: not {what}: its brackets are nested too deeply.") from error
    return raw


def cleaned(value: Any) -> Any:
    """Return TOML data without control codes. Raises ValueError for a number of too many digits."""
    match value:
        case str():
            return clean_text(value).strip()
        case int() if value.bit_length() > 64:  # no field wants it, and Python can't print the largest
            raise ValueError("a number has too many digits")
        case list():
            return [cleaned(item) for item in value]
        case dict():
            return {clean_text(key): cleaned(item) for key, item in value.items()}
    return value


def _lines_apart(variants: Iterable[str | ResumeLine]) -> Iterator[ResumeLine]:
    """Yield the lines of an item; the same text that stands there twice is one."""
    said: set[str] = set()
    for variant in variants:
        if not isinstance(variant, str) or variant not in said:
            yield as_line(variant)
        if isinstance(variant, str):
            said.add(variant)


def _duplicates(sheet: Sheet) -> Iterator[str]:
    groups: list[tuple[str, Iterable[msgspec.Struct]]] = [
        ("term, contrast or example", [*sheet.terms, *sheet.contrasts, *sheet.examples]),
        ("title", sheet.titles),
        ("level", sheet.levels),
        ("indicator", [*(indicator for _, indicator in sheet.indicators()), *sheet.unclear]),
        ("question or red flag", [*sheet.questions, *sheet.red_flags]),
    ]
    groups += [(f'contrast "{contrast.id}" › line', contrast.lines) for contrast in sheet.contrasts]
    for level, indicator in sheet.indicators():
        way = f'level "{level.id}" › indicator "{indicator.id}" › variant'
        groups.append((way, _lines_apart(indicator.variants)))
    groups += [
        (f'unclear line "{unclear.id}" › variant', _lines_apart(unclear.variants))
        for unclear in sheet.unclear
    ]
    for question in sheet.questions:
        groups += [
            (f'question "{question.id}" › point', question.points),
            (f'question "{question.id}" › answer', question.answers),
        ]
    for kind, items in groups:
        counts = Counter(getattr(item, "id") for item in items)  # noqa: B009 — every item has one
        for id_, count in counts.items():
            if count > 1:
                yield f'{kind} "{id_}": the id stands {count} times. Give each its own.'
