"""A card's texts on the table: what stands there, what was written, and the sheet that comes of it."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from trainer import disk
from trainer.cards.card import Card
from trainer.cards.library import Library
from trainer.errors import EditError, SheetError
from trainer.home import Home
from trainer.material import import_backups, sheet_files
from trainer.material.changes import Way
from trainer.material.copies.upkeep import keep_base, read_own
from trainer.material.edit import edit_sheet
from trainer.material.fields import Field, Kind, changes_of, fields_at
from trainer.material.files import read_data, read_sheet
from trainer.material.sheet import Sheet


@dataclass(frozen=True)
class Saved:
    """What an edit came to."""

    library: Library
    """The library as it is now."""
    path: Path
    """Where it was saved."""
    copied: bool
    """Whether a sheet that is shipped was copied there first."""


@dataclass(frozen=True)
class Draft:
    """The texts of one card, open for editing."""

    library: Library
    sheet: Sheet
    """As the file had it when it was opened."""
    file: Path
    target: Path
    """Where it will be saved: the file itself, or its copy among the user's own sheets."""
    fields: tuple[Field, ...]
    home: Home
    keeps: bool = False
    """Whether the sheet as it was is kept, to be brought back: others train with it too."""

    @property
    def copies(self) -> bool:
        """Whether saving makes a copy of a sheet that is shipped."""
        return self.target != self.file

    def save(self, values: Sequence[str | bool]) -> Saved | None:
        """Save values, one a field; None if none of them is another. See `changes_of` and `edit_sheet`.

        They go into the sheet where it stands by now: others may have copied it, or taken a copy back, since
        it was opened.
        """
        changes = changes_of(self.sheet, self.fields, values)
        if not changes:
            return None
        file = _present_file(self.home, self.file, self.sheet, shared=self.keeps)
        if file != self.file:
            return replace(self, file=file, target=_target(self.home, file)).save(values)
        if self.copies:
            _make_folder(self.target.parent)
        shipped = read_data(self.file)
        sheet = edit_sheet(
            self.file, changes, target=self.target if self.copies else None, keeping=self._keeping
        )
        if self.copies:
            keep_base(self.home, self.target, shipped)
        else:
            sheet = read_own(self.target, self.home, writing=False).sheet
        return Saved(self.library.with_sheet(sheet, self.target), self.target, self.copies)

    def _keeping(self, present: bytes, coming: bytes) -> AbstractContextManager[None]:
        """Keep the sheet as it is while it becomes another; of one that is copied there is none yet."""
        if not self.keeps:
            return nullcontext()
        before = None if self.copies else present.decode("utf-8-sig")
        return import_backups.keeping(self.home, self.target, before, coming.decode("utf-8-sig"), None)

    def knowing(self, present: Mapping[Way, Any]) -> "Draft":
        """Return the draft of somebody who was told what stands in the file by now, and may write over it."""
        return replace(self, fields=tuple(_knowing(field, present) for field in self.fields))


def open_draft(home: Home, library: Library, card: Card, *, keeps: bool = False) -> Draft:
    """Open a card's texts as its file has them now; with `keeps` it can be brought back as it was.

    Raises SheetError if the file can't be read, and EditError if the card's item is not in it any more, or
    where another file stands in the place of its copy.
    """
    file = _present_file(home, library.files[card.sheet.id], card.sheet, shared=keeps)
    sheet = read_sheet(file)
    fields = fields_of(card, sheet) if sheet.id == card.sheet.id else ()
    if not fields:
        raise EditError(
            f"{file}: this card is not in the file any more. Start trainer again to read it anew."
        )
    return Draft(library, sheet, file, _target(home, file), fields, home, keeps)


def fields_of(card: Card, sheet: Sheet) -> tuple[Field, ...]:
    """Return the fields of the items that a card is about, as a sheet has them: its own, or a newer reading.

    None if they are not in it any more.
    """
    return tuple(field for way in card.texts(sheet) for field in fields_at(sheet, way))


def _present_file(home: Home, file: Path, sheet: Sheet, *, shared: bool) -> Path:
    """Return where a sheet stands now that stood in `file`. Raises EditError if something else is there."""
    own = _target(home, file)
    if own.exists():
        if own != file:
            _check_is_copy(own, sheet, shared=shared)
        return own
    shipped = sheet_files.shipped_decks() / f"{sheet.id}.toml"
    return file if file.exists() or not shipped.exists() else shipped


def _target(home: Home, file: Path) -> Path:
    """Return where a sheet is saved that is read from a file."""
    return file if file.parent == home.decks else home.decks / file.name


def _check_is_copy(path: Path, sheet: Sheet, *, shared: bool) -> None:
    try:
        problem = "" if read_sheet(path).id == sheet.id else f"{path}: it is another sheet."
    except SheetError as error:
        problem = str(error)
    if problem:
        what_to_do = (
            "Whoever runs this server has to move it, or mend it."
            if shared
            else "Move it, or mend it; then start trainer again."
        )
        raise EditError(
            f"“{sheet.name}” can't be changed: there is a file already where its copy would go, and that is "
            f"none. {what_to_do} {problem}"
        )


def _knowing(field: Field, present: Mapping[Way, Any]) -> Field:
    if field.way not in present or field.kind is Kind.JOIN:
        return field
    return field.knowing(present[field.way])


def _make_folder(folder: Path) -> None:
    try:
        disk.make_folder(folder)
    except OSError as error:
        raise EditError(f"{folder}: can't be made ({error.strerror}). Nothing was changed.") from error
