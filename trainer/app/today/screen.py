"""Today: the screen between two sessions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from msgspec.structs import replace
from textual.binding import Binding, BindingType
from textual.message import Message

from trainer.app.kit.keys import TODAY_KEYS
from trainer.app.kit.layout import fit
from trainer.app.kit.page import Page, Row
from trainer.app.kit.phrases import PRACTICE, short_date
from trainer.app.kit.screen import PageScreen
from trainer.app.today.view import (
    IMPORT,
    MORE,
    PAIRS,
    QUIZ,
    SHEETS,
    SPARED,
    START,
    STATISTICS,
    UNDO,
    deck_target,
    today_page,
)
from trainer.cards.decks import DECKS
from trainer.engine.choice import SessionChoice
from trainer.memory.state import Day
from trainer.reports.today import Standing
from trainer.study.plan import MORE_NEW

_DECK_KEYS = tuple(DECKS)


class TodayScreen(PageScreen):
    """Says what is to do, and starts it."""

    BINDINGS: ClassVar[list[BindingType]] = list(TODAY_KEYS)

    @dataclass
    class Begin(Message):
        """A session was chosen."""

        choice: SessionChoice

    class Sheets(Message):
        """The sheets are wanted."""

    class Pairs(Message):
        """The warm-up is wanted."""

    class Statistics(Message):
        """The statistics are wanted."""

    class Undo(Message):
        """The last answer is to be taken back."""

    class Import(Message):
        """A page is to be imported."""

    def __init__(self, *, saved: bool = True) -> None:
        self._standing: Standing | None = None
        self._recruiter = ""
        self._saved = saved
        super().__init__()

    def on_mount(self) -> None:
        """Fill the line at the top."""
        self._show_top()

    def fill(self, standing: Standing, recruiter: str, *, saved: bool) -> None:
        """Show where the learner stands, once it is known."""
        self._standing, self._recruiter, self._saved = standing, recruiter, saved
        self._show_top()
        self.show()

    def recall(self, confusion: str, day: Day) -> None:
        """Tell yesterday's confusion too, if it is still the day for it; nothing above it moves."""
        if self._standing and self._standing.day == day and self._standing.confusion != confusion:
            self._standing = replace(self._standing, confusion=confusion)
            self.page.show(self.fitted, cursor=self.page.cursor)

    @property
    def standing(self) -> Standing | None:
        """What is shown."""
        return self._standing

    @property
    def day(self) -> Day | None:
        """The study day that is shown."""
        return self._standing.day if self._standing else None

    def rows(self, width: int) -> list[Row]:
        """Lay Today out."""
        if self._standing is None:
            return []
        rows = today_page(self._standing, width)
        for target in SPARED:
            if len(fit(rows, self.room)) > self.room:
                rows = [row for row in rows if row.target != target]
        return rows

    def fitted(self, width: int) -> list[Row]:
        """Lay Today out so that the button stands where it stood before the confusion was known."""
        standing = self._standing
        if standing is None or not standing.confusion:
            return super().fitted(width)
        self._standing = replace(standing, confusion="")
        before = super().fitted(width)
        self._standing = standing
        rows = self.rows(width)
        kept, new = _after_button(before), _after_button(rows)
        return [*before[:kept], *fit(rows[new:], self.room - kept)]

    def _show_top(self) -> None:
        parts = [short_date(self._standing.day)] if self._standing else []
        if not self._saved:
            parts.insert(0, PRACTICE)
        self.top.show("trainer", " · ".join(part for part in (*parts, self._recruiter) if part))

    def label(self, binding: Binding) -> str:
        """Say what a key does just now."""
        if (binding.id or "").startswith("today.deck"):
            return "One deck"
        return "Start" if binding.id == "today.start" else binding.description

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what can't be done now."""
        standing = self._standing
        if action == "import_page":
            return standing is not None
        if action not in {"go", "deck", "quiz", "more", "sheets", "undo", "pairs", "statistics"}:
            return super().check_action(action, parameters)
        if standing is None:
            return False
        match action:
            case "go":
                return bool(standing.waiting) or bool(self.page.cursor)
            case "more":
                return bool(standing.overview.more_new)
            case "undo":
                return standing.can_undo
            case "deck":
                key = _DECK_KEYS[int(str(parameters[0])) - 1]
                return bool(standing.overview.decks[key].cards)
        return any(tally.cards for tally in standing.overview.decks.values())

    def action_go(self) -> None:
        """Start, or take the line that is marked."""
        self._choose(self.page.cursor or START)

    def action_deck(self, number: int) -> None:
        """Train one deck."""
        self.lead_on(self.Begin(SessionChoice(decks=(_DECK_KEYS[number - 1],))))

    def action_quiz(self) -> None:
        """Ask ten quick questions."""
        self.lead_on(self.Begin(SessionChoice("quiz")))

    def action_more(self) -> None:
        """Bring more new cards."""
        self.lead_on(self.Begin(SessionChoice(new=MORE_NEW)))

    def action_sheets(self) -> None:
        """Show the sheets."""
        self.lead_on(self.Sheets())

    def action_pairs(self) -> None:
        """Match titles with roles."""
        self.lead_on(self.Pairs())

    def action_statistics(self) -> None:
        """Show the statistics."""
        self.lead_on(self.Statistics())

    def action_undo(self) -> None:
        """Take the last answer back."""
        self.lead_on(self.Undo())

    def action_import_page(self) -> None:
        """Import a page."""
        self.lead_on(self.Import())

    def on_page_chosen(self, message: Page.Chosen) -> None:
        """Take the line that was clicked."""
        self._choose(message.target)

    def _choose(self, target: str) -> None:
        decks = {deck_target(key): number for number, key in enumerate(_DECK_KEYS, start=1)}
        others = {
            QUIZ: self.action_quiz,
            MORE: self.action_more,
            SHEETS: self.action_sheets,
            UNDO: self.action_undo,
            PAIRS: self.action_pairs,
            STATISTICS: self.action_statistics,
            IMPORT: self.action_import_page,
        }
        if target in decks:
            self.action_deck(decks[target])
        elif target in others:
            others[target]()
        else:
            self.lead_on(self.Begin(SessionChoice()))


def _after_button(rows: Sequence[Row]) -> int:
    """Return the place after the last line of the button."""
    return max((i + 1 for i, row in enumerate(rows) if row.target == START), default=0)
