"""A real server of the tests: a process, or in this one, and browsers that talk to it over real sockets."""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, Self

import aiohttp
import pyte

from trainer.app.kit.double_press import SECONDS
from trainer.home import Home
from trainer.web.address import Address, local_address
from trainer.web.folder import WebFolder
from trainer.web.people import People
from trainer.web.processes import Processes
from trainer.web.server import TrainerServer, listen

FAKE = "tests.web.fake_app:run"


class Served:
    """A server that runs, here or as a process of its own, and what a test asks of it."""

    def __init__(self, home: Home, address: Address, port: int) -> None:
        self.folder = WebFolder(home)
        self.folder.make()
        self.people = People(self.folder.people)
        self.address, self.port = address, port
        self.url = f"http://127.0.0.1:{port}"
        self.processes = Processes()
        self.stop: Callable[[], None] = lambda: None

    def browser(self, **headers: str) -> "Browser":
        """Return a browser that is not known."""
        return Browser(self, headers)

    async def browser_of(self, name: str, *, lead: bool = False) -> "Browser":
        """Return the browser of somebody who was invited and came in."""
        browser = self.browser()
        assert (await browser.enter(self.people.invite(name, lead=lead))).status == 204
        return browser

    async def health(self) -> dict[str, Any]:
        async with aiohttp.ClientSession() as asking, asking.get(f"{self.url}/healthz") as answer:
            found: dict[str, Any] = await answer.json()
            return found


@asynccontextmanager
async def serving(
    home: Path, *, address: Address | None = None, entry: str = FAKE, preloaded: tuple[str, ...] = ()
) -> AsyncIterator[Served]:
    """Run a server in this process, with sessions that are processes."""
    listening = listen("127.0.0.1", 0)
    where = local_address(*listening.getsockname())
    served = Served(Home(home), address or where, where.port)
    served.processes = Processes(entry, preloaded)
    server = TrainerServer(served.folder, served.address, "Casting", served.processes)
    stop, started = asyncio.Event(), asyncio.Event()
    served.stop = stop.set
    running = asyncio.create_task(server.run(listening, stop, started.set))
    waiting = asyncio.create_task(started.wait())
    await asyncio.wait([running, waiting], return_when=asyncio.FIRST_COMPLETED)
    try:
        yield served
    finally:
        waiting.cancel()
        stop.set()
        await running


class Browser:
    """Keeps cookies as a browser does, and says where it comes from."""

    def __init__(self, served: Served, headers: dict[str, str]) -> None:
        self.served = served
        self.cookie = ""
        self.headers = {"Host": served.address.host_header, "Origin": served.address.origin} | headers

    async def asked(self, method: str, path: str, **more: Any) -> "Answer":
        headers = {**self.headers, **more.pop("headers", {})}
        if self.cookie:
            headers["Cookie"] = self.cookie
        headers = {name: value for name, value in headers.items() if value}
        async with (
            aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=True) as asking,
            asking.request(method, f"{self.served.url}{path}", headers=headers, **more) as answer,
        ):
            return Answer(answer.status, dict(answer.headers), await answer.read())

    async def get(self, path: str, **more: Any) -> "Answer":
        return await self.asked("GET", path, **more)

    async def enter(self, secret: str, **more: Any) -> "Answer":
        answer = await self.asked("POST", "/enter", json={"secret": secret}, **more)
        if answer.status == 204:
            self.cookie = answer.headers["Set-Cookie"].partition(";")[0]
        return answer

    @asynccontextmanager
    async def tab(self, width: int = 80, height: int = 24, **headers: str) -> AsyncIterator["Tab"]:
        """Open a tab with a session."""
        asked = {
            name: value for name, value in {**self.headers, "Cookie": self.cookie, **headers}.items() if value
        }
        address = f"{self.served.url}/socket?width={width}&height={height}"
        async with (
            aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as asking,
            asking.ws_connect(address, headers=asked, max_msg_size=0, autoclose=False) as socket,
        ):
            yield Tab(socket)

    async def refused(self, **headers: str) -> int:
        """Return with what status a socket is refused."""
        try:
            async with self.tab(80, 24, **headers):
                return 101
        except aiohttp.WSServerHandshakeError as error:
            return error.status


