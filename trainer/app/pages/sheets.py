"""The sheets, each with its decks: where they stand, and what to train alone."""

from collections.abc import Sequence

from msgspec import Struct
from textual.content import Content

from trainer.app.keys import DIGITS
from trainer.app.pages.lines import BLANK, text
from trainer.app.widgets.page import Row
from trainer.app.words import said
from trainer.cards.decks import DECKS
from trainer.cards.library import Library
from trainer.memory.state import Day
from trainer.progress.progress import Progress
from trainer.reports.overview import Tally, tally

_NAME_MOST = 40
_ALL_FROM = 50
"""From this width on there is room for all figures."""
_HEADS = (" review", "   new", "  learned", "  cards")


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
            name = DECKS[deck.id.rpartition("/")[2]]
            rows.append(SheetRow(deck.id, name, tally(deck.cards, progress, day), whole=False))
    return rows


def sheets_page(sheets: Sequence[SheetRow], width: int) -> list[Row]:
    """Lay the sheets out; the target of a line is what it trains."""
    if not sheets:
        return [BLANK, *text("There are no sheets that could be read. Esc goes back.", width)]
    heads = _HEADS if width >= _ALL_FROM else _HEADS[:2]
    head = "".join(heads)
    column = max(8, min(_NAME_MOST, width - len(head) - 5))
    rows = [BLANK, Row(Content.styled(f"{' ' * (column + 5)}{head}"[:width], "$quiet"))]
    number = 0
    for sheet in sheets:
        if sheet.whole:
            rows += [BLANK] if number else []
            number += 1
        digit = str(number) if sheet.whole and number <= DIGITS else " "
        style = "bold $strong" if sheet.whole else ""
        name = said(sheet.name, style).truncate(column if sheet.whole else column - 2, ellipsis=True)
        indent = "" if sheet.whole else "  "
        gap = " " * (column - len(indent) - name.cell_length)
        rows.append(
            Row(
                Content.assemble(
                    "  ", (digit, "$key"), "  ", indent, name, gap, _figures(sheet.tally, heads)
                ),
                sheet.choice,
            )
        )
    return rows


def _figures(tally: Tally, heads: Sequence[str]) -> str:
    numbers = (tally.due, tally.new, tally.learned, tally.cards)
    return "".join(str(number).rjust(len(head)) for number, head in zip(numbers, heads, strict=False))
