"""A key or a button that is pressed twice, or a key held down, acts on one thing and not on two."""

from textual.app import App
from textual.events import Key, MouseDown
from textual.geometry import Offset

SECONDS = 0.3
"""A second press that comes sooner was not decided on by somebody who has seen what the first one brought."""

_ON_A_SCREEN = 0.2
"""… that comes to another part of the same screen: several answers are undone faster than one reads."""

_REPEATS = 0.12
"""Seconds between what a key that is held down sends, at most; no hand is so fast for long."""

_CLICKS = App.CLICK_CHAIN_TIME_THRESHOLD
"""Seconds between the two presses of a double click, at most."""

_NEAR = Offset(3, 1)
"""Cells by which the mouse moves at most within a double click."""


class DoublePress:
    """Knows what a key or the mouse was pressed on last."""

    def __init__(self) -> None:
        self._pressed: str | Offset = ""
        """A key, or where the mouse was pressed."""
        self._at = self._last = float("-inf")
        """When that was, or was still held down; and when any came last."""
        self._on: tuple[object, object] = None, None

    def is_second(self, event: Key | MouseDown, screen: object, part: object) -> bool:
        """Return whether the same press has just acted on another screen, or another part of this one.

        A key that is held down stays so; one that is tapped on and on counts again after a while.
        """
        on = screen, part
        within = self._within(event, same=screen is self._on[0])
        again = event.time - self._at < within and on != self._on
        if not again:
            self._pressed = event.key if isinstance(event, Key) else event.screen_offset
            self._on = on
        if not again or (isinstance(event, Key) and event.time - self._last < _REPEATS):
            self._at = event.time
        self._last = event.time
        return again

    def _within(self, event: Key | MouseDown, *, same: bool) -> float:
        """Return the seconds in which a press belongs to the last one; `same` is whether the screen is."""
        if isinstance(event, Key):
            within = _ON_A_SCREEN if same else SECONDS
            return within if event.key == self._pressed else 0.0
        if isinstance(self._pressed, str):
            return 0.0
        moved = event.screen_offset - self._pressed
        return _CLICKS if abs(moved.x) <= _NEAR.x and abs(moved.y) <= _NEAR.y else 0.0
