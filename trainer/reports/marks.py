"""The cards that a learner marked, with what they ask: put away, starred, doubted."""

import csv
import io
import random
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from msgspec import Struct

from trainer.cards.card import Card, Question
from trainer.cards.decks import deck_name
from trainer.cards.roles import sheet_id
from trainer.memory.state import DOUBTS, Marks
from trainer.progress.progress import Progress
from trainer.progress.valid import given_at
from trainer.reports.export import harmless


class MarkedCard(Struct, frozen=True, kw_only=True):
    """A card with a mark."""

    card: str
    """Its id."""
    sheet: str
    """The name of its sheet; the id where the sheet is not there."""
    deck: str
    """The name of its deck."""
    asks: str
    """What it asks: of a doubted card what was doubted, else as it was asked last; empty where the card is in
    no sheet any more."""
    answer: str
    at: datetime | None
    """When it was marked, in the zone of this computer; None when that is not known."""
    reason: str = ""
    """Why it is doubted, in words; empty when that was not said, or in a list of something else."""
    there: bool = True
    """Whether the card is in a sheet."""
    changed: bool = False
    """Whether what was doubted is asked no more, so that `asks` is something else of the card."""


def marked_cards(
    cards: Mapping[str, Card], progress: Progress, mark: str, has: Callable[[Marks], bool]
) -> list[MarkedCard]:
    """Return the cards whose marks have something, the one marked last first; `mark` is its name in Marks."""
    found = [(progress.mark_time(id_, mark), id_) for id_, marks in progress.marked.items() if has(marks)]
    doubted = mark == "doubtful"
    return [
        _marked(id_, cards.get(id_), at, progress, progress.marks(id_) if doubted else Marks())
        for at, id_ in sorted(found, reverse=True)
    ]


def as_csv(marked: Iterable[MarkedCard]) -> str:
    """Return marked cards as CSV for whoever keeps the sheets; no cell is run as a formula."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(["when", "sheet", "deck", "card", "reason", "asks", "answer", "changed since"])
    for each in marked:
        when = f"{each.at:%Y-%m-%d %H:%M}" if each.at else ""
        changed = "yes" if each.changed else ""
        cells = (when, each.sheet, each.deck, each.card, each.reason, each.asks, each.answer, changed)
        writer.writerow([harmless(cell) for cell in cells])
    return table.getvalue()


def _marked(id_: str, card: Card | None, at: int, progress: Progress, doubt: Marks) -> MarkedCard:
    question = marked_question(card, progress, doubt.way) if card else None
    return MarkedCard(
        card=id_,
        sheet=card.sheet_name if card else sheet_id(id_),
        deck=deck_name(id_),
        asks=_asked(question) if question else "",
        answer=question.answer if question else "",
        at=_local(at),
        reason=DOUBTS.get(doubt.reason, doubt.reason),
        there=card is not None,
        changed=bool(question and doubt.way and question.way.key != doubt.way),
    )


def marked_question(card: Card, progress: Progress, wanted: str) -> Question:
    """Return the question of a card in the way that is wanted, else in the way in which it was asked last."""
    state = progress.state(card.id)
    last = next(reversed(state.seen), "") if state else ""
    ways = {way.key: way for way in card.ways()}
    way = ways.get(wanted) or ways.get(last) or next(iter(ways.values()))
    return card.ask(way, max(way.stages), random.Random(card.id))


def _asked(question: Question) -> str:
    parts = (question.text, question.prompt)
    return " – ".join(" ".join(part.split()) for part in parts if part)


def _local(at: int) -> datetime | None:
    given = given_at(at)
    return given.astimezone() if given else None
