"""Today: the screen between two sessions."""

from collections.abc import Sequence

from msgspec.structs import replace
from textual.message import Message
from textual.widget import Widget

from trainer.app.kit.feature import Begin, Feature
from trainer.app.kit.keys import KeyTable
from trainer.app.kit.place_screen import PlaceScreen
from trainer.app.kit.places import Around, Place
from trainer.app.kit.row_list import Row, RowList
from trainer.app.today.keys import today_keys
from trainer.app.today.view import BROAD, ROLE, START, Events, side_page, today_page
from trainer.engine.choice import SessionChoice
from trainer.memory.state import Day
from trainer.reports.roles import RoleStanding
from trainer.reports.today import Standing

_FEATURE = "feature."


class TodayScreen(PlaceScreen):
    """Says what is to do, and starts it."""

    class Role(Message):
        """Another role is to be shown, by its id."""

        def __init__(self, role: str) -> None:
            self.role = role
            super().__init__()

    @classmethod
    def keys(cls, features: Sequence[Feature]) -> KeyTable:
        """Return the keys of Today."""
        return today_keys(features)

    def __init__(self, features: Sequence[Feature], here: Place) -> None:
        self._standing: Standing | None = None
        self._events: Events = ()
        self.side = RowList(self._side_rows, id="side")
        super().__init__(features, here)

    def parts(self) -> list[Widget]:
        """Put the side beside the page; a window that is not broad hides it."""
        self.side.can_focus = False
        return [self.page, self.side]

    def fill(self, standing: Standing, around: Around, events: Events = ()) -> None:
        """Show where the learner stands, once it is known."""
        self._standing, self._events = standing, events
        self.surround(around)
        self.side.show(self._side_rows)
        self.show()

    def recall(self, confusion: str, day: Day) -> None:
        """Tell yesterday's confusion too, if it is still the day for it; nothing above it moves."""
        if self._standing and self._standing.day == day and self._standing.confusion != confusion:
            self._standing = replace(self._standing, confusion=confusion)
            self.page.show(self.fitted, cursor=self.page.cursor)

    def show_role(self, role: RoleStanding | None) -> None:
        """Show another of the roles that are learned."""
        if self._standing and role:
            self._standing = replace(self._standing, role=role)
            self.page.show(self.fitted, cursor=self.page.cursor)

    @property
    def standing(self) -> Standing | None:
        """What is shown."""
        return self._standing

    @property
    def role(self) -> str:
        """The id of the role that is shown, empty without one."""
        role = self._standing.role if self._standing else None
        return role.id if role else ""

    @property
    def day(self) -> Day | None:
        """The study day that is shown."""
        return self._standing.day if self._standing else None

    def rows(self, width: int) -> list[Row]:
        """Lay Today out."""
        if self._standing is None:
            return []
        broad = self.size.width >= BROAD
        return today_page(self._standing, self.around, self._events, width, self.room, broad=broad)

    def _side_rows(self, width: int) -> list[Row]:
        if self._standing is None or self.size.width < BROAD:
            return []
        return side_page(self._standing, self._events, width)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what can't be done now."""
        standing = self._standing
        if standing is None:
            return action not in {"go", "role", "open", "go_to"} and super().check_action(action, parameters)
        if action == "go":
            return bool(standing.waiting) or bool(self.page.cursor)
        if action == "role":
            return len(standing.learned) > 1
        return super().check_action(action, parameters)

    def action_go(self) -> None:
        """Start, or take the line that is marked."""
        self._choose(self.page.cursor or START)

    def action_role(self) -> None:
        """Show the next of the roles that are learned."""
        if self._standing and self._standing.role:
            learned = self._standing.learned
            at = learned.index(self._standing.role.id) if self._standing.role.id in learned else -1
            self.post_message(self.Role(learned[(at + 1) % len(learned)]))

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Take the line that was clicked."""
        self._choose(message.target)

    def _choose(self, target: str) -> None:
        if target == ROLE:
            self.action_role()
        elif target.startswith(_FEATURE):
            self.action_open(target.removeprefix(_FEATURE))
        else:
            self.lead_on(Begin(SessionChoice()))
