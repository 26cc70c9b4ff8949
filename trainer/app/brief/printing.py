"""A brief as a page that prints: saved in the home, and opened where there is a window for it."""

import os
import sys
from typing import TYPE_CHECKING

from trainer.errors import TrainerError

if TYPE_CHECKING:
    from textual.app import App

    from trainer.engine.engine import Engine
    from trainer.reports.brief import Brief


def print_brief(app: "App[int]", engine: "Engine", brief: "Brief") -> str:
    """Save a brief and open it; return what there is to say."""
    try:
        path = engine.save_brief(brief)
    except TrainerError as error:
        return str(error)
    if _has_windows():
        app.open_url(path.as_uri())
    return f"Saved as {path}. Open it in a browser to print it."


def _has_windows() -> bool:
    """Return whether a browser would open a window, and not take over the terminal."""
    shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return sys.platform in {"darwin", "win32"} or bool(shown)
