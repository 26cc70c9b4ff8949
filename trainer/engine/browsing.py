"""All cards of a learner, looked through; and what is done with many of them at once."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from trainer.engine.desk import Desk
from trainer.memory.state import Day, Marks
from trainer.progress.steps import Forgotten

if TYPE_CHECKING:
    from trainer.reports.browse import CardRow, Shelf

Deed: TypeAlias = Literal["put away", "bring back", "star", "unstar", "not today", "today", "forget"]

_MARKING: Mapping[Deed, Callable[[Marks, Day], Marks]] = {
    "put away": lambda marks, _: replace(marks, suspended=True),
    "bring back": lambda marks, _: replace(marks, suspended=False),
    "star": lambda marks, _: replace(marks, star=True),
    "unstar": lambda marks, _: replace(marks, star=False),
    "not today": lambda marks, day: replace(marks, buried=day),
    "today": lambda marks, _: replace(marks, buried=None),
}


class Done(Struct, frozen=True, kw_only=True):
    """What was done with cards, to be taken back as a whole."""

    deed: Deed
    before: Mapping[str, Marks] = {}
    """The marks of the cards that were changed, as they were."""
    forgotten: tuple[Forgotten, ...] = ()

    @property
    def cards(self) -> tuple[str, ...]:
        """The cards that were changed: others were so already."""
        return (*self.before, *(each.card for each in self.forgotten))


class Browsing(Desk):
    """Lists cards, and changes many of them in one act, which is in the record as a whole or not at all.

    What changes something raises NotSavedError; nothing has changed then.
    """

    def card_rows(self) -> "list[CardRow]":
        """Return where all cards stand, those of the learner's roles first; it reads the sheets."""
        return self._shelf().rows()

    def card_rows_of(self, cards: Iterable[str]) -> "list[CardRow]":
        """Return where some cards stand."""
        shelf = self._shelf()
        return [shelf.row(card) for card in cards]

    def do(self, deed: Deed, cards: Iterable[str]) -> Done:
        """Do something with cards; those with which it was done already stay as they are."""
        if deed == "forget":
            return Done(deed=deed, forgotten=tuple(self.progress.forget(cards)))
        change, day = _MARKING[deed], self.day
        before = {card: self.progress.marks(card) for card in cards}
        after = {card: change(marks, day) for card, marks in before.items()}
        new = {card: marks for card, marks in after.items() if marks != before[card]}
        self.progress.mark_all(new)
        return Done(deed=deed, before={card: before[card] for card in new})

    def take_back_done(self, done: Done) -> None:
        """Take back what was done, as a whole; a forgotten card that was answered since stays as it is."""
        self.progress.mark_all(done.before)
        self.progress.remember(done.forgotten)

    def _shelf(self) -> "Shelf":
        from trainer.reports.browse import Shelf  # noqa: PLC0415 — only when it is opened

        library = self.library
        return Shelf(library.cards, self._roles(library.sheets.values()).asked, self.progress, self.day)
