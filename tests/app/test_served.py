"""The app as a server runs it: a process on packets, from the first question to its end."""

import json
import re
import resource
import sys
from pathlib import Path

import pytest

from tests.served import Page, person_home
from trainer.app.kit.packets import LARGEST, packet
from trainer.engine.engine import Engine
from trainer.engine.server_words import ASK

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="a server runs on Linux or macOS"),
]


def begin(page: Page) -> None:
    """Take what first run offers, up to the first question."""
    page.wait_for("What do you hire for?")
    page.press_for("\r", "How many minutes a day?")
    page.press_for("\r", "Don't know")


def test_who_has_no_terminal_is_told_how_a_browser_copies(tmp_path: Path) -> None:
    with Page(tmp_path, rows=60) as page:
        begin(page)
        shown = " ".join(page.press_for("?", "To copy what stands here").split())
        assert "Ctrl+C" in shown
        assert "terminal" not in shown


def answers(root: Path) -> int:
    """Return how many answers Anna has saved. Nobody has her record open."""
    with Engine.open(person_home(root, "Anna"), "Anna") as engine:
        return engine.progress.totals(engine.day).reviews


def test_a_newcomer_answers_without_saying_who_they_are(tmp_path: Path) -> None:
    with Page(tmp_path) as page:
        begin(page)
        assert "Your name" not in page.text
        page.press_for("1", "1 done")
        page.press("\x11")
        assert "Every answer is saved." in page.wait_for_told("ended")["message"]
        assert page.wait_for_end() == 0
    assert answers(tmp_path) == 1


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux limits another process")
def test_a_disk_that_takes_nothing_is_told_without_a_path_or_a_command(tmp_path: Path) -> None:
    (home := tmp_path / "our trainer").mkdir()
    with Page(home, columns=140) as page:
        begin(page)
        resource.prlimit(page.process.pid, resource.RLIMIT_FSIZE, (0, 0))
        shown = page.press_for("1", "Not saved")
        assert ASK in shown
        assert not re.search(r"our trainer|homes|anna\.json|\.journal|make space", shown)


def test_the_end_of_the_server_is_the_end_of_the_app_with_its_record_whole(tmp_path: Path) -> None:
    with Page(tmp_path) as page:
        begin(page)
        page.press_for("1", "1 done")
        page.hang_up()
        assert page.process.wait(5) == 0
    assert answers(tmp_path) == 1


def test_a_server_that_takes_nothing_and_goes_does_not_keep_the_app(tmp_path: Path) -> None:
    with Page(tmp_path) as page:
        begin(page)
        for _ in range(200):
            page.tell(type="repaint")
        assert page.process.stdin
        page.process.stdin.close()
        assert page.process.wait(10) == 0


def test_who_asks_whether_the_app_goes_on_is_answered(tmp_path: Path) -> None:
    with Page(tmp_path) as page:
        begin(page)
        for _ in range(3):
            page.tell(type="ping")
            page.wait_for_told("pong")


def test_a_page_that_comes_back_is_painted_anew(tmp_path: Path) -> None:
    with Page(tmp_path) as page:
        begin(page)
        before = page.text
        page.renew()
        page.wait_for(before)


def test_the_size_follows_the_window_within_limits(tmp_path: Path) -> None:
    with Page(tmp_path) as page:
        page.wait_for("What do you hire for?")
        for width, height in ((0, 0), (-1, 5), ("a", None), (True, True), (1.5, 2), (None, 10**9)):
            page.tell(type="resize", width=width, height=height)
        page.resize(120, 40)
        page.wait_for("What do you hire for?")
        page.tell(type="resize", width=10**9, height=10**9)
        page.resize(60, 20)
        page.wait_for("What do you hire for?")
        assert page.process.poll() is None


STRANGE = [
    packet(b"D", b"\xff\xfe\xe9"),
    packet(b"D", b"\x1b[48;99999;99999;1;1t"),
    packet(b"D", b"\x1b[M\xff\xff\xff"),
    packet(b"M", b"no json"),
    packet(b"M", b"[" * 100_000),
    packet(b"M", b"[1, 2]"),
    packet(b"M", json.dumps({"type": ["resize"]}).encode()),
    packet(b"M", json.dumps({"type": "deliver_chunk_request", "key": "x", "size": -1}).encode()),
    packet(b"M", json.dumps({"type": "unheard of"}).encode()),
    packet(b"M", b"\xff\xfe"),
    packet(b"D", b""),
    packet(b"X", b"no such kind"),
    b"D\xff\xff\xff\xff",
    b"M" + (LARGEST + 1).to_bytes(4, "big"),
    b"\x00" * 5000,
]


def test_what_is_no_packet_ends_nothing_and_holds_nothing_up(tmp_path: Path) -> None:
    with Page(tmp_path) as page:
        page.wait_for("What do you hire for?")
        for strange in STRANGE:
            page.send(strange)
        page.read_for(0.5)
        page.press_for("\r", "How many minutes a day?")


def test_who_takes_over_waits_for_the_record(tmp_path: Path) -> None:
    with Page(tmp_path) as first:
        begin(first)
        first.press_for("1", "1 done")
        with Page(tmp_path) as second:
            second.read_for(1.5)
            assert "in another window" not in second.text
            first.hang_up()
            second.wait_for("Today")
            assert first.process.wait(5) == 0


def test_what_nobody_foresaw_ends_in_a_sentence_for_the_page(tmp_path: Path) -> None:
    home = person_home(tmp_path, "Anna")
    with Page(tmp_path, breaks="q") as page:
        begin(page)
        page.press("q")
        told = page.wait_for_told("ended")["message"]
        assert told == "Something went wrong, and trainer had to stop. Every answer is saved."
        assert page.wait_for_end() == 1
    (report,) = home.crashes.iterdir()
    assert "ZeroDivisionError" in report.read_text(encoding="utf-8")


def test_a_page_that_prints_is_fetched_by_the_browser(tmp_path: Path) -> None:
    with Page(tmp_path) as page:
        begin(page)
        page.press_for("1", "1 done")
        page.press_for("\x1b", "Good ")
        page.press_for("4", "A brief to take")
        page.press_for("v", "Brief:")
        page.press("p")
        offered = page.wait_for_told("deliver_file_start")
        assert (offered["open_method"], offered["mime_type"]) == ("browser", "text/html")
        assert str(tmp_path) not in json.dumps(offered)
        assert page.fetch(offered["key"], 1000).startswith(b"<!")


def test_what_is_typed_arrives_whether_the_page_told_of_its_focus_or_not(tmp_path: Path) -> None:
    with Page(tmp_path) as page:
        begin(page)
        page.press_for("/", "a word, a title")
        page.press("prom")
        page.wait_for("Prompt book")
        page.tell(type="blur")
        page.press("pt d")
        page.wait_for("│ prompt d")
