"""Import: from Today through a glossary page, and on to studying what came of it."""

from functools import partial
from typing import TYPE_CHECKING

from trainer.app.kit.feature import Feature
from trainer.app.kit.places import TRAIN
from trainer.engine.choice import SessionChoice
from trainer.errors import TrainerError
from trainer.humanize import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trainer.app.importing.mending_screen import SavedPage
    from trainer.app.kit.host import Host
    from trainer.app.kit.keys import KeyTable
    from trainer.engine.engine import Engine
    from trainer.material.importing import Plan
    from trainer.material.intake import Given
    from trainer.material.page.found import Found
    from trainer.material.words.word_list import WordList


_READING = 8
"""Seconds for which a message stays."""


class _Import:
    """One way through an import, screen by screen."""

    def __init__(self, app: "Host", engine: "Engine") -> None:
        self._app, self._engine = app, engine
        self._taken_in: list[str] = []

    def look_at(self, given: "Given") -> None:
        """Show what was found in what was pasted or named."""
        if isinstance(given, list):
            self._mend(given)
        else:
            self._take_words(given)

    def _mend(self, pages: "Sequence[Found]") -> None:
        """Show what was found on each page, one after the other."""
        from trainer.app.importing.mending_screen import MendingScreen, Planning

        first, *more = pages

        def go_on(saved: "SavedPage | None") -> None:
            if saved:
                self._taken_in.append(saved.plan.sheet.id)
            if saved and more:
                told = f"“{saved.plan.sheet.name}” is saved. {count(len(more), 'page')} to go."
                self._app.notify(told, markup=False, timeout=_READING)
                self._mend(more)
            elif saved:
                self._tell(saved.plan, left=len(saved.found.unplaced))

        engine = self._engine
        planning = Planning(engine.import_page, engine.removal)
        self._app.push_screen(MendingScreen(first, planning, engine.take_in, self._app.edit), go_on)

    def _take_words(self, words: "WordList") -> None:
        """Show the terms of a list, and ask once into which sheet they go."""
        from trainer.app.importing.words_screen import WordsScreen

        def go_on(plan: "Plan | None") -> None:
            if plan:
                self._tell(plan, left=len(words.unplaced))

        self._app.push_screen(WordsScreen(words, self._engine), go_on)

    def _tell(self, plan: "Plan", *, left: int) -> None:
        from trainer.app.importing.imported_screen import ImportedScreen, Ways
        from trainer.app.importing.imported_view import imported

        app, engine = self._app, self._engine
        done = imported(engine.library, plan, left=left, files=engine.rights.files)
        offered = [
            role.id for role in engine.roles() if role.id in self._taken_in and role.state == "library"
        ]
        learn = partial(engine.add_roles, offered) if offered else None

        def undone() -> None:
            told = f"“{done.name}” is as it was before the import."
            try:
                engine.leave_out(done.sheet)
            except TrainerError as error:
                told += f" {error}"
            app.notify(told, markup=False, timeout=_READING)
            app.show_today()

        def study(sheet: str) -> None:
            app.begin(SessionChoice(decks=(sheet,)))

        undo = partial(engine.undo_import, done.sheet)
        ways = Ways(study=study, today=app.show_today, undo=undo, undone=undone, learn=learn)
        app.push_screen(ImportedScreen(done, ways))


def _open(app: "Host", engine: "Engine") -> None:
    from trainer.app.importing.paste_screen import PasteScreen

    screen = PasteScreen(_Import(app, engine).look_at, files=engine.rights.files)
    app.push_screen(screen, lambda _: app.back())


def _keys() -> "Iterable[KeyTable]":
    from trainer.app.importing.keys import CHANGES_KEYS, IMPORTED_KEYS, MENDING_KEYS, PASTE_KEYS, WORDS_KEYS
    from trainer.app.kit.keys import CONFIRM_KEYS, ROW_KEYS

    changes = (*CONFIRM_KEYS, *CHANGES_KEYS)
    return PASTE_KEYS, (*ROW_KEYS, *MENDING_KEYS), changes, WORDS_KEYS, IMPORTED_KEYS


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
    there=lambda engine: engine.rights.sheets,
)
