"""What an import would change in a sheet that is there; nothing is changed before it is confirmed."""

from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from trainer.app.importing.keys import CHANGES_KEYS
from trainer.app.kit.confirm import ConfirmScreen
from trainer.app.kit.layout import BLANK, hanging, text
from trainer.app.kit.phrases import said
from trainer.app.kit.row_list import Row
from trainer.material.importing import Plan


class ChangesScreen(ConfirmScreen):
    """Shows the changes below the two answers, of which the safe one is marked.

    What the page no longer has is told, and taken out only by a key that asks once more.
    """

    BINDINGS: ClassVar[list[BindingType]] = list(CHANGES_KEYS)

    def __init__(self, plan: Plan, removal: str = "") -> None:
        """Show a plan; `removal` is what would go if that were taken out, empty where nothing can."""
        self._plan, self._removal = plan, removal
        self.removing = False
        """Whether it ends with taking out what the page no longer has."""
        yes = "Make these changes" if plan.changes_something else "Take out what the page no longer has"
        super().__init__("", no="Keep the sheet as it is", yes=yes)
        if not (plan.changes_something or removal):
            self._answers.popitem()  # there is nothing to say yes to
        self.add_class("-roomy")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Take out only what can go."""
        if action == "remove":
            return bool(self._removal)
        return super().check_action(action, parameters)

    def action_remove(self) -> None:
        """Ask whether what the page no longer has is to go, and end with that."""

        def go_on(remove: bool | None) -> None:  # noqa: FBT001 — the answer of the screen that asks
            if remove:
                self.removing = True
                self.dismiss(True)  # noqa: FBT003 — it is confirmed

        yes = "Take it out, and make the changes" if self._plan.changes_something else "Take it out"
        asked = ConfirmScreen(f"Take out {self._removal}?", no="Keep it", yes=yes)
        self.app.push_screen(asked, go_on)

    def _answered(self, *, yes: bool) -> None:
        if yes and not self._plan.changes_something:
            if self._removal:
                self.action_remove()
            return
        super()._answered(yes=yes)

    def _rows(self, width: int) -> list[Row]:
        told = _changes_rows(self._plan, self._removal, width)
        answers = [row for row in super()._rows(width) if row.target]
        return [*told[:1], BLANK, *answers, BLANK, *told[1:], Row(Content(""))]


def _changes_rows(plan: Plan, removal: str, width: int) -> list[Row]:
    """Lay out what would change in a sheet that is there, and what of it the page no longer has."""
    rows = text(f"“{plan.sheet.name}” was imported before.", width, "bold $strong")
    rows += text(str(plan.path), width, "$quiet")
    changes = [change for change in plan.changes if not change.is_lack]
    changing = plan.changes_something
    rows += [BLANK, *text("What this page would change:" if changing else "It changes nothing.", width)]
    for change in changes:
        rows += hanging(Content("  · "), said(str(change)), width)
    if plan.missing:
        told = f"No longer on the page: {removal or plan.missing_in_words}."
        rows += [BLANK, *text(told, width)]
        for change in plan.missing:
            rows += hanging(Content("  · "), said(str(change)), width)
        way_out = " r takes it out." if removal else ""
        told = f"It stays in the sheet: the copy may have been cut short.{way_out}"
        rows += [BLANK, *text(told, width, "$quiet")]
    return rows
