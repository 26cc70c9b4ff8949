"""What is sent only if it is agreed to, in words: joining a team, leaving it, a result."""

from collections.abc import Sequence

from msgspec import Struct

from trainer.engine.drill_words import PRIVATE
from trainer.engine.team import Team
from trainer.engine.team_joining import Joining


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


_JOINING = "You then take its drills, and see how it stands with them. y joins, Esc leaves it for now."
_MAKING = "You set its drills, and see how all stand with them. y makes it, Esc leaves it for now."


def of_joining(planned: Joining) -> Agreement:
    """Return what joining a team would send."""
    own, founds = planned.membership, planned.founds
    lead = [("You set drills", "yes: you are not waited for")] if own.lead else []
    place = [] if planned.here else [("Its place", own.place)]
    return Agreement(
        topic="Team",
        question=f"{'Make' if founds else 'Join'} the team “{own.name}” as {own.alias}?",
        about=_MAKING if founds else _JOINING,
        parts=[*lead, *place],
        told=[*planned.notes, f"{planned.readers} {PRIVATE}"],
        line=planned.line,
        verb="Make it" if founds else "Join",
    )


def of_leaving(team: Team) -> Agreement:
    """Return what leaving the team would put in the place of all that was sent. Raises TeamError."""
    return Agreement(
        topic="Team",
        question=f"Leave the team “{team.member.name}”, and remove what you sent?",
        about="All that you sent is removed, and this line stays in its place. y leaves, Esc stays.",
        told=[lost] if (lost := team.lost_by_leaving) else [],
        line=team.leave_line(),
        verb="Leave",
    )
