"""Import: from Today through a glossary page, and on to studying what came of it."""

from typing import TYPE_CHECKING

from trainer.app.kit.feature import Feature
from trainer.engine.choice import SessionChoice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trainer.app.importing.review_screen import Kept
    from trainer.app.kit.host import Host
    from trainer.app.kit.keys import KeyTable
    from trainer.engine.engine import Engine
    from trainer.material.page.found import Found


def _open(app: "Host", engine: "Engine") -> None:
    from trainer.app.importing.paste_screen import PasteScreen

    def review(found: "Found") -> None:
        from trainer.app.importing.review_screen import ReviewScreen

        screen = ReviewScreen(found, engine.import_page, engine.take_in, app.edit)
        app.push_screen(screen, tell)

    def tell(kept: "Kept | None") -> None:
        if kept:
            from trainer.app.importing.imported_screen import ImportedScreen
            from trainer.app.importing.imported_view import imported

            done = imported(engine.library, kept.plan, left=len(kept.found.unplaced))
            app.push_screen(ImportedScreen(done, study=study, today=app.show_today))

    def study(sheet: str) -> None:
        app.begin(SessionChoice(decks=(sheet,)))

    app.push_screen(PasteScreen(review), lambda _: app.show_today())


def _keys() -> "Iterable[KeyTable]":
    from trainer.app.importing.keys import IMPORTED_KEYS, PASTE_KEYS, REVIEW_KEYS
    from trainer.app.kit.keys import ROW_KEYS

    return PASTE_KEYS, (*ROW_KEYS, *REVIEW_KEYS), IMPORTED_KEYS


IMPORT = Feature(
    name="import",
    key="i",
    label="Import a page",
    tooltip="Make decks of a glossary page",
    line="Import a page",
    open=_open,
    keys=_keys,
    needs_cards=False,
    gives_way=3,
)
