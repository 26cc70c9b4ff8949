"""Who is training? The first screen where several learners share a computer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from trainer.app.kit.keys import DIGITS
from trainer.app.kit.layout import BLANK, hanging, text
from trainer.app.kit.phrases import said
from trainer.app.kit.row_list import Row, RowList
from trainer.app.kit.screen import RowScreen
from trainer.app.start.keys import WHO_KEYS
from trainer.app.start.welcome_view import PRACTICE, practice_row

_NEW = "new"


class WhoScreen(RowScreen):
    """Lists the names that are known here."""

    BINDINGS: ClassVar[list[BindingType]] = list(WHO_KEYS)

    @dataclass
    class Named(Message):
        """A name was chosen; with `practice` nothing will be saved."""

        name: str
        practice: bool = False

    class New(Message):
        """Somebody new wants to begin."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._problem = self._refused = ""
        self._can_practise = False
        super().__init__()

    def on_mount(self) -> None:
        """Mark the first name."""
        self.top.show("trainer", "")
        if not self._problem:
            self.show(cursor="name.0")

    def refuse(self, problem: str, *, name: str, can_practise: bool = False) -> None:
        """Say why a record can't be opened; who can't save can still practise."""
        self._problem, self._refused, self._can_practise = problem, name, can_practise
        self.page.show(self.fitted, cursor=PRACTICE if can_practise else "")
        if self.is_mounted:
            self.bar.follow()

    def rows(self, width: int) -> list[Row]:
        """Lay the names out."""
        rows = [BLANK, *text("Who is training?", width, "bold $strong"), BLANK]
        for i, name in enumerate(self._names):
            digit = str(i + 1) if i < DIGITS else " "
            head = Content.assemble("  ", (digit, "$key"), "  ")
            rows += hanging(head, said(name), width, target=f"name.{i}")
        rows += [BLANK, Row(Content.assemble("  ", ("n", "$key"), "  Somebody new"), _NEW)]
        if self._problem:
            told = hanging(Content.styled("! ", "$wrong"), said(self._problem, "$wrong"), width)
            rows += [BLANK, *(Row(row.content, place="problem") for row in told)]
        if self._can_practise:
            rows.append(practice_row())
        return rows

    def label(self, binding: Binding) -> str:
        """Say what a key does just now."""
        return "Go on" if binding.id == "who.go" else binding.description

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what can't be done now."""
        if action == "practice":
            return self._can_practise
        if action == "name":
            return int(str(parameters[0])) < len(self._names)
        return super().check_action(action, parameters)

    def action_name(self, position: int) -> None:
        """Train with a name."""
        self.lead_on(self.Named(self._names[position]))

    def action_new(self) -> None:
        """Begin with another name."""
        self.lead_on(self.New())

    def action_practice(self) -> None:
        """Train with the name that is in use, without saving."""
        self.lead_on(self.Named(self._refused, practice=True))

    def action_go(self) -> None:
        """Take the line that is marked."""
        self._choose(self.page.cursor or "name.0")

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Take the line that was clicked."""
        self._choose(message.target)

    def _choose(self, target: str) -> None:
        if target == _NEW:
            self.action_new()
        elif target == PRACTICE:
            self.action_practice()
        else:
            self.action_name(int(target.rpartition(".")[2]))
