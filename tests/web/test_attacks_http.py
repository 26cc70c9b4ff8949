"""Requests that no browser sends: smuggled, unreadable, packed, and answers that nobody reads."""

import asyncio
import socket
import zlib
from contextlib import suppress
from pathlib import Path

import pytest

from tests.web.serving import Browser, Served

pytestmark = pytest.mark.slow

HIDDEN = "GET /who HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n\r\n"
"""A request of somebody who is known: its answer has their name."""

LENGTHS = (
    "Content-Length: 2\r\nContent-Length: 2",
    "Content-Length: 2\r\nContent-Length: 3",
    "Content-Length: 2, 2",
    "Content-Length: +2",
    "Content-Length: -2",
    "Content-Length: 0x2",
    "Content-Length: 2_",
    "Content-Length: 99999999999999999999999",
    "Content-Length: 4\r\nTransfer-Encoding: chunked",
    "Transfer-Encoding: chunked\r\nContent-Length: 4",
    "Transfer-Encoding: xchunked",
    "Transfer-Encoding: chunked, identity",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
    "Transfer-Encoding : chunked",
    "Transfer-Encoding: \x0bchunked",
    "Content-Length: 2\r\n Transfer-Encoding: chunked",
    "X: a\nTransfer-Encoding: chunked",
    "X: a\rTransfer-Encoding: chunked",
)
CHUNKS = ("-1\r\n{}", "2;\n{}\r\n0", "ffffffffffffffffff\r\n{}", "0x2\r\n{}\r\n0", "2\r\n{}0\r\n\r\n")

ODD = (
    "GET //[ HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "GET //[::1/who HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "GET /who HTTP/1.1\r\nHost: {host}\r\nExpect: private\r\n\r\n",
    "GET /private HTTP/1.1\r\nHost: {host}\r\nExpect: private\r\n\r\n",
    "GET /%ff%fe HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "GET /who HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}=\xff\xfe\r\n\r\n",
    'GET /who HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}="\\101\\012"; $Path=/; ;;=\r\n\r\n',
    "GET /socket?width=80&width=9&height=1e3 HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
)


async def answered(served: Served, sent: str | bytes, within: float = 3) -> bytes:
    """Return all that is answered until the line is closed, or for a time."""
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    writer.write(sent if isinstance(sent, bytes) else sent.encode("latin-1"))
    answer = b""
    with suppress(TimeoutError, ConnectionError):
        async with asyncio.timeout(within):
            while part := await reader.read(64 * 1024):
                answer += part
    writer.close()
    return answer


def entering(browser: Browser, headers: str, body: str) -> str:
    """Return a request that enters, with other headers of its length, and one that hides behind it."""
    hidden = HIDDEN.format(host=browser.headers["Host"], cookie=browser.cookie)
    return f"{head_of(browser)}{headers}\r\n\r\n{body}\r\n\r\n{hidden}"


def head_of(browser: Browser) -> str:
    """Return the first lines of a request that enters."""
    host, origin = browser.headers["Host"], browser.headers["Origin"]
    return f"POST /enter HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\nContent-Type: application/json\r\n"


async def test_no_request_hides_in_the_length_of_another(served: Served) -> None:
    known = await served.browser_of("Anna")
    tried = [entering(known, each, "0") for each in LENGTHS]
    tried += [entering(known, "Transfer-Encoding: chunked", each) for each in CHUNKS]
    for each, answer in zip(
        tried, await asyncio.gather(*(answered(served, each) for each in tried)), strict=True
    ):
        assert answer.count(b"HTTP/1.") == 1, each
        assert answer.split(b" ", 2)[1] == b"400", each
        assert b"Anna" not in answer, each


