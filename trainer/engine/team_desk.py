"""What every part of a recruiter's team works on: the team's files at home, its place and the clock."""

from datetime import UTC, date, datetime
from pathlib import Path

from msgspec.structs import replace

from trainer.engine.access import open_own
from trainer.errors import TeamError
from trainer.home import Home
from trainer.memory.calendar import Clock, study_day, system_clock
from trainer.sharing.folder import readers_of
from trainer.sharing.own import Membership, OwnTeam
from trainer.sharing.place import TeamPlace
from trainer.sharing.postgres.address import Address, is_address

HERE_READ_BY = "Everyone in the team can read it, and whoever runs this server."
"""Who can read what is sent to the team of a server."""


class TeamDesk:
    """Who one is in a team, and where that team is. Everything raises TeamError where those can't be used."""

    def __init__(
        self, home: Home, recruiter: str, clock: Clock = system_clock, *, folder: Path | None = None
    ) -> None:
        """Be somebody in a team; with a `folder` in the only one that there is, wherever that lies now."""
        self.own = OwnTeam(home.team_of(recruiter))
        self.clock = clock
        self._folder = folder

    @property
    def membership(self) -> Membership | None:
        """Who one is in the team; None in none."""
        found = self.own.membership()
        return replace(found, place=str(self._folder)) if found and self._folder else found

    @property
    def member(self) -> Membership:
        """Who one is in the team. Raises TeamError in none."""
        if found := self.membership:
            return found
        raise TeamError('You are in no team. "trainer team join FOLDER" joins one, "create" makes one.')

    @property
    def today(self) -> date:
        """The study day it is now."""
        return study_day(self.clock())

    def place(self) -> TeamPlace:
        """Return the team's place."""
        return self._place_of(self.member)

    @property
    def readers(self) -> str:
        """Who can read what one sends, in a sentence. It does not look at the place."""
        own = self.membership
        if own is None or not own.place:
            return "You send it yourself, as a file: whoever gets that can read it."
        if self._folder:
            return HERE_READ_BY
        if is_address(own.place):
            access = self.own.access()
            return Address(access.addresses[0] if access else own.place).readers
        return readers_of(own.place)

    @property
    def _now(self) -> datetime:
        return self.clock().astimezone(UTC).replace(microsecond=0)

    def _place_of(self, own: Membership) -> TeamPlace:
        if not own.place:
            raise TeamError('You take drills by mail, and are in no team: "trainer team join FOLDER".')
        place = open_own(self.own, own)
        if place.settings.id != own.team:
            raise TeamError(
                f'{own.place} is the place of another team now, "{place.settings.name}". '
                "Nothing is sent there."
            )
        return place
