"""A key that is pressed twice, or held down, acts on one screen and not on the next one too."""

from typing import Any

from textual import events
from textual.screen import Screen

SECONDS = 0.3
"""A second press that comes sooner was not decided on by somebody who has seen what the first one brought."""


class DoublePress:
    """Knows on which screen a key was pressed last."""

    def __init__(self) -> None:
        self._key, self._at = "", float("-inf")
        self._screen: Screen[Any] | None = None

    def is_second(self, event: events.Key, screen: Screen[Any]) -> bool:
        """Return whether the same key has just left another screen; a key that is held down stays so."""
        again = event.key == self._key and screen is not self._screen and event.time - self._at < SECONDS
        if not again:
            self._key, self._screen = event.key, screen
        self._at = event.time
        return again
