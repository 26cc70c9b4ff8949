"""Connections as they come in: each has to ask for something in time, and to take the answer."""

import array
import asyncio
import fcntl
import logging
import termios
from contextlib import suppress

from aiohttp import hdrs, web

from trainer.web import limits
from trainer.web.guard import SERVER, answer


class Connection(web.RequestHandler):
    """A connection, which has to ask for something, in time and in few words."""

    def __init__(self, server: web.Server, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(
            server,
            loop=loop,
            access_log=None,  # type: ignore[arg-type]  # the library's own way to have none
            logger=_silent(),
            keepalive_timeout=limits.HEADER_PATIENCE,
            max_line_size=limits.LARGEST_HEADER,
            max_field_size=limits.LARGEST_HEADER,
            max_headers=limits.MOST_HEADERS,
            lingering_time=limits.LINGER_PATIENCE,
        )
        self._unread = 0
        self._impatience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Be told as soon as anything has to wait for who reads it."""
        super().connection_made(transport)
        if isinstance(transport, asyncio.Transport):
            transport.set_write_buffer_limits(high=0)

    def pause_writing(self) -> None:
        """Wait for a browser that does not read what it asked for, but not for good."""
        super().pause_writing()
        self._wait_for_reader()

    def resume_writing(self) -> None:
        """Take note that it has read all."""
        super().resume_writing()
        self._stop_waiting()

    def connection_lost(self, exc: BaseException | None) -> None:
        """Wait for nobody."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait_for_reader(self) -> None:
        self._unread = self._waiting_bytes()
        self._impatience = self._loop.call_later(limits.SEND_PATIENCE, self._look_at_reader)

    def _look_at_reader(self) -> None:
        """Give up who took nothing since the last look; an answer that was ended is not sent for ever."""
        if self.transport and self._waiting_bytes() >= self._unread:
            self.transport.abort()
        else:
            self._wait_for_reader()

    def _waiting_bytes(self) -> int:
        """Return how much it has not taken, here and in what the system keeps for it."""
        if self.transport is None:
            return 0
        kept = array.array("i", [0])
        with suppress(OSError):  # of a system that does not tell
            fcntl.ioctl(self.transport.get_extra_info("socket"), termios.TIOCOUTQ, kept)
        return self.transport.get_write_buffer_size() + kept[0]

    def _stop_waiting(self) -> None:
        if self._impatience:
            self._impatience.cancel()

    async def finish_response(
        self, request: web.BaseRequest, resp: web.StreamResponse, start_time: float | None
    ) -> tuple[web.StreamResponse, bool]:
        """Send an answer; one of the library itself, which may repeat what was asked, in our own words."""
        if isinstance(resp, web.HTTPException):
            resp = answer(resp.status, "This can't be asked here.")
        return await super().finish_response(request, resp, start_time)

    def handle_error(
        self,
        request: web.BaseRequest,  # noqa: ARG002 — as the library calls it
        status: int = 500,
        exc: BaseException | None = None,  # noqa: ARG002
        message: str | None = None,  # noqa: ARG002
    ) -> web.StreamResponse:
        """Answer what can't be read as a request, and say nothing of it or of what reads it."""
        response = answer(status, "That is no request.")
        response.force_close()
        response.headers[hdrs.SERVER] = SERVER
        return response


class Refused(asyncio.Protocol):
    """A connection too many."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Close it at once."""
        if isinstance(transport, asyncio.Transport):
            transport.abort()


def _silent() -> logging.Logger:
    """Return a logger for the library, which would log what was asked; the guard tells what is needed."""
    silent = logging.getLogger("trainer.web.requests")
    silent.disabled = True
    return silent
