"""What a drill is and what is shared of it, before it begins."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType

from trainer.app.drill.keys import OFFER_KEYS
from trainer.app.kit.feature import Back
from trainer.app.kit.layout import BLANK, text
from trainer.app.kit.row_list import Row
from trainer.app.kit.screen import RowScreen
from trainer.engine.drill_words import PRIVATE, RULES, checked_later, kind_of, shared_of, terms_of
from trainer.engine.drills import ToTake


class OfferScreen(RowScreen):
    """Says what a drill is, and begins it."""

    BINDINGS: ClassVar[list[BindingType]] = list(OFFER_KEYS)

    def __init__(self, wanted: ToTake, readers: str, begin: Callable[[], object]) -> None:
        self._wanted, self._readers, self._begin = wanted, readers, begin
        super().__init__()

    def on_mount(self) -> None:
        """Show it."""
        self.top.show("Drill", "under way" if self._wanted.under_way else "")
        self.show()

    def rows(self, width: int) -> list[Row]:
        """Lay out what the drill is."""
        drill = self._wanted.drill.drill
        rows = [BLANK, *text(drill.title, width, "bold $strong")]
        terms = terms_of(self._wanted)
        rows += [*text(f"{terms[0].upper()}{terms[1:]}.", width), BLANK]
        later = "" if self._wanted.is_check else checked_later(drill)
        for words in (kind_of(drill), RULES, later, f"{shared_of(drill)} {self._readers}", PRIVATE):
            rows += [*text(words, width), BLANK] if words else []
        return rows

    def label(self, binding: Binding) -> str:
        """Say whether it is begun or gone on with."""
        if binding.id == "drill.begin" and self._wanted.under_way:
            return "Go on"
        return super().label(binding)

    def action_begin(self) -> None:
        """Begin, or go on."""
        self._begin()

    def action_back(self) -> None:
        """Go back; nothing is begun."""
        self.lead_on(Back())
