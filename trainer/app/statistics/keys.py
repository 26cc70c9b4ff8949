"""The keys of the statistics."""

from trainer.app.kit.keys import EVERYWHERE, digits, key

STATISTICS_KEYS = (
    key("statistics.go", "enter,space", "go", "Practise", "Practise the marked line", show=True),
    key("statistics.rewrite", "e", "rewrite", "Rewrite", "Edit the texts of the marked card", show=True),
    key("statistics.away", "x", "put_away", "Put away", "Ask the marked card no more", show=True),
    key("statistics.undo", "u", "undo", "Undo", "Bring back the card that was put away last", show=True),
    *digits(
        "statistics.section", "section", "Section", "The section with this number", show=True, listed=False
    ),
    key("statistics.next", "right", "step(1)", "Next", "To the next section", show=True),
    key("statistics.before", "left", "step(-1)", "Section before", "To the section before"),
    *EVERYWHERE,
    key("statistics.today", "backspace", "back", "Back", "Back to where you came from"),
    key("statistics.leave", "escape", "back", "Back", "Back to where you came from", show=True),
)
