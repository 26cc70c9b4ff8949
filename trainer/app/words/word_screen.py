"""The entry of a word: all that the sheets say of it, and the way on to the words and questions beside it."""

from typing import ClassVar

from textual.binding import BindingType

from trainer.app.kit.copying import copy
from trainer.app.kit.row_list import Row, RowList
from trainer.app.kit.screen import OutcomeScreen
from trainer.app.words.entry_screen import EntryScreen
from trainer.app.words.keys import WORD_KEYS
from trainer.app.words.word_view import part_of, word_rows
from trainer.cards.word_entry import WordEntry
from trainer.engine.engine import Engine
from trainer.reports.word_page import KINDS, WordPart, word_page


class WordScreen(OutcomeScreen[None]):
    """Shows an entry, then those that are opened from it; Back goes the same way to where it was opened."""

    BINDINGS: ClassVar[list[BindingType]] = list(WORD_KEYS)

    def __init__(self, engine: Engine, entry: WordEntry) -> None:
        self._engine = engine
        self._trail: list[tuple[WordEntry, str]] = []
        """The entries that were read before, each with what was opened from it."""
        self._take(entry)
        super().__init__()

    def on_mount(self) -> None:
        """Show the entry from its top."""
        self._show()

    def rows(self, width: int) -> list[Row]:
        """Lay the entry out."""
        return word_rows(self._parts, width)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what can't be done now."""
        match action:
            case "go":
                return bool(self._marked and self._marked.opens)
            case "copy_search":
                return bool(self._search)
        return super().check_action(action, parameters)

    def on_row_list_moved(self) -> None:
        """Say whether what is marked can be opened."""
        self.refresh_bindings()

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Open what was clicked; what can't be opened is marked, to be read."""
        self.page.show(self.fitted, cursor=message.target)
        if self._marked and self._marked.opens:
            self.action_go()
        else:
            self.refresh_bindings()

    def action_go(self) -> None:
        """Open the word or the question that is marked."""
        part = self._marked
        if part and part.opens == "card":
            self.app.push_screen(EntryScreen(self._engine.entry(part.id), ()))
        elif part and (entry := self._engine.word(part.id)):
            self._trail.append((self._entry, self.page.cursor))
            self._take(entry)
            self._show()

    def action_copy(self) -> None:
        """Copy the word."""
        copy(self.app, self._entry.word, f"“{self._entry.word}” is copied.")

    def action_copy_search(self) -> None:
        """Copy the search string of the role."""
        copy(self.app, self._search, "The search string is copied.")

    def action_back(self) -> None:
        """Go back to the entry before, at last to where the first one was opened."""
        if not self._trail:
            self.dismiss(None)
            return
        entry, cursor = self._trail.pop()
        self._take(entry)
        self._show(cursor)

    @property
    def _marked(self) -> WordPart | None:
        number = part_of(self.page.cursor)
        return self._parts[number] if 0 <= number < len(self._parts) else None

    def _take(self, entry: WordEntry) -> None:
        self._entry, self._search = entry, self._engine.search_for(entry)
        self._parts = list(word_page(entry, self._search))

    def _show(self, cursor: str = "") -> None:
        self.top.show(self._entry.word, KINDS[self._entry.kind])
        self.show(cursor=cursor, bring=cursor)
