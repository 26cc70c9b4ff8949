"""The lines of a page: numbered, their bullets told apart from their text."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

_SIGNS = "•‣▪▫●○◦⁃∙·▸►➢➤✓✔☐■□❖◆◇★☆\uf0a7\uf0b7\uf0d8"
_BULLET = re.compile(
    rf"[{_SIGNS}]\s*|(?:â€¢|â€“|â–ª|Â·|ï‚·)\s*"  # the last are bullets that were read in the wrong encoding
    r"|[^\w\s\"'“”‘’«()\[\]{}#</&@.,:;!?$£€%`|]\s+"
    r"|(?:\(?(?:\d{1,2}|[a-z]|[ivx]{2,4})[.)]|o(?=\s+[A-Z]|\s{2}))\s+"
)
_LONE_BULLET = re.compile(rf"[{_SIGNS}*+–—-]$|(?:\d{{1,2}}|[a-z])[.)]$")
_RULE = re.compile(r"[-–—=_*~#]{3,}$")
_WIDTHS = range(50, 131)
"""Characters in the longest line of a text that was broken into lines of one width."""
_MANY = 4
"""So many lines of such a text come near that width."""


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
    wrapped: bool = False
    """Whether the line before had no room for its first word, in a text of lines of one width."""

    @property
    def text(self) -> str:
        """The line with single spaces."""
        return " ".join(self.raw.split())


def lines_of(text: str) -> list[PageLine]:
    """Return the lines of a text that are not blank."""
    return list(_lines(text))


def _lines(text: str) -> Iterator[PageLine]:
    gap = False
    bullet = before = ""
    every = text.split("\n")
    lengths = [len(whole.rstrip()) for whole in every]
    width = max(lengths)
    broken = width in _WIDTHS and sum(length > width - 15 for length in lengths) >= _MANY
    for number, whole in enumerate(every, start=1):
        raw = whole.strip()
        room = width - len(before.rstrip())
        before = whole
        if not raw:
            gap = True
        elif _RULE.fullmatch(raw):
            continue  # a line drawn under a heading
        elif _LONE_BULLET.fullmatch(raw):
            bullet = raw  # its text stands on the next line
        else:
            wrapped = broken and not gap and len(raw.split()[0]) >= room
            line = PageLine(number, raw, bullet, len(whole) - len(whole.lstrip()), gap, wrapped)
            if not bullet and (found := _BULLET.match(raw)) and found.end() < len(raw):
                line = replace(line, raw=raw[found.end() :], bullet=found[0].strip())
            yield line
            gap, bullet = False, ""


def items(
    lines: Sequence[PageLine], heads: Callable[[PageLine], bool] = lambda _: False
) -> tuple[list[PageLine], list[PageLine]]:
    """Return the items that lines give, and the lines that belong to none.

    Where one has a bullet, a line without goes on with it, or belongs to none. Where none has, each
    line is an item, but for one that begins small: it goes on with the line above. What stands below
    a line that belongs to none, or that `heads` something else, belongs to none either.
    """
    bulleted = any(line.bullet for line in lines)
    found: list[list[PageLine]] = []
    above: list[PageLine] = []
    for place, line in enumerate(lines):
        small = line.raw[0].islower() or line.wrapped or (bulleted and line.indent > 1)
        if found and small and not line.bullet and not line.gap:
            found[-1].append(line)
        elif heads(line) or (bulleted and not line.bullet and found):
            return [_one(parts) for parts in found], [*above, *lines[place:]]
        elif bulleted and not line.bullet:
            above.append(line)  # a word on the list
        else:
            found.append([line])
    return [_one(parts) for parts in found], above


def folded(texts: Iterable[str]) -> str:
    """Return texts of lines that go on with one another as one; a word that was parted is joined."""
    whole = ""
    for text in texts:
        parted = whole.endswith("-") and whole[-2:-1].isalpha() and text[:1].islower()
        whole += text if parted or not whole else f" {text}"
    return " ".join(whole.split())


def _one(parts: Sequence[PageLine]) -> PageLine:
    return parts[0] if len(parts) == 1 else replace(parts[0], raw=folded(part.raw for part in parts))
