"""The keys of a place that lists its features."""

from collections.abc import Sequence

from trainer.app.kit.feature import Feature
from trainer.app.kit.keys import KeyTable, key
from trainer.app.kit.place_screen import place_keys


def list_keys(features: Sequence[Feature]) -> KeyTable:
    """Return the keys of a place, with one for each feature."""
    return (
        key("places.go", "enter,space", "go", "Open", "Take the line that is marked", show=True),
        *place_keys(features),
        key("places.leave", "escape", "go_to('today')", "Today", "Back to Today", show=True),
        key("places.quit", "q", "app.quit", "Quit", "Everything is saved"),
    )
