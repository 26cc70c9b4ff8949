"""The app in browsers beside the same app in ptys, fifty of each at once: keys, memory, first screens.

Then a hundred in browsers, on a memory disk and on a disk: their answers, and beside them what an answer
waits for, an fsync there meanwhile.
"""

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
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Protocol

from tests.bench.measure import Row, milliseconds, p50, p99
from tests.web.serving import Browser, Served, Tab, started
from trainer.home import Home
from trainer.web.address import local_address

PERSONS, MANY = 50, 100
_AT_ONCE = 25
_EVERY = 4.0
"""Seconds between two keys of each."""
_DOWN, _UP = "\x1b[B", "\x1b[A"
_MOVES = (_DOWN, _DOWN, *(_DOWN, _UP) * 4)
_ANSWER, _GO_ON = "1", "\r"
_ANSWERS = (_ANSWER, _GO_ON) * 4
_WARM = 2
"""Keys of each that are not counted."""
_MEMORY_DISK = Path("/dev/shm")
_LINE = b"x" * 300 + b"\n"
"""As long as that of an answer in a journal."""
_NAME, _FIRST, _QUESTION = "Anna", "What do you hire for?", "Don't know"
"""What stands on the first screen of a newcomer in a pty, in a browser, and with the first question."""
_CLOSED = "closed"
_PATIENCE = 120.0


def rows(folder: Path) -> Iterator[Row]:
    """Run both kinds at once, each with a key every four seconds, and measure them; then many alone."""
    yield from asyncio.run(_measured(folder))
    what = f"an answer, {MANY} sessions"
    with TemporaryDirectory(dir=_MEMORY_DISK) as memory:
        answers, _ = asyncio.run(_answered(Path(memory)))
    yield Row(f"{what} on a memory disk, p50", p50(answers), 0, 100, more=True)
    yield Row("… p99", p99(answers), 0, 100, more=True)
    (disk := folder / "many").mkdir()
    answers, syncs = asyncio.run(_answered(disk))
    yield Row(f"{what} on a disk beside an fsync there, p50", p50(answers), p50(syncs), 100, more=True)
    yield Row("… p99", p99(answers), p99(syncs), 100, more=True)


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
            ours, theirs = await asyncio.gather(_keys(pages, _MOVES), _keys(ptys, _MOVES))
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


async def _answered(folder: Path) -> tuple[list[float], list[float]]:
    """Have many answer in a folder; return the milliseconds of answers, and of an fsync there meanwhile."""
    home = folder / "server"
    with started(home, "--port", "0") as running:
        served = Served(Home(home), local_address("127.0.0.1", running.port), running.port)
        links = [served.people.invite(f"Person {number}") for number in range(MANY)]
        async with AsyncExitStack() as open_:
            pages = [(await _opened(open_, served.browser(), link))[0] for link in links]
            await asyncio.gather(*map(_at_question, pages))
            answering = asyncio.create_task(_keys(pages, _ANSWERS, _ANSWER))
            syncs = await _syncs_while(answering, folder / "line")
        running.stop()  # nothing is written any more when the folder is removed
    return await answering, syncs


async def _syncs_while(going: "asyncio.Task[list[float]]", file: Path) -> list[float]:
    """Return the milliseconds until a line is on the disk, ten times a second while something goes on."""
    times = []
    with file.open("wb", buffering=0) as lines:
        while not going.done():
            await asyncio.to_thread(lines.write, _LINE)
            times += await asyncio.to_thread(milliseconds, lambda: os.fsync(lines.fileno()), 1)
            await asyncio.sleep(0.1)
    return times


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


async def _keys(apps: Sequence[_App], keys: Sequence[str], counted: str = "") -> list[float]:
    """Press keys in each, one every four seconds; return the milliseconds to the first bytes of each key.

    Of the one that is `counted` alone, if one is.
    """
    found = await asyncio.gather(
        *(_pressed(each, keys, _EVERY * place / len(apps)) for place, each in enumerate(apps))
    )
    return [took for each in found for key, took in each[_WARM:] if counted in {"", key}]


async def _pressed(app: _App, keys: Sequence[str], later: float) -> list[tuple[str, float]]:
    await asyncio.sleep(later)
    times = []
    for key in keys:
        with suppress(TimeoutError):  # what is painted late is of the key before
            async with asyncio.timeout(0.01):
                while True:
                    await app.read()
        began = perf_counter()
        await app.type(key)
        async with asyncio.timeout(_PATIENCE):
            await app.read()
        times.append((key, (perf_counter() - began) * 1000))
        await asyncio.sleep(_EVERY)
    return times


def _forking(server: int) -> int:
    """Return the process that sessions are forked from."""
    return next(iter(_children(server)))


def _children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _memory(processes: Sequence[int]) -> float:
    """Return the MiB that a process takes, with its share of what it shares."""
    told = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in processes]
    return statistics.mean(int(re.search(r"^Pss: +(\d+)", each, re.MULTILINE)[1]) for each in told) / 1024  # type: ignore[index]  # it is there
