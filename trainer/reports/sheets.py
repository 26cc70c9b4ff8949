"""Where the learner stands sheet by sheet, and deck by deck."""

from msgspec import Struct

from trainer.cards.decks import DECKS
from trainer.cards.library import Library
from trainer.cards.role_names import told_apart
from trainer.cards.roles import Roles
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
    asked: bool
    """Whether the learner learns it; what they don't is to be had by its name alone."""


def sheet_rows(library: Library, roles: Roles, progress: Progress, day: Day) -> list[SheetRow]:
    """Return every sheet that has cards, each followed by its decks, what is learned first."""
    rows = []
    asked = [library.sheets[id_] for id_ in roles.asked]
    others = [sheet for id_, sheet in library.sheets.items() if id_ not in roles.asked]
    names = told_apart(library.sheets)
    for place, sheet in enumerate((*asked, *others)):
        yours = place < len(asked)
        decks = [deck for deck in library.decks if deck.id.startswith(f"{sheet.id}/")]
        cards = [card for deck in decks for card in deck.cards]
        if cards:
            rows.append(
                SheetRow(
                    sheet.id,
                    names[sheet.id],
                    tally(cards, progress, day, asked=yours),
                    whole=True,
                    asked=yours,
                )
            )
        for deck in decks:
            name = DECKS[deck.id.rpartition("/")[2]].name
            rows.append(
                SheetRow(
                    deck.id, name, tally(deck.cards, progress, day, asked=yours), whole=False, asked=yours
                )
            )
    return rows
