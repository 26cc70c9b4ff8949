"""What you hire for: the roles, those that are learned in their order."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType

from trainer.app.kit.keeping_screen import KeepingScreen
from trainer.app.kit.row_list import Row, RowList
from trainer.app.roles.keys import ROLES_KEYS
from trainer.app.roles.view import LEGEND, roles_page
from trainer.engine.choosing import Choosing
from trainer.reports.roles import RoleEntry


class RolesScreen(KeepingScreen):
    """Adds, removes, orders and pauses roles; each change is in the record at once."""

    BINDINGS: ClassVar[list[BindingType]] = list(ROLES_KEYS)

    def __init__(self, learner: Choosing) -> None:
        self._learner = learner
        self._roles = learner.roles()
        self._before: list[list[RoleEntry]] = []
        """The roles as they were before each change."""
        super().__init__()

    def on_mount(self) -> None:
        """Mark the first role."""
        self._follow(next((role.id for role in self._roles), ""))

    def rows(self, width: int) -> list[Row]:
        """Lay the roles out."""
        return roles_page(self._roles, width, chosen=self._learner.roles_chosen, problem=self.problem)

    def legend(self) -> tuple[tuple[str, str], ...]:
        """Say what the figures mean."""
        return LEGEND

    def label(self, binding: Binding) -> str:
        """Say what a key does with the marked role."""
        marked = self._marked
        match binding.id:
            case "roles.go":
                return "Learn it" if marked and marked.position is None else "Leave it out"
            case "roles.pause" if marked and marked.state == "paused":
                return "Resume"
        return binding.description

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what can't be done with the marked role."""
        marked = self._marked
        match action:
            case "go":
                return marked is not None and marked.state != "vocabulary"
            case "pause":
                return marked is not None and marked.state in {"learned", "paused"}
            case "shift":
                return self._place_after(int(str(parameters[0]))) is not None
            case "undo":
                return bool(self._before)
        return super().check_action(action, parameters)

    def action_go(self) -> None:
        """Learn the marked role, or put it back into the library."""
        if marked := self._marked:
            learner = self._learner
            act = learner.add_roles if marked.position is None else learner.remove_roles
            self._change(lambda: act([marked.id]))

    def action_pause(self) -> None:
        """Ask the marked role no more for now, or again."""
        if marked := self._marked:
            learner = self._learner
            act = learner.resume_roles if marked.state == "paused" else learner.pause_roles
            self._change(lambda: act([marked.id]))

    def action_shift(self, step: int) -> None:
        """Move the marked role among those that are learned."""
        place, marked = self._place_after(step), self._marked
        if place is None or marked is None:
            return
        order = [role.id for role in self._yours if role.id != marked.id]
        order.insert(place, marked.id)
        self._change(lambda: self._learner.order_roles(order))

    def action_undo(self) -> None:
        """Take the last change back."""
        before = self._before.pop()
        order = [role.id for role in before if role.position is not None]
        paused = [role.id for role in before if role.state == "paused"]
        if not self._change(lambda: self._learner.choose_roles(order, paused), undo=True):
            self._before.append(before)

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Mark the role that was clicked; a second click learns it, or leaves it out."""
        if message.target != self.page.cursor:
            self.problem = ""
            self._follow(message.target)
        elif self.check_action("go", ()):
            self.action_go()

    @property
    def _yours(self) -> list[RoleEntry]:
        return [role for role in self._roles if role.position is not None]

    @property
    def _marked(self) -> RoleEntry | None:
        return next((role for role in self._roles if role.id == self.page.cursor), None)

    def _place_after(self, step: int) -> int | None:
        """Return the place, from 0, that the marked role would have a step on; None where there is none."""
        yours, marked = self._yours, self._marked
        if marked is None or marked not in yours:
            return None
        place = yours.index(marked) + step
        return place if 0 <= place < len(yours) else None

    def _change(self, change: Callable[[], list[RoleEntry]], *, undo: bool = False) -> bool:
        """Change the roles, and show them; say why where that can't be, and return whether it could."""
        before, cursor = self._roles, self.page.cursor

        def work() -> None:
            self._roles = change()

        kept = self.keep(work)
        if kept and not undo:
            self._before.append(before)
        self._follow(cursor)
        return kept

    def _follow(self, cursor: str) -> None:
        learned = sum(role.is_learned for role in self._roles)
        self.top.show(
            "What you hire for", f"{learned} of {sum(r.state != 'vocabulary' for r in self._roles)}"
        )
        self.show(cursor=cursor, bring=cursor)
