"""From Today through an import, and on to studying what came of it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from trainer.app.importing.imported_view import Imported
from trainer.app.importing.paste_screen import PasteScreen
from trainer.cards.decks import DECKS
from trainer.cards.wishes import wishes
from trainer.engine.choice import SessionChoice

if TYPE_CHECKING:
    from textual.app import App

    from trainer.app.importing.review_screen import Kept
    from trainer.engine.engine import Engine
    from trainer.material.page.found import Found


def open_import(
    app: "App[int]", engine: "Engine", *, begin: Callable[[SessionChoice], None], today: Callable[[], None]
) -> None:
    """Open the import over Today; it ends with `begin` or with `today`."""

    def review(found: "Found") -> None:
        from trainer.app.importing.review_screen import ReviewScreen  # noqa: PLC0415 — once a page was read

        app.push_screen(ReviewScreen(found, engine.import_page, engine.take_in), tell)

    def tell(kept: "Kept | None") -> None:
        if kept:
            from trainer.app.importing.imported_screen import ImportedScreen  # noqa: PLC0415 — once one was saved

            app.push_screen(ImportedScreen(imported(engine, kept), study=study, today=today))

    def study(sheet: str) -> None:
        begin(SessionChoice(decks=(sheet,)))

    app.push_screen(PasteScreen(review), lambda _: today())


def imported(engine: "Engine", kept: "Kept") -> Imported:
    """Return what came of an import, by the sheets as they are read now."""
    plan, library = kept.plan, engine.library
    decks = [deck for deck in library.decks if deck.id.startswith(f"{plan.sheet_id}/")]
    sheet = library.sheets.get(plan.sheet_id)
    return Imported(
        sheet=plan.sheet_id,
        name=sheet.name if sheet else plan.sheet_id,
        path=str(plan.path),
        is_new=plan.is_new,
        changed=plan.changes_something,
        cards=[(DECKS[deck.id.rpartition("/")[2]].name, len(deck.cards)) for deck in decks],
        wishes=wishes(sheet) if sheet else (),
        left=len(kept.found.unplaced),
    )
