"""The keys of the brief."""

from trainer.app.kit.keys import EVERYWHERE, key

BRIEF_KEYS = (
    key("brief.print", "p,P", "print", "Print", "Save it as a page that prints, and open that", show=True),
    key("brief.role", "o", "role", "Another role", "The brief for another role", show=True),
    key("brief.before", "left", "step(-1)", "Level before", "The brief for the level before"),
    key("brief.after", "right", "step(1)", "Next level", "The brief for the next level", show=True),
    key("brief.copy", "c", "copy", "Copy search", "Copy the search string of the titles", show=True),
    *EVERYWHERE,
    key("brief.leave", "escape,enter,space", "back", "Back", "Back to where you came from", show=True),
)
