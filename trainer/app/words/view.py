"""The cards that were marked, list by list, with what each asks."""

from collections.abc import Mapping, Sequence

from textual.content import Content

from trainer.app.kit.layout import BLANK, hanging, text
from trainer.app.kit.phrases import said, short_date
from trainer.app.kit.row_list import Row
from trainer.memory.state import Day
from trainer.reports.marks import MarkedCard

STARS, AWAY, OFF, DOUBTS = "stars", "away", "off", "doubts"

_LISTS = {
    STARS: ("Starred", "You have starred nothing. * on a question stars it."),
    AWAY: ("Put away", "You have put nothing away. x on a question asks it no more."),
    OFF: ("Not today", ""),
    DOUBTS: ("Doubtful", "You doubt nothing. ! on a question says what is wrong with it."),
}
"""The lists in their order: the head, and what stands in an empty one; without that it is left out."""


def target_of(kind: str, card: str) -> str:
    """Return the target of a card in a list."""
    return f"{kind} {card}"


def marked_page(
    lists: Mapping[str, Sequence[MarkedCard]], day: Day, width: int, *, problem: str = ""
) -> list[Row]:
    """Lay the lists out."""
    rows = [BLANK]
    for kind, (head, empty) in _LISTS.items():
        cards = lists[kind]
        if not cards and not empty:
            continue
        figure = f"  {len(cards)}" if cards else ""
        rows.append(Row(Content.assemble("  ", (head, "bold $strong"), (figure, "$quiet"))))
        for card in cards:
            rows += _card(kind, card, day, width)
        rows += [*(text(empty, width, "$quiet") if not cards else ()), BLANK]
    if problem:
        rows += hanging(Content.styled("! ", "$wrong"), said(problem, "$wrong"), width)
    return rows


def _card(kind: str, card: MarkedCard, day: Day, width: int) -> list[Row]:
    target = target_of(kind, card.card)
    asks = said(" ".join(card.asks.split()) or f"{card.card}: it is in no sheet any more.")
    reason = f"{card.reason} (changed since)" if card.changed else card.reason
    about = " · ".join(filter(None, (reason, f"{card.deck}, {card.sheet}", _since(card, day))))
    return [
        Row("    " + asks.truncate(max(8, width - 4), ellipsis=True), target),
        Row("      " + said(about, "$quiet").truncate(max(8, width - 6), ellipsis=True), target),
    ]


def _since(card: MarkedCard, day: Day) -> str:
    if card.at is None:
        return ""
    at = card.at.date()
    return (
        "since today"
        if at == day
        else f"since {short_date(at)}{f' {at.year}' if at.year != day.year else ''}"
    )
