"""Cues: the words of a text that tell the answer, to be marked in it once it is given."""

import re
from collections.abc import Iterable

_QUOTED = re.compile(r"(?<!\w)['‘“](.+?)['’”](?!\w)")


def cues_in(text: str, *, named: Iterable[str] = (), why: str = "") -> tuple[str, ...]:
    """Return the cues that a text holds, as it has them: those that are named, and what its reason quotes."""
    found = places([*named, *_QUOTED.findall(why)], text)
    return tuple(dict.fromkeys(text[start:end] for start, end in found))


def places(cues: Iterable[str], text: str) -> list[tuple[int, int]]:
    """Return where in a text cues stand as whole words, each with its start and end."""
    found = {
        match.span()
        for cue in cues
        if cue.strip()
        for match in re.finditer(rf"(?<!\w){re.escape(cue)}(?!\w)", text, re.IGNORECASE)
    }
    return sorted(found)
