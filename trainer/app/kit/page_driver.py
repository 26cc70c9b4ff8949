"""The page's side of a served app: a terminal in a browser, reached through a server.

It speaks Textual's own protocol over the streams that it is given, and adds to it what a page needs. What
comes in is never an error, and its end is the app's end.
"""

import json
import os
import select
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from threading import Event
from typing import Any, BinaryIO, Literal, TextIO

from textual import events
from textual.app import App
from textual.drivers.web_driver import WebDriver
from textual.geometry import Size
from textual.message import Message

from trainer.app.kit.cursor import SHOWN
from trainer.app.kit.packets import TYPED, Packets, packet
from trainer.app.kit.terminal_reading import Pasted, TerminalReading
from trainer.clean import seen

LARGEST_SIDE = 500
"""Columns or lines of a window at most; a larger one is taken for this."""

_READ_AT_ONCE = 64 * 1024
_LOOKED_AT = 0.1
"""Seconds between two looks whether the app has ended, or an escape sequence will not be completed."""

_SENT_AT_ONCE = 4096
"""Bytes that a stream takes without waiting where it takes any: what POSIX promises of a pipe."""

_LARGEST_CHUNK = 1024 * 1024
MOST_OFFERED = 16
"""Files that wait to be fetched at most; the oldest goes. The server offers fewer, all of which are here."""

_PATIENCE = 20.0
"""Seconds in which a server that takes nothing holds up the app; then nobody is there."""

_LAST_PATIENCE = 1.0
"""Seconds for the last message, which only says why nothing more comes."""

_INPUT, _OUTPUT = 0, 1

_TERMINAL = (
    "\x1b[?1049h"  # the other screen
    "\x1b[?1000h\x1b[?1003h\x1b[?1015h\x1b[?1006h"  # reports of the mouse
    "\x1b[?2004h" + SHOWN  # pastes are marked as such
)


