"""Edit: the texts behind a card, to mend one."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, Generic, TypeVar

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, TextArea

from trainer.app.editing.field_row import FieldRow, FieldTick
from trainer.app.editing.keys import EDIT_KEYS
from trainer.app.kit.host import Editable
from trainer.app.kit.layout import BLANK, text
from trainer.app.kit.problem import ProblemScreen
from trainer.app.kit.row_list import Row
from trainer.errors import ChangedMeanwhileError, TrainerError
from trainer.material.fields import FieldError

_T = TypeVar("_T")


class EditScreen(ProblemScreen[_T | None], Generic[_T]):
    """Shows texts as fields; it ends with what saving them gave, or None."""

    lost, stay = "What you wrote is not saved.", "Keep editing"

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = list(EDIT_KEYS)

    @dataclass
    class Kept(Message):
        """It was saved."""

        outcome: Any

    @dataclass
    class Refused(Message):
        """It could not be saved."""

        error: TrainerError

    def __init__(
        self, draft: Editable[_T], topic: str, advice: str, *, first: int = 0, verb: str = "Save"
    ) -> None:
        """Make a field of each text; `first` is begun with, and `verb` is what saving them is called."""
        self._draft = draft
        self._topic = topic
        self._advice = advice
        self._fields = [FieldRow(field) for field in draft.fields]
        self._verb = verb
        self._save = Button(verb, compact=True)
        self._saving = False
        self._first = first
        super().__init__()
        self.page.can_focus = False

    def parts(self) -> list[Widget]:
        """Put the fields below one another, and what they are saved with at the end."""
        return [*self._fields, self._save, self.page]

    def on_mount(self) -> None:
        """Say what is edited, and begin with the field that was asked for."""
        self._show_top()
        self._fields[self._first].box.focus()

    def label(self, binding: Binding) -> str:
        """Say what saving is called here."""
        return self._verb if binding.id == "edit.save" else super().label(binding)

    def rows(self, width: int) -> list[Row]:
        """Say where it is saved."""
        return [BLANK, *text(self._advice, width, "$quiet")]

    @property
    def unsaved(self) -> bool:
        """Whether something was written that is not saved."""
        return any(row.changed for row in self._fields)

    def action_save(self) -> None:
        """Save in a worker: the file is read and written as a whole."""
        if self._saving:
            return
        self._saving = True
        values = [row.value for row in self._fields]
        self.run_worker(partial(self._keep, self._draft, values), thread=True, exclusive=True)

    def _keep(self, draft: Editable[_T], values: Sequence[str | bool]) -> None:
        try:
            outcome = draft.save(values)
        except TrainerError as error:
            self.post_message(self.Refused(error))
        else:
            self.post_message(self.Kept(outcome))

    def action_back(self) -> None:
        """Leave; what was written is thrown away only if that is said."""
        if self._saving:
            return
        if self.unsaved:
            self.ask_to_lose(lambda: self.dismiss(None))
        else:
            self.dismiss(None)

    def on_edit_screen_kept(self, message: Kept) -> None:
        """Go back."""
        self._saving = False
        self.dismiss(message.outcome)

    def on_edit_screen_refused(self, message: Refused) -> None:
        """Say why; all that was written stays."""
        self._saving = False
        error, told = message.error, str(message.error)
        if isinstance(error, ChangedMeanwhileError):
            # Who was told may write over it: the next time it is no surprise.
            self._draft = self._draft.knowing(error.present)
            for row, field in zip(self._fields, self._draft.fields, strict=True):
                row.field = field
            told += " Save again to put yours in its place."
        if isinstance(error, FieldError):
            self._fields[error.position].box.focus()
        self.problem.say(told)

    @on(TextArea.Changed)
    @on(FieldTick.Changed)
    def _changed(self) -> None:
        self.problem.clear()
        self._show_top()

    @on(Button.Pressed)
    def _pressed(self) -> None:
        self.action_save()

    def _show_top(self) -> None:
        self.top.show(self._topic, "not saved" if self.unsaved and self._verb == "Save" else "")
