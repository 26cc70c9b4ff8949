"""The keys of the report on a team, of a drill before it is published, and of joining and leaving."""

from trainer.app.kit.keys import EVERYWHERE, key

TEAM_KEYS = (
    key("team.before", "left", "step(-1)", "Drill before", "The drill before"),
    key("team.after", "right", "step(1)", "Next drill", "The next drill", show=True),
    key("team.again", "m", "again", "Drill on mix-ups", "A drill on what was mixed up here", show=True),
    key("team.print", "p,P", "print", "Print", "Save it as a page that prints", show=True),
    *EVERYWHERE,
    key("team.leave", "escape,enter,space", "back", "Back", "Back to where you came from", show=True),
)

DRAFT_KEYS = (
    key("draft.publish", "y", "publish", "Publish", "Put the drill into the team's place", show=True),
    key("draft.again", "n", "again", "Other questions", "Draw other questions", show=True),
    *EVERYWHERE,
    key("draft.leave", "escape", "back", "Back", "Publish nothing: back to where you came from", show=True),
)
