"""Statistics: how a learner gets on, section by section."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from trainer.app.kit.feature import Begin
from trainer.app.kit.keeping_screen import KeepingScreen
from trainer.app.kit.row_list import Row, RowList
from trainer.app.statistics.keys import STATISTICS_KEYS
from trainer.app.statistics.view import statistics_page
from trainer.engine.choice import SessionChoice
from trainer.engine.engine import Engine
from trainer.errors import TrainerError
from trainer.memory.state import Marks
from trainer.reports.statistics.contrast import HardCard, MixUp
from trainer.reports.statistics.sections import SHORT, section_of_days, sections
from trainer.reports.statistics.whole import Statistics

_FINDING = "finding"
Edit = Callable[[str, Callable[[], None]], None]
"""Opens the texts behind a card, by its id, and goes on if they changed."""


class StatisticsScreen(KeepingScreen):
    """Shows a section at a time; what takes the history comes after the first paint."""

    BINDINGS: ClassVar[list[BindingType]] = list(STATISTICS_KEYS)

    class Found(Message):
        """All figures are there, or why they can't be."""

        def __init__(self, found: Statistics | TrainerError) -> None:
            self.found = found
            super().__init__()

    def __init__(self, engine: Engine, edit: Edit) -> None:
        self._engine, self._edit = engine, edit
        self._found: Statistics | None = None
        self._sections = [section_of_days(engine.practised())]
        self._number = 0
        self._before: list[tuple[str, Marks]] = []
        """The cards that were put away, and their marks before."""
        super().__init__()

    def on_mount(self) -> None:
        """Show what is known at once, and look for the rest."""
        self.top.show("Statistics", self._engine.recruiter)
        self.show()
        self._look()

    def rows(self, width: int) -> list[Row]:
        """Lay the section out."""
        there = self._number < len(self._sections)
        section = self._sections[self._number] if there else None
        return statistics_page(self._number, section, self.problem, width)

    def label(self, binding: Binding) -> str:
        """Name the sections together."""
        return "Section" if (binding.id or "").startswith("statistics.section") else binding.description

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what can't be done now."""
        match action:
            case "section":
                return int(str(parameters[0])) < len(SHORT)
            case "go":
                return self._marked is not None
            case "rewrite":
                return isinstance(self._marked, HardCard) and self._engine.rights.sheets
            case "put_away":
                return isinstance(self._marked, HardCard)
            case "undo":
                return bool(self._before)
        return super().check_action(action, parameters)

    def action_section(self, number: int) -> None:
        """Show a section by its number, from 0 on."""
        self._number = number
        self._show_section()

    def action_step(self, step: int) -> None:
        """Show the next section, or the one before; after the last one comes the first."""
        self.action_section((self._number + step) % len(SHORT))

    def action_go(self) -> None:
        """Practise what is marked."""
        if marked := self._marked:
            self.lead_on(Begin(SessionChoice("cards", cards=marked.practice)))

    def action_rewrite(self) -> None:
        """Edit the texts of the card that is marked."""
        if isinstance(self._marked, HardCard):
            self._edit(self._marked.card, self._look)

    def action_put_away(self) -> None:
        """Ask the card that is marked no more."""
        if not isinstance(self._marked, HardCard):
            return
        card = self._marked.card
        before = self._engine.marks_of(card)
        if self.keep(lambda: self._engine.put_away(card)):
            self._before.append((card, before))
            self.offer_undo("Put away: it is listed under Words.")
            self._look()
        else:
            self._show_section(self.page.cursor)

    def action_undo(self) -> None:
        """Bring back the card that was put away last."""
        card, marks = self._before[-1]
        if self.keep(lambda: self._engine.restore(card, marks)):
            self._before.pop()
            self.withdraw_undo()
            self._look()
        else:
            self._show_section(self.page.cursor)

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Mark the line that was clicked; a second click practises it."""
        if message.target == self.page.cursor:
            self.action_go()
        else:
            self._show_section(message.target)

    def _look(self) -> None:
        """Look for the figures: the history may be long."""
        self.run_worker(self._find, thread=True, exclusive=True, group=_FINDING)

    def _find(self) -> None:
        try:
            found: Statistics | TrainerError = self._engine.statistics()
        except TrainerError as error:
            found = error
        self.post_message(self.Found(found))

    def on_statistics_screen_found(self, message: Found) -> None:
        """Show what was found; what says the same already is not painted anew, so that a key still counts."""
        width = self.page.size.width
        before = self.rows(width)
        if isinstance(message.found, TrainerError):
            self.problem = str(message.found)
        else:
            self.problem, self._found = "", message.found
            self._sections = list(sections(message.found))
        if self.rows(width) != before:
            self._show_section(self.page.cursor)

    def _show_section(self, cursor: str = "") -> None:
        """Show the section; the line that was marked stays so, and if it is gone the last one is."""
        targets = list(dict.fromkeys(row.target for row in self.rows(80) if row.target))
        if cursor and cursor not in targets and targets:
            cursor = targets[-1]
        cursor = cursor if cursor in targets else next(iter(targets), "")
        self.show(cursor=cursor, bring=cursor if cursor != next(iter(targets), "") else "")

    @property
    def _marked(self) -> HardCard | MixUp | None:
        """What the line that is marked stands for."""
        kind, _, place = self.page.cursor.partition(" ")
        if self._found is None or not place:
            return None
        return self._found.hard[int(place)] if kind == "hard" else self._found.mix_ups[int(place)]
