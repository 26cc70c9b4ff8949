"""What is sent only if it is agreed to, in words: joining a team, leaving it, a result."""

from collections.abc import Sequence

from msgspec import Struct

from trainer.engine.drill_words import PRIVATE
from trainer.engine.team import Joining, Team


class Agreement(Struct, frozen=True, kw_only=True):
    """Something that is sent only if it is agreed to."""

    topic: str
    """What it is about, for the line at the top."""
    question: str
    about: str
    """What is sent where, and what stays if not."""
    parts: Sequence[tuple[str, str]] = ()
    """What it says, by what each part is called."""
    told: Sequence[str] = ()
    """What else there is to know: who can read it."""
    line: bytes
    verb: str
    """What the key of yes does: "Join"."""


def of_joining(planned: Joining) -> Agreement:
    """Return what joining a team would send."""
    own = planned.membership
    lead = [("You set drills", "yes: you are not waited for")] if own.lead else []
    return Agreement(
        topic="Team",
        question=f"Join the team “{own.name}”?",
        about="You then take its drills, and see how it stands with them. y joins, Esc leaves it for now.",
        parts=[("You are", own.alias), *lead],
        told=[*planned.notes, f"{planned.readers} {PRIVATE}"],
        line=planned.line,
        verb="Join",
    )


def of_leaving(team: Team) -> Agreement:
    """Return what leaving the team would put in the place of all that was sent. Raises TeamError."""
    return Agreement(
        topic="Team",
        question=f"Leave the team “{team.member.name}”?",
        about="All that you sent is removed, and this line stays in its place. y leaves, Esc stays.",
        line=team.leave_line(),
        verb="Leave",
    )
