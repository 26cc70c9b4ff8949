"""The app behind the server, attacked: packets among the keys, killed in the middle, servers at once."""

import asyncio
import os
import signal
from pathlib import Path

import pytest

from tests.web.serving import Process, Served, Window, serving, started
from tests.web.test_with_the_app import answered, answers_of, at_first_question, children_of
from trainer.app.kit.double_press import SECONDS
from trainer.home import Home
from trainer.web.address import local_address
from trainer.web.processes import ENTRY, PRELOADED

pytestmark = pytest.mark.slow

QUIT = 'M\x00\x00\x00\x0f{"type":"quit"}'
"""A packet of the server, as text: it has to stay text."""

SMUGGLED = (
    QUIT,
    "x" * 100 + QUIT,
    "D\x00\x00\x00\x00" + QUIT,
    "\x00\x00\x00\x00\x00",
    "\x1b[?2048;2$y\x1b[?2026;2$y",
    "\x1b[48;1;1;1;1t",
    "\x1b]52;c;AAAA\x07",
    "\x1b[" + "9;" * 50_000 + "m",
    "\x1b[<0;99999;99999M\x1b[<0;-1;-1M\x1b[M   ",
    "\x1bP" + "x" * 10_000,
    "\x1b[200~" + "x" * 50_000 + QUIT + "\x1b[201~",
    "\ufffe\U0010ffff\ud7ff",
    "\x1a\x1c\x11\x13",
)


async def test_what_is_typed_is_no_packet_and_ends_nothing(tmp_path: Path) -> None:
    async with serving(tmp_path, entry=ENTRY, preloaded=PRELOADED) as served:
        anna = await served.browser_of("Anna")
        async with anna.tab() as tab:
            await at_first_question(Window(tab))
            pids = children_of(served.processes.parent)
            for each in SMUGGLED:
                await tab.type(each)
            await tab.say("ping", "all sent")
            await tab.hears("pong")
        async with anna.tab(100, 30) as tab:
            await Window(tab, 100, 30).sees("Esc")
            assert children_of(served.processes.parent) == pids, "it is the same session"


@pytest.mark.parametrize("delay", [0.0, 0.02, 0.06, 0.2])
async def test_who_is_killed_in_the_middle_of_an_answer_has_lost_none_that_was_told(
    tmp_path: Path, delay: float
) -> None:
    async with serving(tmp_path, entry=ENTRY, preloaded=PRELOADED) as served:
        anna = await served.browser_of("Anna")
        async with anna.tab() as tab:
            window = Window(tab)
            await at_first_question(window)
            await answered(window)
            await window.press("\r", "Don't know")
            await asyncio.sleep(2 * SECONDS)
            tab.shown = ""
            await tab.type("1")
            await asyncio.sleep(delay)
            for pid in children_of(served.processes.parent):
                os.kill(pid, signal.SIGKILL)
            await tab.closes()
            told = "Go on" in tab.shown
        async with anna.tab() as tab:
            await Window(tab).sees("Good ")
        assert answers_of(served, "Anna") in ({2} if told else {1, 2})


async def test_all_processes_killed_at_once_leave_no_session_and_lose_no_answer(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with started(home, "--port", "0") as running:
        served = Served(Home(home), local_address("127.0.0.1", running.port), running.port)
        anna = await served.browser_of("Anna")
        async with anna.tab() as tab:
            window = Window(tab)
            await at_first_question(window)
            await answered(window)
            parents = children_of(running.process.pid)
            sessions = [each for parent in parents for each in children_of(parent)]
            assert sessions
            for pid in (running.process.pid, *parents):
                os.kill(pid, signal.SIGKILL)
        for _ in range(100):
            if not any(map(runs, sessions)):
                break
            await asyncio.sleep(0.1)
        assert not any(map(runs, sessions)), "nobody is there to end them: they end by themselves"
        running.process.wait()
    assert answers_of(served, "Anna") == 1
    with started(home):
        async with anna.tab() as tab:
            await Window(tab).sees("Good ")


def runs(pid: int) -> bool:
    """Return whether a process is there, and is not only not yet buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] not in "ZX"
    except FileNotFoundError:
        return False


async def test_of_two_servers_started_at_once_on_one_home_one_runs(tmp_path: Path) -> None:
    home = tmp_path / "home"
    servers = await asyncio.gather(*(asyncio.to_thread(Process, home, "--port", "0") for _ in range(3)))
    try:
        serve = [each for each in servers if each.port]
        assert len(serve) == 1
        assert serve[0].health()["sessions"] == 0
        assert sorted(each.process.wait(20) for each in servers if not each.port) == [2, 2]
        assert serve[0].stop() == 0
    finally:
        for each in servers:
            each.process.kill()
            each.process.communicate()