async def test_the_body_of_what_is_refused_is_no_request(served: Served) -> None:
    known = await served.browser_of("Anna")
    host, origin = known.headers["Host"], known.headers["Origin"]
    hidden = HIDDEN.format(host=host, cookie=known.cookie)
    for request, status in {
        f"POST /nothing HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}": b"404",
        f"POST /enter HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}": b"415",
        f"POST /enter HTTP/1.1\r\nHost: {host}\r\nOrigin: http://evil.org": b"403",
        f"POST /enter HTTP/1.1\r\nHost: evil.org\r\nOrigin: {origin}": b"421",
        f"PUT /who HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}": b"405",
        f"GET /who HTTP/1.1\r\nHost: {host}": b"400",
    }.items():
        answer = await answered(served, f"{request}\r\nContent-Length: {len(hidden)}\r\n\r\n{hidden}", 1)
        assert (answer.count(b"HTTP/1."), answer.split(b" ", 2)[1]) == (1, status), request
        assert b"Anna" not in answer


async def test_what_is_asked_oddly_is_refused_and_not_repeated(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    for each in ODD:
        sent = each.replace("{host}", served.address.host_header).replace(
            "{cookie}", f"trainer-{served.port}"
        )
        answer = await answered(served, sent, 1)
        assert answer.split(b" ", 2)[1] in (b"400", b"401", b"404", b"417"), each
        assert b"private" not in answer, each
        assert b'{"message": "' in answer, each
    assert "unforeseen" not in caplog.text, "who asks oddly fills no log"


async def test_packed_bodies_are_not_unpacked(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    known = await served.browser_of("Anna")
    bomb = zlib.compress(b'{"secret":"' + b"a" * 64 * 1024 * 1024, 9)
    for kind, body in {"gzip": b"{}", "deflate": zlib.compress(b"{}"), "compress": b"{}"}.items():
        headers = {"Content-Type": "application/json", "Content-Encoding": kind}
        answer = await known.asked("POST", "/enter", data=body, headers=headers)
        assert answer.status in (400, 415), kind
    head = head_of(known) + f"Content-Encoding: deflate\r\nContent-Length: {len(bomb)}\r\n\r\n"
    before = memory_of_this_process()
    said = await answered(served, head.encode() + bomb)
    assert said.split(b" ", 2)[1] == b"415"
    assert memory_of_this_process() - before < 16 * 1024 * 1024
    assert "unforeseen" not in caplog.text


def memory_of_this_process() -> int:
    """Return its bytes in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


async def test_a_body_that_breaks_off_is_refused(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    known = await served.browser_of("Anna")
    head = head_of(known)
    for length, rest in (("Transfer-Encoding: chunked", "nonsense\r\n"), ("Content-Length: 50", '{"')):
        reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
        writer.write(f"{head}{length}\r\n\r\n".encode())
        await asyncio.sleep(0.2)
        writer.write(rest.encode())
        writer.write_eof()
        with suppress(ConnectionError):
            async with asyncio.timeout(8):
                answer = await reader.read()
            assert not answer or answer.split(b" ", 2)[1] == b"400"
        writer.close()
    assert "unforeseen" not in caplog.text
    assert (await known.get("/who")).status == 200


async def test_who_reads_no_answer_is_given_up(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trainer.web.limits.SEND_PATIENCE", 0.5)
    asked = f"GET /static/xterm.js HTTP/1.1\r\nHost: {served.address.host_header}\r\n\r\n".encode() * 20
    lines = []
    for _ in range(10):
        line = socket.socket()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.connect(("127.0.0.1", served.port))
        line.sendall(asked)
        lines.append(line)
    connections = 0
    for _ in range(50):
        if (connections := (await served.health())["connections"]) == 1:
            break
        await asyncio.sleep(0.2)
    assert connections == 1, "the one that asks"
    for line in lines:
        line.close()


async def test_who_reads_slowly_gets_all(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trainer.web.limits.SEND_PATIENCE", 0.5)
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(line, ("127.0.0.1", served.port))
    asked = f"GET /static/xterm.js HTTP/1.1\r\nHost: {served.address.host_header}\r\n\r\n".encode() * 8
    await loop.sock_sendall(line, asked)
    body = (await served.browser().get("/static/xterm.js")).body
    got = b""
    async with asyncio.timeout(60):
        while len(got) < 8 * len(body):
            part = await loop.sock_recv(line, 64 * 1024)
            assert part, f"cut off after {len(got)} of {8 * len(body)}"
            got += part
            await asyncio.sleep(0.01)
    line.close()
    assert got.count(b"200 OK") == 8
