"""Sessions attacked by who has one: hung and full, frames that no browser sends, people who come and go."""

import asyncio
import struct
import time
from contextlib import suppress
from pathlib import Path

import aiohttp
import pytest

from tests.web.serving import Browser, Served, is_alive, until
from trainer.web.messages import REVOKED

pytestmark = pytest.mark.slow

TEXT, MORE, CLOSE, PING = 1, 0, 8, 9


@pytest.fixture
def quick(quick: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the server look every second whether a browser is still there, too."""
    monkeypatch.setattr("trainer.web.limits.HEARTBEAT", 1.0)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("pastes", [1, 4])
async def test_a_hung_session_that_takes_no_more_is_gone_soon_after_its_grace(
    served: Served, pastes: int
) -> None:
    anna = await served.browser_of("Anna")
    async with anna.tab() as tab:
        pid = await tab.pid()
        await (await tab.type("hang")).shows("hangs")
        for _ in range(pastes):
            with suppress(TimeoutError):
                async with asyncio.timeout(0.5):
                    await tab.type("x" * 900_000)
        tab.cut()
    await until(lambda: not is_alive(pid))  # nobody is there, and it takes nothing
    assert (await served.health())["watched"] == 0
    async with anna.tab() as tab:
        await tab.shows("Anna")


@pytest.mark.usefixtures("quick")
async def test_a_stolen_cookie_ends_with_the_one_it_was_taken_from(served: Served) -> None:
    anna, thief = await served.browser_of("Anna"), served.browser()
    for forget in (
        lambda: anna.asked("POST", "/leave"),
        lambda: asyncio.to_thread(served.people.revoke, "Anna"),
    ):
        await anna.enter(served.people.invite("Anna"))
        thief.cookie = anna.cookie
        async with thief.tab() as tab:
            await tab.shows("Anna")
            await forget()
            assert await tab.closes(within=4) == REVOKED
        assert (await thief.get("/who")).status == 401
        assert await thief.refused() == 401
        assert (await thief.asked("POST", "/leave")).status == 204
    await anna.enter(served.people.invite("Anna"))
    assert (await thief.get("/who")).status == 401, "who is invited again has another cookie"


async def test_a_file_that_many_ask_for_at_once_goes_to_one(served: Served) -> None:
    anna = await served.browser_of("Anna")
    async with anna.tab() as tab:
        key = (await (await tab.type("file")).hears("deliver_file_start"))[1]
        answers = await asyncio.gather(*(anna.get(f"/download/{key}") for _ in range(6)))
    assert sorted(each.status for each in answers) == [200] + [404] * 5
    assert [each.body for each in answers if each.status == 200] == [b"content of a file"]


def frame(kind: int, data: bytes, *, last: bool = True, bits: int = 0, length: int | None = None) -> bytes:
    """Return a frame as a browser masks it, or with a length that lies."""
    size = len(data) if length is None else length
    head = bytes([last << 7 | bits << 4 | kind])
    if size < 126:
        head += bytes([128 | size])
    else:
        head += bytes([128 | 127]) + struct.pack(">Q", size)
    return head + bytes(4) + data


BROKEN = (
    (frame(TEXT, b'["stdin", "x"]', bits=4), 1002),
    (frame(3, b"x"), 1002),
    (frame(15, b"x"), 1002),
    (frame(PING, b"x" * 200), 1002),
    (frame(PING, b"x", last=False), 1002),
    (frame(MORE, b"x"), 1002),
    (frame(TEXT, b'["st', last=False) + frame(TEXT, b'din", "x"]'), 1002),
    (frame(CLOSE, b"x"), 1002),
    (frame(CLOSE, b"\x00\x01"), 1002),
    (frame(TEXT, b"\xff\xfe"), 1007),
    (frame(TEXT, b"", length=2**63 - 1), 1009),
    (frame(TEXT, b"", length=2**64 - 1), 1009),
    (frame(TEXT, b"x" * 60_000, last=False) + frame(MORE, b"x" * 60_000, last=False) * 20, 1009),
    (frame(TEXT, b'["stdin",' + b"[" * 100_000), 1008),
    (frame(TEXT, b'["resize", {"width": NaN, "height": 24}]'), 1008),
    (frame(TEXT, b'["resize", {"width": 1000000000, "height": 1000000000}]'), 1008),
)


async def line_of(browser: Browser) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Return a socket on which anything may be said."""
    reader, writer = await asyncio.open_connection("127.0.0.1", browser.served.port)
    headers = browser.headers | {
        "Cookie": browser.cookie,
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    writer.write(f"GET /socket?width=80&height=24 HTTP/1.1\r\n{head}\r\n".encode())
    assert b" 101 " in await reader.readuntil(b"\r\n\r\n")
    return reader, writer


async def test_frames_that_no_browser_sends_close_the_line_and_not_the_session(served: Served) -> None:
    anna = await served.browser_of("Anna")
    async with anna.tab() as tab:
        await (await tab.type("abc")).shows("abc")
        pid = await tab.pid()
    for sent, code in BROKEN:
        reader, writer = await line_of(anna)
        writer.write(sent)
        said = b""
        with suppress(ConnectionError):
            async with asyncio.timeout(5):
                while part := await reader.read(64 * 1024):
                    said += part
        assert not said or said.endswith(b"\x88\x02" + code.to_bytes(2, "big")) or code == 1009, sent[:60]
        writer.close()
    async with anna.tab() as tab:
        await tab.shows("again abc")
        assert await tab.pid() == pid


async def test_pings_and_empty_frames_by_the_thousand_keep_nobody_waiting(served: Served) -> None:
    anna, ben = await served.browser_of("Anna"), await served.browser_of("Ben")
    async with ben.tab() as other:
        await other.shows("Ben")
        for flood in (frame(PING, b"p" * 100) * 5000, b"".join(empty_parts(20_000))):
            _reader, writer = await line_of(anna)
            writer.write(flood)
            for _ in range(5):
                began = time.monotonic()
                await (await other.type("x")).shows("x")
                assert time.monotonic() - began < 2
            writer.transport.abort()


def empty_parts(count: int) -> list[bytes]:
    parts = [frame(MORE, b"", last=False)] * count
    return [frame(TEXT, b'["stdin", "', last=False), *parts, frame(MORE, b'y"]')]


def left_open(served: Served) -> tuple[int, int, int]:
    """Return how many files this process and the parent of sessions have open, and how many sessions run."""
    parent = served.processes.parent
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    here, there = (len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in ("self", parent))
    return here, there, len(children)


def no_more(now: tuple[int, ...], before: tuple[int, ...]) -> bool:
    return all(each <= earlier for each, earlier in zip(now, before, strict=True))


@pytest.mark.usefixtures("quick")
async def test_many_who_come_and_go_leave_nothing_behind(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.web.limits.STARTS_A_MINUTE", 1000)
    known = [await served.browser_of(name) for name in ("Anna", "Ben", "Cleo", "Dora")]
    for each in known:
        await come_and_go(each, 0)
    await until(lambda: left_open(served)[2] == 0)
    before, tasks = left_open(served), len(asyncio.all_tasks())
    for turn in range(5):
        await asyncio.gather(*(come_and_go(each, turn + number) for number, each in enumerate(known)))
    await until(lambda: no_more(left_open(served), before))
    assert left_open(served)[2] == 0
    await until(lambda: len(asyncio.all_tasks()) <= tasks)
    assert (await served.health())["sessions"] == 0


async def come_and_go(browser: Browser, turn: int) -> None:
    match turn % 5:
        case 0:
            async with browser.tab() as tab:
                await tab.shows("x")
        case 1:
            async with browser.tab() as tab:
                tab.cut()
        case 2:
            async with browser.tab() as tab, browser.tab():
                await (await tab.type("crash")).closes()
        case 3:
            async with browser.tab() as tab:
                await (await tab.type("leave")).closes()
        case 4:
            _reader, writer = await line_of(browser)
            writer.transport.abort()


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("wait", [0.0, 0.005, 0.02])
async def test_who_is_revoked_while_ten_tabs_open_is_out_of_all(served: Served, wait: float) -> None:
    anna = await served.browser_of("Anna")
    opened = [asyncio.create_task(_closed(anna)) for _ in range(10)]
    await asyncio.sleep(wait)
    await asyncio.to_thread(served.people.revoke, "Anna")
    codes = await asyncio.gather(*opened)
    assert None not in codes
    await until(lambda: left_open(served)[2] == 0, within=5)


async def _closed(browser: Browser) -> int | None:
    """Return with what a tab is closed or refused, None for one that stays."""
    try:
        async with browser.tab() as tab:
            return await tab.closes(within=6)
    except aiohttp.WSServerHandshakeError as error:
        return error.status
    except TimeoutError:
        return None


DAMAGED = (
    b"",
    b"{",
    b"[" * 100_000,
    b'{"people":[{}]}',
    b'{"people":[],"format":2}',
    (
        b'{"people":[{"id":"NAME","name":"Eve","made":"2026-01-01T00:00:00","browsers":'
        b'[{"hash":"HASH","made":"2026-01-01T00:00:00","seen":"2026-01-01T00:00:00"}]}]}'
    ),
)


@pytest.mark.usefixtures("quick")
async def test_while_the_list_of_the_invited_is_damaged_nobody_new_comes_in(
    served: Served, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.web.limits.HEARTBEAT", 20.0)  # the tab reads nothing meanwhile
    anna = await served.browser_of("Anna")
    person = served.people.roster().people[0]
    async with anna.tab() as tab:
        await tab.shows("Anna")
        good = served.folder.people.read_bytes()
        for each in DAMAGED:
            of_anna = each.replace(b"NAME", person.id.encode())
            served.folder.people.write_bytes(of_anna.replace(b"HASH", person.browsers[0].hash.encode()))
            await asyncio.sleep(0.3)
            assert (await anna.get("/who")).status == 503, each
            assert (await served.browser().enter("guess")).status == 503, each
            assert await anna.refused() == 503, each
        await (await tab.type("abc")).shows("abc")
        served.folder.people.write_bytes(good)
        await asyncio.sleep(0.3)
        assert (await anna.get("/who")).status == 200
        await asyncio.to_thread(served.people.revoke, "Anna")
        assert await tab.closes(within=4) == REVOKED, "it is still looked who is invited"
    assert "unforeseen" not in caplog.text
