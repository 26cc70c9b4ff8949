"""What scrolls on a screen."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

_SIDEWAYS = {"left", "right", "ctrl+pageup", "ctrl+pagedown"}


class Column(VerticalScroll, inherit_bindings=False):
    """Scrolls up and down; the keys that would scroll sideways are left to the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding
        for binding in VerticalScroll.BINDINGS
        if not (isinstance(binding, Binding) and binding.key in _SIDEWAYS)
    ]
