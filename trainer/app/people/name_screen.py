"""Another name for somebody who trains here."""

from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from trainer.app.kit.entry import Entry
from trainer.app.kit.layout import BLANK, text
from trainer.app.kit.row_list import Row
from trainer.app.kit.screen import OutcomeScreen
from trainer.app.people.keys import NAME_KEYS

_LONGEST = 320
"""Longer than any name that is taken: a longer one is told so, not cut in silence."""


class NameScreen(OutcomeScreen[str | None]):
    """Ends with the name that was typed, or None."""

    AUTO_FOCUS = "Entry"
    CSS_PATH = "name_screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = list(NAME_KEYS)

    def __init__(self, name: str) -> None:
        self._old = name
        self.entry = Entry(_LONGEST, placeholder="the new name")
        super().__init__()
        self.page.can_focus = False

    def parts(self) -> list[Widget]:
        """Put the name below the text."""
        return [self.page, self.entry]

    def on_mount(self) -> None:
        """Offer the name as it is, so that a slip in it is quickly mended."""
        self.top.show("Rename", self._old)
        self.entry.value = self._old

    def rows(self, width: int) -> list[Row]:
        """Lay out what stands above the name."""
        return [BLANK, *text(f"What is {self._old} called from now on?", width, "bold $strong"), BLANK]

    def action_save(self) -> None:
        """Take what was typed."""
        self.dismiss(self.entry.value)

    def action_back(self) -> None:
        """Leave the name as it is."""
        self.dismiss(None)
