"""The job titles of a page: the typical ones, and those to search for too."""

import re
from collections.abc import Iterator, Sequence

from trainer.material.page.found import FoundText
from trainer.material.page.lines import PageLine
from trainer.material.titles import Cut, closes_title, cut_titles, whole_title

_QUOTED = re.compile(r"[\"“”„«]([^\"“”„«»]+)[\"“”»]|[‘']([^‘’']+(?:’s? [^‘’']+)*)[’'](?!\w)")
_AND = re.compile(r"\s+(?:and|or|&)\s+", re.IGNORECASE)
_SHORT = 5
"""Words of a line that is one title, where each title has a line."""


def job_titles_in(text: str, line: int) -> list[FoundText]:
    """Return the typical job titles: quoted or not, and two of them when "and" joins them."""
    quoted = [found[1] or found[2] for found in _QUOTED.finditer(text)]
    titles = [title for part in quoted or re.split(r"[,;|]", text) for title in _joined_by_and(part)]
    return [FoundText(title, line) for title in dict.fromkeys(titles)]


def _joined_by_and(text: str) -> Iterator[str]:
    """Part two titles at "and"; in "Health and Safety Officers" it joins no titles."""
    start = 0
    for joint in _AND.finditer(text):
        before = text[start : joint.start()]
        if closes_title(before):
            yield _trimmed(before)
            start = joint.end()
    if rest := _trimmed(text[start:]):
        yield rest


def titles_in(lines: Sequence[PageLine]) -> list[FoundText]:
    """Return the titles to search for, each once; a line may hold one or many."""
    one_each = len(lines) > 2 and all(len(line.text.split()) <= _SHORT for line in lines)
    found: dict[str, FoundText] = {}
    for line in lines:
        whole = line.bullet or one_each
        cuts: list[Cut] = [whole_title(line.raw)] if whole and not _parted(line.raw) else cut_titles(line.raw)
        for cut in cuts:
            if cut.text:
                found.setdefault(cut.text.casefold(), FoundText(cut.text, line.number, cut.doubt))
    return list(found.values())


def _parted(raw: str) -> bool:
    return bool(re.search(r"[,;|]|\S {2,}\S", raw))


def _trimmed(text: str) -> str:
    return " ".join(text.split()).strip(' .,;"“”')
