"""A text in which words stand out, laid out in lines that know which part of it they show."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct
from textual.content import Content, Span

from trainer.app.kit.row_list import MARGIN, Row

PORTION = 12_000
"""Characters of a text that are laid out at once; most résumés have fewer."""
_LEAST = 8
"""Cells that a text is wrapped to at least."""

SURE, DOUBTFUL, UNKNOWN = "bold underline $key", "underline $key", "italic $fresh"
_MARKED = "reverse"

HERE = "here"
"""The place of the line with the word that is marked."""


class Shown(Struct, frozen=True):
    """A part of the text that stands out."""

    start: int
    end: int
    style: str


class Drawn(NamedTuple):
    """A line, and where in the text it begins."""

    content: Content
    start: int


class TextView:
    """A text in portions, each laid out when it is wanted."""

    def __init__(self, text: str, shown: Sequence[Shown]) -> None:
        """Take a text with what stands out in it, in order and without overlaps."""
        self._text, self._shown = text, shown
        self._starts = [0]
        while len(text) - self._starts[-1] > PORTION:
            self._starts.append(_cut(text, self._starts[-1]))
        self._drawn: dict[tuple[int, int], list[Drawn]] = {}

    def portion_of(self, place: int) -> int:
        """Return the number of the portion that holds a place in the text."""
        return bisect_right(self._starts, place) - 1

    @property
    def portions(self) -> int:
        """How many there are."""
        return len(self._starts)

    def lines(self, portion: int, width: int) -> list[Drawn]:
        """Return the lines of a portion."""
        key = portion, width
        if key not in self._drawn:
            self._drawn = {key: list(self._draw(portion, max(_LEAST, width - MARGIN)))}
        return self._drawn[key]

    def rows(self, portion: int, width: int, marked: tuple[int, int] | None) -> list[Row]:
        """Lay a portion out; `marked` is the part of the text where the reader is."""
        rows, margin = [], Content(" " * MARGIN)
        for content, start in self.lines(portion, width):
            line, place = content, ""
            if marked and start <= marked[1] and marked[0] < start + len(content.plain):
                first, last = max(0, marked[0] - start), min(len(content.plain), marked[1] - start)
                if first < last:
                    line, place = content.stylize(_MARKED, first, last), HERE
            rows.append(Row(margin + line, place=place))
        return rows

    def _draw(self, portion: int, width: int) -> Iterator[Drawn]:
        begin = self._starts[portion]
        end = self._starts[portion + 1] if portion + 1 < len(self._starts) else len(self._text)
        at = begin
        for line in self._text[begin:end].split("\n"):
            content = Content(line, spans=list(self._spans(at, at + len(line))))
            found = 0
            for part in content.wrap(width) if line.strip() else [Content("")]:
                plain = part.plain.strip()
                found = max(found, line.find(plain, found))
                lead = len(part.plain) - len(part.plain.lstrip())
                yield Drawn(part, at + found - lead)
                found += len(plain)
            at += len(line) + 1

    def _spans(self, start: int, end: int) -> Iterator[Span]:
        first = max(0, bisect_right(self._shown, start, key=lambda each: each.start) - 1)
        for each in self._shown[first:]:
            if each.start >= end:
                return
            if each.end > start:
                yield Span(max(0, each.start - start), min(each.end, end) - start, each.style)


def _cut(text: str, start: int) -> int:
    """Return where a portion ends: behind a line, else behind a word, else anywhere."""
    most = start + PORTION
    for sign in ("\n", " "):
        if (at := text.rfind(sign, start + PORTION // 2, most)) > 0:
            return at + 1
    return most
