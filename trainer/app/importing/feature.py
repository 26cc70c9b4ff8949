"""Import: from Today through a glossary page, and on to studying what came of it."""

from functools import partial
from typing import TYPE_CHECKING

from trainer.app.kit.feature import Feature
from trainer.app.kit.places import TRAIN
from trainer.engine.choice import SessionChoice
from trainer.humanize import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trainer.app.importing.mending_screen import SavedPage
    from trainer.app.kit.host import Host
    from trainer.app.kit.keys import KeyTable
    from trainer.engine.engine import Engine
    from trainer.material.page.found import Found


_READING = 8
"""Seconds for which a message stays."""


def _open(app: "Host", engine: "Engine") -> None:
    from trainer.app.importing.paste_screen import PasteScreen

    taken_in: list[str] = []

    def mend(pages: "Sequence[Found]") -> None:
        """Show what was found on each page, one after the other."""
        from trainer.app.importing.mending_screen import MendingScreen

        first, *more = pages

        def go_on(saved: "SavedPage | None") -> None:
            if saved:
                taken_in.append(saved.plan.sheet.id)
            if saved and more:
                app.notify(
                    f"“{saved.plan.sheet.name}” is saved. {count(len(more), 'page')} to go.",
                    markup=False,
                    timeout=_READING,
                )
                mend(more)
            elif saved:
                tell(saved)

        app.push_screen(MendingScreen(first, engine.import_page, engine.take_in, app.edit), go_on)

    def tell(saved: "SavedPage") -> None:
        from trainer.app.importing.imported_screen import ImportedScreen
        from trainer.app.importing.imported_view import imported

        done = imported(engine.library, saved.plan, left=len(saved.found.unplaced))
        offered = [role.id for role in engine.roles() if role.id in taken_in and role.state == "library"]
        learn = partial(engine.add_roles, offered) if offered else None
        app.push_screen(ImportedScreen(done, study=study, today=app.show_today, learn=learn))

    def study(sheet: str) -> None:
        app.begin(SessionChoice(decks=(sheet,)))

    app.push_screen(PasteScreen(mend), lambda _: app.back())


def _keys() -> "Iterable[KeyTable]":
    from trainer.app.importing.keys import IMPORTED_KEYS, MENDING_KEYS, PASTE_KEYS
    from trainer.app.kit.keys import ROW_KEYS

    return PASTE_KEYS, (*ROW_KEYS, *MENDING_KEYS), IMPORTED_KEYS


IMPORT = Feature(
    name="import",
    place=TRAIN,
    key="i",
    label="Import a page",
    tooltip="Make decks of a glossary page",
    line="Import a page of a glossary",
    open=_open,
    keys=_keys,
    needs_cards=False,
)
