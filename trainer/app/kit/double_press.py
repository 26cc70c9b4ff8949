"""A key or a button that is pressed twice, or a key held down, acts on one thing and not on two."""

from textual.app import App
from textual.events import Key, MouseDown
from textual.geometry import Offset

SECONDS = 0.3
"""A second press that comes sooner was not decided on by somebody who has seen what the first one brought."""

_CLICKS = App.CLICK_CHAIN_TIME_THRESHOLD
"""Seconds between the two presses of a double click, at most."""

_NEAR = Offset(3, 1)
"""Cells by which the mouse moves at most within a double click."""


class DoublePress:
    """Knows what a key or the mouse was pressed on last."""

    def __init__(self) -> None:
        self._pressed: str | Offset = ""
        """A key, or where the mouse was pressed."""
        self._at = float("-inf")
        self._on: object = None

    def is_second(self, event: Key | MouseDown, on: object) -> bool:
        """Return whether the same press has just acted on something else; a key that is held down stays so.

        `on` is what it would act on now.
        """
        again = self._is_again(event) and on != self._on
        if not again:
            self._pressed = event.key if isinstance(event, Key) else event.screen_offset
            self._on = on
        self._at = event.time
        return again

    def _is_again(self, event: Key | MouseDown) -> bool:
        since = event.time - self._at
        if isinstance(event, Key):
            return event.key == self._pressed and since < SECONDS
        if isinstance(self._pressed, str):
            return False
        moved = event.screen_offset - self._pressed
        return abs(moved.x) <= _NEAR.x and abs(moved.y) <= _NEAR.y and since < _CLICKS
