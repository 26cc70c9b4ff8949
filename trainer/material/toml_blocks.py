"""The blocks of a TOML file: where each header stands, what belongs to it, and where its comments are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import tomli

from trainer.material.changes import Way

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{}\n]', re.DOTALL
)


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
    headers, comments = _scanned("".join(lines))
    bounds = [_with_comment_above(lines, header) for header in headers]
    blocks = [_block((), lines, (0, bounds[0] if bounds else len(lines)), comments)]
    current: dict[tuple[str, ...], str] = {}
    for place, header in enumerate(headers):
        end = bounds[place + 1] if place + 1 < len(bounds) else len(lines)
        path, id_ = _path("".join(lines[header:end]))
        if id_ is not None:
            current[path] = id_
        items = (i for i in range(len(path)) if path[: i + 1] in current)
        way = tuple(step for i in items for step in (path[i], current[path[: i + 1]]))
        blocks.append(_block(way, lines, (bounds[place], end), comments, begins=id_ is not None))
    return blocks


def _block(
    way: Way, lines: Sequence[str], bounds: tuple[int, int], comments: set[int], *, begins: bool = False
) -> Block:
    first, end = bounds
    last = end
    while last > first and (not lines[last - 1].strip() or lines[last - 1].lstrip().startswith("#")):
        last -= 1
    return Block(way, begins, first, last, any(line in comments for line in range(first, last)))


def _with_comment_above(lines: Sequence[str], header: int) -> int:
    while header > 0 and lines[header - 1].lstrip().startswith("#"):
        header -= 1
    return header


def _path(block: str) -> tuple[tuple[str, ...], str | None]:
    """Return the names in a block's header, and the id of the item that it begins; None for a plain table."""
    value: Any = tomli.loads(block)
    path: list[str] = []
    is_item = block.lstrip().startswith("[[")
    names = len(_NAME.findall(block.partition("]")[0]))
    while len(path) < names:
        [name] = value
        path.append(name)
        value = value[name][0] if isinstance(value[name], list) else value[name]
    return tuple(path), str(value.get("id", "")) if is_item else None


_NAME = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'|[\w-]+')


def _scanned(text: str) -> tuple[list[int], set[int]]:
    """Return the lines on which headers stand, and those that hold a comment."""
    headers: list[int] = []
    comments: set[int] = set()
    line = depth = start = 0
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign == "\n":
            line, start = line + 1, token.end()
        elif sign[0] == "#":
            comments.add(line)
        elif sign in "[{":
            if not depth and sign == "[" and not text[start : token.start()].strip():
                headers.append(line)
            depth += 1
        elif sign in "]}":
            depth -= 1
        elif "\n" in sign:
            line += sign.count("\n")
            start = token.start() + sign.rindex("\n") + 1
    return headers, comments


def items_with_comments(text: str) -> set[Way]:
    """Return the ways to the items of a file that have a comment right above or within them."""
    return set(_commented(blocks_of(lines_of(text))))


def _commented(blocks: Sequence[Block]) -> Iterator[Way]:
    for block in blocks:
        if block.commented:
            yield from (block.way[:length] for length in range(2, len(block.way) + 1, 2))
