"""The blocks of a TOML file: where each header stands, what belongs to it, and where its comments are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import tomli

from trainer.material.changes import Way


@dataclass(frozen=True)
class Block:
    """A header with the lines under it, up to the next header and the comment right above that."""

    way: Way
    """To the item that it belongs to; empty for the head of the file."""
    begins: bool
    """Whether an item begins here; a table within an item begins none."""
    first: int
    """Its first line: a comment right above the header, or the header."""
    last: int
    """The line after its last one that is neither blank nor a comment."""
    commented: bool
    """Whether a comment stands right above or within."""


def lines_of(text: str) -> list[str]:
    """Return the lines of a file with their ends; the last has one too."""
    lines = re.findall(r"[^\n]*\n|[^\n]+$", text)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    return lines


def blocks_of(lines: Sequence[str]) -> list[Block]:
    """Return the head of a valid file and a block for each header, in order."""
    headers = _headers(lines)
    bounds = [_with_comment_above(lines, header) for header in headers]
    blocks = [_block((), lines, (0, bounds[0] if bounds else len(lines)))]
    current: dict[tuple[str, ...], str] = {}
    for place, (header, first) in enumerate(zip(headers, bounds, strict=True)):
        end = bounds[place + 1] if place + 1 < len(bounds) else len(lines)
        path, begins = _path(lines[header])
        if begins:
            current[path] = _id_at(path, "".join(lines[header:end]))
        items = (i for i in range(len(path)) if path[: i + 1] in current)
        way = tuple(step for i in items for step in (path[i], current[path[: i + 1]]))
        blocks.append(_block(way, lines, (first, end), begins=begins))
    return blocks


def _headers(lines: Sequence[str]) -> list[int]:
    """Return the lines on which headers stand: up to them, what the one before began is whole."""
    headers: list[int] = []
    for place, line in enumerate(lines):
        if line.lstrip().startswith("[") and _is_whole("".join(lines[headers[-1] if headers else 0 : place])):
            headers.append(place)
    return headers


def _is_whole(text: str) -> bool:
    try:
        tomli.loads(text)
    except tomli.TOMLDecodeError:
        return False
    return True


def _block(way: Way, lines: Sequence[str], bounds: tuple[int, int], *, begins: bool = False) -> Block:
    first, end = bounds
    last = end
    while last > first and (not lines[last - 1].strip() or lines[last - 1].lstrip().startswith("#")):
        last -= 1
    return Block(way, begins, first, last, _has_comment("".join(lines[first:last])))


def _has_comment(text: str) -> bool:
    """Return whether a comment stands in a text: what may be written into without changing what is said."""
    places = [place for place, sign in enumerate(text) if sign == "#"]
    says = tomli.loads(text) if places else {}
    return any(tomli.loads(f"{text[:place]}#{text[place:]}") == says for place in places)


def _with_comment_above(lines: Sequence[str], header: int) -> int:
    while header > 0 and lines[header - 1].lstrip().startswith("#"):
        header -= 1
    return header


def _path(header: str) -> tuple[tuple[str, ...], bool]:
    """Return the names in a header, and whether it begins an item: a plain table begins none."""
    names: list[str] = []
    value: Any = tomli.loads(header)
    while value:
        [(name, held)] = value.items()
        names.append(name)
        value = held[0] if isinstance(held, list) else held
    return tuple(names), header.lstrip().startswith("[[")


def _id_at(path: Sequence[str], block: str) -> str:
    """Return the id of the item that a block begins, empty for one without."""
    value: Any = tomli.loads(block)
    for name in path:
        value = value[name][0] if isinstance(value[name], list) else value[name]
    return str(value.get("id", ""))


def items_with_comments(text: str) -> set[Way]:
    """Return the ways to the items of a file that have a comment right above or within them."""
    return set(_commented(blocks_of(lines_of(text))))


def _commented(blocks: Sequence[Block]) -> Iterator[Way]:
    for block in blocks:
        if block.commented:
            yield from (block.way[:length] for length in range(2, len(block.way) + 1, 2))