class PageDriver(WebDriver):
    """Reads packets from the standard input, and writes them to the standard output."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        vars(self)["_write"] = self._send
        self._gone = Event()
        """Set once nobody reads or writes at the other end."""
        self._is_blurred = False
        """Whether the page is not the one that is typed into."""
        self._painted: list[str] = []
        """What was painted since the last packet; one paint goes out in one."""

    # Out

    def write(self, data: str) -> None:
        """Have a picture sent with all else that is painted now, without signs that hide in a text."""
        if not self._painted:
            self._loop.call_soon(self.flush)
        self._painted.append(seen(data))

    def flush(self) -> None:
        """Send what was painted."""
        if painted := "".join(self._painted):
            self._painted.clear()
            self._send(packet(b"D", painted.encode(errors="replace")))

    def write_meta(self, data: dict[str, object]) -> None:
        """Send a message, after all that was painted before."""
        self.flush()
        super().write_meta(data)

    def _send(self, data: bytes) -> None:
        """Send bytes, as long as somebody is there who takes them."""
        if not (self._gone.is_set() or send(data, self._gone.is_set)):
            self._leave()

    def _leave(self) -> None:
        """End the app: nobody is there any more."""
        self._gone.set()
        self._app.call_later(self._app.exit)

    def start_application_mode(self) -> None:
        """Take the page's terminal; its cursor shows what is marked (see `CursorApp`)."""
        super().start_application_mode()
        self._app.call_later(self._app.post_message, events.AppFocus())  # Textual takes it for out of focus
        self.write(SHOWN)
        self.flush()

    def stop_application_mode(self) -> None:
        """Stop reading. That the app has ended is told by who ran it, once the record is closed."""
        self.flush()
        self.exit_event.set()
        self._input_reader.close()

    def _deliver_file(  # noqa: PLR0913 — as Textual calls it
        self,
        binary: BinaryIO | TextIO,
        *,
        delivery_key: str,
        save_path: Any,
        open_method: Literal["browser", "download"],
        encoding: str | None = None,
        mime_type: str | None = None,
        name: str | None = None,
    ) -> None:
        """Offer a file to the page by its bare name: where it would lie here is nobody's concern there."""
        while len(self._deliveries) >= MOST_OFFERED:
            self._deliveries.pop(next(iter(self._deliveries))).close()
        binary.seek(0)
        self._deliveries[delivery_key] = binary
        self.write_meta(
            {
                "type": "deliver_file_start",
                "key": delivery_key,
                "path": save_path.name,
                "open_method": open_method,
                "encoding": encoding or "",
                "mime_type": mime_type or "",
                "name": name,
            }
        )

    # In

    def run_input_thread(self) -> None:
        """Read and pass on what comes until the app ends; if the page's server goes first, end the app."""
        try:
            self._read_on()
        except Exception:  # noqa: BLE001 — as Textual's driver for terminals does
            self._app.call_later(self._app.panic)

    def _read_on(self) -> None:
        packets, reading = Packets(), TerminalReading(debug=self._debug)
        while not self.exit_event.is_set():
            if select.select([_INPUT], [], [], _LOOKED_AT)[0]:
                data = _read()
                if not data:
                    self._leave()
                    return
                for kind, payload in packets.feed(data):
                    if kind == TYPED:
                        self._pass_on(reading.feed(payload))
                    else:
                        self._on_meta("M", payload)
            self._pass_on(reading.tick())

    def _pass_on(self, found: Iterable[Message]) -> None:
        for message in found:
            if self._is_blurred and isinstance(message, (events.Key, events.Paste, Pasted)):
                self._focus()  # the page did not tell, as on some phones
            self.process_message(message)

    def _focus(self) -> None:
        self._is_blurred = False
        self._app.post_message(events.AppFocus())

    def process_message(self, message: Message) -> None:
        """Post a message, but no size that comes among the keys."""
        if not isinstance(message, events.Resize):
            super().process_message(message)

    def _on_meta(self, packet_type: str, payload: bytes) -> None:  # noqa: ARG002 — Textual's name
        """Take a message of the server, if it is one."""
        try:
            found = json.loads(payload)
        except (ValueError, RecursionError):
            return
        if isinstance(found, dict) and isinstance(kind := found.get("type"), str):
            self.on_meta(kind, found)

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """Do what a message of the server says; one that says nothing known does nothing."""
        match packet_type:
            case "resize":
                self._resize(payload.get("width"), payload.get("height"))
            case "ping":
                with suppress(RuntimeError):  # the app is just ending
                    self._loop.call_soon_threadsafe(self._answer)
            case "repaint":
                self._app.call_later(self._repaint)
            case "quit" | "exit":
                self._app.call_later(self._app.exit)
            case "focus":
                self._focus()
            case "blur":
                self._is_blurred = True
                self._app.post_message(events.AppBlur())
            case "deliver_chunk_request":
                self._deliver_chunk(payload.get("key"), payload.get("size"))

    def _resize(self, width: object, height: object) -> None:
        if isinstance(width, int) and isinstance(height, int) and width > 0 and height > 0:
            self._size = (min(width, LARGEST_SIDE), min(height, LARGEST_SIDE))
            size = Size(*self._size)
            self._app.post_message(events.Resize(size, size))

    def _answer(self) -> None:
        """Say that the app goes on, as who hangs can't."""
        self.write_meta({"type": "pong"})

    def _repaint(self) -> None:
        """Paint all anew: the page's terminal is another one by now."""
        self.write(_TERMINAL)
        if self._app.screen_stack:
            self._app.screen.refresh(layout=True)

    def _deliver_chunk(self, key: object, size: object) -> None:
        """Send the next part of a file that was offered; an empty one is its end."""
        if not (isinstance(key, str) and isinstance(size, int) and 0 < size <= _LARGEST_CHUNK):
            return
        if file := self._deliveries.get(key):
            try:
                chunk = file.read(size)
            except ValueError:  # another one took its place just now
                return
            self._loop.call_soon_threadsafe(self.write_binary_encoded, ("deliver_chunk", key, chunk))
            if not chunk:
                file.close()
                del self._deliveries[key]


def tell(message: dict[str, object]) -> bool:
    """Send a message to the server where no driver does any more; return whether it went."""
    return send(packet(b"M", json.dumps(message).encode()), patience=_LAST_PATIENCE)


def send(data: bytes, over: Callable[[], bool] = lambda: False, *, patience: float = _PATIENCE) -> bool:
    """Send bytes to the server; return whether all went, before it was `over` or nobody took any more.

    Nobody does who takes nothing for as long as the `patience`, in seconds.
    """
    view, last = memoryview(data), time.monotonic()
    while view:
        try:
            if select.select([], [_OUTPUT], [], _LOOKED_AT)[1]:
                view, last = view[os.write(_OUTPUT, view[:_SENT_AT_ONCE]) :], time.monotonic()
        except OSError:  # the server is gone, which ends the input too
            return False
        if view and (over() or time.monotonic() - last > patience):
            return False
    return True


def _read() -> bytes:
    """Read what is there; nothing at the end, and where the server is gone."""
    try:
        return os.read(_INPUT, _READ_AT_ONCE)
    except OSError:
        return b""
