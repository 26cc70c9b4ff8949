"""An input that takes a pasted text as far as it has room, cleaned."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from trainer.clean import clean_text

_HELP = "?"
_LOOKED_AT = 4
"""So many times the room are looked at: what is cleaned away leaves room for more."""


class Entry(Input, inherit_bindings=False):
    """A line of text from the keyboard or from the clipboard; Enter is left to the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in Input.BINDINGS if not (isinstance(binding, Binding) and binding.key == "enter")
    ]

    def __init__(self, longest: int, *, placeholder: str = "") -> None:
        self._longest = longest
        super().__init__(placeholder=placeholder, max_length=longest, select_on_focus=False)

    def replace(self, text: str, start: int, end: int) -> None:
        """Put text in the place of a part; what is too long is cut, not refused."""
        room = self._longest - len(self.value) + abs(end - start)
        super().replace(clean_text(text[: _LOOKED_AT * self._longest])[: max(0, room)], start, end)


class NumberEntry(Entry):
    """A number from the keyboard: none has a question mark, which its screen keeps as the key of the help."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Leave the question mark to the screen."""
        return character != _HELP and super().check_consume_key(key, character)
