"""What would be sent, shown byte for byte; it is sent only on yes."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType

from trainer.app.kit.keys import AGREE_KEYS
from trainer.app.kit.layout import BLANK, labelled, text
from trainer.app.kit.row_list import Row
from trainer.app.kit.screen import RowScreen
from trainer.clean import printable_json
from trainer.engine.agreements import Agreement

_COLUMN = 14
"""Cells for what a part of it is called."""


class AgreeScreen(RowScreen):
    """Shows what would be sent, and calls back once with whether it may be."""

    BINDINGS: ClassVar[list[BindingType]] = list(AGREE_KEYS)

    def __init__(self, agreement: Agreement, answer: Callable[[bool], object]) -> None:
        self._agreement, self._answer = agreement, answer
        self._answered = False
        super().__init__()

    def on_mount(self) -> None:
        """Show it from the top."""
        self.top.show(self._agreement.topic, "nothing is sent yet")
        self.show()

    def rows(self, width: int) -> list[Row]:
        """Lay out what would be sent."""
        asked = self._agreement
        rows = [BLANK, *text(asked.question, width, "bold $strong"), *text(asked.about, width), BLANK]
        rows += labelled(list(asked.parts), width, indent=4, column=_COLUMN)
        for words in asked.told:
            rows += [BLANK, *text(words, width)]
        exact = printable_json(asked.line.decode().rstrip())
        rows += [BLANK, *text("Byte for byte, as it is sent:", width, "$quiet")]
        return [*rows, *text(exact, width, "$quiet", indent=4), BLANK]

    def label(self, binding: Binding) -> str:
        """Say what yes does."""
        return self._agreement.verb if binding.id == "sending.yes" else super().label(binding)

    def action_agree(self) -> None:
        """Agree to it."""
        self._end(agreed=True)

    def action_back(self) -> None:
        """Send nothing."""
        self._end(agreed=False)

    def _end(self, *, agreed: bool) -> None:
        if not self._answered:
            self._answered = True
            self._answer(agreed)
