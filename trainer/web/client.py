"""A browser at the other end of a socket: it may be slow, stuck or gone, and never keeps anybody waiting."""

import asyncio
from contextlib import suppress
from typing import Any

from aiohttp import web

from trainer.web import limits, messages


class Client:
    """One tab of a browser."""

    def __init__(self, request: web.Request, browser: str) -> None:
        self.browser = browser
        """The hash of its cookie."""
        self.socket = web.WebSocketResponse(
            timeout=limits.CLOSE_PATIENCE,
            heartbeat=limits.HEARTBEAT,
            compress=False,  # a session would take a quarter of a megabyte more
            max_msg_size=limits.LARGEST_MESSAGE,
        )
        self._request = request
        self._closing = False

    @property
    def is_closing(self) -> bool:
        """Whether nothing is sent to it any more."""
        return self._closing

    @property
    def is_gone(self) -> bool:
        """Whether its line is lost."""
        transport = self._request.transport
        return transport is None or transport.is_closing()

    async def prepare(self) -> None:
        """Answer that a socket it is."""
        await self.socket.prepare(self._request)

    async def show(self, data: bytes) -> None:
        """Send bytes of the terminal. Nothing is kept for who takes them no longer: they are given up."""
        await self._send(self.socket.send_bytes(data))

    async def tell(self, *message: Any) -> None:
        """Send a message."""
        await self._send(self.socket.send_str(messages.said(*message)))

    async def _send(self, sending: Any) -> None:
        if self._closing:
            sending.close()
            return
        try:
            async with asyncio.timeout(limits.SEND_PATIENCE):
                await sending
        except (OSError, RuntimeError, TimeoutError):
            self.abort()

    async def close(self, code: int, *message: Any) -> None:
        """Say why, and close; whoever does not answer is left."""
        if self._closing:
            return
        self._closing = True
        with suppress(OSError, RuntimeError, TimeoutError):
            async with asyncio.timeout(2 * limits.CLOSE_PATIENCE):
                if message:
                    await self.socket.send_str(messages.said(*message))
                await self.socket.close(code=code, drain=False)
        self.abort()

    def abort(self) -> None:
        """Leave it at once."""
        self._closing = True
        if transport := self._request.transport:
            transport.abort()
