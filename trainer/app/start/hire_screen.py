"""What do you hire for? The roles that a new learner begins with."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from trainer.app.kit.keys import DIGITS
from trainer.app.kit.layout import BLANK, apart, text
from trainer.app.kit.phrases import said
from trainer.app.kit.row_list import Row, RowList
from trainer.app.kit.screen import RowScreen
from trainer.app.start.keys import HIRE_KEYS
from trainer.reports.roles import RoleEntry

UNSURE = "unsure"
_ORDER = ("1st", "2nd", "3rd")


class HireScreen(RowScreen):
    """Lists the roles; some are ticked in an order, or none: then the one to begin with is taken."""

    BINDINGS: ClassVar[list[BindingType]] = list(HIRE_KEYS)

    class Hired(Message):
        """These roles were chosen, by their ids, in this order."""

        def __init__(self, roles: Sequence[str]) -> None:
            self.roles = tuple(roles)
            super().__init__()

    class Back(Message):
        """The name is to be given again."""

    def __init__(
        self, roles: Sequence[RoleEntry], default: str, ticked: Sequence[str] = (), *, first: bool = False
    ) -> None:
        """List the roles; `first` says that nothing was asked before: Escape leaves the app then."""
        self._roles, self._first = roles, first
        self._default = next(role for role in roles if role.id == default)
        self._ticked = list(ticked)
        super().__init__()

    def on_mount(self) -> None:
        """Mark what Enter takes."""
        self.top.show("trainer", "1 of 2")
        self.show(cursor=self._target(self._ticked[0]) if self._ticked else UNSURE)

    def rows(self, width: int) -> list[Row]:
        """Lay the roles out."""
        rows = [
            BLANK,
            *text("What do you hire for?", width, "bold $strong"),
            *text("Several: tick them, the most important first.", width, "$quiet"),
            BLANK,
            *apart(
                Content("     I don't know yet"),
                said(f"begin with {self._default.name}", "$quiet"),
                min(width, 66),
                UNSURE,
            ),
        ]
        for i, role in enumerate(self._roles):
            digit = str(i + 1) if i < DIGITS else " "
            place = self._ticked.index(role.id) if role.id in self._ticked else None
            tick, order = ("✓", _nth(place)) if place is not None else ("·", "")
            line = Content.assemble("  ", (digit, "$key"), " ", (tick, "$right"), " ", said(role.name))
            room = min(width, 66) - 5
            line = line.truncate(room, ellipsis=True)
            space = " " * (room - line.cell_length + 1)
            rows.append(Row(Content.assemble(line, space, (order, "$right")), self._target(role.id)))
        return [*rows, BLANK, *text("You can change it at any time.", width, "$quiet")]

    def label(self, binding: Binding) -> str:
        """Say what a key does just now."""
        if binding.id == "hire.leave" and self._first:
            return "Quit"
        return "Tick" if (binding.id or "").startswith("hire.role") else super().label(binding)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what can't be done now."""
        if action == "role":
            return int(str(parameters[0])) < len(self._roles)
        return super().check_action(action, parameters)

    def action_role(self, position: int) -> None:
        """Tick a role by its digit, or untick it."""
        self._tick(self._roles[position].id)

    def action_tick(self) -> None:
        """Tick the role that is marked, or untick it; who is unsure has none."""
        self._take(self.page.cursor)

    def action_go(self) -> None:
        """Go on with what is ticked; with nothing ticked with the line that is marked."""
        marked = self.page.cursor.partition(".")[2]
        self.lead_on(self.Hired(self._ticked or [marked or self._default.id]))

    def action_back(self) -> None:
        """Go back to the name."""
        self.lead_on(self.Back())

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Tick the line that was clicked; a double click ticks it once."""
        if not message.again:
            self._take(message.target)

    def _take(self, target: str) -> None:
        if target == UNSURE:
            self._ticked = []
            self.page.show(self.fitted, cursor=UNSURE)
        elif target:
            self._tick(target.partition(".")[2])

    def _tick(self, role: str) -> None:
        if role in self._ticked:
            self._ticked.remove(role)
        else:
            self._ticked.append(role)
        self.page.show(self.fitted, cursor=self._target(role))

    @staticmethod
    def _target(role: str) -> str:
        return f"role.{role}"


def _nth(place: int) -> str:
    return _ORDER[place] if place < len(_ORDER) else f"{place + 1}th"
