"""The sheets, each with its decks: where they stand, and what to train alone."""

from collections.abc import Sequence

from textual.content import Content

from trainer.app.kit.keys import DIGITS
from trainer.app.kit.layout import BLANK, text
from trainer.app.kit.phrases import said
from trainer.app.kit.row_list import Row
from trainer.reports.overview import Tally
from trainer.reports.sheets import SheetRow

_NAME_MOST = 40
_ALL_FROM = 50
"""From this width on there is room for all figures."""
_HEADS = (" review", "   new", "  learned", "  cards")


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
