"""The walls of the server: who asks from elsewhere, with what is not theirs, or for what is not there."""

import asyncio
from contextlib import suppress
from pathlib import Path

import aiohttp
import pytest

from tests.web.serving import Served, serving
from trainer.web.address import Address

pytestmark = pytest.mark.slow

FOREIGN = (
    "https://evil.org",
    "null",
    "",
    "http://127.0.0.1",
    "http://127.0.0.1:1",
    "http://127.0.0.1.evil.org:{port}",
    "http://localhost:{port}",  # of this computer, but not of the page that was asked
    "https://127.0.0.1:{port}",
    "http://127.0.0.1:{port}/",
    "http://127.0.0.1:{port} https://evil.org",
    "HTTP://127.0.0.1:{port}",
)
HOSTS = (
    "evil.org",
    "evil.org:{port}",
    "127.0.0.1",
    "127.0.0.1:1",
    "127.0.0.1:{port}.evil.org",
    "127.0.0.1:{port}@evil.org",
    "127.1:{port}",
    "[::1]:{port}",
)

NO_REQUESTS = (
    "GET /who HTTP/1.1\r\n\r\n",
    "GET /who HTTP/1.0\r\n\r\n",
    "GET /who HTTP/1.1\r\nHost: {host}\r\nHost: {host}\r\n\r\n",
    "GET /who HTTP/1.1\r\nHost: {host}\r\nHost: evil.org\r\n\r\n",
    "GET /who HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nOrigin: https://evil.org\r\n\r\n",
    "GET http://evil.org/who HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "GET http://{host}/who HTTP/1.1\r\nHost: evil.org\r\n\r\n",
    "GET //evil.org/who HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "CONNECT evil.org:443 HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "GET /who HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5\r\n\r\nhello",
    "GET /who HTTP/1.1\r\nHost: {host}\r\nX: a\x00b\r\n\r\n",
    "GET /who HTTP/1.1\r\nHost : {host}\r\n\r\n",
    "GET /who HTTP/9.9\r\nHost: {host}\r\n\r\n",
    "\x16\x03\x01\x02\x00\x01\x00",
    "GET /" + "a" * 10_000 + " HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: {host}\r\nX: " + "a" * 10_000 + "\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: {host}\r\n" + "X: a\r\n" * 200 + "\r\n",
    (
        "POST /enter HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nContent-Type: application/json\r\n"
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /who HTTP/1.1\r\n\r\n"
    ),
)

NO_FILES = (
    "/static/../people.json",
    "/static/%2e%2e/%2e%2e/people.json",
    "/static/..%2fpeople.json",
    "/static/%2e%2e%2fpeople.json",
    "/static//etc/passwd",
    "/static/%2fetc%2fpasswd",
    "/static/files.py",
    "/static/index.html",
    "/static/",
    "/static",
    "/static/start.js%00",
    "/static/start.js/",
    "/web/people.json",
    "/people.json",
    "/../../etc/passwd",
    "/download/../who",
    "/download/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "/download/",
    "/.git/config",
    "/ws",
    "/index.html",
    "/WHO",
    "/who/",
    "/healthz/",
)

NO_SECRETS = (
    b"",
    b"{}",
    b"[]",
    b"null",
    b'"secret"',
    b'{"secret": 1}',
    b'{"secret": null}',
    b'{"secret": ["a"]}',
    b'{"secret": "a", "more": 1}',
    b'{"secret": "\\ud800"}',
    b'{"secret": "\xff"}',
    b"[" * 1000,
    b'{"secret":' * 90,
)


async def test_without_a_link_there_is_a_page_and_no_process(served: Served) -> None:
    stranger = served.browser()
    page = await stranger.get("/")
    assert page.status == 200
    who = await stranger.get("/who")
    assert (who.status, "Ask whoever invited you" in who.message) == (401, True)
    assert await stranger.refused() == 401
    assert (await stranger.get("/download/key")).status == 401
    assert (await served.health())["sessions"] == 0


async def test_other_pages_may_ask_nothing(served: Served) -> None:
    secret = served.people.invite("Anna")
    known = await served.browser_of("Ben")
    for each in FOREIGN:
        origin = each.format(port=served.port)
        assert (await served.browser(Origin=origin).enter(secret)).status == 403, origin
        assert await known.refused(Origin=origin) == 403, origin
        assert (await known.asked("POST", "/leave", headers={"Origin": origin})).status == 403, origin
        if origin:
            for path in ("/", "/who", "/static/start.js", "/download/key"):
                assert (await known.get(path, headers={"Origin": origin})).status == 403, (path, origin)
    assert (await served.health())["sessions"] == 0
    assert (await served.browser().enter(secret)).status == 204, "the link was not spent by any of them"


