"""A learner's edited copies of shipped sheets, kept up to date with them.

A copy takes the place of the shipped sheet, so what is corrected there has to reach it. It is merged once
with each new text of the shipped sheet; what it was made from is kept beside, and so is the copy as it was.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import tomli

from trainer import disk
from trainer.errors import SheetError
from trainer.home import Home
from trainer.material import sheet_files
from trainer.material.changes import Way
from trainer.material.copies.known_bases import corrected_in, likeliest_base, shipped_before
from trainer.material.copies.layout import written
from trainer.material.copies.notices import could_not, is_behind, lines_on, up_to_date
from trainer.material.copies.pruning import pruned, without
from trainer.material.copies.seen import SeenCopies
from trainer.material.copies.three_way import Merged, merge_sheets, only_corrected
from trainer.material.differences import Raw
from trainer.material.files import cleaned, parsed, read_data, sheet_from, sheet_of
from trainer.material.sheet import Sheet
from trainer.material.writing import put_in_place

_MARK = b"\xef\xbb\xbf"
_LAYOUT = "the layout of the file would not survive it"


@dataclass(frozen=True)
class Own:
    """A sheet of the learner's own, as it counts."""

    sheet: Sheet
    notices: tuple[str, ...] = ()
    """What became of it, to be told once."""


@dataclass(frozen=True)
class _Sides:
    """A copy, what it was made from, and the shipped sheet now."""

    path: Path
    data: bytes
    """The copy's file as it is."""
    base: str
    mine: str
    shipped: bytes

    @property
    def new(self) -> str:
        """The text of the shipped sheet."""
        return _text(self.shipped)


def read_own(path: Path, home: Home, *, writing: bool = True) -> Own:
    """Return the sheet in a file of the learner's own; a copy of a shipped one with what is new there.

    Without `writing`, and where the file can't be written, it stays as it is, and what is new counts all
    the same. Raises SheetError as `read_sheet` does.
    """
    data = read_data(path)
    id_ = parsed(data, path).get("id")
    if not isinstance(id_, str) or id_ not in sheet_files.shipped_ids():
        return Own(sheet_of(data, path))
    shipped = read_data(sheet_files.shipped_decks() / f"{id_}.toml")
    seen = SeenCopies(home)
    if seen.holds(path, data, shipped):
        return Own(sheet_of(data, path))
    base = _base_of(path, home, id_, data, shipped)
    if base is None or base == _text(shipped):
        own = Own(sheet_of(data, path))
        if writing and (base is None or keep_base(home, path, shipped)):
            seen.keep(path, data, shipped)
        return own
    own, now = _brought_up(_Sides(path, data, base, _text(data), shipped), home, id_, writing=writing)
    if now is not None:
        seen.keep(path, now, shipped)
    return own


def keep_base(home: Home, copy: Path, shipped: bytes) -> bool:
    """Keep what a copy was made from, to merge it with what will be new in the shipped sheet.

    Return False where that can't be written: then the base is found by its texts.
    """
    try:
        _put(home, home.bases / copy.name, shipped)
    except SheetError:
        return False
    return True


def _base_of(path: Path, home: Home, id_: str, data: bytes, shipped: bytes) -> str | None:
    """Return the text that a copy was made from; None if it is a sheet of its own."""
    texts = [*shipped_before(id_), _text(shipped)]
    kept = home.bases / path.name
    if kept.exists():
        try:
            before = read_data(kept)
            parsed(before, kept)
            texts.insert(0, _text(before))
        except SheetError:
            pass  # what is damaged is no base; another is found by its texts
    return likeliest_base(tomli.loads(_text(data)), texts)


def _brought_up(sides: _Sides, home: Home, id_: str, *, writing: bool) -> tuple[Own, bytes | None]:
    """Return a copy as it counts, and what its file holds then if it has been brought up to date."""
    raw = (tomli.loads(sides.base), tomli.loads(sides.mine), tomli.loads(sides.new))
    merged, sheet = _sound(sides, raw, corrected_in(id_))
    told = lines_on(sides.path, merged)
    if not writing:
        return Own(sheet, (is_behind(sides.path), *told)), None
    text = written(sides.base, sides.mine, sides.new, merged.sheet)
    if text is None:
        return Own(sheet, (could_not(sides.path, _LAYOUT), *told)), None
    data = text.encode() if text != sides.mine else sides.data.removeprefix(_MARK)
    data = _MARK + data if sides.data.startswith(_MARK) else data
    try:
        sheet = sheet_of(data, sides.path)
        notices = _save(sides, home, data, told, shown=sum(told.edited for told in merged.replaced))
    except SheetError as error:
        return Own(sheet, (could_not(sides.path, str(error)), *told)), None
    return Own(sheet, notices), data


def _sound(sides: _Sides, raw: tuple[Raw, Raw, Raw], corrected: Mapping[Way, str]) -> tuple[Merged, Sheet]:
    """Return the first outcome that is a sound sheet. Raises SheetError, that of the copy, if none is."""
    for merged in _outcomes(sides, raw, corrected):
        try:
            return merged, sheet_from(cleaned(merged.sheet), str(sides.path))
        except SheetError:
            continue
    raise SheetError(f"{sides.path}: it can't be brought up to date with the shipped sheet. Move it away.")


def _outcomes(sides: _Sides, raw: tuple[Raw, Raw, Raw], corrected: Mapping[Way, str]) -> Iterator[Merged]:
    """Yield what a merge may come to, from the whole of it to what is needed at least."""
    merged = merge_sheets(*raw, corrected)
    yield merged
    sheet_of(sides.data, sides.path)  # what was no sheet before is told as ever
    yield replace(merged, sheet=pruned(merged.sheet))
    least = only_corrected(*raw, corrected)
    yield replace(least, sheet=pruned(least.sheet), whole=False)
    sheet = raw[1]
    for told in least.replaced:
        sheet = without(sheet, told.way)
    yield replace(least, sheet=pruned(sheet), whole=False)


def _save(sides: _Sides, home: Home, data: bytes, told: tuple[str, ...], *, shown: int) -> tuple[str, ...]:
    """Write what a merge came to, after a copy of what was there; return what to tell. Raises SheetError."""
    notices: tuple[str, ...] = told
    if data != sides.data:
        before = _free(home, sides.path)
        _put(home, before, sides.data)
        notices = up_to_date(sides.path, before, told, shown)
        _put(home, before.with_suffix(".txt"), "\n\n".join([notices[0], *told, ""]).encode())
        put_in_place(sides.path, data, instead_of=sides.data)
    _put(home, home.bases / sides.path.name, sides.shipped)
    return notices


def _free(home: Home, copy: Path) -> Path:
    """Return a free name for a copy as it was."""
    number = 1
    while (path := home.bases / f"{copy.stem}.before-{number}.toml").exists():
        number += 1
    return path


def _put(home: Home, path: Path, data: bytes) -> None:
    try:
        disk.make_folder(home.bases)
        if disk.read(path) != data:
            disk.replace(path, [data])
    except OSError as error:
        raise SheetError(f"{path}: can't be written ({error.strerror}).") from error


def _text(data: bytes) -> str:
    return data.decode("utf-8-sig")