class Answer:
    """What a server answered."""

    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    @property
    def message(self) -> str:
        return str(json.loads(self.body)["message"])


class Tab:
    """A session in a tab."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.code: int | None = None
        self.told: list[list[Any]] = []
        self.shown = ""

    async def say(self, *message: Any) -> None:
        await self.socket.send_str(json.dumps(message))

    async def type(self, text: str) -> Self:
        await self.say("stdin", text)
        return self

    async def shows(self, text: str, within: float = 10) -> str:
        """Wait until a text is shown; return all that was shown until then."""
        async with asyncio.timeout(within):
            while text not in self.shown:
                assert await self._next(), (
                    f"closed with {self.code}, {self.told}, before {text!r}: {self.shown!r}"
                )
        shown, self.shown = self.shown, ""
        return shown

    async def hears(self, kind: str, within: float = 10) -> list[Any]:
        """Wait for a message; return it."""
        async with asyncio.timeout(within):
            while not any(each[0] == kind for each in self.told):
                assert await self._next(), f"closed with {self.code} before {kind!r}: {self.told}"
        return next(each for each in self.told if each[0] == kind)

    async def closes(self, within: float = 10) -> int | None:
        """Wait until it is closed; return with which code."""
        async with asyncio.timeout(within):
            while await self._next():
                pass
        return self.code

    async def tells(self) -> dict[str, Any]:
        """Return what a session of `fake_app` sees of where it runs."""
        shown = await (await self.type("tell")).shows('"pid"')
        while not shown.endswith("}"):
            shown += await self.shows("}")
        found: dict[str, Any] = json.loads(shown[shown.index('{"session"') :])
        return found

    async def pid(self) -> int:
        """Return the process of a session of `fake_app`."""
        return int((await self.tells())["pid"])

    async def _next(self) -> bool:
        message = await self.socket.receive()
        match message.type:
            case aiohttp.WSMsgType.BINARY:
                self.shown += message.data.decode()
            case aiohttp.WSMsgType.TEXT:
                self.told.append(json.loads(message.data))
            case aiohttp.WSMsgType.CLOSE:
                self.code = message.data
                await self.socket.close()
                return False
            case _:
                self.code = self.code or self.socket.close_code
                return False
        return True

    def cut(self) -> None:
        """Lose the line, as in a tunnel."""
        connection = self.socket._response.connection
        assert connection is not None
        assert connection.transport is not None
        connection.transport.abort()


class Window:
    """What a tab shows, as a terminal lays it out."""

    def __init__(self, tab: Tab, columns: int = 80, rows: int = 24) -> None:
        self._tab = tab
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self._screen.display)

    async def sees(self, text: str, within: float = 20) -> None:
        """Wait until a text is on the page."""
        try:
            async with asyncio.timeout(within):
                while text not in self.text:
                    assert await self._tab._next(), (
                        f"closed with {self._tab.code} before {text!r}:\n{self.text}"
                    )
                    self._stream.feed(self._tab.shown)
                    self._tab.shown = ""
        except TimeoutError:
            raise AssertionError(f"{text!r} did not come:\n{self.text}") from None

    async def press(self, key: str, then: str) -> None:
        """Press a key, the same one again not sooner than somebody who looks would; wait for a text."""
        await asyncio.sleep(2 * SECONDS)
        await self._tab.type(key)
        await self.sees(then)


class Process:
    """A server as it is started on a command line."""

    def __init__(self, home: Path, *options: str) -> None:
        self.log = home.parent / "log"
        command = [sys.executable, "-m", "trainer", "serve", "--home", str(home), *options]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        assert self.process.stdout is not None
        self.said = self.process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)", self.said)
        self.port = int(found[1]) if found else 0

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(20)

    def health(self) -> dict[str, int]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz") as answer:
            found: dict[str, int] = json.load(answer)
            return found


@contextmanager
def started(home: Path, *options: str) -> Iterator[Process]:
    running = Process(home, *options)
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.process.kill()
        running.process.communicate()


async def until(true: Callable[[], bool], within: float = 10) -> float:
    """Wait until something is so; return for how long."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < within
        await asyncio.sleep(0.02)
    return time.monotonic() - began


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