async def test_other_names_lead_nowhere(served: Served) -> None:
    secret = served.people.invite("Anna")
    known = await served.browser_of("Ben")
    for each in HOSTS:
        host = each.format(port=served.port)
        for headers in ({"Host": host}, {"Host": host, "Origin": f"http://{host}"}):
            assert (await served.browser(**headers).enter(secret)).status in (400, 421), headers
            assert await known.refused(**headers) in (400, 421), headers
            for path in ("/", "/who", "/static/start.js", "/download/key"):
                assert (await known.get(path, headers=headers)).status in (400, 421), (path, headers)
    for host in ("evil.org", f"127.0.0.1:{served.port}.evil.org", f"evil.org:{served.port}"):
        assert (await known.get("/healthz", headers={"Host": host})).status == 421
    localhost = f"localhost:{served.port}"
    assert (
        await known.get("/who", headers={"Host": localhost, "Origin": f"http://{localhost}"})
    ).status == 200


async def test_a_request_that_is_none_is_refused(served: Served) -> None:
    for head in NO_REQUESTS:
        answer = await _raw(served, head.replace("{host}", served.address.host_header))
        assert int(answer.split(b" ", 2)[1]) in (400, 403, 404, 405, 421), answer
        assert b"ython" not in answer
        assert b"aiohttp" not in answer
        assert b"evil" not in answer


async def _raw(served: Served, head: str) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    writer.write(head.encode("latin-1"))
    answer = b""
    async with asyncio.timeout(10):
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            answer = await reader.readuntil(b"\r\n\r\n")
            length = int(answer.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            answer += await reader.readexactly(length)
    writer.close()
    return answer


async def test_paths_lead_to_no_file(served: Served) -> None:
    for path in NO_FILES:
        known = await served.browser_of("Anna")
        host = served.address.host_header
        head = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {known.cookie}\r\nConnection: close\r\n\r\n"
        answer = await _raw(served, head)
        assert int(answer.split(b" ", 2)[1]) in (400, 404), answer
        assert b"root:" not in answer


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
async def test_what_is_not_asked_is_not_answered(served: Served, method: str) -> None:
    known = await served.browser_of("Anna")
    for path in ("/", "/who", "/enter", "/socket", "/healthz", "/leave"):
        assert (await known.asked(method, path)).status == 405, path


async def test_headers_tell_browsers_to_trust_this_page_alone(served: Served) -> None:
    known = await served.browser_of("Anna")
    for path in ("/", "/who", "/static/start.js", "/healthz", "/nothing", "/socket"):
        headers = (await known.get(path)).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"], path
        assert "unsafe" not in headers["Content-Security-Policy"], path
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], path
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert headers["Referrer-Policy"] == "no-referrer", path
        assert headers["Server"] == "trainer", path
        assert "Access-Control-Allow-Origin" not in headers, path
        if path in ("/who", "/healthz", "/nothing", "/socket"):
            assert headers["Cache-Control"] == "no-store", path


async def test_a_cookie_is_for_this_page_alone(tmp_path: Path) -> None:
    public = Address("https", "trainer.example.org", 443)
    async with serving(tmp_path, address=public) as served:
        secret = served.people.invite("Anna")
        browser = served.browser()
        answer = await browser.enter(secret)
        cookie = answer.headers["Set-Cookie"]
        assert cookie.startswith("__Host-trainer=")
        for each in ("HttpOnly", "Secure", "SameSite=Strict", "Path=/"):
            assert each in cookie
        assert "Domain" not in cookie
        assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
        assert (await browser.get("/who")).status == 200
        local = {"Host": f"127.0.0.1:{served.port}", "Origin": f"http://127.0.0.1:{served.port}"}
        assert (await browser.get("/who", headers=local)).status == 421, "only the public name is its own"
        assert (await browser.get("/", headers=local)).status == 421
        assert (await browser.get("/healthz", headers=local)).status == 200, "for whoever looks after it"
        assert (await browser.get("/healthz", headers={"Host": "evil.org:80"})).status == 421
        for forwarded in ({"X-Forwarded-Host": "evil.org"}, {"X-Forwarded-Proto": "http"}):
            assert (await browser.get("/who", headers=forwarded)).status == 200, (
                "what a proxy says is not trusted"
            )
        lied = {"Host": "evil.org", "X-Forwarded-Host": "trainer.example.org"}
        assert (await browser.get("/who", headers=lied)).status == 421


