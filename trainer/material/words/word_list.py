"""What was found in a list of words: terms with their meanings, and the lines that are no such pair."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from trainer.clean import clean_line
from trainer.material.page.found import Unplaced

LONGEST_TERM = 120
"""Characters of a term at most."""

LONGEST_MEANING = 4_000
"""Characters of a meaning at most; a longer one is no meaning, but a text."""

_LETTER = re.compile(r"[^\W_]")
_MOST_WORDS = 12
"""Words of a term at most."""


@dataclass(frozen=True)
class Entry:
    """A term of a list with its meaning, as the list has them."""

    term: str
    meaning: str
    line: int
    """The line, row or note that it stands on, from 1."""
    stands_for: str = ""
    aliases: tuple[str, ...] = ()
    signal: str = ""


@dataclass(frozen=True)
class WordList:
    """A list of words as it was read; each term is in it once."""

    entries: tuple[Entry, ...]
    unplaced: tuple[Unplaced, ...] = ()
    """The lines that are no pair of a term and its meaning, or that say otherwise than a line above."""
    name: str = ""
    """What the list calls itself, or its file is called; empty when nothing says it."""
    doubles: int = 0
    """Lines that say once more what a line above them says."""
    notes: tuple[str, ...] = ()
    """What else was left out, in sentences: columns that no sheet has a place for."""


def folded(text: str) -> str:
    """Return what counts of a term when two are compared; C, C++ and C# are three."""
    return " ".join(text.casefold().split())


def entry_or_why(entry: Entry) -> Entry | Unplaced:
    """Return an entry cleaned, or why it is none."""
    term, meaning = _cleaned(entry.term), _cleaned(entry.meaning)
    text = f"{term} – {meaning}" if term and meaning else term or meaning
    why = _fault(term, meaning)
    if why:
        return Unplaced(text[:LONGEST_TERM], entry.line, why, bullet=False)
    aliases = tuple(dict.fromkeys(name for each in entry.aliases if (name := _cleaned(each))))
    return Entry(term, meaning, entry.line, _cleaned(entry.stands_for), aliases, _cleaned(entry.signal))


def word_list(found: Iterable[Entry | Unplaced], name: str = "", notes: Iterable[str] = ()) -> WordList:
    """Return a list of what was found on its lines; of a term that stands there twice the first counts."""
    entries: dict[str, Entry] = {}
    unplaced: list[Unplaced] = []
    doubles = 0
    for each in _checked(found):
        if isinstance(each, Unplaced):
            unplaced.append(each)
            continue
        first = entries.setdefault(folded(each.term), each)
        if first is each:
            continue
        if folded(first.meaning) == folded(each.meaning):
            doubles += 1
        else:
            why = f"“{first.term}” has another meaning on line {first.line}, which stays"
            text = f"{each.term} – {each.meaning}"[:LONGEST_TERM]
            unplaced.append(Unplaced(text, each.line, why, bullet=False))
    return WordList(tuple(entries.values()), tuple(unplaced), clean_line(name), doubles, tuple(notes))


def _checked(found: Iterable[Entry | Unplaced]) -> Iterator[Entry | Unplaced]:
    for each in found:
        if isinstance(each, Entry):
            yield entry_or_why(each)
        else:
            yield replace(each, text=_cleaned(each.text))


def _cleaned(text: str) -> str:
    """Return a text on one line, without what can't be seen; most have nothing of the kind."""
    if not text:
        return text
    return " ".join(text.split()) if text.isascii() and text.isprintable() else clean_line(text)


def _fault(term: str, meaning: str) -> str:
    """Return why two texts are no term with its meaning; empty when they are."""
    if not _LETTER.search(term):
        return "no term stands there"
    if not meaning:
        return "no meaning stands there"
    if not _LETTER.search(meaning):
        return "its meaning has no word"
    if len(term) > LONGEST_TERM or len(term.split()) > _MOST_WORDS:
        return "too long for a term"
    if len(meaning) > LONGEST_MEANING:
        return "too long for a meaning"
    return ""
