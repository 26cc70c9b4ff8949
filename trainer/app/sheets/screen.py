"""Sheets: each sheet with its decks, to train one of them alone."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from trainer.app.kit.feature import Back, Begin
from trainer.app.kit.phrases import PRACTICE
from trainer.app.kit.row_list import Row, RowList
from trainer.app.kit.screen import RowScreen
from trainer.app.sheets.keys import SHEETS_KEYS
from trainer.app.sheets.view import sheets_page
from trainer.engine.choice import SessionChoice
from trainer.reports.sheets import SheetRow


class SheetsScreen(RowScreen):
    """Lists the sheets; a line that is chosen is trained."""

    BINDINGS: ClassVar[list[BindingType]] = list(SHEETS_KEYS)

    def __init__(self, sheets: Sequence[SheetRow], *, saved: bool = True) -> None:
        self._sheets = sheets
        self._whole = [sheet for sheet in sheets if sheet.whole]
        self._saved = saved
        super().__init__()

    def on_mount(self) -> None:
        """Mark the first sheet."""
        self.top.show("Sheets", "" if self._saved else PRACTICE)
        self.show(cursor=self._sheets[0].choice if self._sheets else "")

    def rows(self, width: int) -> list[Row]:
        """Lay the sheets out."""
        return sheets_page(self._sheets, width)

    def label(self, binding: Binding) -> str:
        """Say what a key does just now."""
        return "One sheet" if (binding.id or "").startswith("sheets.sheet") else binding.description

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what can't be done now."""
        if action == "sheet":
            return int(str(parameters[0])) < len(self._whole)
        return bool(self._sheets) if action == "go" else super().check_action(action, parameters)

    def action_sheet(self, position: int) -> None:
        """Train a sheet."""
        self._begin(self._whole[position].choice)

    def action_go(self) -> None:
        """Train the line that is marked."""
        self._begin(self.page.cursor or self._sheets[0].choice)

    def action_back(self) -> None:
        """Go back."""
        self.lead_on(Back())

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Train the line that was clicked."""
        self._begin(message.target)

    def _begin(self, choice: str) -> None:
        self.lead_on(Begin(SessionChoice(decks=(choice,))))
