"""Servers, a real Chromium, and tabs in which nothing may come from elsewhere."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.web.server import Server
from tests.web.serving import Served, serving
from tests.web.tab import SECONDS, Tabs

_ARGUMENTS = ["--no-sandbox", "--disable-3d-apis"]
"""As root, and as on a desktop that is shown from a data centre: without WebGL."""
_NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium_path() -> str | None:
    """Return where the system's Chromium is."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    async with serving(tmp_path) as found:
        yield found


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait as long as a person may."""
    for name, seconds in {
        "GRACE": 0.5,
        "WATCH": 0.1,
        "QUIT_PATIENCE": 1.0,
        "REPAINT_PATIENCE": 1.0,
        "SEND_PATIENCE": 1.0,
    }.items():
        monkeypatch.setattr(f"trainer.web.limits.{name}", seconds)


@pytest.fixture
def chromium() -> Iterator[Browser]:
    """Start the system's Chromium, for a test alone: Playwright's loop runs until it is closed.

    Coroutines of other tests in the same process could not be run meanwhile.
    """
    path = chromium_path()
    if path is None:
        pytest.skip("no Chromium is installed here (Debian: apt-get install -y chromium)")
    with sync_playwright() as playwright:
        expect.set_options(timeout=SECONDS * 1000)
        browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    running = Server(tmp_path)
    yield running
    running.stop()


@pytest.fixture
def tabs(chromium: Browser, server: Server) -> Iterator[Tabs]:
    opened = Tabs(chromium, server.url)
    yield opened
    opened.close()
