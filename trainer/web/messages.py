"""What a page and the server say to each other over a socket: Textual's messages, and our own."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

LARGEST_SIDE = 500
"""Columns or lines of a window at most."""
_Side = Annotated[int, Meta(ge=1, le=LARGEST_SIDE)]

TAKEN, ENDED, REVOKED, BUSY, RESTARTS = 4001, 4002, 4003, 4004, 1012
"""Why a socket is closed: used in another tab, the session is over, no longer invited, a limit, the server
stops. The page says each in words."""
UNREADABLE, NO_TEXT = 1008, 1003
"""… and: it sent what no page of ours sends."""


class Size(Struct, frozen=True):
    """Columns and lines of a window."""

    width: _Side
    height: _Side


class Typed(Struct, frozen=True, array_like=True, tag="stdin", forbid_unknown_fields=True):
    """Keys, movements of the mouse and pastes, as a terminal sends them."""

    text: str


class Resized(Struct, frozen=True, array_like=True, tag="resize", forbid_unknown_fields=True):
    """The window has another size."""

    size: Size


class Focused(Struct, frozen=True, array_like=True, tag="focus", forbid_unknown_fields=True):
    """The page is looked at."""


class Blurred(Struct, frozen=True, array_like=True, tag="blur", forbid_unknown_fields=True):
    """The page is not looked at."""


class Pinged(Struct, frozen=True, array_like=True, tag="ping", forbid_unknown_fields=True):
    """The page asks whether the server is there."""

    data: Annotated[str, Meta(max_length=100)]


Message = Typed | Resized | Focused | Blurred | Pinged
_decoder = msgspec.json.Decoder(Message)


def read(text: str) -> Message | None:
    """Return what a page says; None for what no page of ours says."""
    try:
        found: Message = _decoder.decode(text)
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        return None
    return found


def size_of(width: str | None, height: str | None) -> Size | None:
    """Return the size that an address names; None where it names none."""
    try:
        return msgspec.convert({"width": width, "height": height}, Size, strict=False)
    except msgspec.ValidationError:
        return None


def said(*message: Any) -> str:
    """Return a message to a page."""
    return msgspec.json.encode(message).decode()
