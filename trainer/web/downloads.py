"""Files that a session hands out: through Textual's packets, to the person of that session alone."""

import re
from collections.abc import AsyncIterator, Mapping
from pathlib import PurePath
from typing import Any

from msgspec import Struct
from textual_serve import _binary_encode as packed  # what Textual's driver packs, its server unpacks by this
from textual_serve.download_manager import DownloadManager

from trainer.clean import clean_line
from trainer.web.processes import Process

_KEY = re.compile(r"[0-9A-Za-z_-]{1,64}")
_PAGE = "text/html"
_KINDS = {_PAGE, "text/plain", "text/markdown", "text/csv", "application/json", "application/zip"}
_MOST = 20
"""Files that are offered at once; the oldest go."""


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
        self._manager = DownloadManager()
        self._offered: dict[str, Offered] = {}
        self._whole: set[str] = set()
        """The keys of files of which the last part came."""
        self.app_service_id = "session"
        """By this name the library ends what waits for a chunk."""

    async def offer(self, said: Mapping[str, Any]) -> str | None:
        """Take note of a file that is offered; return its key."""
        match said:
            case {"key": str(key), "path": str(path)} if _KEY.fullmatch(key):
                kind = str(said.get("mime_type") or "")
                kind = kind if kind in _KINDS else "application/octet-stream"
                as_page = said.get("open_method") == "browser" and kind == _PAGE
                name = clean_line(PurePath(path).name)[:100] or "trainer"
                self._offered[key] = Offered(name, kind, as_page)
                for old in list(self._offered)[:-_MOST]:
                    del self._offered[old]
                await self._manager.create_download(
                    app_service=self,  # type: ignore[arg-type]  # it needs no more than `send_meta`
                    delivery_key=key,
                    file_name=name,
                    open_method="download",
                    mime_type=kind,
                    encoding="utf-8",
                )
                return key
        return None

    def offered(self, key: str) -> Offered | None:
        """Return what is offered under a key."""
        return self._offered.get(key)

    async def content(self, key: str) -> AsyncIterator[bytes]:
        """Yield a file part by part, once. Raises ConnectionError where it does not come whole."""
        if self._offered.pop(key, None):
            async for chunk in self._manager.download(key):
                yield chunk
            if key not in self._whole:
                raise ConnectionResetError
            self._whole.discard(key)

    async def take(self, payload: bytes) -> None:
        """Take a part of a file from the process."""
        try:
            unpacked = packed.load(payload)
        except packed.DecodeError:
            return
        match unpacked:
            case ("deliver_chunk", str(key), bytes() | str() as chunk):
                if not chunk:
                    self._whole.add(key)
                await self._manager.chunk_received(key, chunk)

    async def send_meta(self, data: dict[str, str | int | bool | None]) -> bool:
        """Ask the process for a part; return whether it is there to be asked. The library calls it so."""
        try:
            await self._process.tell(**data)
        except OSError:
            return False
        return True

    async def close(self) -> None:
        """End what still waits for a part: the process is gone."""
        await self._manager.cancel_app_downloads("session")
        self._offered.clear()
