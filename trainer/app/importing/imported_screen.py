"""After an import: what was saved, what would make it better, and study at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from trainer.app.importing.imported_view import LEARN, STUDY, TODAY, Imported, imported_page
from trainer.app.importing.keys import IMPORTED_KEYS
from trainer.app.kit.row_list import Row, RowList
from trainer.app.kit.screen import RowScreen
from trainer.errors import TrainerError


@dataclass(kw_only=True)
class Ways:
    """What the lines of the screen lead to."""

    study: Callable[[str], None]
    today: Callable[[], None]
    undo: Callable[[], None]
    undone: Callable[[], None]
    learn: Callable[[], object] | None
    """None where there is no choice; may raise TrainerError."""


class ImportedScreen(RowScreen):
    """Says what came of an import; Enter studies the sheet, and a role that is not learned yet can be."""

    BINDINGS: ClassVar[list[BindingType]] = list(IMPORTED_KEYS)

    @dataclass
    class Undone(Message):
        """The import was taken back, or could not be."""

        error: TrainerError | None = None

    def __init__(self, done: Imported, ways: Ways) -> None:
        self._done, self._ways = done, ways
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
            can_learn=self._ways.learn is not None,
            learned=self._learned,
            problem=self._problem,
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Study only what has cards, take back only what was done, and learn what is not learned yet."""
        match action:
            case "go":
                return bool(self._done.cards)
            case "learn":
                return self._ways.learn is not None
            case "undo":
                return self._done.changed
        return super().check_action(action, parameters)

    def action_go(self) -> None:
        """Take the line that is marked."""
        self._choose(self.page.cursor)

    def action_learn(self) -> None:
        """Learn the role from now on."""
        if not self._ways.learn:
            return
        try:
            self._ways.learn()
        except TrainerError as error:
            self._problem = str(error)
        else:
            self._ways.learn, self._learned, self._problem = None, True, ""
        self.show(cursor=STUDY if self._done.cards else TODAY)

    def action_back(self) -> None:
        """Go back to Today."""
        self._ways.today()

    def action_undo(self) -> None:
        """Bring the sheet back as it was before."""
        self.run_worker(self._take_back, thread=True, exclusive=True)

    def _take_back(self) -> None:
        try:
            self._ways.undo()
        except TrainerError as error:
            self.post_message(self.Undone(error))
        else:
            self.post_message(self.Undone())

    def on_imported_screen_undone(self, message: Undone) -> None:
        """Go back to Today, or say what went wrong."""
        if message.error:
            self.app.notify(str(message.error), severity="error", markup=False)
        else:
            self._ways.undone()

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Take the line that was clicked."""
        self._choose(message.target)

    def _choose(self, target: str) -> None:
        if target == TODAY:
            self._ways.today()
        elif target == LEARN:
            self.action_learn()
        else:
            self._ways.study(self._done.sheet)
