"""The registry of decks: the one place where a deck is wired.

A deck is a file with a function `cards`, whose cards say how they are asked, which texts stand
behind them and what a wrong choice of theirs took for what (see `Card`), and a line in DECKS. All
else goes by the registry: what there is to train, planning, the screens, editing, reports.
"""

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from trainer.cards.card import Card
    from trainer.cards.sheets import Sheets
    from trainer.material.sheet import Sheet


class DeckKind(Struct, frozen=True):
    """One of the decks that each sheet may have."""

    name: str
    """What the learner reads."""
    module: str
    """Where its cards are made. Loaded when they are wanted: Today is shown without a card."""
    turn: int
    """Its place among the decks as new cards take turns, the lowest first."""
    short: str = ""
    """What it is called where there is room for a word; its name if empty."""
    reads: tuple[str, ...] | None = None
    """The fields of other sheets that its cards read, None for any: an edit of no such field leaves them."""

    @property
    def short_name(self) -> str:
        """Its name in a word: "Words"."""
        return self.short or self.name

    def touched_by(self, before: "Sheet | None", after: "Sheet") -> bool:
        """Return whether its cards on other sheets may differ by an edit of a sheet, None if it is new."""
        if before is None or self.reads is None:
            return True
        return any(getattr(before, field) != getattr(after, field) for field in self.reads)

    def cards(self, sheet: "Sheet", sheets: "Sheets") -> Iterator["Card"]:
        """Yield the deck of a sheet; items of all sheets may stand beside its own as wrong answers."""
        made: Iterator[Card] = import_module(self.module).cards(sheet, sheets)
        return made


DECKS: dict[str, DeckKind] = {
    "meanings": DeckKind(
        "Term meanings", "trainer.cards.meanings", turn=1, short="Words", reads=("terms", "industry")
    ),
    "synonyms": DeckKind(
        "Synonym matching",
        "trainer.cards.synonyms",
        turn=2,
        short="Titles",
        reads=("name", "industry", "titles", "terms"),
    ),
    "levels": DeckKind("Level indicators", "trainer.cards.levels", turn=3, short="Levels", reads=()),
    "answers": DeckKind(
        "Answer quality",
        "trainer.cards.answers",
        turn=4,
        short="Answers",
        reads=("name", "industry", "red_flags", "same_words"),
    ),
}
"""The decks of a sheet by the name that stands in ids, in the order of the screens."""


def deck_name(card: str) -> str:
    """Return the name of the deck that a card is in, by the card's id; its key if there is none such."""
    key = card.partition("/")[2].partition("/")[0]
    return DECKS[key].name if key in DECKS else key
