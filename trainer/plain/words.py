"""Words of the trade in print: an entry, and lists of them."""

from collections.abc import Iterable, Iterator

from trainer.cards.word_entry import Group, Word, WordEntry
from trainer.plain.wrapping import wrapped
from trainer.reports.word_page import KINDS, word_page

WIDTH = 90
_COLUMN = 14
"""Signs for a label."""
_WORD_COLUMN = 30
"""Signs for a word, in a list."""


def entry_lines(entry: WordEntry, search: str) -> Iterator[str]:
    """Yield an entry, all that the sheets say of a word."""
    yield f"{entry.word}   {KINDS[entry.kind]}"
    for part in word_page(entry, search):
        match part.kind:
            case "head":
                yield f"\n{part.text}"
            case "line":
                indent = "      " if part.under else "  "
                yield wrapped(part.text, WIDTH, indent=f"{indent}{part.label:<{_COLUMN}}")
            case "item":
                named = f"{part.label}: {part.text}" if part.label else part.text
                yield wrapped(named, WIDTH, indent="  - ")


def group_lines(groups: Iterable[Group]) -> Iterator[str]:
    """Yield words under their heads."""
    for group in groups:
        yield f"\n{group.head}"
        yield from word_lines(group.words)


def word_lines(words: Iterable[Word]) -> Iterator[str]:
    """Yield words, each with what it means."""
    blank = " " * (_WORD_COLUMN + 4)
    for word in words:
        named = f"{word.word} ({word.names[0]})" if word.word.isupper() and word.names else word.word
        head = f"  {named:<{_WORD_COLUMN}}  "
        if len(head) > len(blank):
            yield head.rstrip()
            head = blank
        yield wrapped(word.meaning, WIDTH, indent=head, hanging=blank) if word.meaning else head.rstrip()
