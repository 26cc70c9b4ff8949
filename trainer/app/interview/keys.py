"""The keys of the brief, and of an interview before and after its hour."""

from trainer.app.kit.keys import EVERYWHERE, digits, key

BRIEF_KEYS = (
    key("brief.print", "p,P", "print", "Print", "Save it as a page that prints, and open that", show=True),
    key("brief.role", "o", "role", "Another role", "The brief for another role", show=True),
    key("brief.before", "left", "step(-1)", "Level before", "The brief for the level before"),
    key("brief.after", "right", "step(1)", "Next level", "The brief for the next level", show=True),
    key("brief.copy", "c", "copy", "Copy search", "Copy the search string of the titles", show=True),
    *EVERYWHERE,
    key("brief.leave", "escape,enter,space", "back", "Back", "Back to where you came from", show=True),
)

INTERVIEW_KEYS = (
    key("interview.go", "enter,space", "go", "Open", "Take the line that is marked", show=True),
    key("interview.brief", "v", "brief", "Brief", "What to take into it", show=True),
    key("interview.print", "p,P", "print", "Print", "Save its brief as a page that prints", show=True),
    key("interview.move", "m", "move", "Move", "Another date, hour, or minutes a day", show=True),
    key("interview.remove", "d,delete", "remove", "Remove", "It is off: prepare for it no more", show=True),
    *EVERYWHERE,
    key("interview.leave", "escape", "back", "Back", "Back to where you came from", show=True),
)

_TICK = "Asked; again: hard to judge; again: not asked"

LATER = "Back; it can be told for a week"

HELD_KEYS = (
    *digits("held.question", "tick", "Tick", _TICK),
    key("held.tick", "space", "tick_marked", "Tick", _TICK, show=True),
    key("held.save", "enter", "save", "Save", "Keep it; what was hard comes first from then on", show=True),
    key("held.skip", "0", "skip", "Don't tell", "Leave it untold; it is not asked again", show=True),
    *EVERYWHERE,
    key("held.leave", "escape", "back", "Not now", LATER, show=True),
)
