"""Sheets that were imported before, and the pages they came from: which of them is this page's?

A page is the same as an earlier one when it explains the same term in the same industry.
"""

import hashlib
import os
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from trainer import disk
from trainer.errors import PageError, SheetError
from trainer.home import Home
from trainer.material.files import read_sheet
from trainer.material.ids import id_of, numbered
from trainer.material.page.naming import named
from trainer.material.page.reading import read_page
from trainer.material.sheet import Sheet
from trainer.material.sheet_files import sheets_in


@dataclass(frozen=True)
class Known:
    """A sheet that is there already."""

    sheet: Sheet
    path: Path
    page: Path
    """Where the page that it came from is kept, if it is."""
    before: Sheet | None
    """What that page gave; None when it is not there or can't be read."""

    @property
    def industry(self) -> str:
        """The industry of the page or, without one, of the sheet, as industries are compared."""
        return _folded((self.before or self.sheet).industry or "")


def find_known(page: Sheet, home: Home, folder: Path) -> Known | None:
    """Return the sheet in a folder that came from an earlier import of this page, or is on the same.

    Raises PageError when the page names no industry, and there are several sheets on its term; and
    SheetError when its sheet is there but can't be read.
    """
    found = [known for path in _naming(page, home, folder) if (known := _known(page, path, home, folder))]
    exact = [known for known in found if known.industry == _folded(page.industry or "")]
    if len(exact or found) > 1:
        paths = ", ".join(str(known.path) for known in exact or found)
        raise PageError(
            f"The page could belong to several sheets: {paths}. Put “Term from … industry explained for "
            "recruiters” below its title."
        )
    return next(iter(exact or found), None)


def free_sheet_id(page: Sheet, folder: Path, reserved: Collection[str]) -> str:
    """Return an id for a new sheet: the term's, with the industry in it if another sheet has that one."""
    term, _ = _term(page)
    wanted: list[str] = [page.id, id_of(f"{term} {page.industry or ''}")]
    others = (numbered(wanted[-1], number) for number in count(2))
    return next(id_ for id_ in chain(wanted, others) if not _is_taken(id_, folder, reserved))


def page_file(home: Home, folder: Path, id_: str) -> Path:
    """Return where the page of a sheet is kept: in the user's own files, whatever the folder of the sheet."""
    there = os.path.realpath(folder)  # unlike Path.resolve it takes links that lead in a circle as they are
    if there == os.path.realpath(home.decks):
        return home.pages / f"{id_}.txt"
    mark = hashlib.blake2b(os.fsencode(there), digest_size=4).hexdigest()
    return home.pages / f"{id_}-{mark}.txt"


def read_text(path: Path) -> str | None:
    """Return a file's text with its line ends as they are, None when there is no such file.

    Raises SheetError when it can't be read.
    """
    try:
        return disk.read_whole(path).decode("utf-8-sig")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SheetError(f"{path}: can't be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise SheetError(f"{path}: not UTF-8 text. Save the file as UTF-8.") from error


def _naming(page: Sheet, home: Home, folder: Path) -> Iterator[Path]:
    """Yield the files that may be the page's: those that name its term, or whose page did."""
    said = [page.name, *(name for term in page.terms[:1] for name in (term.term, term.stands_for))]
    names = [name.casefold() for name in said if name]
    for path in sheets_in(folder):
        texts = (_text_or_nothing(file) for file in (path, page_file(home, folder, path.stem)))
        if path.stem == page.id or any(name in text for text in texts for name in names):
            yield path


def _known(page: Sheet, path: Path, home: Home, folder: Path) -> Known | None:
    try:
        sheet = read_sheet(path)
    except SheetError:
        if path.stem == page.id:
            raise
        return None
    kept = page_file(home, folder, sheet.id)
    before = _earlier(kept)
    if not any(is_same(page, other) for other in (before, sheet) if other):
        return None
    return Known(sheet, path, kept, before)


def _earlier(kept: Path) -> Sheet | None:
    try:
        text = read_text(kept)
        return read_page(text).sheet if text else None
    except (PageError, SheetError):
        return None  # the sheet then counts as written by hand, and nothing in it is changed


def is_same(page: Sheet, other: Sheet) -> bool:
    """Return whether two sheets are on the same term in the same industry; one may leave that open."""
    industries = {_folded(sheet.industry or "") for sheet in (page, other)} - {""}
    (term, stands_for), (other_term, other_stands_for) = _term(page), _term(other)
    if len(industries) > 1:
        return False
    if term == other_term:
        return not (stands_for and other_stands_for) or stands_for == other_stands_for
    return (not stands_for and term == other_stands_for) or (
        not other_stands_for and stands_for == other_term
    )


def on_the_same_term(page: Sheet, sheets: Iterable[Sheet], shipped: Collection[str]) -> list[str]:
    """Say which other sheets explain the one term of a page, and what that means; `shipped` are ids."""
    same = (
        sheet for sheet in sheets if sheet.id != page.id and len(sheet.terms) == 1 and is_same(page, sheet)
    )
    return [
        f"The sheet “{sheet.name}”{', which comes with trainer,' if sheet.id in shipped else ''} is on the "
        f"same term: both will ask about it. “{page.name}” and “{sheet.name}” say which you mean."
        for sheet in same
    ]


def _term(sheet: Sheet) -> tuple[str, str]:
    """Return the term of a sheet, and what it stands for, as they are compared."""
    naming = named(sheet.name)
    first = next(iter(sheet.terms), None)
    term, stands_for = (first.term, first.stands_for) if first else ("", "")
    return _folded(term or naming.term), _folded(stands_for or naming.stands_for)


def _folded(text: str) -> str:
    return " ".join(re.findall(r"[\w+#]+", text.casefold()))  # C, C++ and C# are three terms


def _is_taken(id_: str, folder: Path, reserved: Collection[str]) -> bool:
    if id_ in reserved or (folder / f"{id_}.toml").exists():
        return True
    return any(_has_id(path, id_) for path in sheets_in(folder))


def _has_id(path: Path, id_: str) -> bool:
    if f'"{id_}"' not in _text_or_nothing(path):
        return False
    try:
        return read_sheet(path).id == id_
    except SheetError:
        return False


def _text_or_nothing(path: Path) -> str:
    """Return a file's text in small letters; what can't be read names nothing."""
    try:
        return (read_text(path) or "").casefold()
    except SheetError:
        return ""
