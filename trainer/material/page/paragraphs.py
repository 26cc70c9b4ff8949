"""How the lines of a section hang together, and which of them are no text of the page."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from trainer.material.page.lines import PageLine, lines_of

FURNITURE = re.compile(
    r"(?:https?|file)://\S+|www\.\S+|(?:page )?\d{1,3} ?(?:/|of) ?\d{1,3}|page \d{1,3}"
    r"|\d{1,4}[./-]\d{1,2}[./-]\d{2,4}(?:,? \d{1,2}:\d{2}(?: ?[ap]m)?)?"
    r"|(?:was this (?:page |article )?helpful|book a (?:demo|call)|sign up|log ?in|subscribe|learn more"
    r"|read more|get started|contact us|start (?:a |your )?free trial|accept (?:all )?cookies)\b.{0,30}",
    re.IGNORECASE,
)
"""What printing or a web site puts around a page's text."""


_FULL = 70
"""Characters of a line of titles that may have gone on below."""


_BROKEN = 40
"""Characters from which on a line may have been broken for its width."""


def rejoined(text: str) -> str:
    """Return a text with a blank for each line break that was made for its width alone.

    All stays in its place. A line that is indented, or begins with a bullet, stays one.
    """
    lines = text.split("\n")
    width = max(len(line.rstrip()) for line in lines)
    going_on = {line.number for above, line in pairwise(lines_of(text)) if _goes_on_below(above, line, width)}
    parts = ((" " if number in going_on else "\n") + line for number, line in enumerate(lines, start=1))
    return "".join(parts)[1:]


def _goes_on_below(above: PageLine, line: PageLine, width: int) -> bool:
    """Return whether a line goes on with the one above, in a text of lines of some width at most."""
    if line.number > above.number + 1 or line.bullet or line.indent:
        return False
    full = len(above.raw) >= _BROKEN and len(above.raw) + len(line.raw.split()[0]) >= width
    return line.wrapped or (full and line.raw[0].islower())


def parts_from(line: PageLine) -> bool:
    """Return whether a line below a definition is none of it: it begins a paragraph, or is no sentence."""
    if line.bullet or line.gap:
        return True
    return not (line.wrapped or line.text[0].islower() or line.text.endswith((".", "!", "?", ".”", '."')))


def is_label(line: PageLine) -> bool:
    """Return whether a line says what comes below it."""
    return line.text.endswith((":", "："))


def end_of_list(lines: Sequence[PageLine]) -> int:
    """Return where a list without bullets ends: at a blank line, unless blank lines part its items too."""
    gaps = [place for place, line in enumerate(lines) if place and line.gap]
    if not gaps or gaps[0] < 2 or any(line.bullet for line in lines):
        return len(lines)
    return gaps[0]


def unwrapped(lines: Sequence[PageLine]) -> list[PageLine]:
    """Return lines of titles, put together where one was broken for its width, or looks so."""
    whole: list[PageLine] = []
    for line in lines:
        full = bool(whole) and not line.gap and len(whole[-1].raw) > _FULL
        if whole and not line.bullet and (line.wrapped or full):
            whole[-1] = replace(whole[-1], raw=f"{whole[-1].raw} {line.raw}")
        else:
            whole.append(line)
    return whole


def goes_on(before: str, line: PageLine, *, listed: bool = False) -> bool:
    """Return whether a line goes on with a question or answer: it was wrapped, or is an item of its list."""
    if line.bullet:
        return listed
    if line.wrapped:
        return True
    finished = before.rstrip().endswith((".", "!", "?", ".”", '."'))
    return not line.gap and (line.text[0].islower() or not finished)


def is_prose(line: PageLine) -> bool:
    """Return whether a line among job titles is a sentence."""
    words = line.text.split()
    return len(words) > 8 and sum(word[0].islower() for word in words) * 2 > len(words)
