"""The app itself behind the server: from a link to an answer, and on after whatever ended it."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.web.serving import Browser, Served, Window, serving, started, until
from trainer.app.kit.double_press import SECONDS
from trainer.engine.engine import Engine
from trainer.home import Home
from trainer.web.address import local_address
from trainer.web.processes import ENTRY, PRELOADED

pytestmark = pytest.mark.slow


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    async with serving(tmp_path, entry=ENTRY, preloaded=PRELOADED) as found:
        yield found


def answers_of(served: Served, name: str) -> int:
    """Return how many answers of today stand in somebody's record."""
    person = served.people.roster().named(name)
    assert person is not None
    home = Home(served.folder.home_of(person.id), shared=served.folder.home.root)
    with Engine.open(home, name, saving=False) as engine:
        return engine.progress.totals(engine.day).reviews


def called(root: Path, name: str) -> list[Path]:
    """Return what is called so, anywhere in a folder."""
    return list(root.rglob(name))


async def at_first_question(window: Window) -> None:
    """Go on from the first screen of somebody new to their first question."""
    await window.sees("What do you hire for?")
    await window.press("\r", "How many minutes a day?")
    await window.press("\r", "Don't know")


async def answered(window: Window) -> None:
    """Answer a question, and wait until that is acknowledged."""
    await window.press("1", "Go on")


async def test_from_a_link_to_an_answer_and_on_in_another_tab(served: Served) -> None:
    anna = await served.browser_of("Anna")
    async with anna.tab() as tab:
        window = Window(tab)
        await at_first_question(window)
        await answered(window)
        await window.press("\r", "Don't know")
        async with anna.tab(60, 20) as other:
            there = Window(other, 60, 20)
            await there.sees("Don't know")
            assert await tab.closes() == 4001
            await answered(there)
            await there.press("\r", "Don't know")
    assert answers_of(served, "Anna") == 2


async def test_a_home_that_is_named_from_here_is_the_same_for_all_sessions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with started(Path("home"), "--port", "0") as running:
        served = Served(Home(tmp_path / "home"), local_address("127.0.0.1", running.port), running.port)
        anna = await served.browser_of("Anna")
        async with anna.tab() as tab:
            window = Window(tab)
            await at_first_question(window)
            await answered(window)
        running.stop()
    assert answers_of(served, "Anna") == 1
    assert called(tmp_path, "home") == [tmp_path / "home"]


async def test_a_line_that_is_lost_in_the_middle_loses_no_answer(served: Served) -> None:
    anna = await served.browser_of("Anna")
    async with anna.tab() as tab:
        await at_first_question(Window(tab))
        await asyncio.sleep(2 * SECONDS)
        await tab.type("1")
        await asyncio.sleep(0.1)  # it is on its way; nobody sees what comes of it
        tab.cut()
    async with anna.tab() as tab:
        window = Window(tab)
        await window.sees("Go on")
    assert answers_of(served, "Anna") == 1


async def test_a_session_that_is_killed_in_the_middle_loses_no_answer(served: Served) -> None:
    anna = await served.browser_of("Anna")
    async with anna.tab() as tab:
        window = Window(tab)
        await at_first_question(window)
        await answered(window)
        for pid in children_of(served.processes.parent):
            os.kill(pid, signal.SIGKILL)
        assert "Every answer is saved" in (await tab.hears("ended"))[1]
    assert answers_of(served, "Anna") == 1
    async with anna.tab() as tab:
        await Window(tab).sees("Good ")


async def test_an_app_that_is_stopped_before_an_open_tab_is_told_and_loses_no_answer(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.web.limits.HANG_PATIENCE", 2.0)
    monkeypatch.setattr("trainer.web.limits.QUIT_PATIENCE", 1.0)
    anna = await served.browser_of("Anna")
    async with anna.tab() as tab:
        window = Window(tab)
        await at_first_question(window)
        await answered(window)
        await asyncio.sleep(4)
        (pid,) = children_of(served.processes.parent)
        os.kill(pid, signal.SIGSTOP)
        await tab.type("\r")
        assert "did not answer any more" in (await tab.hears("ended"))[1]
    await until(lambda: not children_of(served.processes.parent))
    assert answers_of(served, "Anna") == 1


def children_of(pid: int | None) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


async def test_revoking_puts_the_record_away(served: Served) -> None:
    anna = await served.browser_of("Anna")
    async with anna.tab() as tab:
        window = Window(tab)
        await at_first_question(window)
        await answered(window)
        served.people.revoke("Anna")
        assert await tab.closes(within=4) == 4003
    for _ in range(100):
        if (await served.health())["sessions"] == 0:
            break
        await asyncio.sleep(0.05)
    assert answers_of(served, "Anna") == 1
    assert not journals_of(served), "all is in the file"


def journals_of(served: Served) -> list[Path]:
    """Return the journals in which something stands that is not in the file."""
    found = served.folder.root.glob("homes/*/progress/*.journal")
    return [each for each in found if each.stat().st_size]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
async def test_whatever_ends_the_server_everyone_goes_on_from_their_last_answer(
    tmp_path: Path, number: signal.Signals
) -> None:
    home = tmp_path / "home"
    with started(home, "--port", "0") as running:
        served = Served(Home(home), local_address("127.0.0.1", running.port), running.port)
        anna, ben = await served.browser_of("Anna"), await served.browser_of("Ben")
        async with anna.tab() as tab, ben.tab() as other:
            for each in (Window(tab), Window(other)):
                await at_first_question(each)
                await answered(each)
            status = await asyncio.to_thread(running.stop, number)
            assert status == (0 if number is signal.SIGTERM else -9)
            if number is signal.SIGTERM:
                assert await tab.closes() == 1012
                assert not journals_of(served), "all is in the files"
    with started(home) as again:
        assert again.port == running.port
        for browser in (anna, ben):
            await comes_back(browser)
        assert again.stop() == 0
    assert [answers_of(served, name) for name in ("Anna", "Ben")] == [1, 1]
    assert "Anna" not in again.log.read_text()


async def comes_back(browser: Browser) -> None:
    async with browser.tab() as tab:
        await Window(tab).sees("Good ")
