"""The server: what can be asked of it, and how it starts and stops."""

import asyncio
import logging
import resource
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import quote

import msgspec
from aiohttp import hdrs, web
from msgspec import Struct

from trainer.clean import clean_line
from trainer.crash import place
from trainer.errors import TrainerError
from trainer.web import limits, messages
from trainer.web.address import Address
from trainer.web.client import Client
from trainer.web.connections import Connection, Refused
from trainer.web.files import PageFile, page, page_files, version
from trainer.web.folder import WebFolder
from trainer.web.guard import HEALTH, PAGE_POLICY, Guard, answer, body_of
from trainer.web.people import BROWSER_LASTS, Known, NotInvitedError, People
from trainer.web.processes import Processes
from trainer.web.sessions import Sessions

log = logging.getLogger("trainer.web")

_NOT_KNOWN = "This browser is not known here, or no longer. Ask whoever invited you for a new link."
_FOR_A_YEAR = "public, max-age=31536000, immutable"
_BACKLOG = 256


class Secret(Struct, frozen=True, forbid_unknown_fields=True):
    """What the page sends when its button is pressed."""

    secret: str


class TrainerServer:
    """Answers browsers, and runs a session for each person."""

    def __init__(self, folder: WebFolder, address: Address, title: str, processes: Processes) -> None:
        self._folder, self._address, self._title, self._processes = folder, address, title, processes
        self._people = People(folder.people)
        self._sessions = Sessions(folder, self._people, processes, title)
        self._guard = Guard(address)
        self._wrong = limits.Bucket(limits.WRONG_LINKS_AT_ONCE, limits.WRONG_LINKS_A_SECOND)
        self._connections: Callable[[], int] = lambda: 0
        self._began = time.monotonic()

    async def run(self, listening: socket.socket, stop: asyncio.Event, started: Callable[[], None]) -> None:
        """Serve until it is told to stop; all records are put away by then."""
        await self._processes.open(self._folder.root)
        runner = web.AppRunner(
            self._app(),
            shutdown_timeout=limits.CLOSE_PATIENCE,
        )
        await runner.setup()
        answering = runner.server
        assert answering is not None
        self._connections = lambda: len(answering.connections)

        loop = asyncio.get_running_loop()

        def connected() -> asyncio.Protocol:
            if self._connections() < limits.MOST_CONNECTIONS:
                return Connection(answering, loop)
            return Refused()

        loop.set_exception_handler(_told)
        server = await loop.create_server(connected, sock=listening, backlog=_BACKLOG)
        watching = [
            asyncio.create_task(self._sessions.watch()),
            asyncio.create_task(self._guard.tell_refused()),
        ]
        started()
        log.info("started")
        try:
            await stop.wait()
        finally:
            log.info("stopping, with %d sessions", self._sessions.running)
            server.close()
            for each in watching:
                each.cancel()
            await self._sessions.end()
            await runner.cleanup()
            await self._processes.close()
            log.info("stopped")

    def _app(self) -> web.Application:
        app = web.Application(middlewares=[self._guard.check], client_max_size=limits.LARGEST_REQUEST)
        app.on_response_prepare.append(self._guard.add_headers)
        app.add_routes(
            [
                web.get("/", self._page, allow_head=False),
                web.get("/static/{name}", self._file, allow_head=False),
                web.post("/enter", self._enter),
                web.post("/leave", self._leave),
                web.get("/who", self._who, allow_head=False),
                web.get("/socket", self._socket, allow_head=False),
                web.get("/download/{key}", self._download, allow_head=False),
                web.get(HEALTH, self._health, allow_head=False),
            ]
        )
        return app

    # The page

    async def _page(self, request: web.Request) -> web.Response:
        return _sent(request, page(), "no-cache")

    async def _file(self, request: web.Request) -> web.Response:
        found = page_files().get(request.match_info["name"])
        if found is None:
            raise web.HTTPNotFound(reason="There is no such file.")
        current = request.query.get("v") == version()
        return _sent(request, found, _FOR_A_YEAR if current else "no-cache")

    # Who is who

    async def _enter(self, request: web.Request) -> web.Response:
        """Exchange the secret of a link for a cookie."""
        try:
            secret = msgspec.json.decode(await body_of(request), type=Secret).secret
        except (msgspec.MsgspecError, RecursionError, UnicodeError):
            raise web.HTTPBadRequest(reason="That is not what the page sends.") from None
        try:
            cookie = await asyncio.to_thread(self._people.enter, secret)
        except NotInvitedError as error:
            if self._wrong.take_if_there():
                return answer(403, str(error))
            return answer(429, "Too many links were tried that lead nowhere. Try again in a minute.")
        log.info("an invitation was taken up")
        response = web.Response(status=204)
        self._set_cookie(response, cookie, int(BROWSER_LASTS.total_seconds()))
        return response

    async def _who(self, request: web.Request) -> web.Response:
        known = self._known(request)
        if known is None:
            return answer(401, _NOT_KNOWN)
        person = known.person
        response = web.json_response({"name": person.name, "lead": person.lead, "title": self._title})
        if await asyncio.to_thread(self._people.note_seen, known):
            self._set_cookie(response, request.cookies[self._cookie], int(BROWSER_LASTS.total_seconds()))
        return response

    async def _leave(self, request: web.Request) -> web.Response:
        cookie = request.cookies.get(self._cookie, "")
        await asyncio.to_thread(self._people.leave, cookie)
        response = web.Response(status=204)
        self._set_cookie(response, "", 0)
        return response

    # The session

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        known = self._known(request)
        if known is None:
            return answer(401, _NOT_KNOWN)
        size = messages.size_of(request.query.get("width"), request.query.get("height"))
        if size is None:
            raise web.HTTPBadRequest(reason="The window has no size.")
        client = Client(request, known.browser)
        if not client.socket.can_prepare(request).ok:
            raise web.HTTPBadRequest(reason="A socket is expected here.")
        await client.prepare()
        try:
            await self._sessions.serve(client, known, size)
        except TrainerError:
            log.error("the process that sessions are made from does not start")  # noqa: TRY400
            await client.close(messages.BUSY, "busy", "The server can't start trainer just now.")
        finally:
            client.abort()
        return client.socket

    async def _download(self, request: web.Request) -> web.StreamResponse:
        known = self._known(request)
        if known is None:
            return answer(401, _NOT_KNOWN)
        downloads = self._sessions.downloads(known.person)
        key = request.match_info["key"]
        offered = downloads.offered(key) if downloads else None
        if not (downloads and offered):
            raise web.HTTPNotFound(reason="There is no such file any more. Ask for it again in trainer.")
        how = "inline" if offered.as_page else "attachment"
        response = web.StreamResponse()
        response.headers[hdrs.CONTENT_TYPE] = f"{offered.kind}; charset=utf-8"
        response.headers[hdrs.CONTENT_DISPOSITION] = f"{how}; filename*=UTF-8''{quote(offered.name, safe='')}"
        response.headers["Content-Security-Policy"] = PAGE_POLICY
        await response.prepare(request)
        try:
            async for part in downloads.content(key):
                await response.write(part)
        except BaseException:  # half a file may not look like a whole one, nor end in another answer
            if request.transport:
                request.transport.abort()
            raise
        await response.write_eof()
        return response

    # Those who run it

    async def _health(self, _request: web.Request) -> web.Response:
        """Tell how much is going on, and nothing of anybody."""
        return web.json_response(
            {
                "status": "ok",
                "sessions": self._sessions.running,
                "watched": self._sessions.watched,
                "connections": self._connections(),
                "refused": self._guard.refused,
                "seconds": int(time.monotonic() - self._began),
            }
        )

    # Cookies

    @property
    def _cookie(self) -> str:
        if self._address.is_https:
            return "__Host-trainer"
        return f"trainer-{self._address.port}"  # cookies know no port: two servers on a computer need two

    def _known(self, request: web.Request) -> Known | None:
        return self._people.known(request.cookies.get(self._cookie, ""))

    def _set_cookie(self, response: web.Response, value: str, seconds: int) -> None:
        response.set_cookie(
            self._cookie,
            value,
            max_age=seconds,
            path="/",
            httponly=True,
            samesite="Strict",
            secure=self._address.is_https,
        )


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens. Raises TrainerError where that can't be."""
    try:
        family, _kind, _protocol, _name, where = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, socket.SOCK_STREAM)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(where)
        except OSError:
            listening.close()
            raise
    except OSError as error:
        raise TrainerError(
            f"{host}, port {port}, can't be listened at: {error.strerror}. Take another one: --port NUMBER"
        ) from error
    except ValueError as error:  # UnicodeError, of a part that is too long for a name
        raise TrainerError(
            f'"{clean_line(host)}" is no name of a computer. Write --host 127.0.0.1, or another address.'
        ) from error
    return listening


