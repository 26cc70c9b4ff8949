"""Welcome: the first screen of a new learner."""

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from trainer.app.kit.entry import Entry
from trainer.app.kit.row_list import Row, RowList
from trainer.app.kit.screen import RowScreen
from trainer.app.start.keys import WELCOME_KEYS
from trainer.app.start.welcome_view import foot_rows, head_rows

LONGEST_TYPED = 320
"""Longer than any name that is taken: a longer one is told so, not cut in silence."""


class WelcomeScreen(RowScreen):
    """Asks for a name; Enter leads to the first question."""

    CSS_PATH = "welcome_screen.tcss"
    AUTO_FOCUS = "Entry"
    BINDINGS: ClassVar[list[BindingType]] = list(WELCOME_KEYS)

    @dataclass
    class Named(Message):
        """A name was given; with `practice` nothing will be saved."""

        name: str
        practice: bool = False

    class Back(Message):
        """The learner wants out."""

    def __init__(
        self, name: str = "", problem: str = "", *, at_once: bool = False, returns: bool = False
    ) -> None:
        """Ask; `returns` says whether who leaves goes back to where they came from."""
        self._problem, self._returns = problem, returns
        self._can_practise, self._at_once = False, at_once
        self.entry = Entry(LONGEST_TYPED, placeholder="your name")
        self._offered = name
        self.foot = RowList(self._foot_rows, id="foot")
        super().__init__()
        self.page.can_focus = False
        self.foot.can_focus = False

    def parts(self) -> list[Widget]:
        """Put the name between the two texts."""
        return [self.page, self.entry, self.foot]

    def on_mount(self) -> None:
        """Fill the line at the top, and offer the name."""
        self.top.show("trainer", "")
        self.entry.value = self._offered  # an input takes a value only when a screen stands
        self.entry.select_all()  # typing another name takes the place of the one that is offered

    def rows(self, width: int) -> list[Row]:
        """Lay out what stands above the name."""
        return head_rows(width)

    def refuse(self, problem: str, *, can_practise: bool = False) -> None:
        """Say why the name can't be taken; who can't save can still practise."""
        self._problem, self._can_practise = problem, can_practise
        self.foot.can_focus = can_practise
        self.foot.show(self._foot_rows)
        if can_practise:
            self.foot.focus()
        else:
            self.entry.focus()
        self.bar.follow()

    def label(self, binding: Binding) -> str:
        """Say what a key does just now."""
        return "Back" if binding.id == "welcome.leave" and self._returns else super().label(binding)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer practice only where it helps."""
        return self._can_practise if action == "practice" else super().check_action(action, parameters)

    def action_begin(self) -> None:
        """Take the name, or what is marked."""
        if self.foot.has_focus and self.foot.cursor:
            self.action_practice()
        else:
            self.lead_on(self.Named(self.entry.value))

    def action_practice(self) -> None:
        """Train without saving."""
        self.lead_on(self.Named(self.entry.value, practice=True))

    def action_back(self) -> None:
        """Leave."""
        self.lead_on(self.Back())

    def on_row_list_chosen(self) -> None:
        """Practise: nothing else can be chosen here."""
        self.action_practice()

    def _foot_rows(self, width: int) -> list[Row]:
        return foot_rows(width, problem=self._problem, can_practise=self._can_practise, at_once=self._at_once)
