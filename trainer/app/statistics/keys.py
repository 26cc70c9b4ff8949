"""The keys of the statistics."""

from trainer.app.kit.keys import EVERYWHERE, key

STATISTICS_KEYS = (
    *EVERYWHERE,
    key("statistics.leave", "escape", "back", "Today", "Back to Today", show=True),
    key("statistics.today", "enter,space", "back", "Today", "Back to Today"),
)
