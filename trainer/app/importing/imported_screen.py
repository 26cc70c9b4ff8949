"""After an import: what was saved, what would make it better, and study at once."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import BindingType

from trainer.app.importing.imported_view import LEARN, STUDY, TODAY, Imported, imported_page
from trainer.app.importing.keys import IMPORTED_KEYS
from trainer.app.kit.row_list import Row, RowList
from trainer.app.kit.screen import RowScreen
from trainer.errors import TrainerError


class ImportedScreen(RowScreen):
    """Says what came of an import; Enter studies the sheet, and a role that is not learned yet can be."""

    BINDINGS: ClassVar[list[BindingType]] = list(IMPORTED_KEYS)

    def __init__(
        self,
        done: Imported,
        *,
        study: Callable[[str], None],
        today: Callable[[], None],
        learn: Callable[[], object] | None,
    ) -> None:
        """Take what the lines lead to; `learn` is None where it is no choice, and may raise TrainerError."""
        self._done = done
        self._study = study
        self._today = today
        self._learn = learn
        self._learned = False
        self._problem = ""
        super().__init__()

    def on_mount(self) -> None:
        """Mark what comes next."""
        self.top.show(f"Import · {self._done.name}", "")
        self.show(cursor=STUDY if self._done.cards else TODAY)

    def rows(self, width: int) -> list[Row]:
        """Lay it out."""
        return imported_page(
            self._done,
            width,
            can_learn=self._learn is not None,
            learned=self._learned,
            problem=self._problem,
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Study only what has cards, and learn what is not learned yet."""
        match action:
            case "go":
                return bool(self._done.cards)
            case "learn":
                return self._learn is not None
        return super().check_action(action, parameters)

    def action_go(self) -> None:
        """Take the line that is marked."""
        self._choose(self.page.cursor)

    def action_learn(self) -> None:
        """Learn the role from now on."""
        if not self._learn:
            return
        try:
            self._learn()
        except TrainerError as error:
            self._problem = str(error)
        else:
            self._learn, self._learned, self._problem = None, True, ""
        self.show(cursor=STUDY if self._done.cards else TODAY)

    def action_back(self) -> None:
        """Go back to Today."""
        self._today()

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Take the line that was clicked."""
        self._choose(message.target)

    def _choose(self, target: str) -> None:
        if target == TODAY:
            self._today()
        elif target == LEARN:
            self.action_learn()
        else:
            self._study(self._done.sheet)
