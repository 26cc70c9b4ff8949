"""A tab of a real browser, and what its terminal shows."""

import re
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

from trainer.app.kit import double_press

SECONDS = 30
"""Seconds in which what is waited for has to come, on a computer that has much else to do."""
_LOOKED_AT = 50
_SETTLES = 100
"""Milliseconds between two looks."""

_HOOK = """
let xterm;
Object.defineProperty(window, "xterm", {
  get: () => xterm,
  set(parts) {
    const { Terminal } = parts;
    parts.Terminal = class extends Terminal {
      constructor(options) { super(options); window.seen = this; }
    };
    xterm = parts;
  },
});
"""

_ROWS = """() => {
  const terminal = window.seen;
  const buffer = terminal?.buffer.active;
  return [...Array(terminal?.rows ?? 0).keys()].map((row) => buffer.getLine(row).translateToString(true));
}"""

_AT = """([column, row]) => {
  const screen = document.querySelector(".xterm-screen").getBoundingClientRect();
  return [
    screen.left + (column + 0.5) * screen.width / window.seen.cols,
    screen.top + (row + 0.5) * screen.height / window.seen.rows,
  ];
}"""


class Tabs:
    """Opens tabs, each in a browser of its own unless it is said otherwise."""

    def __init__(self, browser: Browser, origin: str) -> None:
        self._browser, self._origin = browser, origin
        self._contexts: list[BrowserContext] = []
        self._amiss: list[str] = []

    def open(self, url: str = "", *, beside: "Tab | None" = None, **context: Any) -> "Tab":
        """Open an address, the server's own if none is given, beside another tab or in a new browser."""
        if beside is None:
            self._contexts.append(self._browser.new_context(**context))
        page = (beside.page.context if beside else self._contexts[-1]).new_page()
        tab = tab_of(page)
        page.on("console", self._take_console)
        page.on("pageerror", lambda error: self._amiss.append(f"error: {error}"))
        page.on("request", self._take_request)
        page.goto(url or self._origin)
        return tab

    def close(self) -> None:
        """Close all; nothing was asked of another origin, refused by the policy or went wrong."""
        for context in self._contexts:
            context.close()
        assert not self._amiss, self._amiss

    def _take_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self._amiss.append(f"console: {message.text}")

    def _take_request(self, request: Request) -> None:
        if not request.url.startswith((self._origin, "blob:" + self._origin)):
            self._amiss.append(f"asked elsewhere: {request.url}")


class Tab:
    """Presses keys, taps words, and reads what stands there then."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._pressed, self._pressed_at = "", 0.0

    @property
    def rows(self) -> list[str]:
        """The terminal's lines."""
        rows: list[str] = self.page.evaluate(_ROWS)
        return rows

    @property
    def text(self) -> str:
        return "\n".join(self.rows)

    @property
    def size(self) -> tuple[int, int]:
        """The terminal's columns and rows."""
        columns, rows = self.page.evaluate("() => [seen.cols, seen.rows]")
        return columns, rows

    def enter(self) -> "Tab":
        """Press the button of a link's page, and wait for the app."""
        self.page.get_by_role("button", name="Open trainer").click()
        self.shows("app")
        return self

    def shows(self, state: str) -> None:
        """Wait until a section, or the app, is shown."""
        expect(self.page.locator(f"body[data-state={state}]")).to_be_visible()

    def until(self, is_so: Callable[[str], object]) -> str:
        """Wait until something holds of the terminal's text, and return that."""
        for _ in range(SECONDS * 1000 // _LOOKED_AT):
            if is_so(text := self.text):
                return text
            self.page.wait_for_timeout(_LOOKED_AT)
        raise AssertionError(f"it did not come to be so:\n{self.text}")

    def reads(self, words: str) -> str:
        """Wait until words stand in the terminal."""
        return self.until(lambda text: words in text)

    def press(self, key: str) -> None:
        """Press a key, and wait until the terminal shows something else."""
        self._change(key, lambda: self.page.keyboard.press(key))

    def press_in_row(self, name: str) -> None:
        """Tap a key of the row below the terminal."""
        button = self.page.get_by_role("toolbar").get_by_role("button", name=name, exact=True)
        self._change(name, button.tap)

    def place(self, words: str) -> tuple[float, float]:
        """Return where in the window words of the terminal begin."""
        row, line = next((row, line) for row, line in enumerate(self.rows) if words in line)
        x, y = self.page.evaluate(_AT, [line.index(words), row])
        return x, y

    def tap(self, words: str) -> None:
        """Tap words in the terminal, and wait until it shows something else."""
        self.reads(words)
        self._change(words, lambda: self.page.touchscreen.tap(*self.place(words)))

    def _change(self, key: str, deed: Callable[[], None]) -> None:
        """Do something as somebody who looks first, and before pressing the same key again."""
        before = self.settled()
        if key == self._pressed:
            self.page.wait_for_timeout(
                max(0.0, self._pressed_at + double_press.SECONDS - time.monotonic()) * 1000
            )
        deed()
        self._pressed, self._pressed_at = key, time.monotonic()
        self.until(lambda text: text != before)
        self.settled()

    def settled(self) -> str:
        """Wait until a paint that comes in parts is whole, and the app has seen it done; return the text."""
        text, last = self.text, ""
        while text != last:
            self.page.wait_for_timeout(_SETTLES)
            text, last = self.text, text
        return text


def tab_of(page: Page) -> Tab:
    """Return a tab whose terminal can be read, once it has gone to an address."""
    page.add_init_script(_HOOK)
    return Tab(page)


def question_of(text: str) -> str:
    """Return what is asked, without what may be marked or hinted."""
    lines = [re.sub(r"[›_]", " ", line).strip() for line in text.splitlines()]
    return "\n".join(line for line in lines if line)
