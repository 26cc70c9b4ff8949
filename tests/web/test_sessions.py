"""One person's session: taken over, left and come back to, hung, killed, flooded, stopped in good order."""

import asyncio
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.web.serving import Served, Tab, is_alive, serving, until
from trainer.web.messages import ENDED, NO_TEXT, RESTARTS, REVOKED, TAKEN, UNREADABLE

pytestmark = pytest.mark.slow


def home_of(served: Served, name: str = "Anna") -> Path:
    person = served.people.roster().named(name)
    assert person is not None
    return served.folder.home_of(person.id)


async def test_a_second_tab_takes_over_and_the_first_says_so(served: Served) -> None:
    anna = await served.browser_of("Anna")
    async with anna.tab(80, 24) as first:
        await (await first.type("abc")).shows("abc")
        async with anna.tab(40, 50) as second:
            shown = await second.shows("again abc")
            assert "40x50" in shown
            assert await first.hears("taken") == ["taken"]
            assert await first.closes() == TAKEN
            await (await second.type("d")).shows("abcd")
            assert (await served.health())["sessions"] == 1


async def test_of_ten_tabs_at_once_one_stays_with_one_process(served: Served) -> None:
    anna = await served.browser_of("Anna")

    async def open_one() -> int | None:
        async with anna.tab() as tab:
            return await tab.closes(within=4)

    async with asyncio.TaskGroup() as group:
        opened = [group.create_task(_closed_or_open(open_one)) for _ in range(10)]
    codes = [each.result() for each in opened]
    assert codes.count(None) == 1, codes
    assert set(codes) <= {None, TAKEN, 4004}
    assert (await served.health())["sessions"] == 1


async def _closed_or_open(opened: Callable[[], object]) -> object:
    try:
        return await opened()  # type: ignore[misc]  # it is a coroutine
    except TimeoutError:
        return None


async def test_two_persons_have_nothing_of_each_other(served: Served) -> None:
    anna, ben = await served.browser_of("Anna"), await served.browser_of("Ben")
    async with anna.tab() as one, ben.tab() as other:
        await (await one.type("for anna")).shows("for anna")
        shown = await (await other.type("x")).shows("x")
        assert "anna" not in shown.lower()
        assert await one.pid() != await other.pid()
    assert home_of(served, "Anna") != home_of(served, "Ben")


async def test_who_loses_the_line_comes_back_to_the_same_session(served: Served) -> None:
    anna = await served.browser_of("Anna")
    async with anna.tab() as tab:
        await (await tab.type("abc")).shows("abc")
        pid = await tab.pid()
        tab.cut()
    assert (await served.health())["sessions"] == 1
    async with anna.tab(60, 20) as tab:
        assert "60x20" in await tab.shows("again abc")
        assert await tab.pid() == pid


@pytest.mark.usefixtures("quick")
async def test_who_stays_away_finds_all_that_was_answered(served: Served) -> None:
    anna = await served.browser_of("Anna")
    async with anna.tab() as tab:
        await (await tab.type("abc")).shows("abc")
        pid = await tab.pid()
    assert is_alive(pid)
    await until(lambda: not is_alive(pid), within=3)
    assert (home_of(served) / "whole.txt").read_text() == "abc", "it was put away in good order"
    assert (await served.health())["sessions"] == 0
    async with anna.tab() as tab:
        await tab.shows("Anna abc")


@pytest.mark.usefixtures("quick")
async def test_a_hung_session_is_gone_soon_after_its_grace(served: Served) -> None:
    anna = await served.browser_of("Anna")
    async with anna.tab() as tab:
        pid = await tab.pid()
        await (await tab.type("hang")).shows("hangs")
    took = await until(lambda: not is_alive(pid), within=6)
    assert took < 0.5 + 1.0 + 1.0, "grace, what is left to put a record away, and some"


