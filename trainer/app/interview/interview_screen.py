"""An interview: how far one is, on its day its five steps; moved, and removed."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from trainer.app.interview.adding import move
from trainer.app.interview.brief_screen import BriefScreen
from trainer.app.interview.interview_view import (
    BRIEF,
    MOVE,
    PRINT,
    REMOVE,
    START,
    interview_rows,
    step_target,
    title,
)
from trainer.app.interview.interview_words import roles_with_cards
from trainer.app.interview.keys import INTERVIEW_KEYS
from trainer.app.interview.printing import print_brief
from trainer.app.kit.confirm import ConfirmScreen
from trainer.app.kit.feature import Back, Begin
from trainer.app.kit.row_list import Row, RowList
from trainer.app.kit.screen import RowScreen
from trainer.engine.choice import SessionChoice
from trainer.errors import TrainerError

if TYPE_CHECKING:
    from trainer.app.kit.host import Host
    from trainer.engine.engine import Engine
    from trainer.engine.interview_day import InterviewAhead
    from trainer.reports.brief import Brief

_READING = 8
"""Seconds for a sentence."""


class InterviewScreen(RowScreen):
    """Leads to what prepares for an interview."""

    BINDINGS: ClassVar[list[BindingType]] = list(INTERVIEW_KEYS)

    def __init__(self, host: "Host", engine: "Engine", told: "InterviewAhead") -> None:
        self._host, self._engine, self._told = host, engine, told
        self._waiting = self._to_ask()
        super().__init__()

    def on_mount(self) -> None:
        """Mark what is to be done next."""
        self._follow()

    def rows(self, width: int) -> list[Row]:
        """Lay it out."""
        return interview_rows(self._told, width, waiting=self._waiting)

    def label(self, binding: Binding) -> str:
        """Say what Enter does."""
        if binding.action == "go" and self.page.cursor.startswith("step."):
            return "Begin"
        return super().label(binding)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what can't be done now."""
        entry = self._told.entry
        match action:
            case "go":
                return bool(self.page.cursor)
            case "brief" | "print":
                return not entry.gone
            case "move":
                return not entry.over
        return super().check_action(action, parameters)

    def action_go(self) -> None:
        """Take the line that is marked."""
        self._choose(self.page.cursor)

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Take the line that was clicked."""
        self._choose(message.target)

    def action_brief(self) -> None:
        """Show the brief over it."""
        if brief := self._brief():
            roles = roles_with_cards(self._engine)
            screen = BriefScreen(self._host, self._engine, roles, brief, over=True)
            self.app.push_screen(screen, lambda _: self._refresh())

    def action_print(self) -> None:
        """Hand the brief over as a page."""
        if brief := self._brief():
            self._tell(print_brief(self._host, self._engine, brief))

    def action_move(self) -> None:
        """Ask when it is instead."""

        def go_on(notes: list[str] | None) -> None:
            if notes:
                self._tell("\n".join(notes))
            if notes is not None:
                self._refresh()

        move(self._host, self._engine, self._told.entry, title(self._told), go_on)

    def action_remove(self) -> None:
        """Prepare for it no more, after asking."""

        def go_on(yes: bool | None) -> None:  # noqa: FBT001 — the answer of the screen that asks
            if yes:
                self._remove()

        question = "Prepare for this interview no more? What you have answered stays."
        self.app.push_screen(ConfirmScreen(question, no="Keep it", yes="Remove it"), go_on)

    def action_back(self) -> None:
        """Go back."""
        self.lead_on(Back())

    def _choose(self, target: str) -> None:
        acts = {
            BRIEF: self.action_brief,
            PRINT: self.action_print,
            START: lambda: self.lead_on(Begin(SessionChoice())),
            MOVE: self.action_move,
            REMOVE: self.action_remove,
        }
        if act := acts.get(target):
            act()
            return
        for step in self._told.steps:
            if step_target(step) == target:
                self.lead_on(Begin(self._engine.step(self._told.entry, step)))

    def _remove(self) -> None:
        try:
            for each in self._engine.interviews():
                if each.id == self._told.entry.id:
                    self._engine.end_interview(each.number)
        except TrainerError as error:
            self._tell(str(error))
        else:
            self.lead_on(Back())

    def _brief(self) -> "Brief | None":
        entry = self._told.entry
        try:
            return self._engine.brief(entry.role, self._engine.asked_level(entry))
        except TrainerError as error:
            self._tell(str(error))
            return None

    def _refresh(self) -> None:
        """Show how far one is by now; another day may have begun, and it may be over."""
        entry = next((each for each in self._engine.interviews() if each.id == self._told.entry.id), None)
        if entry is None:
            self.lead_on(Back())
            return
        self._told, self._waiting = self._engine.interview_ahead(entry), self._to_ask()
        self._follow()

    def _follow(self) -> None:
        self.top.show(f"Interview: {title(self._told)}", "")
        todo = (step_target(step) for step in self._told.steps if not step.done)
        first = START if self._waiting else BRIEF
        cursor = next(todo, first if not self._told.entry.gone else REMOVE)
        self.show(cursor=cursor)

    def _to_ask(self) -> int:
        """Return how many cards today's session would ask towards it."""
        ahead = self._told.entry.days and not self._told.entry.gone
        seen = self._engine.overview()
        return seen.again + seen.reviews + seen.new if ahead else 0

    def _tell(self, words: str) -> None:
        self.app.notify(words, markup=False, timeout=_READING)
