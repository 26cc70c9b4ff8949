"""One person's session: a process, and the tab that shows it."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from typing import Any

import msgspec
from aiohttp import WSMsgType

from trainer.web import limits
from trainer.web.client import Client
from trainer.web.downloads import Downloads
from trainer.web.messages import (
    BUSY,
    ENDED,
    NO_TEXT,
    RESTARTS,
    REVOKED,
    TAKEN,
    UNREADABLE,
    Blurred,
    Focused,
    Message,
    Pinged,
    Resized,
    Size,
    Typed,
    read,
)
from trainer.web.processes import NoRoomError, Process, Processes
from trainer.web.pulse import Pulse

log = logging.getLogger("trainer.web")

_CRASHED = "Something went wrong, and trainer had to stop. Every answer is saved."
_HANGS = "trainer did not answer any more, and was stopped. Every answer that was acknowledged is saved."
_IDLE = "Nothing was pressed for an hour, so trainer has stopped. Every answer is saved."
_TOO_OFTEN = "trainer was opened many times in a row. Try again in a minute."
_MANY_TABS = "trainer is being opened in other tabs. Close them, then try again."


class Session:
    """What a person has open: at most one process, seen in at most one tab."""

    def __init__(self, person: str, processes: Processes, turn: asyncio.Semaphore) -> None:
        self.person = person
        self.client: Client | None = None
        self.downloads: Downloads | None = None
        """What the process has to hand out."""
        self._processes, self._turn = processes, turn
        self._process: Process | None = None
        self._pump: asyncio.Task[None] | None = None
        self._pulse = Pulse()
        self._changing = asyncio.Lock()
        """Held while the process is started, taken over or ended."""
        self._waiting = 0
        self._painted = asyncio.Event()
        self._left_at: float | None = None
        self._used_at = time.monotonic()
        self._starts = limits.Bucket(limits.STARTS_A_MINUTE, limits.STARTS_A_MINUTE / 60)

    @property
    def is_running(self) -> bool:
        """Whether there is a process."""
        return self._process is not None

    @property
    def is_in_use(self) -> bool:
        """Whether there is a process, or somebody who waits for one."""
        return self.is_running or self._waiting > 0 or self._changing.locked()

    # A tab comes

    async def serve(self, client: Client, size: Size, described: Mapping[str, Any]) -> None:
        """Show the session in a tab, which takes it over from another one, until the tab is gone."""
        if self._waiting >= limits.MOST_WAITING:
            await client.close(BUSY, "busy", _MANY_TABS)
            return
        self._waiting += 1
        try:
            async with self._changing:
                process = await self._attach(client, size, described)
        except NoRoomError as error:
            log.warning("session %s did not start", self.person)
            await client.close(BUSY, "busy", str(error))
            return
        finally:
            self._waiting -= 1
        if process:
            try:
                await self._take_input(client, process)
            finally:
                self._detach(client)

    async def _attach(self, client: Client, size: Size, described: Mapping[str, Any]) -> Process | None:
        """Give the session to a tab; None where that may not be now."""
        if before := self.client:
            self.client = None
            log.info("session %s is taken over", self.person)
            await before.close(TAKEN, "taken")
        self._used_at, self._left_at = time.monotonic(), None
        if self._process and await self._comes_back(client, self._process, size):
            return self._process
        if client.is_closing:
            return None
        if self._starts.take_if_there():
            return await self._start(client, size, described)
        await client.close(BUSY, "busy", _TOO_OFTEN)
        return None

    async def _comes_back(self, client: Client, process: Process, size: Size) -> bool:
        """Show a session that is there to a tab; return whether it paints. One that hangs is killed."""
        self.client = client
        self._painted.clear()
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(limits.REPAINT_PATIENCE):
                await process.tell(type="resize", width=size.width, height=size.height)
                await process.tell(type="repaint")
                await self._painted.wait()
        if self._painted.is_set() and self._process is process:
            return True
        self.client = None
        if self._process is process:
            log.warning("session %s hung and was killed", self.person)
            await self._processes.kill(process)
            await self._is_gone()
        return False

    async def _start(self, client: Client, size: Size, described: Mapping[str, Any]) -> Process:
        async with self._turn:
            began = time.monotonic()
            process = await self._processes.start({**described, "size": (size.width, size.height)})
        log.info("session %s started in %d ms", self.person, 1000 * (time.monotonic() - began))
        self._process, self.client, self._pulse = process, client, Pulse()
        self.downloads = Downloads(process)
        self._pump = asyncio.create_task(self._pump_out(process, self.downloads))
        return process

    # What is typed

    async def _take_input(self, client: Client, process: Process) -> None:
        """Pass on what a tab sends until it is gone, or the process is; not faster than a person does it."""
        pace = limits.Bucket(limits.MESSAGES_AT_ONCE, limits.MESSAGES_A_SECOND)
        with suppress(OSError):
            async for message in _messages(client):
                if wait := pace.take():
                    await asyncio.sleep(wait)
                if self.client is not client:
                    return
                match message:
                    case Typed(text):
                        self._used_at = time.monotonic()
                        self._pulse.note_typed()
                        await process.type(text)
                    case Resized(size):
                        await process.tell(type="resize", width=size.width, height=size.height)
                    case Focused():
                        await process.tell(type="focus")
                    case Blurred():
                        await process.tell(type="blur")
                    case Pinged(data):
                        await client.tell("pong", data)

    def look(self) -> None:
        """Look whether the tab and the app are still there, where neither would be missed by itself.

        What a tab sent may wait for a process that takes nothing, and an app may hang before an open tab.
        """
        if self.client and self.client.is_gone:
            self._detach(self.client)
        if self.client and self._process and self._pulse.look():
            self._process.ask()

    def _detach(self, client: Client) -> None:
        if self.client is client:
            self.client, self._left_at = None, time.monotonic()

    # What is shown

    async def _pump_out(self, process: Process, downloads: Downloads) -> None:
        """Pass on what a process shows until it ends; where nobody looks it is dropped."""
        farewell = _CRASHED
        try:
            while packet := await process.packet():
                kind, payload = packet
                self._painted.set()
                if kind == b"D" and self.client:
                    await self.client.show(payload)
                elif kind == b"P":
                    downloads.take(payload)
                elif kind == b"M" and (said := _meta(payload)):
                    farewell = await self._hear(said, downloads) or farewell
        finally:
            await self._end_of(process, downloads, farewell)

    async def _end_of(self, process: Process, downloads: Downloads, farewell: str) -> None:
        """Let go of a process that ended, and tell the tab."""
        process.close()
        downloads.close()
        if self._process is process:
            self._process = self.downloads = None
        client, self.client = self.client, None
        self._painted.set()
        log.info("session %s ended%s", self.person, "" if farewell != _CRASHED else " without a word")
        if client:
            await client.close(ENDED, "ended", farewell)
        if await self._processes.bury(process):
            log.warning("session %s spoke no more and was killed", self.person)

    async def _hear(self, said: Mapping[str, Any], downloads: Downloads) -> str | None:
        """Do what a process says; return with what words it ends, if it does."""
        match said:
            case {"type": "ended", "message": str(message)}:
                return message
            case {"type": "pong"}:
                self._pulse.note_answered()
            case {"type": "exit"}:
                return "You have left trainer. Every answer is saved."
            case {"type": "deliver_file_start"}:
                key = downloads.offer(said)
                if key and self.client and (offered := downloads.offered(key)):
                    await self.client.tell("deliver_file_start", key, {"inline": offered.as_page})
            case {"type": "open_url", "url": str(url)} if url.startswith("https://") and self.client:
                await self.client.tell("open_url", {"url": url, "new_tab": True})
        return None

    # The end

    def is_due(self, *, known: bool) -> bool:
        """Return whether the session's time is over, and nobody ends it yet; `known`, if still invited."""
        return not self._changing.locked() and (not known or self._was_left or self._is_idle or self._hangs)

    async def look_after(self, *, known: bool) -> None:
        """End the session if its time is over: no longer invited, nobody came back, idle, or it hangs."""
        if not known:
            log.info("session %s is revoked", self.person)
            await self.end(REVOKED, "revoked")
        elif self._was_left:
            await self.end(ENDED, if_left=True)
        elif self._hangs:
            log.warning("session %s hangs", self.person)
            await self.end(ENDED, "ended", _HANGS)
        elif self._is_idle:
            await self.end(ENDED, "ended", _IDLE)

    @property
    def _hangs(self) -> bool:
        return self.is_running and self._pulse.is_lost

    @property
    def _was_left(self) -> bool:
        return self._left_at is not None and time.monotonic() - self._left_at > limits.GRACE

    @property
    def _is_idle(self) -> bool:
        return self.is_running and time.monotonic() - self._used_at > limits.IDLE

    async def end(self, code: int = RESTARTS, *message: Any, if_left: bool = False) -> None:
        """End the process in good order, having told the tab why; with `if_left` only if there is no tab."""
        async with self._changing:
            if if_left and self.client:
                return
            self._left_at = None
            client, self.client = self.client, None
            if client:
                await client.close(code, *message)
            if process := self._process:
                await self._processes.stop(process)
                await self._is_gone()

    async def _is_gone(self) -> None:
        """Wait until all that a process said is taken."""
        if self._pump:
            with suppress(TimeoutError):
                async with asyncio.timeout(limits.QUIT_PATIENCE):
                    await asyncio.shield(self._pump)
        self._process = self._pump = self.downloads = None


async def _messages(client: Client) -> AsyncIterator[Message]:
    """Yield what a tab says until it is gone; who says what no page of ours says is closed."""
    async for frame in client.socket:
        if frame.type is not WSMsgType.TEXT:
            await client.close(NO_TEXT)
            return
        message = read(frame.data)
        if message is None:
            await client.close(UNREADABLE)
            return
        yield message


def _meta(payload: bytes) -> Mapping[str, Any] | None:
    try:
        found = msgspec.json.decode(payload)
    except (msgspec.MsgspecError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
