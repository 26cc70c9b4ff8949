"""What an import would change in a sheet that is there; nothing is changed before it is confirmed."""

from collections.abc import Sequence

from textual.content import Content

from trainer.app.kit.confirm import ConfirmScreen
from trainer.app.kit.layout import BLANK, hanging, text
from trainer.app.kit.phrases import said
from trainer.app.kit.row_list import Row
from trainer.material.importing import Plan


class ChangesScreen(ConfirmScreen):
    """Shows the changes below the two answers, of which the safe one is marked."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        super().__init__("", no="Keep the sheet as it is", yes="Make these changes")
        self.add_class("-roomy")

    def _rows(self, width: int) -> list[Row]:
        plan = self._plan
        changes = [str(change) for change in plan.changes]
        told = _changes_rows(plan.sheet.name, str(plan.path), changes, width, missing=bool(plan.missing))
        answers = [row for row in super()._rows(width) if row.target]
        return [*told[:1], BLANK, *answers, BLANK, *told[1:], Row(Content(""))]


def _changes_rows(name: str, path: str, changes: Sequence[str], width: int, *, missing: bool) -> list[Row]:
    """Lay out what would change in a sheet that is there."""
    rows = text(f"“{name}” was imported before.", width, "bold $strong")
    rows += text(path, width, "$quiet")
    rows += [BLANK, *text("What this page would change:", width)]
    for change in changes:
        rows += hanging(Content("  · "), said(change), width)
    if missing:
        told = (
            "What the page no longer has stays: the copy may have been cut short. Should it go, import the "
        )
        rows += [BLANK, *text(f"{told}page with “trainer import --remove”.", width, "$quiet")]
    return rows
