"""Bringing sheets back as they were before their last change, where others train with them too."""

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from trainer.errors import SheetError

if TYPE_CHECKING:
    from trainer.engine.engine import Engine


class Changed(Struct, frozen=True):
    """A sheet that can be brought back."""

    id: str
    name: str
    at: datetime
    """When it was changed last."""
    goes: bool
    """Whether it was made by that change, so that bringing it back takes it away."""


def can_restore(engine: "Engine") -> bool:
    """Return whether there may be a sheet to bring back."""
    rights, kept = engine.rights, engine.home.imports
    return rights.sheets and rights.shares_sheets and kept.is_dir() and any(kept.glob("[!.]*.json"))


def changed_sheets(engine: "Engine") -> list[Changed]:
    """Return the sheets that can be brought back, the latest change first."""
    from trainer.material.import_backups import kept_of  # noqa: PLC0415 — seldom

    sheets = engine.library.sheets
    names = {path.name: sheets[id_].name for id_, path in engine.library.files.items() if id_ in sheets}
    return [
        Changed(
            id=kept.sheet,
            name=names.get(kept.path.name, kept.sheet),
            at=kept.before.at,
            goes=kept.before.text is None,
        )
        for kept in kept_of(engine.home)
        if kept.path.parent == engine.home.decks
    ]


def restore(engine: "Engine", sheet: Changed) -> str:
    """Bring a sheet back; return what there is to say. Raises SheetError where it was changed meanwhile."""
    if not any(each.id == sheet.id and each.at == sheet.at for each in changed_sheets(engine)):
        raise SheetError(f"“{sheet.name}” was changed again meanwhile. Nothing was brought back.")
    engine.undo_import(sheet.id)
    return f"“{sheet.name}” is as it was before its last change. Progress stays."
