"""Editing a sheet's file: a change of a text, and nothing else in it."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from trainer.errors import ChangedMeanwhileError, EditError
from trainer.material.changes import Add, Change, Way, conflicts, in_words
from trainer.material.files import read_data, sheet_of
from trainer.material.sheet import Sheet
from trainer.material.writing import put_in_place

_MARK = b"\xef\xbb\xbf"


def edit_sheet(
    path: Path,
    changes: Sequence[Change],
    *,
    target: Path | None = None,
    keeping: Callable[[bytes, bytes], AbstractContextManager[None]] = lambda _present, _coming: nullcontext(),
) -> Sheet:
    """Make changes in a sheet's file, and return the sheet as it is then.

    With a `target` the file itself stays as it is: a copy with the changes is written there, where
    nothing may stand yet. It is written within what `keeping` returns of what the file holds and what it
    will hold. Raises ChangedMeanwhileError where the file says something else by now
    than what was to be changed, SheetError if the outcome would be no sheet, and EditError if the file can
    only be edited by hand or can't be written. Nothing has changed then.
    """
    data = read_data(path)
    sheet = sheet_of(data, path)
    if present := conflicts(sheet, changes):
        raise ChangedMeanwhileError(_changed_meanwhile(path, present), present)
    rewritten = _rewritten(path, data, list(changes))
    edited = sheet_of(rewritten, target or path)
    with keeping(data, rewritten):
        put_in_place(target or path, rewritten, instead_of=None if target else data)
    return edited


def _rewritten(path: Path, data: bytes, changes: list[Change]) -> bytes:
    from trainer.material.rewrite import line_of, rewrite  # noqa: PLC0415 — tomlkit is for saving alone

    mark = _MARK if data.startswith(_MARK) else b""
    text = data.removeprefix(_MARK).decode()
    rewritten = rewrite(text, changes)
    if rewritten is None:
        first = changes[0].behind if isinstance(changes[0], Add) else changes[0].way
        line = line_of(text, first)
        raise EditError(
            f"{path}{f', line {line}' if line else ''}: {in_words(first)} can't be changed from here, "
            "because the layout of the file would not survive it. Edit the file by hand. Nothing was changed."
        )
    return mark + rewritten.encode()


def _changed_meanwhile(path: Path, present: dict[Way, object]) -> str:
    texts = {
        way: value.get("text") if isinstance(value, Mapping) else value for way, value in present.items()
    }
    found = "; ".join(
        f"{in_words(way)} {f'is now “{text}”' if isinstance(text, str) else 'is another now'}"
        for way, text in texts.items()
    )
    return f"{path}: the file was changed meanwhile: {found}. Nothing was saved."
