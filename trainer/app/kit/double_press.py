"""A key or a button that is pressed twice, or a key held down, acts on one screen and not on two."""

from typing import Any

from textual.app import App
from textual.events import Key, MouseDown
from textual.geometry import Offset
from textual.screen import Screen

SECONDS = 0.3
"""A second press that comes sooner was not decided on by somebody who has seen what the first one brought."""

_CLICKS = App.CLICK_CHAIN_TIME_THRESHOLD
"""Seconds between the two presses of a double click, at most."""


class DoublePress:
    """Knows on which screen a key or a button was pressed last."""

    def __init__(self) -> None:
        self._pressed: str | Offset = ""
        """A key, or where the mouse was pressed."""
        self._at = float("-inf")
        self._screen: Screen[Any] | None = None

    def is_second(self, event: Key | MouseDown, screen: Screen[Any]) -> bool:
        """Return whether the same press has just left another screen; a key that is held down stays so."""
        pressed, within = (event.key, SECONDS) if isinstance(event, Key) else (event.screen_offset, _CLICKS)
        again = pressed == self._pressed and screen is not self._screen and event.time - self._at < within
        if not again:
            self._pressed, self._screen = pressed, screen
        self._at = event.time
        return again