async def test_cookies_that_are_not_known_open_nothing(served: Served) -> None:
    known = await served.browser_of("Anna")
    hashed = served.people.roster().people[0].browsers[0].hash
    name = known.cookie.partition("=")[0]
    assert name == f"trainer-{served.port}", "another server on this computer has another"
    for cookie in (
        f"{name}=",
        f"{name}=x",
        f"{name}={hashed}",
        f"{name}={served.people.roster().people[0].id}",
        f"{name}=" + "a" * 43,
        f"{name}=" + "a" * 3000,
        "__Host-" + known.cookie,
        known.cookie.upper(),
        known.cookie[:-1],
        known.cookie + "x",
        f"{name}=%00",
    ):
        forged = served.browser(Cookie=cookie)
        assert (await forged.get("/who")).status == 401, cookie
        assert await forged.refused(Cookie=cookie) == 401, cookie
    assert (await served.health())["sessions"] == 0
    assert (await known.get("/who")).status == 200


async def test_signing_out_forgets_the_cookie_and_closes_its_tab(served: Served) -> None:
    known = await served.browser_of("Anna")
    async with known.tab() as tab:
        await tab.shows("Anna")
        gone = await known.asked("POST", "/leave")
        assert (gone.status, "Max-Age=0" in gone.headers["Set-Cookie"]) == (204, True)
        assert await tab.closes(within=4) == 4003
    assert (await known.get("/who")).status == 401


async def test_a_link_lets_one_of_twenty_in(served: Served) -> None:
    secret = served.people.invite("Anna")
    answers = await asyncio.gather(*(served.browser().enter(secret) for _ in range(20)))
    assert sorted(each.status for each in answers) == [204] + [403] * 19
    assert all("opened before" in each.message for each in answers if each.status == 403)
    assert (await served.browser().enter(secret)).status == 403


async def test_guesses_are_slowed_down_and_a_right_link_is_not(served: Served) -> None:
    secret = served.people.invite("Anna")
    statuses = [(await served.browser().enter(f"guess{number}")).status for number in range(60)]
    assert statuses[:20] == [403] * 20
    assert 429 in statuses
    assert (await served.browser().enter(secret)).status == 204


async def test_whatever_is_refused_is_counted(served: Served) -> None:
    stranger = served.browser()
    for path in ("/", "/who"):  # as who opens a link: nobody was refused anything
        await stranger.get(path)
    anna = await served.browser_of("Anna")
    await anna.get("/who")
    assert (await served.health())["refused"] == 0
    statuses = {(await stranger.enter(f"guess {number}")).status for number in range(45)}
    assert statuses == {403, 429}
    name = anna.cookie.partition("=")[0]
    forged = served.browser(Cookie=f"{name}=forged")
    for path in ("/who", "/download/key"):
        assert (await forged.get(path)).status == 401
    assert await forged.refused(Cookie=f"{name}=forged") == 401
    assert (await anna.get("/static/none")).status == 404
    assert (await anna.get("/who", headers={"Origin": "https://evil.org"})).status == 403
    assert (await served.health())["refused"] == 45 + 3 + 2


async def test_what_the_page_does_not_send_is_refused(served: Served) -> None:
    for body in NO_SECRETS:
        headers = {"Content-Type": "application/json"}
        answer = await served.browser().asked("POST", "/enter", data=body, headers=headers)
        assert answer.status in (400, 403)
        assert answer.message


async def test_a_form_of_another_page_enters_nowhere(served: Served) -> None:
    secret = served.people.invite("Anna")
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        headers = {"Content-Type": kind}
        body = b'{"secret": "' + secret.encode() + b'"}'
        assert (await served.browser().asked("POST", "/enter", data=body, headers=headers)).status == 415
    too_long = b'{"secret": "' + b"a" * 100_000 + b'"}'
    headers = {"Content-Type": "application/json"}
    assert (await served.browser().asked("POST", "/enter", data=too_long, headers=headers)).status == 413
    for site in ("cross-site", "same-site"):
        assert (await served.browser().enter(secret, headers={"Sec-Fetch-Site": site})).status == 403
    assert (await served.browser().enter(secret)).status == 204


async def test_a_person_gets_no_file_of_another(served: Served) -> None:
    anna, ben = await served.browser_of("Anna"), await served.browser_of("Ben")
    async with anna.tab() as tab, ben.tab() as other:
        await tab.shows("Anna")
        await other.shows("Ben")
        key = (await (await tab.type("file")).hears("deliver_file_start"))[1]
        assert (await ben.get(f"/download/{key}")).status == 404
        answer = await anna.get(f"/download/{key}")
        assert (answer.status, answer.body) == (200, b"content of a file")
        assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''brief.txt"
        assert (await anna.get(f"/download/{key}")).status == 404, "it is handed out once"


