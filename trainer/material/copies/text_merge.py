"""The texts of three sheets brought together line by line, so that comments and layout of both sides stay.

What it gives is a draft: where lines say in the end what they should is for the caller to check.
"""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from trainer.material.changes import Way
from trainer.material.toml_blocks import blocks_of, lines_of

_KEY = re.compile(r"\s*([^\s=\"'#\[\]{]*)")


@dataclass(frozen=True)
class _Line:
    """A line of a file; two are the same where they stand in the same item and say the same."""

    way: Way
    text: str

    @property
    def about(self) -> tuple[Way, str]:
        """What the line is about: its item, and the key on it."""
        found = _KEY.match(self.text)
        return self.way, found[1] if found else ""


@dataclass(frozen=True)
class _Edits:
    """What became of a text: by each line of it, and before each."""

    instead: list[list[str]]
    before: list[list[str]]


def merge_texts(base: str, mine: str, shipped: str, *, prefer_shipped: bool = False) -> str:
    """Return the text of a sheet with what changed from `base` to `shipped`.

    Where both changed a line it is that of `mine`, or of `shipped` if that is preferred. Line ends are those
    of `mine`.
    """
    old, own, new = (_lines(text) for text in (base, mine, shipped))
    ours, theirs = _edits(old, own), _edits(old, new)
    merged: list[str] = []
    for place in range(len(old) + 1):
        merged += ours.before[place]
        if theirs.before[place] != ours.before[place]:
            merged += theirs.before[place]
        if place < len(old):
            sides = (theirs, ours) if prefer_shipped else (ours, theirs)
            changed = (each.instead[place] for each in sides if each.instead[place] != [old[place].text])
            merged += next(changed, [old[place].text])
    text = "".join(merged)
    return text.replace("\n", "\r\n") if "\r\n" in mine else text


def _lines(text: str) -> list[_Line]:
    lines = lines_of(text.replace("\r\n", "\n"))
    ways: list[Way] = [()] * len(lines)
    blocks = blocks_of(lines)
    for block, following in zip(blocks, [*(block.first for block in blocks[1:]), len(lines)], strict=True):
        ways[block.first : following] = [block.way] * (following - block.first)
    return [_Line(way, line) for way, line in zip(ways, lines, strict=True)]


def _edits(old: Sequence[_Line], new: Sequence[_Line]) -> _Edits:
    instead: list[list[str]] = [[] for _ in old]
    before: list[list[str]] = [[] for _ in range(len(old) + 1)]
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for kind, first, last, new_first, new_last in matcher.get_opcodes():
        if kind == "equal":
            for place in range(first, last):
                instead[place] = [old[place].text]
        else:
            _replace(old[first:last], new[new_first:new_last], first, instead, before)
    return _Edits(instead, before)


def _replace(
    old: Sequence[_Line],
    new: Sequence[_Line],
    first: int,
    instead: list[list[str]],
    before: list[list[str]],
) -> None:
    """Pair the lines of a passage with those that replace them by what they are about."""
    about = [line.about for line in old], [line.about for line in new]
    matcher = difflib.SequenceMatcher(None, *about, autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        texts = [line.text for line in new[new_start:new_end]]
        if kind == "equal":
            for place, text in zip(range(start, end), texts, strict=True):
                instead[first + place] = [text]
        else:
            before[first + start] += texts
