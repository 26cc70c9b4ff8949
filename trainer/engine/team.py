"""A recruiter in a team: joining, sending, drills, reports. It opens no record and reads no sheet."""

from typing import TYPE_CHECKING

from trainer.engine.team_drills import TeamDrills
from trainer.engine.team_joining import TeamJoining
from trainer.engine.team_reports import TeamReports

if TYPE_CHECKING:
    from trainer.engine.engine import Engine


class Team(TeamJoining, TeamDrills, TeamReports):
    """A recruiter's team. All methods raise TeamError where the place or the member's files can't be used."""

    @classmethod
    def of(cls, engine: "Engine") -> "Team":
        """Return the team of who trains."""
        return cls(engine.home, engine.recruiter, engine.clock, folder=engine.rights.team)
