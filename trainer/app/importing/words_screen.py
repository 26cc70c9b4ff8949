"""A list of words before it is saved: the terms that were found, and the name of their sheet."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from trainer.app.importing.keys import WORDS_KEYS
from trainer.app.importing.words_view import words_rows
from trainer.app.kit.entry import Entry
from trainer.app.kit.phrases import count, said
from trainer.app.kit.pick import PickScreen
from trainer.app.kit.row_list import Row
from trainer.app.kit.screen import OutcomeScreen
from trainer.errors import TrainerError
from trainer.material.importing import Plan
from trainer.material.words.word_list import WordList

if TYPE_CHECKING:
    from trainer.engine.engine import Engine

_LONGEST_NAME = 80


class WordsScreen(OutcomeScreen[Plan | None]):
    """Shows a list of words; it ends with what was saved, or None for another."""

    CSS_PATH = "words_screen.tcss"
    AUTO_FOCUS = "Entry"
    BINDINGS: ClassVar[list[BindingType]] = list(WORDS_KEYS)

    @dataclass
    class Planned(Message):
        """What saving would do is known."""

        plan: Plan

    @dataclass
    class Saved(Message):
        """It was saved."""

        plan: Plan

    @dataclass
    class Refused(Message):
        """It could not be saved."""

        error: TrainerError

    def __init__(self, words: WordList, engine: "Engine") -> None:
        self._words, self._engine = words, engine
        self._working = False
        self._problem = Static(classes="problem")
        self._problem.display = False
        self.entry = Entry(_LONGEST_NAME, placeholder="What the list is called")
        self.entry.value = words.name or "Our words"
        super().__init__()

    def compose(self) -> ComposeResult:
        """Put what went wrong between the list and the keys, where it is always seen."""
        *above, bar, too_small = super().compose()
        yield from (*above, self._problem, bar, too_small)

    def parts(self) -> list[Widget]:
        """Put the name above the list."""
        return [self.entry, self.page]

    def on_mount(self) -> None:
        """Show the terms."""
        self.top.show("Import · a list of words", count(len(self._words.entries), "term"))
        self.show()

    def rows(self, width: int) -> list[Row]:
        """Lay out where the words go, and what was found."""
        name = self.entry.value.strip()
        return words_rows(self._words, name, self._engine.sheet_called(name), width)

    @on(Input.Changed)
    def _renamed(self) -> None:
        self._problem.display = False
        self.page.show(self.fitted)

    def action_save(self) -> None:
        """Look what saving would do, and do it; what the sheet says otherwise is asked about."""
        if not self._working:
            self._look(replacing=False)

    def action_back(self) -> None:
        """Go back to the box for another."""
        self.dismiss(None)

    def _look(self, *, replacing: bool) -> None:
        name = self.entry.value.strip()

        def work() -> None:
            plan = self._engine.import_words(self._words, name, replacing=replacing)
            self.post_message(self.Planned(plan))

        self._work(work)

    def on_words_screen_planned(self, message: Planned) -> None:
        """Save it, unless the sheet says otherwise of a term."""
        self._working = False
        plan = message.plan
        clashes = sum(change.kind == "kept" for change in plan.changes)
        if not clashes:
            self._write(plan)
            return
        terms = count(clashes, "term has", "terms have")

        def choose(answer: int | None) -> None:
            if answer == 0:
                self._write(plan)
            elif answer == 1:
                self._look(replacing=True)

        answers = [said("Keep what the sheet says"), said("Take what the list says")]
        question = f"{terms} another meaning in “{plan.sheet.name}” than in the list."
        self.app.push_screen(PickScreen(question, answers, verb="Take"), choose)

    def _write(self, plan: Plan) -> None:
        def work() -> None:
            self._engine.take_in(plan)
            self.post_message(self.Saved(plan))

        self._work(work)

    def _work(self, work: Callable[[], None]) -> None:
        self._working = True
        self.run_worker(partial(self._try, work), thread=True, exclusive=True)

    def _try(self, work: Callable[[], None]) -> None:
        try:
            work()
        except TrainerError as error:
            self.post_message(self.Refused(error))

    def on_words_screen_saved(self, message: Saved) -> None:
        """Go on with what was saved."""
        self.dismiss(message.plan)

    def on_words_screen_refused(self, message: Refused) -> None:
        """Say why; the list stays."""
        self._working = False
        self._problem.update(said(f"! {message.error}"))
        self._problem.display = True