@pytest.mark.usefixtures("quick")
async def test_an_app_that_hangs_before_an_open_tab_is_told_and_gone(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.web.limits.HANG_PATIENCE", 1.0)
    anna = await served.browser_of("Anna")
    async with anna.tab() as tab:
        await (await tab.type("abc")).shows("abc")
        pid = await tab.pid()
        await (await tab.type("hang")).shows("hangs")
        assert "did not answer any more" in (await tab.hears("ended", within=3))[1]
        assert await tab.closes() == ENDED
        await until(lambda: not is_alive(pid), within=2)
    async with anna.tab() as tab:
        await tab.shows("Anna abc")


@pytest.mark.usefixtures("quick")
async def test_an_app_that_answers_stays_however_long_its_tab_is_open(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.web.limits.HANG_PATIENCE", 0.3)
    anna = await served.browser_of("Anna")
    async with anna.tab() as tab:
        for typed in "abc":
            await (await tab.type(typed)).shows(typed)
            await asyncio.sleep(0.6)
        await (await tab.type("d")).shows("abcd")


@pytest.mark.usefixtures("quick")
async def test_a_session_that_ends_its_stream_and_stays_is_killed(served: Served) -> None:
    anna = await served.browser_of("Anna")
    async with anna.tab() as tab:
        await (await tab.type("abc")).shows("abc")
        pid = await tab.pid()
        await tab.type("mute")
        assert "Something went wrong" in (await tab.hears("ended"))[1]
        await until(lambda: not is_alive(pid), within=2)
    async with anna.tab() as tab:
        await tab.shows("Anna abc")


@pytest.mark.usefixtures("quick")
async def test_who_comes_back_to_a_hung_session_gets_another_one(served: Served) -> None:
    anna = await served.browser_of("Anna")
    async with anna.tab() as tab:
        await (await tab.type("abc")).shows("abc")
        pid = await tab.pid()
        await (await tab.type("hang")).shows("hangs")
        async with anna.tab() as again:
            await again.shows("Anna abc")
            assert await again.pid() != pid
    assert not is_alive(pid)


async def test_a_session_that_is_killed_says_so_and_begins_again(served: Served) -> None:
    anna = await served.browser_of("Anna")
    async with anna.tab() as tab:
        await (await tab.type("abc")).shows("abc")
        await tab.type("crash")
        assert "Something went wrong" in (await tab.hears("ended"))[1]
        assert await tab.closes() == ENDED
    async with anna.tab() as tab:
        await tab.shows("Anna abc")


async def test_leaving_ends_the_session_with_its_own_words(served: Served) -> None:
    anna = await served.browser_of("Anna")
    async with anna.tab() as tab:
        await tab.type("leave")
        assert await tab.hears("ended") == ["ended", "You have left."]
        assert await tab.closes() == ENDED
    assert (await served.health())["sessions"] == 0


async def test_revoking_ends_what_is_open(served: Served) -> None:
    anna, ben = await served.browser_of("Anna"), await served.browser_of("Ben")
    async with anna.tab() as tab, ben.tab() as other:
        await (await tab.type("abc")).shows("abc")
        pid = await tab.pid()
        served.people.revoke("Anna")
        assert await tab.closes(within=3) == REVOKED
        assert tab.told == [["revoked"]]
        await until(lambda: not is_alive(pid), within=2)
        assert (home_of(served) / "whole.txt").read_text() == "abc"
        assert (await anna.get("/who")).status == 401
        assert await anna.refused() == 401
        await (await other.type("x")).shows("x")


@pytest.mark.usefixtures("quick")
async def test_nothing_pressed_for_long_ends_the_session(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.web.limits.IDLE", 1.0)
    anna = await served.browser_of("Anna")
    async with anna.tab() as tab:
        for _ in range(4):
            await asyncio.sleep(0.4)
            await (await tab.type("a")).shows("a")
        for _ in range(10):  # a page that is only there is not pressed
            if tab.code is None:
                await tab.say("ping", "1")
        assert "Nothing was pressed" in (await tab.hears("ended"))[1]
        assert await tab.closes() == ENDED


@pytest.mark.usefixtures("quick")
async def test_a_client_that_reads_nothing_is_given_up_and_keeps_nobody_waiting(served: Served) -> None:
    anna, ben = await served.browser_of("Anna"), await served.browser_of("Ben")
    async with ben.tab() as other:
        await other.shows("Ben")
        before = memory_of_this_process()
        async with anna.tab() as tab:
            await tab.shows("Anna")
            connection = tab.socket._response.connection
            assert connection is not None
            assert connection.transport is not None
            connection.transport.pause_reading()
            await tab.type("flood")
            for _ in range(20):
                began = time.monotonic()
                await (await other.type("x")).shows("x")
                assert time.monotonic() - began < 0.5
                await asyncio.sleep(0.1)
            assert memory_of_this_process() - before < 16 * 1024 * 1024
            assert (await served.health())["watched"] == 1, "it was given up"


def memory_of_this_process() -> int:
    """Return its bytes in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


async def test_five_thousand_messages_at_once_are_taken_one_by_one(served: Served) -> None:
    anna, ben = await served.browser_of("Anna"), await served.browser_of("Ben")
    async with anna.tab() as tab, ben.tab() as other:
        await tab.shows("Anna")
        await other.shows("Ben")
        sending, since = asyncio.create_task(_send_many(tab, 5000)), time.monotonic()
        for _ in range(10):
            began = time.monotonic()
            await (await other.type("x")).shows("x")
            assert time.monotonic() - began < 0.5
        await asyncio.sleep(1)
        kept = (home_of(served) / "typed.txt").read_text()
        most = 400 + 200 * (time.monotonic() - since) + 5
        assert 0 < len(kept) <= most, "so many at once, and then so many a second"
        sending.cancel()


async def _send_many(tab: Tab, count: int) -> None:
    for _ in range(count):
        await tab.type("m")


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "{}",
        "null",
        "[]",
        '["stdin"]',
        '["stdin", 1]',
        '["stdin", "a", "b"]',
        '["stdin", "\\ud800"]',
        '["resize", {"width": 0, "height": 24}]',
        '["resize", {"width": 80}]',
        '["resize", {"width": 1e9, "height": 24}]',
        '["resize", {"width": "80", "height": 24}]',
        '["quit"]',
        '["repaint"]',
        '["deliver_chunk_request", {"key": "a", "size": 1}]',
        '["ping", "' + "a" * 1000 + '"]',
        '[["stdin", "a"], ["stdin", "b"]]',
        "[" * 60_000,
        '["stdin",' + "[" * 60_000,
        '{"a":' * 20_000,
        'D\x00\x00\x00\x01a["stdin", "a"]',
        "not json",
    ],
)
async def test_what_no_page_of_ours_says_closes_the_line_and_not_the_session(
    served: Served, sent: str
) -> None:
    anna = await served.browser_of("Anna")
    async with anna.tab() as tab:
        await (await tab.type("abc")).shows("abc")
        await tab.socket.send_str(sent)
        assert await tab.closes(within=3) == UNREADABLE
    async with anna.tab() as tab:
        await tab.shows("again abc")


async def test_large_and_other_frames(served: Served) -> None:
    anna = await served.browser_of("Anna")
    async with anna.tab() as tab:
        text = "p" * 64 * 1024
        await (await tab.type(text)).shows(text)
        await tab.socket.send_bytes(b"D\x00\x00\x00\x01a")
        assert await tab.closes() == NO_TEXT
    async with anna.tab() as tab:
        await tab.shows("again")
        try:
            await tab.type("p" * 50 * 1024 * 1024)
            assert await tab.closes() == 1009
        except ConnectionError:
            pass  # it was closed while that was sent
    async with anna.tab() as tab:
        await tab.shows("again")


async def test_a_window_without_a_size_is_none(served: Served) -> None:
    anna = await served.browser_of("Anna")
    for size in (
        "width=0&height=24",
        "width=80",
        "",
        "width=x&height=y",
        "width=99999&height=1",
        "width=-1&height=5",
    ):
        asked = await anna.get(f"/socket?{size}", headers={"Upgrade": "websocket", "Connection": "Upgrade"})
        assert asked.status == 400, size
    assert (await anna.get("/socket?width=80&height=24")).status == 400


async def test_sockets_are_not_compressed(served: Served) -> None:
    anna = await served.browser_of("Anna")
    async with anna.tab(80, 24, **{"Sec-WebSocket-Extensions": "permessage-deflate"}) as tab:
        assert not tab.socket.compress
        assert "Sec-WebSocket-Extensions" not in tab.socket._response.headers
        await tab.shows("Anna")


async def test_stopping_puts_all_records_away(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        anna, ben = await served.browser_of("Anna"), await served.browser_of("Ben")
        async with anna.tab() as tab, ben.tab() as other:
            await (await tab.type("abc")).shows("abc")
            await (await other.type("xyz")).shows("xyz")
            async with ben.tab() as _taken_over:
                pass
            served.stop()
            assert await tab.closes() == RESTARTS
    assert (home_of(served, "Anna") / "whole.txt").read_text() == "abc"
    assert (home_of(served, "Ben") / "whole.txt").read_text() == "xyz", "nobody looked at it"


async def test_the_process_that_sessions_are_made_from_may_be_killed(served: Served) -> None:
    anna = await served.browser_of("Anna")
    async with anna.tab() as tab:
        await (await tab.type("abc")).shows("abc")
        assert served.processes.parent is not None
        os.kill(served.processes.parent, signal.SIGKILL)
        assert await tab.closes() == ENDED
    async with anna.tab() as tab:
        await tab.shows("Anna abc")


async def test_who_starts_too_often_waits(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trainer.web.limits.STARTS_A_MINUTE", 3)
    anna = await served.browser_of("Anna")
    for _ in range(3):
        async with anna.tab() as tab:
            await (await tab.type("leave")).hears("ended")
    async with anna.tab() as tab:
        assert "many times in a row" in (await tab.hears("busy"))[1]
        assert await tab.closes() == 4004


async def test_more_sessions_than_there_is_room_for_are_told(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.web.limits.MOST_SESSIONS", 1)
    anna, ben = await served.browser_of("Anna"), await served.browser_of("Ben")
    async with anna.tab() as tab:
        await tab.shows("Anna")
        async with ben.tab() as other:
            assert "Many people" in (await other.hears("busy"))[1]
        async with anna.tab() as again:
            await again.shows("again")
