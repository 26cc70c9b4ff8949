"""Whether somebody wants to train line by line whenever they train, as with a screen reader."""

import os

from trainer.home import Home

VARIABLE = "ACCESSIBLE"
"""Of the environment; other programs obey it too. If it is set to 0, the settings don't count."""

_LARGEST = 1_000_000
"""Bytes of settings that are looked at."""


def prefers_plain(home: Home) -> bool:
    """Return whether the session line by line is to take the place of the app.

    The environment says so, else `plain = true` in config.toml. Settings that can't be read say nothing here:
    the app and `trainer doctor` tell what is wrong with them.
    """
    if (said := os.environ.get(VARIABLE)) is not None:
        return said not in {"", "0"}
    try:
        with home.settings.open("rb") as file:
            text = file.read(_LARGEST).decode("utf-8-sig")
    except (OSError, ValueError):
        return False
    if "plain" not in text:
        return False
    import tomli

    try:
        return tomli.loads(text).get("plain") is True
    except (ValueError, RecursionError):
        return False
