"""The entry of a card: all that is known of it, to be read."""

from collections.abc import Collection
from typing import ClassVar

from textual.binding import BindingType

from trainer.app.kit.card_entry import entry_page
from trainer.app.kit.row_list import Row
from trainer.app.kit.screen import OutcomeScreen
from trainer.app.words.keys import ENTRY_KEYS
from trainer.reports.entry import CardEntry


class EntryScreen(OutcomeScreen[str]):
    """Ends with the list out of which the card is to be taken, empty for none."""

    BINDINGS: ClassVar[list[BindingType]] = list(ENTRY_KEYS)

    def __init__(self, entry: CardEntry, marks: Collection[str]) -> None:
        """Show an entry; `marks` are the lists in which the card stands."""
        self._entry, self._marks = entry, marks
        super().__init__()

    def on_mount(self) -> None:
        """Show the entry from its top."""
        self.top.show(self._entry.topic or self._entry.card, "")
        self.show()

    def rows(self, width: int) -> list[Row]:
        """Lay the entry out."""
        return entry_page(self._entry, width)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only marks that the card has."""
        return parameters[0] in self._marks if action == "take" else super().check_action(action, parameters)

    def action_take(self, kind: str) -> None:
        """Have a mark taken away."""
        self.dismiss(kind)

    def action_back(self) -> None:
        """Go back to the list."""
        self.dismiss("")
