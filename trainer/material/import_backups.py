"""Sheets as they were before an import, to take it back: a few for each, in the user's own files."""

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from urllib.parse import quote, unquote_to_bytes

import msgspec

from trainer import disk
from trainer.errors import EditError, SheetError, file_error
from trainer.home import Home
from trainer.material.earlier_imports import page_file, read_text
from trainer.material.writing import put_in_place

_MOST = 5
"""Versions that are kept of each sheet."""

_NAME = re.compile(r"(?P<sheet>[a-z0-9-]+)\.(?P<number>\d{6})\.json")


class Before(msgspec.Struct, frozen=True):
    """A sheet as it was before an import."""

    at: Annotated[datetime, msgspec.Meta(tz=True)]
    path: str
    """As `_stored` writes it: names of files need not be text."""
    text: str | None
    """What the file held; None when there was none."""
    page: str | None
    """Where the sheet's page is kept, stored likewise; None for a list of words."""
    page_text: str | None
    made: str
    """The hash of what the import made of the file."""

    def __post_init__(self) -> None:
        """Refuse what no file can be called. Raises ValueError."""
        if any(b"\0" in unquote_to_bytes(stored) for stored in (self.path, self.page or "")):
            raise ValueError("no file can be called so")


class Kept(msgspec.Struct, frozen=True):
    """The newest version of a sheet that is kept, with its file."""

    home: Home
    file: Path
    before: Before

    @property
    def path(self) -> Path:
        """The file of the sheet."""
        path = _path(self.before.path)
        return self.home.decks / path.name if self._is_own else path

    @property
    def page(self) -> Path | None:
        """Where its page is kept."""
        page = _path(self.before.page) if self.before.page else None
        return self.home.pages / page.name if page and self._is_own else page

    @property
    def _is_own(self) -> bool:
        """Whether it is a sheet of this home's own folder, wherever the home was then: it may be a copy."""
        found = _NAME.fullmatch(self.file.name)
        return found is not None and found["sheet"] == _path(self.before.path).stem

    @property
    def sheet(self) -> str:
        """The id of the sheet."""
        return self.path.stem

    @property
    def was_edited(self) -> bool:
        """Whether the sheet is other by now than the import made it."""
        text = read_text(self.path)
        return text is not None and text != self.before.text and _hash(text) != self.before.made


@contextmanager
def keeping(home: Home, path: Path, text: str | None, made: str, page: Path | None) -> Iterator[None]:
    """Keep a sheet's file with its page while something else is made of it: of `text`, `made`.

    Where that fails there is nothing to bring back: then nothing is kept, and no earlier version goes.
    Raises SheetError when it can't be written.
    """
    kept, earlier = _keep(home, path, text, made, page)
    try:
        yield
    except BaseException:
        if not _holds(path, made):
            kept.unlink(missing_ok=True)
        raise
    with suppress(OSError):  # the next one tries again
        for old in earlier[: -_MOST + 1]:
            disk.remove(old)


def _keep(home: Home, path: Path, text: str | None, made: str, page: Path | None) -> tuple[Path, list[Path]]:
    """Write a version; return its file, and those of the earlier ones of the sheet, the oldest first."""
    key = page_file(home, path.parent, path.stem).stem
    page_text = None
    with suppress(SheetError):  # then there is none to bring back
        page_text = read_text(page) if page else None
    kept_page = _stored(page) if page else None
    before = Before(datetime.now(UTC), _stored(path), text, kept_page, page_text, _hash(made))
    files = _files(home, key)
    number = max((int(_number(file)) for file in files), default=0) + 1
    target = home.imports / f"{key}.{number:06}.json"
    try:
        disk.make_folder(home.imports)
        disk.replace(target, [msgspec.json.encode(before)])
    except OSError as error:
        raise SheetError(f"{target}: can't be written ({error.strerror}). Nothing was changed.") from error
    return target, files


def _holds(path: Path, text: str) -> bool:
    """Return whether a file has a text by now, though the disk may not have confirmed it."""
    try:
        return read_text(path) == text
    except SheetError:
        return False


def kept_of(home: Home) -> list[Kept]:
    """Return the newest version of each sheet that is kept, the latest change first; damaged files are not.

    What was made of a sheet by an import, or by an edit where others train with it too.
    """
    found: dict[str, Kept] = {}
    for file in _files(home, ""):
        with suppress(SheetError):
            kept = _read(home, file)
            if kept.sheet not in found or found[kept.sheet].before.at <= kept.before.at:
                found[kept.sheet] = kept
    return sorted(found.values(), key=lambda kept: kept.before.at, reverse=True)


def newest(home: Home, sheet: str = "") -> Kept | None:
    """Return the last import of a sheet, of any without a name; None where none is kept.

    Raises SheetError for a damaged file, unless it is of another sheet.
    """
    meant = []
    for file in _files(home, ""):
        try:
            kept = _read(home, file)
        except SheetError:
            if sheet and not _may_be_of(file, sheet):
                continue
            raise
        if sheet in ("", kept.sheet):
            meant.append(kept)
    return max(meant, key=lambda kept: (kept.before.at, kept.file.name), default=None)


def damaged(home: Home) -> list[SheetError]:
    """Return what is wrong with the versions that are kept. Raises OSError."""
    found = []
    for file in _files(home, ""):
        try:
            _read(home, file)
        except SheetError as error:
            found.append(error)
    return found


def undo(kept: Kept, home: Home) -> Path | None:
    """Bring a sheet back as it was before its last import; return where what stood there is kept.

    A sheet that the import made goes. Raises SheetError when it can't be done.
    """
    before, path = kept.before, kept.path
    present = read_text(path)
    aside = home.imports / f"{kept.file.name.partition('.')[0]}.undone.toml" if present is not None else None
    try:
        if aside and present is not None:
            disk.replace(aside, [present.encode()])
        if before.text is None:
            disk.remove(path)
        elif before.text != present:
            disk.make_folder(path.parent)
            put_in_place(
                path, before.text.encode(), instead_of=present.encode() if present is not None else None
            )
        if kept.page and before.page_text is not None:
            disk.replace(kept.page, [before.page_text.encode()])
        elif kept.page:
            disk.remove(kept.page)
        disk.remove(kept.file)
    except OSError as error:
        raise EditError(str(file_error(error, error.filename or path))) from error
    return aside


def _files(home: Home, key: str) -> list[Path]:
    """Return the files of a sheet, of all with an empty key, the oldest first."""
    inside = home.imports.iterdir() if home.imports.is_dir() else ()
    named = [(file, found) for file in inside if (found := _NAME.fullmatch(file.name))]
    return sorted(file for file, found in named if key in ("", found["sheet"]))


def _may_be_of(file: Path, sheet: str) -> bool:
    """Return whether a version is of a sheet, by its name, in which a mark of a folder may stand behind."""
    found = _NAME.fullmatch(file.name)
    return bool(found and re.fullmatch(rf"{re.escape(sheet)}(-[0-9a-f]{{8}})?", found["sheet"]))


def _number(file: Path) -> str:
    found = _NAME.fullmatch(file.name)
    return found["number"] if found else "0"


def _read(home: Home, file: Path) -> Kept:
    try:
        return Kept(home, file, msgspec.json.decode(disk.read_whole(file), type=Before))
    except OSError as error:
        raise SheetError(str(file_error(error, file))) from error
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise SheetError(f"{file}: damaged ({error}). Move it away, then try again.") from error


def _stored(path: Path) -> str:
    return quote(os.fsencode(path))


def _path(stored: str) -> Path:
    return Path(os.fsdecode(unquote_to_bytes(stored)))


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
