"""The keys of Today."""

from collections.abc import Sequence

from trainer.app.kit.feature import Feature
from trainer.app.kit.keys import KeyTable, key
from trainer.app.kit.place_screen import place_keys


def today_keys(features: Sequence[Feature]) -> KeyTable:
    """Return the keys of Today, with one for each feature."""
    return (
        key("today.start", "enter,space", "go", "Start", "Start, or take the line that is marked", show=True),
        key("today.role", "o", "role", "Next role", "See how far you are with your next role"),
        *place_keys(features),
        key("today.leave", "q", "app.quit", "Quit", "Everything is saved", show=True),
    )
