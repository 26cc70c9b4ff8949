"""The lines of a page: numbered, their bullets told apart from their text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

_BULLET = re.compile(r"[•‣▪▫●○◦⁃∙·▸►➢➤✓✔☐■□]\s*|[-–—*+]\s+")
_LONE_BULLET = re.compile(r"[•‣▪▫●○◦⁃∙·▸►➢➤✓✔☐■□*+–—-]$")


@dataclass(frozen=True)
class PageLine:
    """A line that is not blank."""

    number: int
    """Counted from 1, as an editor does."""
    raw: str
    """As it stands, but for the bullet and blanks at its ends."""
    bullet: str = ""
    indent: int = 0
    gap: bool = False
    """Whether a blank line stands before it."""

    @property
    def text(self) -> str:
        """The line with single spaces."""
        return " ".join(self.raw.split())


def lines_of(text: str) -> list[PageLine]:
    """Return the lines of a text that are not blank."""
    return list(_lines(text))


def _lines(text: str) -> Iterator[PageLine]:
    gap = False
    bullet = ""
    for number, whole in enumerate(text.split("\n"), start=1):
        raw = whole.strip()
        if not raw:
            gap = True
        elif _LONE_BULLET.fullmatch(raw):
            bullet = raw  # its text stands on the next line
        else:
            line = PageLine(number, raw, bullet, len(whole) - len(whole.lstrip()), gap)
            if not bullet and (found := _BULLET.match(raw)) and found.end() < len(raw):
                line = replace(line, raw=raw[found.end() :], bullet=found[0].strip())
            yield line
            gap, bullet = False, ""


def items(lines: Sequence[PageLine]) -> tuple[list[PageLine], list[PageLine]]:
    """Return the items that lines give, and the lines that belong to none.

    Where one has a bullet, those without go on with it, or belong to none. Where none has, each
    line is an item, but for one that begins small: it goes on with the line above.
    """
    bulleted = any(line.bullet for line in lines)
    found: list[list[PageLine]] = []
    stray: list[PageLine] = []
    for line in lines:
        goes_on = (
            not line.bullet and not line.gap and (line.raw[0].islower() or (bulleted and line.indent > 1))
        )
        if found and goes_on and not stray:
            found[-1].append(line)
        elif bulleted and not line.bullet:
            stray.append(line)
        else:
            found.append([line])
    return [_one(parts) for parts in found], stray


def _one(parts: Sequence[PageLine]) -> PageLine:
    return replace(parts[0], raw=" ".join(part.raw for part in parts))
