"""Pictures of the page: `python -m tests.web.pictures FOLDER` draws it at sizes of phones and desktops."""

import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Literal, NamedTuple

from playwright.sync_api import BrowserContext, ViewportSize, sync_playwright

from tests.web.conftest import chromium_path
from tests.web.server import Server
from tests.web.tab import Tab, tab_of


class _Window(NamedTuple):
    width: int
    height: int
    is_phone: bool = False

    @property
    def scale(self) -> int:
        return 3 if self.is_phone else 1


_WINDOWS = {
    "upright": _Window(390, 844, is_phone=True),
    "small": _Window(360, 640, is_phone=True),
    "sideways": _Window(844, 390, is_phone=True),
    "laptop": _Window(1280, 800),
    "wide": _Window(2560, 1440),
}


def draw(folder: Path) -> None:
    """Draw all pictures into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = chromium_path()
    assert path, "no Chromium is installed here"
    with (
        tempfile.TemporaryDirectory() as home,
        sync_playwright() as playwright,
        ExitStack() as ending,
    ):
        server = Server(Path(home))
        ending.callback(server.stop)
        for name, window in _WINDOWS.items():
            browser = playwright.chromium.launch(
                executable_path=path, args=["--no-sandbox", f"--force-device-scale-factor={window.scale}"]
            )
            schemes: tuple[Literal["dark", "light"], ...] = ("dark", "light")
            for scheme in schemes:
                context = browser.new_context(
                    viewport=ViewportSize(width=window.width, height=window.height),
                    has_touch=window.is_phone,
                    is_mobile=window.is_phone,
                    device_scale_factor=window.scale,
                    color_scheme=scheme,
                )
                _walk(context, server, f"{name} {scheme}", _into(folder / f"{name}-{scheme}"))
                context.close()
            browser.close()


def _into(start: Path) -> Callable[[Tab, str], None]:
    def keep(tab: Tab, name: str) -> None:
        tab.settled()
        tab.page.screenshot(path=start.with_name(f"{start.name}-{name}.png"))

    return keep


def _walk(context: BrowserContext, server: Server, name: str, keep: Callable[[Tab, str], None]) -> None:
    """Go from the link through a session to each place, and through what the page says by itself."""
    tab = tab_of(context.new_page())
    tab.page.goto(server.url)
    tab.shows("without")
    keep(tab, "without")
    tab.page.goto(server.invite(name))
    tab.shows("enter")
    keep(tab, "enter")
    tab.enter()
    tab.reads("What do you hire for?")
    tab.press("Enter")
    tab.reads("How many minutes")
    tab.press("Enter")
    tab.reads("I don't know")
    if "light" in name:
        tab.page.keyboard.press("F2")
    keep(tab, "question")
    tab.press("0")
    keep(tab, "feedback")
    tab.press("Escape")
    tab.reads("Summary")
    keep(tab, "summary")
    tab.press("Enter")
    tab.reads("Start")
    for key, place in (("1", "today"), ("2", "train"), ("4", "interview"), ("5", "progress")):
        tab.page.keyboard.press(key)
        keep(tab, place)
    context.set_offline(True)
    tab.page.get_by_text("Connection lost.").wait_for()
    keep(tab, "lost")
    context.set_offline(False)
    tab.page.get_by_text("Connection lost.").wait_for(state="hidden")
    second = context.new_page()
    second.goto(server.url)
    tab.shows("taken")
    keep(tab, "taken")
    server.revoke(name)
    tab = tab_of(second)
    tab.shows("revoked")
    keep(tab, "revoked")


if __name__ == "__main__":
    os.environ.pop("NO_COLOR", None)
    draw(Path(sys.argv[1]))
