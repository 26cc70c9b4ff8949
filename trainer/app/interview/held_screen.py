"""After an interview: which questions were asked, and which were hard to judge."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from trainer.app.interview.interview_view import ASKED, HARD, NOT_ASKED, held_rows
from trainer.app.interview.keys import HELD_KEYS, LATER
from trainer.app.kit.feature import Back
from trainer.app.kit.row_list import Row, RowList
from trainer.app.kit.screen import RowScreen
from trainer.errors import TrainerError

if TYPE_CHECKING:
    from trainer.engine.engine import Engine
    from trainer.engine.interview_day import Held, Named

_READING = 8
"""Seconds for a sentence."""


class HeldScreen(RowScreen):
    """Has questions ticked, and keeps them."""

    BINDINGS: ClassVar[list[BindingType]] = list(HELD_KEYS)

    def __init__(self, engine: "Engine", held: "Held", questions: "Sequence[Named]") -> None:
        self._engine, self._held, self._questions = engine, held, questions
        self._ticks: dict[str, int] = {}
        super().__init__()

    def on_mount(self) -> None:
        """Mark the first question."""
        self.top.show("How did it go?", self._held.name)
        self.show(cursor=next((each.id for each in self._questions), ""))

    def rows(self, width: int) -> list[Row]:
        """Lay the questions out."""
        return held_rows(self._held, self._questions, self._ticks, width)

    def label(self, binding: Binding) -> str:
        """Say what Enter does as long as nothing is ticked."""
        return "Not now" if binding.action == "save" and not self._said else super().label(binding)

    def explanation(self, binding: Binding) -> str:
        """Say in the help what it does then."""
        if binding.action == "save" and not self._said:
            return LATER
        return super().explanation(binding)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what can't be done now."""
        if action == "tick":
            return int(str(parameters[0])) < len(self._questions)
        if action == "tick_marked":
            return bool(self.page.cursor)
        return super().check_action(action, parameters)

    def action_tick(self, place: int) -> None:
        """Say more of a question, by its digit."""
        self._tick(self._questions[place].id)

    def action_tick_marked(self) -> None:
        """Say more of the question that is marked."""
        self._tick(self.page.cursor)

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Say more of the question that was clicked."""
        self._tick(message.target)

    def action_save(self) -> None:
        """Keep what is ticked; with nothing ticked it stays untold for now."""
        if self._said:
            self._keep("Noted." if HARD not in self._ticks.values() else "Noted: what was hard comes first.")
        else:
            self.action_back()

    def action_skip(self) -> None:
        """Leave it untold for good."""
        self._ticks = {}
        self._keep("You won't be asked again.")

    def action_back(self) -> None:
        """Go back; it can be told later."""
        self.lead_on(Back())

    @property
    def _said(self) -> bool:
        return any(tick != NOT_ASKED for tick in self._ticks.values())

    def _tick(self, question: str) -> None:
        self._ticks[question] = (self._ticks.get(question, NOT_ASKED) + 1) % (HARD + 1)
        self.page.show(self.fitted, cursor=question)
        self.bar.follow()

    def _keep(self, told: str) -> None:
        asked = [each for each, tick in self._ticks.items() if tick in {ASKED, HARD}]
        hard = [each for each, tick in self._ticks.items() if tick == HARD]
        try:
            self._engine.tell_interview(self._held, asked, hard)
        except TrainerError as error:
            self.app.notify(str(error), markup=False, severity="error", timeout=_READING)
            return
        self.app.notify(told, markup=False, timeout=_READING)
        self.lead_on(Back())
