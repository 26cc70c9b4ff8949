"""The terminal as the app found it."""

import sys
from contextlib import suppress
from typing import Any

if sys.platform != "win32":  # which sets its console back itself
    import termios

_AS_IT_WAS = (
    "\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l"  # no reports of the mouse
    "\x1b[?2004l\x1b[?2048l\x1b[?1004l"  # nor of pastes, sizes and focus
    "\x1b[?7h\x1b[<u"  # lines wrap, keys come as they do in a shell
    "\x1b[?1049l\x1b[?25h\x1b[0 q"  # the other screen, with its cursor
)


class TerminalState:
    """How the terminal was at the start, to bring it back if the app could not do it itself."""

    def __init__(self) -> None:
        self._attributes = _attributes()

    def restore(self) -> None:
        """Bring the terminal back, unless Textual has done it already, as it nearly always has."""
        before, terminal = self._attributes, sys.__stdin__
        if before is None or terminal is None or before == _attributes():
            return
        with suppress(OSError, termios.error):  # the terminal is gone
            termios.tcsetattr(terminal, termios.TCSANOW, before)
            if out := sys.__stderr__:
                out.write(_AS_IT_WAS)
                out.flush()


def _attributes() -> list[Any] | None:
    terminal = sys.__stdin__
    if sys.platform == "win32" or terminal is None:
        return None
    try:
        return termios.tcgetattr(terminal)
    except (OSError, ValueError, termios.error):  # no terminal, or closed
        return None
