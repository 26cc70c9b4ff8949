"""Cards and words as tables, for a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from trainer.cards.card import first_question
from trainer.cards.decks import deck_name
from trainer.cards.roles import sheet_id
from trainer.memory.schedule import Schedule
from trainer.memory.state import CardState, Day
from trainer.progress.progress import Progress
from trainer.reports.export import harmless
from trainer.reports.overview import LEARNED_AFTER

if TYPE_CHECKING:
    from trainer.cards.glossary import Glossary
    from trainer.cards.library import Library
    from trainer.cards.word_entry import RegionNote, WordEntry

Row = Mapping[str, object]

_REGIONS = ("UK", "US")
"""Those that have a column; what other regions say stands in one more."""


def cards_csv(library: "Library", progress: Progress, schedule: Schedule, day: Day) -> str:
    """Return all cards as CSV, one a row: those of sheets in their order, then those in none any more.

    No cell is run as a formula.
    """
    met = list(progress.states)  # a copy: this may be read while somebody goes on answering
    ids = [*library.cards, *(card for card in met if card not in library.cards)]
    return _csv(_CARD_COLUMNS, (_card(id_, library, progress, schedule, day) for id_ in ids))


def words_csv(glossary: "Glossary") -> str:
    """Return the glossary as CSV: a row for each meaning of a word, and for each role that judges a title.

    No cell is run as a formula.
    """
    words = (word for group in glossary.by_letter for word in group.words)
    rows = (row for word in words for row in _word(glossary.entry(word.id)))
    return _csv(_WORD_COLUMNS, rows)


_CARD_COLUMNS = (
    *("card", "role or vocabulary", "deck", "asks", "answer", "state", "due", "last answered"),
    *("stability in days", "difficulty", "retrievability", "answers", "lapses", "right on days"),
    *("starred", "put away", "doubtful"),
)
_WORD_COLUMNS = (
    *("word", "kind", "other names", "role or vocabulary", "meaning", "conclude or ask", "used in"),
    *("relation to the role", "search for it", "why", *_REGIONS, "other regions", "fair"),
)


def _card(id_: str, library: "Library", progress: Progress, schedule: Schedule, day: Day) -> Row:
    card = library.cards.get(id_)
    question = first_question(card) if card else None
    state, marks = progress.state(id_), progress.marks(id_)
    return {
        "card": id_,
        "role or vocabulary": card.sheet_name if card else sheet_id(id_),
        "deck": deck_name(id_),
        "asks": " ".join(each for each in (question.intro, question.text) if each) if question else "",
        "answer": question.answer if question else "",
        "state": _state(state, there=card is not None),
        "due": state.due.isoformat() if state else "",
        "last answered": state.last.isoformat() if state else "",
        "stability in days": f"{state.stability:.2f}" if state else "",
        "difficulty": f"{state.difficulty:.2f}" if state else "",
        "retrievability": f"{schedule.recall(state, day):.4f}" if state else "",
        "answers": state.reps if state else "",
        "lapses": state.lapses if state else "",
        "right on days": state.right_days if state else "",
        "starred": _yes(marks.star),
        "put away": _yes(marks.suspended),
        "doubtful": _yes(marks.doubtful),
    }


def _state(state: CardState | None, *, there: bool) -> str:
    """Return how far a card has come, in the words of Today."""
    if not there:
        return "in no sheet any more"
    if state is None:
        return "to come"
    return "know" if state.right_days >= LEARNED_AFTER else "soon"


def _word(entry: "WordEntry") -> Iterator[Row]:
    head = {"word": entry.word, "kind": entry.kind, "other names": "; ".join(entry.names)}
    for sense in entry.senses:
        yield {
            **head,
            "role or vocabulary": sense.sheet,
            "meaning": sense.meaning,
            "conclude or ask": sense.concludes,
            "used in": sense.region,
            "fair": sense.fair,
            **_noted(sense.notes),
        }
    for judged in entry.judged:
        yield {
            **head,
            "role or vocabulary": judged.role,
            "relation to the role": judged.relation,
            "search for it": judged.search,
            "why": judged.why,
            "fair": judged.fair,
            **_noted(judged.notes),
        }
    if not entry.senses and not entry.judged:
        yield head


def _noted(notes: Iterable["RegionNote"]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for note in notes:
        known = note.region in _REGIONS
        text = note.text if known else f"{note.region}: {note.text}"
        found.setdefault(note.region if known else "other regions", []).append(text)
    return {region: " ".join(texts) for region, texts in found.items()}


def _csv(columns: Iterable[str], rows: Iterable[Row]) -> str:
    table = io.StringIO()
    writer = csv.DictWriter(table, list(columns), restval="")
    writer.writeheader()
    for row in rows:
        writer.writerow({column: harmless(cell) for column, cell in row.items()})
    return table.getvalue()


def _yes(value: bool) -> str:  # noqa: FBT001 — the value itself
    return "yes" if value else ""
