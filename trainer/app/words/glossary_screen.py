"""The glossary: every word, title and role, by letter or by role."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from trainer.app.kit.copying import copy
from trainer.app.kit.feature import Back
from trainer.app.kit.phrases import count
from trainer.app.kit.row_list import Row, RowList
from trainer.app.kit.screen import RowScreen
from trainer.app.words.glossary_view import TOGETHER, glossary_rows, page_and_word, pages_of, target_of
from trainer.app.words.keys import GLOSSARY_KEYS
from trainer.app.words.word_screen import WordScreen
from trainer.engine.engine import Engine


class GlossaryScreen(RowScreen):
    """Lists the words, and leads to the entry of each."""

    BINDINGS: ClassVar[list[BindingType]] = list(GLOSSARY_KEYS)

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._by_role = False
        self._pages = pages_of(engine.glossary.by_letter)
        super().__init__()

    def on_mount(self) -> None:
        """Mark the first word."""
        self._show_first(0)

    def rows(self, width: int) -> list[Row]:
        """Lay the words out."""
        return glossary_rows(self._pages, self._shown, width)

    def label(self, binding: Binding) -> str:
        """Say what the keys do in this order."""
        match binding.action:
            case "order":
                return "By letter" if self._by_role else "By role"
            case "leap(1)":
                return "Next role" if self._by_role else "Next letter"
        return super().label(binding)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what can't be done now."""
        if action in {"go", "copy"}:
            return bool(self.page.cursor)
        return super().check_action(action, parameters)

    def action_go(self) -> None:
        """Open the entry of the marked word."""
        if entry := self._engine.word(page_and_word(self.page.cursor)[1]):
            self.app.push_screen(WordScreen(self._engine, entry))

    def action_leap(self, step: int) -> None:
        """Mark the first word of the page before or after."""
        self._show_first((self._at + step) % len(self._pages))

    def action_order(self) -> None:
        """List by role what was listed by letter, and back; the marked word stays marked."""
        _, word = page_and_word(self.page.cursor)
        self._by_role = not self._by_role
        glossary = self._engine.glossary
        self._pages = pages_of(glossary.by_role if self._by_role else glossary.by_letter)
        having = (place for place, page in enumerate(self._pages) if word in {each.id for each in page.words})
        self._show_at(target_of(next(having, 0), word))

    def action_copy(self) -> None:
        """Copy the marked word."""
        word = self._engine.glossary.words[page_and_word(self.page.cursor)[1]].word
        copy(self.app, word, f"“{word}” is copied.")

    def action_back(self) -> None:
        """Go back."""
        self.lead_on(Back())

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Open the word that was clicked."""
        self.page.show(self.fitted, cursor=message.target)
        self.action_go()

    @property
    def _at(self) -> int:
        return page_and_word(self.page.cursor)[0]

    @property
    def _shown(self) -> Sequence[int]:
        many = len(self._engine.glossary) > TOGETHER
        return (self._at,) if many else range(len(self._pages))

    def _show_first(self, place: int) -> None:
        words = self._pages[place].words if self._pages else ()
        self._show_at(target_of(place, words[0].id) if words else "")
        self.call_after_refresh(self._head_up)

    def _head_up(self) -> None:
        """Scroll the head above the marked word to the top: the words under it are what one wants to see."""
        rows = self.page.rows(self.page.size.width)
        first = next((y for y, row in enumerate(rows) if row.target == self.page.cursor), 0)
        self.column.scroll_to(y=max(0, first - 1), animate=False)

    def _show_at(self, cursor: str) -> None:
        self.top.show("Glossary", count(len(self._engine.glossary), "word"))
        self.show(cursor=cursor, bring=cursor)
