"""What a file and a journal give together, whichever of the two a crash or a sync left behind."""

from collections.abc import Iterable

from trainer.memory.schedule import Schedule
from trainer.memory.state import Marks
from trainer.progress.documents import Changes, Table, card_document, card_key, card_parts, day_key, document
from trainer.progress.journal import Entries
from trainer.progress.tables import Tables


def take_in(tables: Tables, journal: Entries, schedule: Schedule) -> int:
    """Bring what a journal holds into the tables; return how many of its lines or reviews were new.

    The lines of a journal of the file's own generation stand as they are. Of any other
    one only the reviews count: it was folded already, or the file was put back or synced.
    """
    if journal.generation == tables.meta.generation:
        for changes in journal.changes:
            tables.apply(changes)
        if journal.damaged:
            rebuild(tables, schedule)
        return len(journal.changes)
    reviews = _reviews(journal.changes)
    if not reviews:
        return 0
    united = tables.reviews.united(reviews)
    if united is tables.reviews:
        return 0
    added = len(united) - len(tables.reviews)
    tables.reviews = united
    rebuild(tables, schedule)
    return added


def unite(tables: Tables, theirs: Tables, schedule: Schedule) -> None:
    """Bring the reviews of another copy of the file into the tables, and its marks where we have none."""
    tables.reviews = tables.reviews.united(theirs.reviews)
    tables.cards = theirs.cards | tables.cards
    rebuild(tables, schedule)


def rebuild(tables: Tables, schedule: Schedule) -> None:
    """Make the states and totals anew from the reviews. Marks stay."""
    parts = [card_parts(found) for found in tables.cards.values()]
    marks = {card: marks for card, _state, marks in parts if marks != Marks()}
    states, days = schedule.replay(tables.reviews.history())
    tables.cards = {
        card_key(card): found
        for card in states | marks
        if (found := card_document(card, states.get(card), marks.get(card, Marks())))
    }
    tables.days = {day_key(day): document(totals) for day, totals in days.items()}


def _reviews(lines: Iterable[Changes]) -> Table:
    return {id_: found for line in lines for id_, found in line.get("reviews", {}).items() if found}
