"""Where the learner stands sheet by sheet, and deck by deck."""

from collections.abc import Collection

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


def sheet_rows(
    library: Library, roles: Roles, progress: Progress, day: Day, waiting: Collection[str] = ()
) -> list[SheetRow]:
    """Return every sheet that has cards, each followed by its decks, what is learned first.

    `waiting` are the ids of cards that were missed today and come again.
    """
    asked, names = roles.asked, told_apart(library.sheets)
    rows: list[SheetRow] = []
    for id_ in (*asked, *(id_ for id_ in library.sheets if id_ not in asked)):
        yours = id_ in asked
        decks = [deck for deck in library.decks if deck.sheet == id_]
        named = [(deck.id, DECKS[deck.key].name, deck.cards) for deck in decks]
        if decks:
            cards = tuple(card for deck in decks for card in deck.cards)
            named.insert(0, (id_, names[id_], cards))
        rows += [
            SheetRow(
                choice,
                name,
                tally(cards, progress, day, asked=yours, waiting=waiting),
                whole=choice == id_,
                asked=yours,
            )
            for choice, name, cards in named
        ]
    return rows
