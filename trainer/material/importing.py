"""Bringing a page into a folder of sheets: which sheet it is, what changes in it, and writing it whole.

Looking comes first: `plan_import` changes nothing and says what would change; `save` then does it.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from msgspec import structs

from trainer import disk
from trainer.errors import PageError, SheetError
from trainer.home import Home
from trainer.humanize import count, listed
from trainer.material.align import align
from trainer.material.copies.upkeep import keep_base
from trainer.material.differences import Difference, section_of
from trainer.material.earlier_imports import Known, find_known, free_sheet_id, page_file, read_text
from trainer.material.files import sheet_of
from trainer.material.import_backups import keeping
from trainer.material.merge import merge
from trainer.material.page.found import Found
from trainer.material.rewrite import rewrite
from trainer.material.sections import ONE_OF
from trainer.material.sheet import Sheet
from trainer.material.toml_blocks import items_with_comments
from trainer.material.toml_items import new_file
from trainer.material.writing import put_in_place


@dataclass(frozen=True)
class Plan:
    """What an import would do. Nothing is done yet."""

    home: Home
    sheet: Sheet
    """The sheet as it would be."""
    path: Path
    """Its file."""
    text: str
    """The file as it would be."""
    before: str | None
    """The file as it is; None when there is none yet."""
    page: Path | None = None
    """Where the page's text is kept, to import it again; None for a list of words."""
    page_text: str = ""
    changes: tuple[Difference, ...] = ()
    """For a sheet that is there: what would change, and what stays because a person changed it."""
    shipped: bytes | None = None
    """The shipped sheet that the file is to be a copy of, if it is to be one."""

    @property
    def is_new(self) -> bool:
        """Whether no sheet of this page is there yet."""
        return self.before is None

    @property
    def changes_something(self) -> bool:
        """Whether the file would be other than it is."""
        return self.text != self.before

    @property
    def missing(self) -> tuple[Difference, ...]:
        """What the page no longer has, and what stays in the sheet all the same."""
        return tuple(change for change in self.changes if change.is_lack)

    @property
    def missing_in_words(self) -> str:
        """The same counted, as in "1 level and 2 red flags"."""
        sections = Counter(section_of(change.way) for change in self.missing)
        return listed([count(number, ONE_OF[section]) for section, number in sections.items()])


_HEAD = (
    "Imported from a glossary page. Every text is the page's own, so what it can't give is not here yet.",
    "",
    "Edit any text freely: an import of the same page later keeps what you changed.",
    "Never change an `id`: a recruiter's progress hangs on it. Give a new item a new id.",
)
_NOTES = {
    "terms": ("The word itself. Add signal: what to conclude when it stands on a résumé.",),
    "titles": (
        "What the page says to search for too. Judge each: search = yes, filter or no;",
        "relation = same, senior, junior, different or search-word; and why.",
    ),
    "levels": (
        "What tells a level. Add to an indicator variants: résumé lines that show it, without a level word.",
    ),
    "questions": (
        "The points are cut out of the page's expected answers. Remove `draft` when a cut is right.",
        "Add to a point shows and claims: a spoken line that shows it, and one that only claims it.",
    ),
    "red_flags": ("Add evidence: what it looks like; and look_alike: what only seems to be it.",),
    "examples": ("Lines of résumés. Add concludes and does_not: what may be concluded, and what not.",),
}


def plan_import(
    found: Found,
    home: Home,
    folder: Path | None = None,
    reserved: Collection[str] = (),
    *,
    removing: bool = False,
) -> Plan:
    """Return what an import of a page would do in a folder, the user's own decks if none is named.

    `reserved` are ids that no sheet may take, those of the shipped ones. A page is the same as an earlier
    one when term and industry are. What it no longer has stays in the sheet, unless `removing`.
    Raises PageError for a page without a name, SheetError for a sheet that can't be merged with.
    """
    if found.name is None or not found.term:
        raise PageError(
            "The page has no title, and nothing on it says which term it explains. Put the term on a line of "
            "its own at the top, and “Term from … industry explained for recruiters” below it."
        )
    target = (folder or home.decks).expanduser()
    page = found.sheet
    if known := find_known(page, home, target):
        return _merged(found, known, home, removing=removing)
    sheet = structs.replace(page, id=free_sheet_id(page, target, reserved))
    path, kept = target / f"{sheet.id}.toml", page_file(home, target, sheet.id)
    return Plan(home, sheet, path, new_file(sheet, _HEAD, _NOTES), None, kept, found.text)


def save(plan: Plan) -> Path:
    """Write the sheet, and keep the page; return the sheet's file.

    A reader sees the old sheet or the new one, whole. Raises SheetError when it can't be written, is not
    sound, or was changed since the plan was made; then nothing has changed.
    """
    if read_text(plan.path) != plan.before:
        raise SheetError(
            f"{plan.path}: it was changed in the meantime. Nothing was written: import once more."
        )
    data = plan.text.encode()
    try:
        if plan.changes_something:
            sheet_of(data, plan.path)
            with keeping(plan.home, plan.path, plan.before, plan.text, plan.page):
                _write(plan.path, data, None if plan.before is None else plan.before.encode())
    except SheetError as error:
        raise SheetError(f"{error}\nNothing was written.") from error
    if plan.shipped is not None:
        keep_base(plan.home, plan.path, plan.shipped)
    if plan.page is None:
        return plan.path
    try:
        disk.make_folder(plan.page.parent)
        disk.replace(plan.page, [plan.page_text.encode()])
    except OSError as error:
        raise SheetError(
            f"{plan.path}: written, but its page could not be kept. "
            f"{plan.page}: can't be written ({error.strerror})."
        ) from error
    return plan.path


def _write(path: Path, data: bytes, instead_of: bytes | None) -> None:
    try:
        disk.make_folder(path.parent)
    except OSError as error:
        raise SheetError(f"{path}: can't be written ({error.strerror}).") from error
    put_in_place(path, data, instead_of=instead_of)


def _merged(found: Found, known: Known, home: Home, *, removing: bool) -> Plan:
    text = read_text(known.path) or ""
    mine = sheet_of(text.encode(), known.path)
    old = align(known.before, mine) if known.before else None
    page = align(found.sheet, *([old] if old else []), mine)
    if not found.titled:
        page = structs.replace(page, name=mine.name)  # a page without its title renames nothing
    changes = merge(old, mine, page, items_with_comments(text), removing=removing)
    edited = rewrite(text, [each.change for each in changes if each.change])
    if edited is None:
        raise SheetError(
            f"{known.path}: it is written in a way that can't be edited without rewriting it. "
            "Edit it by hand."
        )
    try:
        sheet = sheet_of(edited.encode(), known.path)
    except SheetError as error:  # something that a person added hangs on what the page has dropped
        raise SheetError(f"{error}\nNothing was written.") from error
    plan = Plan(home, sheet, known.path, edited, text, known.page, found.text, tuple(changes))
    if plan.missing and not plan.changes_something:
        return replace(plan, page=None)  # the page as it was tells better what comes from it
    return plan
