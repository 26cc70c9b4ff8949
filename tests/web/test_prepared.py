"""What is made once for all sessions, so that nobody's first screen waits for it."""

import asyncio
from pathlib import Path

import pytest

from tests.web.serving import Served, serving
from trainer.cards import outline
from trainer.home import Home

pytestmark = pytest.mark.slow

SHEET = """
format = 1
id = "pyro"
name = "Pyrotechnician"

[[terms]]
id = "maroon"
term = "Maroon"
meaning = "A loud bang, set off in a bomb tank."
"""


async def shares_sheets(served: Served, name: str) -> bool:
    """Return whether somebody's new session has the sheets as they are now, without reading one."""
    async with (await served.browser_of(name)).tab() as tab:
        return bool((await tab.tells())["shares"])


async def test_all_sheets_are_read_before_the_first_session(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        person = Home(served.folder.home_of("somebody"), shared=tmp_path)
        assert outline.recall(person) is not None
        assert await shares_sheets(served, "Anna")


async def test_sheets_that_are_changed_are_read_once_more(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        (tmp_path / "decks").mkdir()
        (tmp_path / "decks" / "pyro.toml").write_text(SHEET)
        assert not await shares_sheets(served, "Anna"), "who comes at once reads them for themselves"
        for name in ("Ben", "Cleo", "Dora", "Eve"):
            await asyncio.sleep(5)
            if await shares_sheets(served, name):
                return
        raise AssertionError("nobody is spared the reading")


async def test_a_folder_of_sheets_that_can_not_be_read_keeps_nobody_out(tmp_path: Path) -> None:
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "loop.toml").symlink_to("loop.toml")
    async with serving(tmp_path) as served:
        assert not await shares_sheets(served, "Anna")
