"""The sums in a progress file, by which damage is found, and a single flipped bit put right.

A file is a head `{"meta":{"1":{…`, a check `,"check":"…"`, a sum `,"sum":…}}` and a body that
begins with the table `cards`. The check is BLAKE2b of head and body, the sum is the CRC32 of
head, check and body. To compare the sum is quick and tells on every opening whether all is as
it was written. A CRC32 tells more: which one bit is another one now, if it is one. The check
then tells whether that was it, so that nothing is put right by chance.
"""

import re
import zlib
from collections.abc import Iterable
from hashlib import blake2b
from math import isqrt

from trainer.disk import Buffer

BODY = b',"cards":{'
"""How the body begins. A JSON text can't hold a bare quotation mark, so nothing before it looks like it."""

_SEALED = re.compile(rb'(.*)(,"check":"([0-9a-f]{16})")(,"sum":(\d{1,10})\}\})', re.DOTALL)
_CHECK = re.compile(rb',"check":"([0-9a-f]{16})"')
_SUM = re.compile(rb',"sum":(\d{1,10})\}\}')
_HEAD = 4096
"""Bytes in which the sums stand."""
_POLYNOMIAL = 0xEDB88320


def with_sums(head: bytes, body: Iterable[Buffer]) -> bytes:
    """Return a head, which lacks its closing braces, with the sums of it and of the body."""
    pieces = list(body)
    check = b',"check":"%b"' % _check(head, pieces)
    return head + check + _sum_part(head + check, pieces)


def is_whole(content: bytes, body: int) -> bool:
    """Return whether a file whose body begins at `body` is byte for byte as it was written."""
    found = _SEALED.fullmatch(content, 0, body)
    if not found:
        return False
    return int(found[5]) == _sum(found[1] + found[2], [memoryview(content)[body:]])


def repaired(content: bytes) -> bytes | None:
    """Return a damaged file as it was written; None unless just one bit, or just the sum, is wrong."""
    return _with_right_sum(content) or _with_right_bit(content)


def _with_right_sum(content: bytes) -> bytes | None:
    """Put a new sum into a file whose check is right."""
    body = content.find(BODY)
    found = _CHECK.search(content, 0, max(0, min(body, _HEAD)))
    if not found:
        return None
    head, rest = content[: found.start()], memoryview(content)[body:]
    if _check(head, [rest]) != found[1]:
        return None
    before = head + found[0]
    return b"".join([before, _sum_part(before, [rest]), rest])


def _with_right_bit(content: bytes) -> bytes | None:
    found = _SUM.search(content, 0, _HEAD)
    if not found:
        return None
    message = bytearray(content[: found.start()] + content[found.end() :])
    bits_behind = _bits_behind(zlib.crc32(message) ^ int(found[1]), 8 * len(message))
    if bits_behind is None:
        return None
    message[-1 - bits_behind // 8] ^= 0x80 >> bits_behind % 8
    flipped = b"".join([message[: found.start()], found[0], message[found.start() :]])
    body = flipped.find(BODY)
    return flipped if body > 0 and is_whole(flipped, body) and _with_right_sum(flipped) == flipped else None


def _check(head: bytes, body: Iterable[Buffer]) -> bytes:
    found = blake2b(head, digest_size=8)
    for piece in body:
        found.update(piece)
    return found.hexdigest().encode()


def _sum_part(before: bytes, body: Iterable[Buffer]) -> bytes:
    return b',"sum":%d}}' % _sum(before, body)


def _sum(before: bytes, body: Iterable[Buffer]) -> int:
    found = zlib.crc32(before)
    for piece in body:
        found = zlib.crc32(piece, found)
    return found


def _bits_behind(difference: int, bits: int) -> int | None:
    """Return how many bits follow the one whose flip changes the CRC32 of so many bits like this.

    A flip changes the sum by the polynomial, moved on by one step for each bit that follows:
    a discrete logarithm, found by small steps from the one end and great steps from the other.
    """
    stride = isqrt(bits) + 1
    small: dict[int, int] = {}
    moved = difference
    for steps in range(stride + 1):
        small[moved] = steps
        moved = _step(moved)
    columns = [_steps(1 << bit, stride) for bit in range(32)]
    moved = _POLYNOMIAL
    for strides in range(1, stride + 2):
        moved = _product(columns, moved)
        if (steps := small.get(moved, -1)) >= 0 and 0 <= strides * stride - steps < bits:
            return strides * stride - steps
    return None


def _step(register: int) -> int:
    return (register >> 1) ^ (_POLYNOMIAL if register & 1 else 0)


def _steps(register: int, number: int) -> int:
    for _ in range(number):
        register = _step(register)
    return register


def _product(columns: list[int], register: int) -> int:
    found = 0
    while register:
        low = register & -register
        found ^= columns[low.bit_length() - 1]
        register ^= low
    return found
