"""A small app in Textual's protocol, which says what it was given: a session for tests."""

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from textual_serve import _binary_encode as packed

from trainer.cards.shared import shared
from trainer.home import Home

_typed = ""


def run(session: dict[str, Any]) -> int:
    """Answer what comes: keys are kept and shown again, and some of them do something."""
    os.write(1, b"__GANGLION__\n")
    home = Path(session["home"])
    kept = home / "typed.txt"
    global _typed  # noqa: PLW0603 — one session a process
    _typed = kept.read_text() if kept.exists() else ""
    signal.signal(signal.SIGTERM, lambda _number, _frame: _leave(kept))
    _show(f"{session['recruiter']} {_typed} {session['size'][0]}x{session['size'][1]}")
    while (packet := _packet()) is not None:
        kind, payload = packet
        if kind == b"D":
            _take(payload.decode(), session, kept)
        else:
            _hear(json.loads(payload), kept)
    return 0


def _take(typed: str, session: dict[str, Any], kept: Path) -> None:
    global _typed  # noqa: PLW0603
    match typed:
        case "hang":
            _show("hangs")
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            time.sleep(1000)
        case "mute":
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            os.close(0)
            os.close(1)
            time.sleep(1000)
        case "crash":
            os.kill(os.getpid(), signal.SIGKILL)
        case "leave":
            _tell({"type": "ended", "message": "You have left."})
            os._exit(0)
        case "flood":
            for _ in range(2000):
                _show("x" * 10_000)
        case "tell":
            _show(json.dumps(_told(session)))
        case "file" | "page" | "half" | "silent":
            _offer(typed)
        case _:
            _typed += typed
            (home := kept.parent).joinpath("new").write_text(_typed)
            home.joinpath("new").replace(kept)  # as a review is written: whole, before it is acknowledged
            _show(_typed)


def _hear(said: dict[str, Any], kept: Path) -> None:
    match said:
        case {"type": "quit"}:
            _leave(kept)
        case {"type": "ping"}:
            _tell({"type": "pong"})
        case {"type": "repaint"}:
            _show(f"again {_typed}")
        case {"type": "resize"}:
            _show(f"{said['width']}x{said['height']}")
        case {"type": "deliver_chunk_request", "key": key}:
            if key in _given and "half" in key:
                os.kill(os.getpid(), signal.SIGKILL)
            if key in _given and "silent" in key:
                return
            part = b"" if key in _given else b"content of a file"
            _given.add(key)
            _send(b"P", packed.dump(("deliver_chunk", key, part)))


_given: set[str] = set()


def _offer(kind: str) -> None:
    page = kind == "page"
    _tell(
        {
            "type": "deliver_file_start",
            "key": f"key{len(_given)}{kind}",
            "path": '/somewhere/else/a "brief"\n.html' if page else "../../brief.txt",
            "open_method": "browser" if page else "download",
            "mime_type": "text/html" if page else "text/plain",
            "encoding": "utf-8",
            "name": None,
        }
    )


def _told(session: dict[str, Any]) -> dict[str, Any]:
    """Return what a session can see of where it runs."""
    return {
        "session": session,
        "environment": dict(os.environ),
        "first": Path("/proc/self/environ").read_bytes().decode().split("\0"),
        "folder": str(Path.cwd()),
        "files": sorted(int(each) for each in os.listdir("/proc/self/fd")),  # noqa: PTH208 — its own is there
        "loaded": "trainer.app.app" in sys.modules,
        "shares": shared(Home(Path(session["home"]), shared=Path(session["sheets"]).parent)) is not None,
        "pid": os.getpid(),
    }


def _leave(kept: Path) -> None:
    (kept.parent / "whole.txt").write_text(_typed)
    _tell({"type": "ended", "message": "You have left."})
    os._exit(0)


def _show(text: str) -> None:
    _send(b"D", text.encode())


def _tell(message: dict[str, Any]) -> None:
    _send(b"M", json.dumps(message).encode())


def _send(kind: bytes, payload: bytes) -> None:
    rest = kind + len(payload).to_bytes(4, "big") + payload
    while rest:
        rest = rest[os.write(1, rest) :]


def _packet() -> tuple[bytes, bytes] | None:
    head = _exactly(5)
    payload = _exactly(int.from_bytes(head[1:], "big")) if head is not None else None
    return (head[:1], payload) if head is not None and payload is not None else None


def _exactly(count: int) -> bytes | None:
    found = b""
    while len(found) < count:
        part = os.read(0, count - len(found))
        if not part:
            return None
        found += part
    return found
