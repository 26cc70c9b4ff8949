"""Which cards are listed: a line of each group is chosen."""

from collections.abc import Iterator, Sequence
from typing import ClassVar, NamedTuple

from msgspec.structs import replace
from textual.binding import BindingType
from textual.content import Content

from trainer.app.browse.keys import FILTER_KEYS
from trainer.app.browse.view import ONLY, ORDERS, STATES
from trainer.app.kit.layout import BLANK
from trainer.app.kit.phrases import count, said
from trainer.app.kit.row_list import Row, RowList
from trainer.app.kit.screen import OutcomeScreen
from trainer.cards.decks import DECKS
from trainer.memory.state import Day
from trainer.reports.browse import ALL, YOURS, CardRow, Sieve, sifted


class _Choice(NamedTuple):
    key: str
    """The field of the filter."""
    value: str
    words: str

    @property
    def target(self) -> str:
        return f"{self.key}={self.value}"


class FilterScreen(OutcomeScreen[Sieve | None]):
    """Ends with the filter, or None to leave it as it was."""

    BINDINGS: ClassVar[list[BindingType]] = list(FILTER_KEYS)

    def __init__(self, rows: Sequence[CardRow], sieve: Sieve, day: Day) -> None:
        self._cards, self.sieve, self._day = rows, sieve, day
        self._groups = [(head, list(choices)) for head, choices in _groups(rows)]
        self._by_target = {each.target: each for _, choices in self._groups for each in choices}
        super().__init__()

    def on_mount(self) -> None:
        """Mark the first line."""
        self._follow(next(iter(self._by_target)))

    def rows(self, width: int) -> list[Row]:
        """Lay the groups out, each with the line that is chosen."""
        rows: list[Row] = []
        for head, choices in self._groups:
            rows += [BLANK, Row(said(f"  {head}", "bold $strong"))]
            for each in choices:
                chosen = getattr(self.sieve, each.key) == each.value
                line = Content.assemble("    ", ("■ " if chosen else "· ", "$key"), said(each.words))
                rows.append(Row(line.truncate(width, ellipsis=True), each.target))
        return rows

    def action_pick(self) -> None:
        """Take the marked line, and stay."""
        each = self._by_target[self.page.cursor]
        chosen = getattr(self.sieve, each.key) == each.value
        self.sieve = replace(self.sieve, **{each.key: "" if chosen else each.value})
        self._follow(each.target)

    def action_go(self) -> None:
        """Take the marked line, and see the cards."""
        each = self._by_target[self.page.cursor]
        self.dismiss(replace(self.sieve, **{each.key: each.value}))

    def action_clear(self) -> None:
        """Take no filter."""
        self.dismiss(Sieve())

    def action_back(self) -> None:
        """Leave the filter as it was."""
        self.dismiss(None)

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Take the line that was clicked."""
        self.page.show(self.fitted, cursor=message.target)
        self.action_pick()

    def _follow(self, target: str) -> None:
        left = sifted(self._cards, self.sieve, self._day)
        self.top.show("Which cards", count(len(left), "card"))
        self.show(cursor=target, bring=target)


def _groups(rows: Sequence[CardRow]) -> Iterator[tuple[str, Iterator[_Choice]]]:
    names = {row.sheet: row.sheet_name for row in rows if row.there}
    decks = [key for key in DECKS if any(row.deck == key for row in rows)]
    gone = any(not row.there for row in rows)
    only = {key: words for key, words in ONLY.items() if key != "gone" or gone}
    yield "Only", _choices("only", {"": "All", **_capitals(only)})
    yield "How far", _choices("state", {"": "All", **{state: state for state in STATES}})
    yield "Deck", _choices("deck", {"": "All", **{key: DECKS[key].short_name for key in decks}})
    yield "Role", _choices("sheet", {YOURS: "Your roles", ALL: "All roles", **names})
    yield "Order", _choices("order", {"": "As in the sheets", **_capitals(ORDERS)})


def _choices(key: str, values: dict[str, str]) -> Iterator[_Choice]:
    return (_Choice(key, value, words) for value, words in values.items())


def _capitals(words: dict[str, str]) -> dict[str, str]:
    return {key: f"{each[0].upper()}{each[1:]}" for key, each in words.items()}
