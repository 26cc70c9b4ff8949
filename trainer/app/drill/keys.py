"""The keys before a drill, and after it."""

from trainer.app.kit.keys import EVERYWHERE, key

OFFER_KEYS = (
    key("drill.begin", "enter,space", "begin", "Begin", "Begin the drill, or go on with it", show=True),
    *EVERYWHERE,
    key("drill.leave", "escape", "back", "Back", "Not now: back to where you came from", show=True),
)

RESULT_KEYS = (
    key("result.send", "y", "send", "Send", "Send the result just as it stands here", show=True),
    *EVERYWHERE,
    key("result.leave", "escape", "keep", "Don't send", "Keep the result to yourself", show=True),
)
