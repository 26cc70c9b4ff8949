"""The place where an answer is typed."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Button, Input

from trainer.app.kit.entry import Entry
from trainer.cards.typed import LONGEST
from trainer.clean import clean_line

ALONE = "Type it, then Enter"
LINES = "Type a line, then Enter"
"""What stands in an empty input."""


class AnswerRow(Vertical):
    """An input with two buttons; Tab goes from one to the next."""

    class Changed(Message):
        """Something else was typed."""

    class Hint(Message):
        """The hint is wanted."""

    class Unknown(Message):
        """The answer is not known."""

    def __init__(self) -> None:
        super().__init__()
        self.input = Entry(LONGEST, placeholder=ALONE)
        self.hint = Button("Hint", id="hint", compact=True)
        self.unknown = Button("Don't know", id="unknown", compact=True)

    def compose(self) -> ComposeResult:
        """Put the buttons below the input."""
        yield self.input
        with Horizontal():
            yield self.hint
            yield self.unknown

    def on_mount(self) -> None:
        """Take the keys as soon as it stands."""
        if self.display:
            self.start()

    @property
    def typed(self) -> str:
        """What was typed, on one line."""
        return clean_line(self.input.value)

    def clear(self, *, has_hint: bool, placeholder: str = ALONE) -> None:
        """Make ready for another answer."""
        self.input.value = ""
        self.input.placeholder = placeholder
        self.hint.display = has_hint

    def start(self) -> None:
        """Let the keys come here."""
        self.input.focus(scroll_visible=False)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed())

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.post_message(self.Hint() if event.button is self.hint else self.Unknown())
        self.start()
