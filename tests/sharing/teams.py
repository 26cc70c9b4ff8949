"""A team for tests in either kind of place, and what each of its members has of it."""

from abc import ABC, abstractmethod
from pathlib import Path

from tests.postgres import Server
from tests.sharing.drills import member
from trainer.sharing.folder import FolderPlace
from trainer.sharing.place import TeamPlace, TeamSettings, open_team_place
from trainer.sharing.postgres.address import Address
from trainer.sharing.postgres.making import make_team
from trainer.sharing.postgres.place import PostgresPlace

LEAD = 0
"""The number of the lead; other members have any."""


class SomeTeam(ABC):
    """A team with a lead."""

    settings = TeamSettings(id="c" * 16, name="Casting")
    where: str

    @property
    def lead(self) -> TeamPlace:
        """The place as the lead has it."""
        return self.of(LEAD)

    @abstractmethod
    def of(self, number: int) -> TeamPlace:
        """Return the place as a member has it; they join if they have not."""


class FolderTeam(SomeTeam):
    def __init__(self, folder: Path) -> None:
        self.where = str(folder)
        FolderPlace.create(folder, self.settings)
        self._joined: set[int] = set()

    def of(self, number: int) -> TeamPlace:
        place = open_team_place(self.where)
        if number not in self._joined:
            self._joined.add(number)
            place.submit(f"{number:016x}", "d", [line_of(number)])
        return place


class PostgresTeam(SomeTeam):
    def __init__(self, server: Server) -> None:
        self.server, self.database = server, server.database()
        self.where = server.address(self.database)
        invitation = make_team(Address(self.where), self.settings, "Member 0")
        self.addresses = {LEAD: invitation.address}
        self._join(LEAD)

    def of(self, number: int) -> PostgresPlace:
        if number not in self.addresses:
            self.addresses[number] = self.lead.invite(f"Member {number}", lead=False).address
            self._join(number)
        return self.opened(number)

    @property
    def lead(self) -> PostgresPlace:
        return self.opened(LEAD)

    def opened(self, number: int) -> PostgresPlace:
        place = open_team_place(self.addresses[number].secret)
        assert isinstance(place, PostgresPlace)
        return place

    def _join(self, number: int) -> None:
        assert self.opened(number).submit(f"{number:016x}", "d", [line_of(number)]) == {}


def line_of(number: int) -> bytes:
    """Return the line by which a member joined."""
    return member(number, lead=number == LEAD)
