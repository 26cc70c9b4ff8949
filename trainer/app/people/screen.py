"""People: who trains here; switch, rename, remove."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.message import Message

from trainer.app.kit.confirm import ConfirmScreen
from trainer.app.kit.feature import Back, ToToday
from trainer.app.kit.keys import DIGITS
from trainer.app.kit.layout import BLANK, hanging, text
from trainer.app.kit.phrases import said
from trainer.app.kit.row_list import Row, RowList
from trainer.app.kit.screen import RowScreen
from trainer.app.people.keys import PEOPLE_KEYS
from trainer.app.people.name_screen import NameScreen
from trainer.engine.people import Person

_NEW = "new"


class PeopleScreen(RowScreen):
    """Lists who trains here."""

    BINDINGS: ClassVar[list[BindingType]] = list(PEOPLE_KEYS)

    @dataclass
    class Switch(Message):
        """Somebody else trains now."""

        name: str

    class New(Message):
        """Somebody new wants to begin."""

    @dataclass
    class Rename(Message):
        """Somebody gets another name."""

        name: str
        new: str

    @dataclass
    class Remove(Message):
        """All of somebody is to be removed, which was confirmed."""

        name: str

    def __init__(self, people: Sequence[Person], present: str) -> None:
        self._people, self._present = people, present
        super().__init__()

    def on_mount(self) -> None:
        """Mark who trains now."""
        names = [person.name for person in self._people]
        at = names.index(self._present) if self._present in names else 0
        self.top.show("Who", self._present)
        self.show(cursor=f"name.{at}" if names else _NEW)

    def rows(self, width: int) -> list[Row]:
        """Lay the names out."""
        rows = [BLANK, *text("Who is training?", width, "bold $strong"), BLANK]
        for i, person in enumerate(self._people):
            digit = str(i + 1) if i < DIGITS else " "
            head = Content.assemble("  ", (digit, "$key"), "  ")
            now = " · training now" if person.name == self._present else ""
            words = Content.assemble(said(person.name), said(f"   {person.held}{now}", "$quiet"))
            rows += hanging(head, words, width, target=f"name.{i}")
        return [*rows, BLANK, Row(Content.assemble("  ", ("n", "$key"), "  Somebody new"), _NEW)]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what can't be done now."""
        if action == "name":
            return int(str(parameters[0])) < len(self._people)
        if action in {"rename", "remove"}:
            return bool(self._people)
        return super().check_action(action, parameters)

    def action_name(self, position: int) -> None:
        """Train as somebody."""
        name = self._people[position].name
        self.lead_on(ToToday() if name == self._present else self.Switch(name))

    def action_go(self) -> None:
        """Take the line that is marked."""
        self._choose(self.page.cursor)

    def action_new(self) -> None:
        """Begin with another name."""
        self.lead_on(self.New())

    def action_back(self) -> None:
        """Go back."""
        self.lead_on(Back())

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Take the line that was clicked."""
        self._choose(message.target)

    def action_rename(self) -> None:
        """Ask for another name."""
        if person := self._marked():

            def go_on(new: str | None) -> None:
                if new is not None:
                    self.lead_on(self.Rename(person.name, new))

            self.app.push_screen(NameScreen(person.name), go_on)

    def action_remove(self) -> None:
        """Remove somebody, after asking."""
        if person := self._marked():

            def go_on(removed: bool | None) -> None:  # noqa: FBT001 — the answer of the screen that asks
                if removed:
                    self.lead_on(self.Remove(person.name))

            sent = " What was sent to the team stays there, unless they leave it first." * person.in_team
            question = (
                f"Remove all that is kept of {person.name}: {person.held}, and what was kept aside? "
                f"This can't be undone. “trainer export” writes it to a file first.{sent}"
            )
            self.app.push_screen(ConfirmScreen(question, no="Keep it", yes="Remove it all"), go_on)

    def _marked(self) -> Person | None:
        kind, _, position = self.page.cursor.partition(".")
        return self._people[int(position)] if kind == "name" else None

    def _choose(self, target: str) -> None:
        if target == _NEW:
            self.action_new()
        else:
            self.action_name(int(target.rpartition(".")[2]))
