from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import Server
from tests.sharing.drills import published
from tests.sharing.teams import FolderTeam, PostgresTeam, SomeTeam
from trainer.sharing.drill import Published
from trainer.sharing.folder import FolderPlace
from trainer.sharing.own import new_id
from trainer.sharing.place import TeamSettings


@pytest.fixture
def place(tmp_path: Path) -> FolderPlace:
    return FolderPlace.create(tmp_path / "share", TeamSettings(id=new_id(), name="Casting"))


@pytest.fixture(scope="session")
def drill() -> Published:
    return published()


@pytest.fixture
def in_postgres(server: Server) -> Iterator[PostgresTeam]:
    """A team in a database of its own."""
    team = PostgresTeam(server)
    yield team
    server.drop(team.database)


@pytest.fixture(params=["folder", pytest.param("postgres", marks=pytest.mark.slow)])
def team(request: pytest.FixtureRequest, tmp_path: Path) -> SomeTeam:
    """A team in either kind of place."""
    if request.param == "folder":
        return FolderTeam(tmp_path / "share")
    found: PostgresTeam = request.getfixturevalue("in_postgres")
    return found
