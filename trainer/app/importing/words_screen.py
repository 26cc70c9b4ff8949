"""A list of words before it is saved: the terms that were found, and the name of their sheet."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from trainer.app.importing.keys import WORDS_KEYS
from trainer.app.importing.plan_screen import PlanScreen
from trainer.app.importing.words_view import words_rows
from trainer.app.kit.entry import Entry
from trainer.app.kit.phrases import count, said
from trainer.app.kit.pick import PickScreen
from trainer.app.kit.problem import ProblemScreen
from trainer.app.kit.row_list import Row
from trainer.errors import TrainerError
from trainer.material.importing import Plan
from trainer.material.words.word_list import WordList

if TYPE_CHECKING:
    from trainer.engine.engine import Engine

_LONGEST_NAME = 80


class WordsScreen(PlanScreen[Plan | None], ProblemScreen[Plan | None]):
    """Shows a list of words; it ends with what was saved, or None for another."""

    CSS_PATH = "words_screen.tcss"
    AUTO_FOCUS = "Entry"
    BINDINGS: ClassVar[list[BindingType]] = list(WORDS_KEYS)

    def __init__(self, words: WordList, engine: "Engine") -> None:
        self._words, self._engine = words, engine
        self.entry = Entry(_LONGEST_NAME, placeholder="What the list is called")
        self.entry.value = words.name or "Our words"
        self.industry = Entry(_LONGEST_NAME, placeholder="Its industry, if any")
        super().__init__(engine.take_in)

    def parts(self) -> list[Widget]:
        """Put the name and the industry above the list."""
        return [Horizontal(self.entry, self.industry), self.page]

    def on_mount(self) -> None:
        """Show the terms."""
        self.top.show("Import · a list of words", count(len(self._words.entries), "term"))
        self.entry.action_select_all()  # what is typed takes the place of the name that is offered
        self.show()

    def rows(self, width: int) -> list[Row]:
        """Lay out where the words go, and what was found."""
        name = self.entry.value.strip()
        return words_rows(self._words, name, self._engine.sheet_called(name), width)

    @on(Input.Changed)
    def _renamed(self) -> None:
        self.problem.clear()
        self.page.show(self.fitted)

    def action_save(self) -> None:
        """Look what saving would do, and do it; what the sheet says otherwise is asked about."""
        if not self.working:
            self._look(replacing=False)

    def action_back(self) -> None:
        """Go back to the box for another."""
        self.dismiss(None)

    def _look(self, *, replacing: bool) -> None:
        name, industry = self.entry.value.strip(), self.industry.value.strip()
        planning = partial(self._engine.import_words, self._words, name, industry=industry)
        self.plan(lambda: planning(replacing=replacing))

    def planned(self, plan: Plan) -> None:
        """Save it, unless the sheet says otherwise of a term."""
        clashes = sum(change.kind == "kept" and change.key == "meaning" for change in plan.changes)
        if not clashes:
            self.save(plan)
            return
        terms = count(clashes, "term has", "terms have")

        def choose(answer: int | None) -> None:
            if answer == 0:
                self.save(plan)
            elif answer == 1:
                self._look(replacing=True)

        answers = [said("Keep what the sheet says"), said("Take what the list says")]
        question = f"{terms} another meaning in “{plan.sheet.name}” than in the list."
        self.app.push_screen(PickScreen(question, answers, verb="Take"), choose)

    def saved(self, plan: Plan) -> None:
        """Go on with what was saved."""
        self.dismiss(plan)

    def refused(self, error: TrainerError) -> None:
        """Say why; the list stays."""
        self.problem.say(str(error))
