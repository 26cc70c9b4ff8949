"""The app in browsers beside the same app in ptys, fifty of each at once: keys, memory, first screens."""

import asyncio
import os
import pty
import re
import statistics
import subprocess
import sys
import termios
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from time import perf_counter
from typing import Protocol

from tests.bench.measure import Row, p50, p99
from tests.web.serving import Browser, Served, Tab, started
from trainer.home import Home
from trainer.web.address import local_address

PERSONS = 50
_AT_ONCE = 25
_KEYS = 10
"""Of each, one every four seconds."""
_EVERY = 4.0
_DOWN, _UP = "\x1b[B", "\x1b[A"
_NAME, _FIRST, _QUESTION = "Anna", "What do you hire for?", "Don't know"
"""What stands on the first screen of a newcomer in a pty, in a browser, and with the first question."""
_CLOSED = "closed"
_PATIENCE = 120.0


def rows(folder: Path) -> Iterator[Row]:
    """Run both kinds at once, each with a key every four seconds, and measure them."""
    yield from asyncio.run(_measured(folder))


async def _measured(folder: Path) -> Sequence[Row]:
    home = folder / "server"
    with started(home, "--port", "0") as running:
        served = Served(Home(home), local_address("127.0.0.1", running.port), running.port)
        links = [served.people.invite(f"Person {number}") for number in range(PERSONS)]
        async with AsyncExitStack() as open_:
            firsts, pages = [], []
            for link in links[:_AT_ONCE]:
                page, took = await _opened(open_, served.browser(), link)
                firsts.append(took)
                pages.append(page)
            together = await asyncio.gather(
                *(_opened(open_, served.browser(), link) for link in links[_AT_ONCE:])
            )
            pages += [page for page, _ in together]
            ptys, starts = [], []
            for number in range(PERSONS):
                began = perf_counter()
                ptys.append(app := await open_.enter_async_context(_in_pty(folder / str(number))))
                await _shown(app, _NAME)
                starts.append((perf_counter() - began) * 1000)
            apps: list[_App] = [*pages, *ptys]
            await asyncio.gather(*map(_at_question, apps))
            ours, theirs = await asyncio.gather(_keys(pages), _keys(ptys))
            sessions = _children(_forking(running.process.pid))
            taken, beside = _memory(sessions), _memory([each.pid for each in ptys])
    return [
        Row(f"key → first bytes, {PERSONS} sessions beside ptys, p50", p50(ours), p50(theirs), 1.3),
        Row("… p99", p99(ours), p99(theirs), 1.3),
        Row("… memory a session at a question (PSS) beside a pty's", taken, beside, 0.8, unit="MiB"),
        Row("… alone", taken, 0, 25, unit="MiB", more=True),
        Row("link → first screen beside a start in a pty, p50", p50(firsts), p50(starts), 0.6),
        Row("… alone", p50(firsts), 0, 150, more=True),
        Row(f"… the slowest of {_AT_ONCE} at once", max(took for _, took in together), 0, 2000, more=True),
    ]


class _App(Protocol):
    """Shows the app, wherever it is."""

    async def type(self, keys: str) -> object: ...

    async def read(self) -> str: ...


class _Page:
    """A tab of a browser."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab
        self._came: asyncio.Queue[str] = asyncio.Queue()
        self._reading = asyncio.create_task(self._take())

    async def _take(self) -> None:
        while await self._tab._next():
            self._came.put_nowait(self._tab.shown)
            self._tab.shown = ""
        self._came.put_nowait(_CLOSED)

    async def type(self, keys: str) -> None:
        assert not self._reading.done(), f"closed with {self._tab.code}, {self._tab.told}"
        await self._tab.type(keys)

    async def read(self) -> str:
        shown = await self._came.get()
        assert shown is not _CLOSED, f"closed with {self._tab.code}, {self._tab.told}"
        return shown


class _Pty:
    """The app on a pty of its own."""

    def __init__(self, pid: int, master: int) -> None:
        self.pid, self._master = pid, master
        self._came: asyncio.Queue[bytes] = asyncio.Queue()
        asyncio.get_running_loop().add_reader(master, self._take)

    def _take(self) -> None:
        with suppress(OSError):
            self._came.put_nowait(os.read(self._master, 65536))

    async def type(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    async def read(self) -> str:
        return (await self._came.get()).decode(errors="replace")


@asynccontextmanager
async def _in_pty(home: Path) -> AsyncIterator[_Pty]:
    master, slave = pty.openpty()
    termios.tcsetwinsize(slave, (24, 80))
    command = [sys.executable, "-m", "trainer", "--home", str(home), "--recruiter", "Anna", "--new-recruiter"]
    environment = os.environ | {"TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
    process = subprocess.Popen(  # noqa: ASYNC220 — it is there at once
        command, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True
    )
    os.close(slave)
    try:
        yield _Pty(process.pid, master)
    finally:
        asyncio.get_running_loop().remove_reader(master)
        process.kill()
        process.wait()
        os.close(master)


async def _opened(open_: AsyncExitStack, browser: Browser, link: str) -> tuple[_Page, float]:
    """Open a link as the page does; return the tab and the milliseconds until the first screen."""
    began = perf_counter()
    assert (await browser.enter(link)).status == 204
    assert (await browser.get("/who")).status == 200
    page = _Page(await open_.enter_async_context(browser.tab()))
    await _shown(page, _FIRST)
    return page, (perf_counter() - began) * 1000


async def _shown(app: _App, text: str) -> None:
    shown = ""
    async with asyncio.timeout(_PATIENCE):
        while text not in shown:
            shown += await app.read()


async def _at_question(app: _App) -> None:
    """Go on to the first question, from wherever a newcomer is."""
    shown = ""
    async with asyncio.timeout(_PATIENCE):
        while _QUESTION not in shown:
            await app.type("\r")
            with suppress(TimeoutError):
                async with asyncio.timeout(2):
                    while _QUESTION not in shown:
                        shown += await app.read()


async def _keys(apps: Sequence[_App]) -> list[float]:
    """Press a key every four seconds in each; return the milliseconds to the first bytes of each."""
    found = await asyncio.gather(
        *(_pressed(each, _EVERY * place / len(apps)) for place, each in enumerate(apps))
    )
    return [took for each in found for took in each]


async def _pressed(app: _App, later: float) -> list[float]:
    await asyncio.sleep(later)
    times = []
    for number in range(_KEYS):
        with suppress(TimeoutError):  # what is painted late is of the key before
            async with asyncio.timeout(0.01):
                while True:
                    await app.read()
        began = perf_counter()
        await app.type(_UP if number > 1 and number % 2 == 0 else _DOWN)
        async with asyncio.timeout(_PATIENCE):
            await app.read()
        times.append((perf_counter() - began) * 1000)
        await asyncio.sleep(_EVERY)
    return times[2:]


def _forking(server: int) -> int:
    """Return the process that sessions are forked from."""
    return next(iter(_children(server)))


def _children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _memory(processes: Sequence[int]) -> float:
    """Return the MiB that a process takes, with its share of what it shares."""
    told = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in processes]
    return statistics.mean(int(re.search(r"^Pss: +(\d+)", each, re.MULTILINE)[1]) for each in told) / 1024  # type: ignore[index]  # it is there
