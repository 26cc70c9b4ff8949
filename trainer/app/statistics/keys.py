"""The keys of the statistics."""

from trainer.app.kit.keys import EVERYWHERE, key

STATISTICS_KEYS = (
    *EVERYWHERE,
    key("statistics.leave", "escape", "back", "Back", "Back to where you came from", show=True),
    key("statistics.today", "enter,space", "back", "Back", "Back to where you came from"),
)
