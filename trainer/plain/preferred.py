"""Whether training goes line by line though nobody asks for it: with a screen reader, or no screen."""

import os
import sys

from trainer import disk
from trainer.home import Home

VARIABLE = "ACCESSIBLE"
"""Of the environment; other programs obey it too. If it is set to 0, the settings don't count."""

DUMB = (
    "This terminal says that it shows lines alone (TERM={term}), so trainer asks line by line. "
    "With ACCESSIBLE=0 set, the app opens all the same."
)
"""What to tell before, since it was the app that was asked for."""

_LARGEST = 1_000_000
"""Bytes of settings that are looked at."""


def goes_plain(home: Home) -> bool:
    """Return whether the session line by line is to take the place of the app here."""
    return prefers_plain(home) or is_dumb()


def is_dumb() -> bool:
    """Return whether the terminal here can't move its cursor, and nobody wants the app all the same."""
    here = os.environ.get("TERM") in {"dumb", "unknown"} and sys.stdin.isatty() and sys.stdout.isatty()
    return here and VARIABLE not in os.environ


def prefers_plain(home: Home) -> bool:
    """Return whether the session line by line is to take the place of the app.

    The environment says so, else `plain = true` in config.toml. Settings that can't be read say nothing here:
    the app and `trainer doctor` tell what is wrong with them.
    """
    if (said := os.environ.get(VARIABLE)) is not None:
        return said not in {"", "0"}
    try:
        text = disk.read_start(home.settings, _LARGEST).decode("utf-8-sig")
    except (OSError, ValueError):
        return False
    if "plain" not in text:
        return False
    import tomli

    try:
        return tomli.loads(text).get("plain") is True
    except (ValueError, RecursionError):
        return False
