"""The packets in which a server and a served app talk: a letter, four bytes of length, and what is said."""

from collections.abc import Iterator

TYPED, SAID = b"D"[0], b"M"[0]
"""What a packet holds: bytes of a terminal, or a message about it in JSON."""

LARGEST = 1024 * 1024
"""Bytes in one packet; one that claims more is none."""

_HEAD = 5


def packet(kind: bytes, payload: bytes) -> bytes:
    """Return a packet of a `kind`, one letter."""
    return kind + len(payload).to_bytes(4, "big") + payload


class Packets:
    """Finds the packets in what comes, over the ends of reads.

    What can be no packet is passed over byte by byte until one begins again: no wrong length swallows
    more than `LARGEST` bytes.
    """

    def __init__(self) -> None:
        self._pending = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """Yield the packets that are complete by now, each with its kind."""
        pending = self._pending
        pending += data
        at = 0
        try:
            while len(pending) - at >= _HEAD:
                size = int.from_bytes(pending[at + 1 : at + _HEAD], "big")
                if pending[at] not in (TYPED, SAID) or size > LARGEST:
                    at += 1
                    continue
                end = at + _HEAD + size
                if len(pending) < end:
                    return
                payload, begin = bytes(pending[at + _HEAD : end]), pending[at]
                at = end
                yield begin, payload
        finally:
            del pending[:at]
