from pathlib import Path

import pytest

from tests.sharing.drills import published
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