async def test_half_a_file_does_not_look_like_a_whole_one(served: Served) -> None:
    anna = await served.browser_of("Anna")
    async with anna.tab() as tab:
        key = (await (await tab.type("half")).hears("deliver_file_start"))[1]
        with pytest.raises(aiohttp.ClientError):
            await anna.get(f"/download/{key}")


async def test_a_page_is_only_looked_at(served: Served) -> None:
    anna = await served.browser_of("Anna")
    async with anna.tab() as tab:
        told = await (await tab.type("page")).hears("deliver_file_start")
        assert told[2] == {"inline": True}
        answer = await anna.get(f"/download/{told[1]}")
        assert answer.headers["Content-Disposition"] == "inline; filename*=UTF-8''a%20%22brief%22%20.html"
        assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


async def test_a_session_sees_nothing_of_the_server(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    anna = await served.browser_of("Anna")
    async with anna.tab() as tab:
        told = await tab.tells()
    home = served.folder.home_of(served.people.roster().people[0].id)
    names = {each.partition("=")[0] for each in told["first"] if each}
    allowed = {
        "LANG",
        "PYTHONPATH",
        "TERM",
        "COLORTERM",
        "TEXTUAL_COLOR_SYSTEM",
        "TEXTUAL_FPS",
        "TZ",
        "TMPDIR",
    }
    assert names <= allowed | {"SSL_CERT_FILE"}
    assert told["folder"] == told["environment"]["HOME"] == str(home)
    assert told["files"] == [0, 1, 2, 3], "the last is the folder that lists them"
    assert anna.cookie.partition("=")[2] not in str(told)
    assert "PATH" not in told["environment"]


async def test_silent_connections_are_closed_and_keep_nobody_out(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.web.limits.MOST_CONNECTIONS", 210)
    silent = [await asyncio.open_connection("127.0.0.1", served.port) for _ in range(200)]
    known = await served.browser_of("Anna")
    async with known.tab() as tab:
        await tab.shows("Anna")
        assert (await served.health())["connections"] >= 200
        more = [await asyncio.open_connection("127.0.0.1", served.port) for _ in range(30)]
        async with asyncio.timeout(5):
            ends = await asyncio.gather(*(reader.read() for reader, _ in more[-10:]), return_exceptions=True)
        assert all(end == b"" or isinstance(end, ConnectionError) for end in ends)
        await (await tab.type("a")).shows("a")
    for _, writer in silent + more:
        writer.close()


async def test_headers_drop_by_drop_are_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trainer.web.limits.HEADER_PATIENCE", 1.0)
    monkeypatch.setattr("trainer.web.limits.BODY_PATIENCE", 1.0)
    async with serving(tmp_path) as served:
        host = served.address.host_header
        body = f"POST /enter HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n"
        body += "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"
        for head in ("GET / HT", f"GET / HTTP/1.1\r\nHost: {host}\r\nX-A: ", body):
            reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
            writer.write(head.encode())
            dropping = asyncio.create_task(_drop(writer))
            async with asyncio.timeout(6):
                answer = await reader.read()
            dropping.cancel()
            assert answer == b"" or answer.split(b" ", 2)[1] in (b"400", b"408")
            writer.close()


async def _drop(writer: asyncio.StreamWriter) -> None:
    while True:
        await asyncio.sleep(0.2)
        writer.write(b"a")


async def test_nothing_of_anybody_stands_in_the_logs(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.web.limits.REFUSED_EVERY", 0.2)
    async with serving(tmp_path) as served:
        await _log_all(served, caplog)


async def _log_all(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"):
        secret = served.people.invite("Cassandra")
        browser = served.browser()
        await browser.enter(secret)
        await browser.enter(secret)
        async with browser.tab() as tab:
            await (await tab.type("private answer")).shows("private")
            key = (await (await tab.type("file")).hears("deliver_file_start"))[1]
            await browser.get(f"/download/{key}?private")
            await tab.socket.send_str("private nonsense")
            await tab.closes()
        async with aiohttp.ClientSession() as asking:
            await asking.get(f"{served.url}/private", headers={"Host": "private.org"})
        await _raw(served, "private private private\r\n\r\n")
        await asyncio.sleep(0.5)
    ours = "\n".join(each.getMessage() for each in caplog.records if each.name != "asyncio")
    assert "started in" in ours
    assert "refused in the last minute: " in ours
    for each in ("Cassandra", "private", secret, browser.cookie, key):
        assert each not in ours
