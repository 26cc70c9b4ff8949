"""Where the learner stands sheet by sheet, and deck by deck."""

from msgspec import Struct

from trainer.cards.decks import DECKS
from trainer.cards.library import Library
from trainer.memory.state import Day
from trainer.progress.progress import Progress
from trainer.reports.overview import Tally, tally


class SheetRow(Struct, frozen=True):
    """A sheet or one of its decks."""

    choice: str
    """Its name as `Library.select` takes it."""
    name: str
    tally: Tally
    whole: bool
    """Whether it is a sheet, not a deck of one."""


def sheet_rows(library: Library, progress: Progress, day: Day) -> list[SheetRow]:
    """Return every sheet that has cards, each followed by its decks."""
    rows = []
    for sheet in library.sheets.values():
        decks = [deck for deck in library.decks if deck.id.startswith(f"{sheet.id}/")]
        cards = [card for deck in decks for card in deck.cards]
        if cards:
            rows.append(SheetRow(sheet.id, sheet.name, tally(cards, progress, day), whole=True))
        for deck in decks:
            name = DECKS[deck.id.rpartition("/")[2]].name
            rows.append(SheetRow(deck.id, name, tally(deck.cards, progress, day), whole=False))
    return rows
