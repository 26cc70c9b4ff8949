"""Cards in lines: what each is about, how far it has come, when it comes back and how surely it is known."""

from collections.abc import Iterable, Mapping

from textual.content import Content

from trainer.app.kit.layout import BLANK, apart, hanging, text
from trainer.app.kit.phrases import count, said
from trainer.app.kit.row_list import Row
from trainer.cards.decks import DECKS
from trainer.memory.state import Day
from trainer.reports.browse import ALL, YOURS, CardRow, Sieve, comes_in_words, known_in_words

ONLY = {
    "due": "due",
    "star": "starred",
    "hard": "hard",
    "doubtful": "doubtful",
    "away": "put away",
    "off": "not today",
    "gone": "in no sheet any more",
}
"""What a filter may leave alone, in words."""
ORDERS = {"next": "next to come back first", "weakest": "least remembered first"}
STATES = ("to come", "soon", "know")

_ROLE_FROM, _ALL_FROM, _STATE_FROM = 100, 74, 48
"""From these widths on a line has room for the role, for deck and retrievability, for how far it has come."""
_STATE, _COMES, _RECALL, _DECK = 8, 13, 13, 9
"""Cells of the columns, with the space before the next."""
_ROLE = range(24, 35)
"""Cells of the role, the most where there is room."""
_LEFT = 6
"""Cells before the heading: the cursor's sign, the mark, and signs of what was said of the card."""
_LEAST = 8
SIGNS = (("star", "*", "starred"), ("doubtful", "!", "doubtful"), ("hard", "^", "hard"))
"""What a line has a sign for, the sign, and what it means."""


def head_rows(listed: str, place: str, marked: int, width: int) -> list[Row]:
    """Lay out what is listed, where in it the cursor is, and how many cards are marked."""
    where = said(place, "$quiet")
    words = said(f"  {listed}", "$quiet").truncate(max(0, width - where.cell_length - 2), ellipsis=True)
    rows = apart(words, where, width)
    if marked:
        told = f"{count(marked, 'card is', 'cards are')} marked for the next key."
        rows.append(Row(said(f"  {told}", "$key").truncate(width, ellipsis=True)))
    return rows


def columns_row(width: int) -> Row:
    """Name the columns."""
    named = [("Card", _room(width)), *_columns(None, None, width)]
    return Row(Content.styled(" " * _LEFT + _cells(named), "$quiet").truncate(width))


def card_row(row: CardRow, day: Day, width: int, *, marked: bool) -> Row:
    """Lay out a card in a line."""
    signs = "".join(sign for name, sign, _ in SIGNS if getattr(row, name))[:2]
    style = "$quiet" if row.away or row.off or not row.there else ""
    line = Content.assemble(
        (f"  {'■' if marked else ' '}{signs:>2} ", "$key"),
        (_cells([(row.heading, _room(width))]), style),
        (_cells(_columns(row, day, width)), style or ("" if row.due else "$quiet")),
    )
    return Row(line if line.cell_length <= width else line.truncate(width), row.card)


def detail_rows(row: CardRow, day: Day, width: int, *, tall: bool) -> list[Row]:
    """Lay out all that the list says of the card that is marked; where there is room, its whole heading."""
    said_of = [words for name, _, words in SIGNS if getattr(row, name)]
    facts = (
        row.state,
        known_in_words(row),
        comes_in_words(row, day),
        *said_of,
        row.deck_name,
        row.sheet_name,
    )
    line = Row(said("  " + " · ".join(filter(None, facts)), "$quiet").truncate(width, ellipsis=True))
    if not tall:
        return [line]
    return [BLANK, Row(("  " + said(row.heading, "bold $strong")).truncate(width, ellipsis=True)), line]


def nothing_rows(sieve: Sieve, words: str, width: int) -> list[Row]:
    """Say that no card is so, and what to press."""
    key = "n changes the text, f the filter." if words else "f changes the filter."
    told = f"No card is like that. {key}" if words or sieve != Sieve() else "There are no cards."
    return [BLANK, *text(told, width)]


def problem_rows(problem: str, width: int) -> list[Row]:
    """Say why something could not be kept."""
    return hanging(Content.styled("! ", "$wrong"), said(problem, "$wrong"), width) if problem else []


def filter_in_words(sieve: Sieve, words: str, names: Mapping[str, str]) -> str:
    """Say what is listed: "Your roles, Words, starred"."""
    sheet = {YOURS: "Your roles", ALL: "All roles"}.get(sieve.sheet) or names.get(sieve.sheet, sieve.sheet)
    if sieve.only == "gone":
        sheet = "Cards"
    deck = DECKS[sieve.deck].short_name if sieve.deck else ""
    typed = f"with “{' '.join(words.split())}”" if words.strip() else ""
    order = ORDERS[sieve.order] if sieve.order else ""
    only = ONLY[sieve.only] if sieve.only else ""
    return ", ".join(filter(None, (sheet, deck, sieve.state, only, typed, order)))


def _cells(columns: Iterable[tuple[str, int]]) -> str:
    """Return words in columns of so many cells, one of which stays empty at least."""
    line = ""
    for words, cells in columns:
        cell = said(words)
        if cell.cell_length >= cells:
            cell = cell.truncate(cells - 1, ellipsis=True)
        line += cell.plain + " " * (cells - cell.cell_length)
    return line


def _room(width: int) -> int:
    """Return the cells of the heading."""
    return max(_LEAST, width - _LEFT - sum(cells for _, cells in _columns(None, None, width)))


def _columns(row: CardRow | None, day: Day | None, width: int) -> Iterable[tuple[str, int]]:
    """Yield the columns beside the heading that there is room for: of a card, or their names."""
    if width >= _ROLE_FROM:
        yield row.sheet_name if row else "Role", min(_ROLE[-1], max(_ROLE[0], _ROLE[0] + (width - 100) // 2))
    if width >= _ALL_FROM:
        yield row.deck_name if row else "Deck", _DECK
    if width >= _STATE_FROM:
        yield row.state if row else "State", _STATE
    yield comes_in_words(row, day) if row and day else "Comes back", _COMES
    if width >= _ALL_FROM:
        yield known_in_words(row) if row else "You know it", _RECALL