def serve(server: TrainerServer, listening: socket.socket, started: Callable[[], None]) -> None:
    """Serve until Ctrl+C or SIGTERM. Raises TrainerError where it can't begin."""
    _allow_files()
    asyncio.run(_until_stopped(server, listening, started))


async def _until_stopped(
    server: TrainerServer, listening: socket.socket, started: Callable[[], None]
) -> None:
    stop = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    await server.run(listening, stop, started)


def _allow_files() -> None:
    """Let this process have as many files and connections open as the system allows it."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _sent(request: web.Request, file: PageFile, caching: str) -> web.Response:
    tag = f'"{version()}"'
    headers = {hdrs.ETAG: tag, hdrs.CACHE_CONTROL: caching, hdrs.VARY: hdrs.ACCEPT_ENCODING}
    if request.headers.get(hdrs.IF_NONE_MATCH) == tag:
        return web.Response(status=304, headers=headers)
    body = file.body
    if "gzip" in request.headers.get(hdrs.ACCEPT_ENCODING, "") and len(file.packed) < len(body):
        body, headers[hdrs.CONTENT_ENCODING] = file.packed, "gzip"
    return web.Response(body=body, headers={**headers, hdrs.CONTENT_TYPE: file.kind})


def _told(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Tell of an error that nobody waited for, by its place: a trace may hold names."""
    error = context.get("exception")
    if isinstance(error, Exception) and not isinstance(error, OSError):
        log.error("unforeseen: %s", place(error))
