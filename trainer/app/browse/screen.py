"""All cards in a list, to be filtered, marked, and changed many at once."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.widget import Widget
from textual.widgets import Input

from trainer.app.browse.card_screen import CardScreen, forget_question
from trainer.app.browse.deeds import Deeds, Toggle, deed_of, label_of
from trainer.app.browse.filter_screen import FilterScreen
from trainer.app.browse.keys import BROWSE_KEYS
from trainer.app.browse.view import (
    SIGNS,
    card_row,
    columns_row,
    detail_rows,
    filter_in_words,
    head_rows,
    nothing_rows,
    problem_rows,
)
from trainer.app.kit.confirm import ConfirmScreen
from trainer.app.kit.entry import Entry
from trainer.app.kit.keeping_screen import KeepingScreen
from trainer.app.kit.layout import BLANK
from trainer.app.kit.row_list import Row, RowList
from trainer.app.kit.window_list import WindowList
from trainer.reports.browse import CardRow, Sieve, found, sifted

if TYPE_CHECKING:
    from trainer.app.kit.host import Host
    from trainer.engine.engine import Engine

_LONGEST = 80
_TALL = 14
"""From so many lines on the list has room for the names of its columns, and for the card in full."""
_LAID = 500
"""Lines that are kept."""
_FEWEST = 3
"""Cards that are laid out at least, however low the window is."""


class BrowseScreen(KeepingScreen):
    """Lists cards; what a key does, it does with all that are marked, else with the one at the cursor."""

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "WindowList"
    BINDINGS: ClassVar[list[BindingType]] = list(BROWSE_KEYS)

    def __init__(self, host: "Host", engine: "Engine", rows: Sequence[CardRow]) -> None:
        self._host, self._engine, self._day = host, engine, engine.day
        self._rows = list(rows)
        self._places = {row.card: place for place, row in enumerate(self._rows)}
        self._names = {row.sheet: row.sheet_name for row in self._rows}
        self._laid: LRUCache[tuple[str, int, bool], Row] = LRUCache(_LAID)
        """Lines that are laid out, by card, width and whether the card is marked."""
        self.sieve = Sieve()
        self._sifted = self.found = sifted(self._rows, self.sieve, self._day)
        self.marked: dict[str, None] = {}
        """The cards that the next key is for, as they were marked."""
        self._at = self._first = self._fits = 0
        self._deeds = Deeds(engine)
        self.words = Entry(_LONGEST, placeholder="A part of what the card is about")
        self.words.display = False
        self._list = WindowList(self.rows, self._step)
        super().__init__()

    def parts(self) -> list[Widget]:
        """Put the text to look for above the list."""
        self.page = self._list
        return [self.words, self._list]

    def on_mount(self) -> None:
        """Mark the first card."""
        self._show()

    def fitted(self, width: int) -> list[Row]:
        """Lay the rows out: they fit as they are."""
        return self.rows(width)

    def rows(self, width: int) -> list[Row]:
        """Lay out what is listed, the cards that there is room for, and the one at the cursor in full."""
        height = self._list.size.height or self.room
        tall = height >= _TALL
        listed = filter_in_words(self.sieve, self.words.value, self._names)
        place = f"{self._at + 1:,} of {len(self.found):,}" if self.found else ""
        rows = head_rows(listed, place, len(self.marked), width)
        rows += problem_rows(self.problem, width)
        if not self.found:
            return rows + nothing_rows(self.sieve, self.words.value, width)
        if tall:
            rows.append(columns_row(width))
        detail = detail_rows(self.found[self._at], self._day, width, tall=tall)
        lines = max(_FEWEST, height - len(rows) - len(detail))
        self._first = max(self._at - lines + 1, min(self._first, self._at, len(self.found) - lines), 0)
        self._fits = lines
        shown = self.found[self._first : self._first + lines]
        rows += [self._laid_out(row, width) for row in shown]
        return [*rows, *[BLANK] * (height - len(rows) - len(detail)), *detail]

    def _laid_out(self, row: CardRow, width: int) -> Row:
        key = row.card, width, row.card in self.marked
        laid = self._laid.get(key)
        if laid is None:
            laid = self._laid[key] = card_row(row, self._day, width, marked=key[2])
        return laid

    def legend(self) -> tuple[tuple[str, str], ...]:
        """Tell what the signs before a card mean."""
        why = {"hard": "hard: missed four times or more after it was met, and not known yet"}
        return tuple((sign, why.get(name, words)) for name, sign, words in SIGNS)

    @property
    def selected(self) -> list[CardRow]:
        """The cards that a key is for."""
        if self.marked:
            return [self._rows[self._places[card]] for card in self.marked]
        return [self.found[self._at]] if self.found else []

    def label(self, binding: Binding) -> str:
        """Say what a key does just now, and with how many cards."""
        action, _, parameter = binding.action.partition("(")
        if self.marked and (action in {"go", "filter", "text", "mark"} or self._is_rarest(binding)):
            return ""  # the bar has room for what is done with many
        if action == "back":
            return "No text" if self.words.display else "Unmark all" if self.marked else binding.description
        if action == "go":
            return "To the list" if self.words.has_focus else binding.description
        if action == "mark" and self.found:
            return "Unmark" if self.found[self._at].card in self.marked else binding.description
        if action not in {"do", "forget"}:
            return binding.description
        words = binding.description
        if action == "do":
            words = label_of(deed_of(cast("Toggle", parameter.strip("')")), self.selected))
        return f"{words} {len(self.marked)}" if len(self.marked) > 1 else words

    def _is_rarest(self, binding: Binding) -> bool:
        """Return whether a key gives way to undo in the bar."""
        return binding.id == "browse.off" and self._deeds.can_undo

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what can't be done now."""
        if action == "undo":
            return self._deeds.can_undo
        if action == "forget":
            return any(row.due for row in self.selected)
        if action in {"go", "mark", "mark_all", "do", "page", "end"}:
            return bool(self.found)
        return super().check_action(action, parameters)

    # Where the cursor is

    def _step(self, by: int) -> None:
        self._go_to(self._at + by)

    def action_page(self, direction: int) -> None:
        """Go a screen on."""
        self._step(direction * max(1, self._fits - 1))

    def action_end(self, direction: int) -> None:
        """Go to the first card or the last."""
        self._go_to(0 if direction < 0 else len(self.found) - 1)

    def _go_to(self, place: int) -> None:
        if self.found:
            self._at = max(0, min(place, len(self.found) - 1))
            self._show()

    def _show(self) -> None:
        """Show the cards around the cursor."""
        at = self.found[self._at].card if self.found else ""
        self.top.show("All cards", "")
        self._list.show(self.rows, cursor=at)
        self.unsee()
        self.call_after_refresh(self.bar.follow)
        self.call_after_refresh(self._lay_out_ahead)

    def _lay_out_ahead(self) -> None:
        """Lay out what a key may bring next, so that it takes no time then: a screen down, a line up."""
        width = self._list.size.width
        if width and self.found:
            end = self._first + self._fits
            ahead = [*self.found[end : end + self._fits], *self.found[max(0, self._first - 1) : self._first]]
            self._list.prepare([self._laid_out(row, width) for row in ahead])

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Go to the card that was clicked; a second click opens its page."""
        at = next((place for place, row in enumerate(self.found) if row.card == message.target), None)
        if at is None:
            return  # what was typed meanwhile has sifted it out
        again = message.target == self._list.cursor
        self._at = at
        if again:
            self.action_go()
        else:
            self._show()

    # Which cards are listed

    def action_filter(self) -> None:
        """Ask which cards to list."""

        def take(sieve: Sieve | None) -> None:
            if sieve is not None:
                self.sieve = sieve
                self._sift()

        self.app.push_screen(FilterScreen(self._rows, self.sieve, self._day), take)

    def action_text(self) -> None:
        """Have a text typed that has to stand in the cards."""
        self.words.display = True
        self.words.focus()

    @on(Input.Changed)
    def _typed(self) -> None:
        self.found = found(self._sifted, self.words.value)
        self.marked = {}
        self._at = 0
        self._show()

    def _sift(self, card: str = "") -> None:
        """List the cards that the filter leaves, and go to one of them, else stay about where it is."""
        card = card or (self.found[self._at].card if self.found else "")
        self._laid.clear()
        self._sifted = sifted(self._rows, self.sieve, self._day)
        self.found = found(self._sifted, self.words.value)
        there = {row.card: place for place, row in enumerate(self.found)}
        self.marked = {card: None for card in self.marked if card in there}
        self._at = there.get(card, max(0, min(self._at, len(self.found) - 1)))
        self._show()

    # What is done with them

    def action_mark(self, step: int) -> None:
        """Mark the card at the cursor, or take its mark away, and go on."""
        card = self.found[self._at].card
        if card in self.marked:
            del self.marked[card]
        else:
            self.marked[card] = None
        self._step(step)

    def action_mark_all(self) -> None:
        """Mark all cards that are listed; none if all are marked."""
        every = dict.fromkeys(row.card for row in self.found)
        self.marked = {} if len(self.marked) == len(every) else every
        self._show()

    def action_do(self, toggle: Toggle) -> None:
        """Put the cards away, star them or put them off; take that back where all of them are so."""
        rows = self.selected
        cards = [row.card for row in rows]
        self._change(lambda: self._deeds.do(deed_of(toggle, rows), cards), self.offer_undo)

    def action_forget(self) -> None:
        """Begin anew with the cards, after asking."""
        cards = [row.card for row in self.selected if row.due]

        def forget(sure: bool | None) -> None:  # noqa: FBT001 — the answer of the screen that asks
            if sure:
                self._change(lambda: self._deeds.do("forget", cards), self.offer_undo)

        question = forget_question(len(cards))
        self.app.push_screen(ConfirmScreen(question, no="Keep it", yes="Forget it"), forget)

    def action_undo(self) -> None:
        """Take the last change back, of all its cards."""
        self._change(self._deeds.undo, self._tell_undone)

    def _tell_undone(self, told: str) -> None:
        self.withdraw_undo()
        self.notify(told, markup=False, timeout=4)

    def _change(self, change: Callable[[], tuple[Sequence[str], str]], tell: Callable[[str], object]) -> None:
        """Make a change, and tell what came of it."""
        changed: Sequence[str] = ()
        told = ""

        def make() -> None:
            nonlocal changed, told
            changed, told = change()

        if self.keep(make) and told:
            tell(told)
        self._refresh(changed)

    def _refresh(self, cards: Sequence[str]) -> None:
        """Take up how cards stand now."""
        for row in self._engine.card_rows_of(cards):
            self._rows[self._places[row.card]] = row
        self._sift()

    # A card, and the way out

    def action_go(self) -> None:
        """Open the page of the card at the cursor; from the text go on to the list."""
        if self.words.has_focus:
            self._list.focus()
            return
        row = self.found[self._at]
        screen = CardScreen(self._host, self._engine, self._deeds, row)
        self.app.push_screen(screen, lambda _: self._back_from(screen, row.card))

    def _back_from(self, screen: CardScreen, card: str) -> None:
        if screen.edited:
            self._rows = self._engine.card_rows()
            self._places = {row.card: place for place, row in enumerate(self._rows)}
            self._sift(card)
        else:
            self._refresh([each for each in screen.changed if each in self._places])

    def action_back(self) -> None:
        """Leave the text, take the marks away, or go back."""
        if self.words.display:
            self.words.value = ""
            self.words.display = False
            self._list.focus()
        elif self.marked:
            self.marked = {}
            self._show()
        else:
            super().action_back()
