"""Changing sheets: the texts behind a card, glossary pages and lists of words taken in, and the way back."""

from contextlib import suppress
from typing import TYPE_CHECKING

from trainer.engine.choosing import Choosing
from trainer.errors import SheetError
from trainer.home import Home

if TYPE_CHECKING:
    from trainer.cards.card import Card
    from trainer.cards.editing import Draft
    from trainer.cards.library import Library
    from trainer.material.importing import Plan
    from trainer.material.page.found import Found
    from trainer.material.sheet import Sheet
    from trainer.material.words.word_list import WordList


class Importing(Choosing):
    """Changes the sheets of a home as far as the learner may, and goes on with them as they are then."""

    home: Home

    def use(self, library: "Library") -> None:
        """Go on with another library: a sheet was edited."""
        raise NotImplementedError

    def _read_sheets(self) -> "Library":
        """Read all sheets."""
        raise NotImplementedError

    def edit(self, card: "Card") -> "Draft":
        """Open the texts behind a card; see `open_draft`. What is saved becomes the library by being set."""
        self.rights.check_sheets()
        from trainer.cards.editing import open_draft  # noqa: PLC0415 — few sessions edit

        return open_draft(self.home, self.library, card, keeps=self.rights.shares_sheets)

    def import_page(self, found: "Found") -> "Plan":
        """Return what importing a page would do; see `plan_import`. Raises PageError and SheetError."""
        from trainer.material.importing import plan_import  # noqa: PLC0415 — few sessions import
        from trainer.material.sheet_files import shipped_ids  # noqa: PLC0415 — the same

        return plan_import(found, self.home, None, shipped_ids())

    def removal(self, found: "Found") -> "tuple[Plan, str] | None":
        """Return what importing a page and taking out what it no longer has would do, and what would go.

        None where nothing can: what a person added hangs on it.
        """
        from trainer.material.importing import plan_import  # noqa: PLC0415 — few sessions import
        from trainer.material.sheet_files import shipped_ids  # noqa: PLC0415 — the same
        from trainer.reports.removal import removal  # noqa: PLC0415 — the same

        with suppress(SheetError):
            plan = plan_import(found, self.home, None, shipped_ids(), removing=True)
            if told := removal(plan, self.home):
                return plan, told
        return None

    def sheet_called(self, name: str) -> "Sheet | None":
        """Return the sheet of exactly this name or id, into which a list of words would go."""
        wanted = " ".join(name.casefold().split())
        sheets = self.library.sheets.values()
        return next((sheet for sheet in sheets if wanted in (sheet.id, sheet.name.casefold())), None)

    def import_words(
        self, words: "WordList", name: str, *, industry: str = "", replacing: bool = False
    ) -> "Plan":
        """Return what a list of words would do under a name, that of a new sheet or of one that is there.

        It is of an `industry`, if one is given. With `replacing` its meanings take the place of those that
        are there. Raises PageError and SheetError.
        """
        from trainer.material.words.adding import (  # noqa: PLC0415 — few sessions import
            plan_addition,
            plan_vocabulary,
        )

        if there := self.sheet_called(name):
            file = self.library.files[there.id]
            return plan_addition(words, file, self.home, industry=industry, replacing=replacing)
        return plan_vocabulary(words, name, self.home, industry=industry)

    def undo_import(self, sheet: str) -> None:
        """Bring a sheet back as it was before its last import. Raises SheetError when it can't be done."""
        from trainer.material.import_backups import newest, undo  # noqa: PLC0415 — few sessions import

        self.rights.check_sheets()
        if kept := newest(self.home, sheet):
            undo(kept, self.home)
            self.use(self._read_sheets())

    def leave_out(self, sheet: str) -> None:
        """Learn the role of a sheet no more that is gone. Raises TrainerError when that can't be kept."""
        if sheet in self._roles().missing:
            self.remove_roles([sheet])

    def take_in(self, plan: "Plan", *, learn: bool = False) -> None:
        """Do what was planned, and go on with the sheets as they are then; with `learn` the role is added.

        Raises SheetError; NotSavedError when the sheet was written and the choice could not be kept.
        """
        from trainer.material.importing import save  # noqa: PLC0415 — few sessions import

        self.rights.check_sheets()
        save(plan)
        self.use(self._read_sheets())
        if learn:
            self.learn_sheet(plan.sheet.id)

    def learn_sheet(self, id_: str) -> None:
        """Learn the role of a sheet that was imported too; a vocabulary needs no choice."""
        sheet = self.library.sheets.get(id_)
        if sheet and sheet.is_role:
            self.add_roles([id_])
