"""Files that a session hands out: through Textual's packets, to the person of that session alone."""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from pathlib import PurePath
from typing import Any

from msgspec import Struct
from textual_serve import _binary_encode as packed  # what Textual's driver packs, its server unpacks by this

from trainer.clean import clean_line
from trainer.web import limits
from trainer.web.processes import Process

_KEY = re.compile(r"[0-9A-Za-z_-]{1,64}")
_PAGE = "text/html"
_KINDS = {_PAGE, "text/plain", "text/markdown", "text/csv", "application/json", "application/zip"}
MOST_OFFERED = 8
"""Files that are offered at once; the oldest go, long before the session lets go of them."""
_LARGEST_PART = 64 * 1024
"""Bytes that are asked for at once."""


class Offered(Struct, frozen=True):
    """A file that a session offers."""

    name: str
    kind: str
    """Its media type."""
    as_page: bool
    """Whether it is a page to look at."""


class Downloads:
    """The files of one process."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._offered: dict[str, Offered] = {}
        self._parts: dict[str, asyncio.Queue[bytes | None]] = {}
        """What came of the files that are being fetched, by their keys; None once no more can come."""

    def offer(self, said: Mapping[str, Any]) -> str | None:
        """Take note of a file that is offered; return its key."""
        match said:
            case {"key": str(key), "path": str(path)} if _KEY.fullmatch(key):
                kind = str(said.get("mime_type") or "")
                kind = kind if kind in _KINDS else "application/octet-stream"
                as_page = said.get("open_method") == "browser" and kind == _PAGE
                name = clean_line(PurePath(path).name)[:100] or "trainer"
                self._offered[key] = Offered(name, kind, as_page)
                for old in list(self._offered)[:-MOST_OFFERED]:
                    del self._offered[old]
                return key
        return None

    def offered(self, key: str) -> Offered | None:
        """Return what is offered under a key."""
        return self._offered.get(key)

    async def content(self, key: str) -> AsyncIterator[bytes]:
        """Yield a file part by part, once. Raises ConnectionError where it does not come whole."""
        if self._offered.pop(key, None) is None:
            return
        parts = self._parts[key] = asyncio.Queue()
        try:
            while part := await self._next(key, parts):
                yield part
        finally:
            del self._parts[key]

    async def _next(self, key: str, parts: asyncio.Queue[bytes | None]) -> bytes:
        """Ask for the next part of a file; empty at its end. Raises ConnectionError where none comes."""
        try:
            async with asyncio.timeout(limits.CHUNK_PATIENCE):
                await self._process.tell(type="deliver_chunk_request", key=key, size=_LARGEST_PART)
                part = await parts.get()
        except TimeoutError:
            part = None
        if part is None:
            raise ConnectionResetError
        return part

    def take(self, payload: bytes) -> None:
        """Take a part of a file from the process."""
        try:
            unpacked = packed.load(payload)
        except packed.DecodeError:
            return
        match unpacked:
            case ("deliver_chunk", str(key), bytes() | str() as part) if key in self._parts:
                self._parts[key].put_nowait(part.encode() if isinstance(part, str) else part)

    def close(self) -> None:
        """End what still waits for a part: the process is gone."""
        for parts in self._parts.values():
            parts.put_nowait(None)
        self._offered.clear()
