"""Help: what can be pressed on the screen below, and it can be done from here; and what its words mean."""

from itertools import groupby
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen

from trainer.app.kit.active_keys import ActiveKey, active_keys, worth_naming
from trainer.app.kit.copying import how_to_copy
from trainer.app.kit.dialog import DialogScreen
from trainer.app.kit.keys import HELP_KEYS
from trainer.app.kit.layout import BLANK, hanging, text
from trainer.app.kit.phrases import said
from trainer.app.kit.row_list import Row, RowList


class HelpScreen(DialogScreen[ActiveKey | None]):
    """Lists what can be done now, each with its key; a line that is chosen is done."""

    BINDINGS: ClassVar[list[BindingType]] = list(HELP_KEYS)

    def __init__(self, below: Screen[Any], legend: tuple[tuple[str, str], ...] = ()) -> None:
        self._legend = legend
        self._keys_now = worth_naming(active_keys(below))
        super().__init__()

    def action_go(self) -> None:
        """Do what the marked line says."""
        self._do(self._page.cursor)

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Do what was clicked."""
        self._do(message.target)

    def _do(self, target: str) -> None:
        self.dismiss(next((each for each in self._keys_now if each.id == target), None))

    def _rows(self, width: int) -> list[Row]:
        lines = [(self._keys(group), group) for group in self._groups()]
        heads = [*(keys for keys, _ in lines), *(word for word, _ in self._legend)]
        column = min(14, max(map(len, heads), default=0))
        rows = self._legend_rows(width, column)
        rows += [*text("What you can do now", width, "bold $strong"), BLANK]
        for keys, group in lines:
            head = Content.assemble("  ", (keys.ljust(column), "$key"), "  ")
            words = Content.assemble(said(group[0].label), (f"  {group[0].tooltip}", "$quiet"))
            rows += hanging(head, words, width, target=group[0].id if len(group) == 1 else "")
        holds, copies = how_to_copy(self.app)
        more = (
            "↑ ↓ move over the lines that can be chosen, Tab goes to the next field, the mouse does it all. "
            f"To copy what stands here, hold {holds} and drag over it, then copy {copies}."
        )
        return [*rows, BLANK, *text(more, width, "$quiet")]

    def _legend_rows(self, width: int, column: int) -> list[Row]:
        """Lay out what words mean, first of all: on a small screen the keys below need scrolling."""
        if not self._legend:
            return []
        rows = [*text("What the words mean", width, "bold $strong"), BLANK]
        for word, meaning in self._legend:
            head = Content.assemble("  ", (word.ljust(column), "$key"), "  ")
            rows += hanging(head, said(meaning), width)
        return [*rows, BLANK]

    def _groups(self) -> list[list[ActiveKey]]:
        """Put the digits that do the same on one line."""
        return [
            list(group) for _, group in groupby(self._keys_now, key=lambda each: (each.label, each.tooltip))
        ]

    @staticmethod
    def _keys(group: list[ActiveKey]) -> str:
        """Name the keys; what can't be pressed while typing is reached by Tab, or from here."""
        first, last = group[0], group[-1]
        if first.typed:
            return "Tab"
        if first is not last and first.keys[0].isdigit():
            return f"{first.keys[0]}-{last.keys[0]}"
        return ", ".join(key for each in group for key in each.keys)
