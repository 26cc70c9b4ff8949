"""Copying a text to the clipboard, by the terminal (OSC 52), and telling so."""

from textual.app import App

from trainer.clean import printable

_SECONDS = 6


def copy(app: App[object], words: str, told: str) -> None:
    """Copy words; `told` says what was copied."""
    app.copy_to_clipboard(printable(words))
    app.notify(
        f"{told} Where your terminal doesn't allow that, mark it with Shift and the mouse.",
        markup=False,
        timeout=_SECONDS,
    )
