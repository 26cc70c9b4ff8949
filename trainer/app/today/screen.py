"""Today: the screen between two sessions."""

from collections.abc import Callable, Sequence
from functools import partial

from msgspec.structs import replace
from textual.binding import Binding
from textual.message import Message

from trainer.app.kit.feature import Begin, Feature
from trainer.app.kit.layout import fit
from trainer.app.kit.phrases import PRACTICE, short_date
from trainer.app.kit.row_list import Row, RowList
from trainer.app.kit.screen import RowScreen
from trainer.app.today.keys import today_keys
from trainer.app.today.view import (
    MORE,
    QUIZ,
    START,
    UNDO,
    deck_target,
    feature_target,
    giving_way,
    today_page,
)
from trainer.cards.decks import DECKS
from trainer.engine.choice import SessionChoice
from trainer.memory.state import Day
from trainer.reports.today import Standing
from trainer.study.plan import MORE_NEW

_DECK_KEYS = tuple(DECKS)


class TodayScreen(RowScreen):
    """Says what is to do, and starts it."""

    class Undo(Message):
        """The last answer is to be taken back."""

    class Open(Message):
        """A feature is wanted."""

        def __init__(self, feature: Feature) -> None:
            self.feature = feature
            super().__init__()

    @classmethod
    def of(cls, features: Sequence[Feature], *, saved: bool) -> "TodayScreen":
        """Return Today with the keys of features: Textual takes keys from a class, not from an object."""
        with_keys: type[TodayScreen] = type("TodayScreen", (cls,), {"BINDINGS": [*today_keys(features)]})
        return with_keys(features, saved=saved)

    def __init__(self, features: Sequence[Feature], *, saved: bool) -> None:
        self._features = {feature.name: feature for feature in features}
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
        features = [*self._features.values()]
        rows = today_page(self._standing, features, width)
        for target in giving_way(features):
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
        if binding.id == "today.more" and self._standing and self._standing.more_due:
            return "More"
        return "Start" if binding.id == "today.start" else binding.description

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what can't be done now."""
        standing = self._standing
        if action not in {"go", "deck", "quiz", "more", "undo", "open"}:
            return super().check_action(action, parameters)
        if standing is None:
            return False
        if action == "open" and not self._features[str(parameters[0])].needs_cards:
            return True
        match action:
            case "go":
                return bool(standing.waiting) or bool(self.page.cursor)
            case "more":
                return standing.more_due or bool(standing.overview.more_new)
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
        self.lead_on(Begin(SessionChoice(decks=(_DECK_KEYS[number - 1],))))

    def action_quiz(self) -> None:
        """Ask ten quick questions."""
        self.lead_on(Begin(SessionChoice("quiz")))

    def action_more(self) -> None:
        """Go on beyond the day's minutes: with what is due, else with new cards."""
        standing = self._standing
        more_due = standing is not None and standing.more_due
        minutes = standing.overview.minutes_a_day if standing else None
        self.lead_on(Begin(SessionChoice(minutes=minutes) if more_due else SessionChoice(new=MORE_NEW)))

    def action_open(self, name: str) -> None:
        """Open a feature."""
        self.lead_on(self.Open(self._features[name]))

    def action_undo(self) -> None:
        """Take the last answer back."""
        self.lead_on(self.Undo())

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Take the line that was clicked."""
        self._choose(message.target)

    def _choose(self, target: str) -> None:
        decks = {deck_target(key): number for number, key in enumerate(_DECK_KEYS, start=1)}
        others: dict[str, Callable[[], None]] = {
            QUIZ: self.action_quiz,
            MORE: self.action_more,
            UNDO: self.action_undo,
            **{feature_target(name): partial(self.action_open, name) for name in self._features},
        }
        if target in decks:
            self.action_deck(decks[target])
        elif target in others:
            others[target]()
        else:
            self.lead_on(Begin(SessionChoice()))


def _after_button(rows: Sequence[Row]) -> int:
    """Return the place after the last line of the button."""
    return max((i + 1 for i, row in enumerate(rows) if row.target == START), default=0)
