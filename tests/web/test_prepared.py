"""What is made once for all sessions, so that nobody's first screen waits for it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.web.serving import serving
from trainer.cards import outline
from trainer.home import Home

pytestmark = pytest.mark.slow


async def test_the_outlines_of_all_sheets_are_there_before_the_first_session(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        person = Home(served.folder.home_of("somebody"), shared=tmp_path)
        assert outline.recall(person) is not None


def test_what_is_prepared_stays_in_no_memory(tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    script = (
        "import sys\n"
        "from trainer.web.forking import _apart, _prepare\n"
        "_apart(_prepare)\n"
        "print('trainer.cards.library' in sys.modules)\n"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=tmp_path / "web", capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
    assert outline.recall(Home(tmp_path)) is not None
