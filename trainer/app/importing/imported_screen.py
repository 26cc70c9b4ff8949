"""After an import: what was saved, what would make it better, and study at once."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import BindingType

from trainer.app.importing.imported_view import STUDY, TODAY, Imported, imported_page
from trainer.app.importing.keys import IMPORTED_KEYS
from trainer.app.kit.row_list import Row, RowList
from trainer.app.kit.screen import RowScreen


class ImportedScreen(RowScreen):
    """Says what came of an import; Enter studies the sheet."""

    BINDINGS: ClassVar[list[BindingType]] = list(IMPORTED_KEYS)

    def __init__(self, done: Imported, *, study: Callable[[str], None], today: Callable[[], None]) -> None:
        self._done = done
        self._study = study
        self._today = today
        super().__init__()

    def on_mount(self) -> None:
        """Mark what comes next."""
        self.top.show(f"Import · {self._done.name}", "")
        self.show(cursor=STUDY if self._done.cards else TODAY)

    def rows(self, width: int) -> list[Row]:
        """Lay it out."""
        return imported_page(self._done, width)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Study only what has cards."""
        return bool(self._done.cards) if action == "go" else super().check_action(action, parameters)

    def action_go(self) -> None:
        """Take the line that is marked."""
        self._choose(self.page.cursor)

    def action_back(self) -> None:
        """Go back to Today."""
        self._today()

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Take the line that was clicked."""
        self._choose(message.target)

    def _choose(self, target: str) -> None:
        if target == TODAY:
            self._today()
        else:
            self._study(self._done.sheet)
