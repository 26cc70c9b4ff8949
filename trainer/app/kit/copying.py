"""Copying a text to the clipboard, by the terminal (OSC 52) or the browser, and telling so."""

import sys
from typing import Any

from textual.app import App

from trainer.clean import printable

_SECONDS = 6


def how_to_copy(app: App[Any]) -> tuple[str, str]:
    """Return which key leaves the mouse to terminal or browser, and how what it marked is copied then."""
    if app.is_web:
        return "Shift (on a Mac Option)", "with Ctrl+C (on a Mac Cmd+C)"
    holds = "Option (in iTerm2) or Fn (in Terminal)" if sys.platform == "darwin" else "Shift"
    return holds, "as your terminal does"


def copy(app: App[object], words: str, told: str) -> None:
    """Copy words; `told` says what was copied."""
    app.copy_to_clipboard(printable(words))
    holds, copies = how_to_copy(app)
    where = "browser" if app.is_web else "terminal"
    app.notify(
        f"{told} Where your {where} doesn't allow that, hold {holds}, drag over it, and copy {copies}.",
        markup=False,
        timeout=_SECONDS,
    )
