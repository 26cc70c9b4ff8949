"""Files that a session hands out: whole, or not as if they were."""

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

import aiohttp
import pytest
from textual_serve import _binary_encode as packed

from tests.web.serving import serving
from trainer.app.kit import page_driver
from trainer.web import downloads, limits
from trainer.web.downloads import Downloads
from trainer.web.processes import Process


class Giving:
    """A process that gives what it has of a file, and then says nothing."""

    def __init__(self, *parts: bytes | str) -> None:
        self.parts = list(parts)
        self.downloads = Downloads(cast("Process", self))

    async def tell(self, **asked: Any) -> None:
        if self.parts:
            self.downloads.take(packed.dump(("deliver_chunk", asked["key"], self.parts.pop(0))))

    def offer(self, key: str = "k") -> str | None:
        return self.downloads.offer({"key": key, "path": "/x/a.csv", "mime_type": "text/csv"})

    async def taken(self, key: str = "k") -> list[bytes]:
        return [part async for part in self.downloads.content(key)]


async def test_a_file_comes_part_by_part_and_once() -> None:
    app = Giving(b"one, ", "two", b"")
    assert app.offer() == "k"
    assert await app.taken() == [b"one, ", b"two"]
    assert app.downloads.offered("k") is None
    assert await app.taken() == []


async def test_what_does_not_come_whole_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CHUNK_PATIENCE", 0.01)
    for parts in ([], [b"one"]):
        app = Giving(*parts)
        app.offer()
        with pytest.raises(ConnectionError):
            await app.taken()


async def test_who_waits_for_a_process_that_ends_is_told() -> None:
    app = Giving()
    app.offer()
    waiting = asyncio.create_task(app.taken())
    await asyncio.sleep(0)
    app.downloads.close()
    with pytest.raises(ConnectionError):
        await waiting


async def test_a_part_that_nobody_asked_for_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CHUNK_PATIENCE", 0.01)
    app = Giving(b"the file")
    for payload in (b"", b"nonsense", packed.dump(("deliver_chunk", "k", b"too early")), packed.dump("k")):
        app.downloads.take(payload)
    app.offer()
    app.downloads.take(packed.dump(("deliver_chunk", "k", b"too early")))
    content = app.downloads.content("k")
    assert await anext(content) == b"the file"


def test_what_the_server_offers_the_session_has() -> None:
    app = Giving()
    for number in range(30):
        app.offer(f"k{number}")
    offered = [number for number in range(30) if app.downloads.offered(f"k{number}")]
    assert offered == list(range(30 - downloads.MOST_OFFERED, 30))
    assert downloads.MOST_OFFERED < page_driver.MOST_OFFERED


async def until_it_ends(reader: asyncio.StreamReader) -> bytes:
    got = b""
    with suppress(ConnectionError):
        while part := await reader.read(4096):
            got += part
    return got


@pytest.mark.slow
async def test_a_silent_session_ends_the_line_and_puts_no_other_answer_into_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CHUNK_PATIENCE", 0.5)
    async with serving(tmp_path) as served:
        anna = await served.browser_of("Anna")
        async with anna.tab() as tab:
            key = (await (await tab.type("silent")).hears("deliver_file_start"))[1]
            reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
            asked = [f"GET /download/{key} HTTP/1.1"]
            asked += [f"{name}: {value}" for name, value in {**anna.headers, "Cookie": anna.cookie}.items()]
            writer.write("\r\n".join([*asked, "", ""]).encode())
            got = await asyncio.wait_for(until_it_ends(reader), 5)
            writer.close()
    assert got.startswith(b"HTTP/1.1 200")
    assert b"content of a file" in got
    assert got.count(b"HTTP/1.1") == 1
    assert not got.endswith(b"0\r\n\r\n"), "it does not look whole"


@pytest.mark.slow
@pytest.mark.parametrize("error", [ValueError("a fault"), ConnectionResetError()])
async def test_whatever_goes_wrong_half_a_file_is_no_whole_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    async def fail(*_: object) -> bytes:
        raise error

    monkeypatch.setattr(Downloads, "_next", fail)
    async with serving(tmp_path) as served:
        anna = await served.browser_of("Anna")
        async with anna.tab() as tab:
            key = (await (await tab.type("file")).hears("deliver_file_start"))[1]
            with pytest.raises(aiohttp.ClientError):
                await anna.get(f"/download/{key}")
