"""The glossary, laid out: words under their letters, or under their roles."""

from collections.abc import Sequence

from msgspec import Struct
from textual.content import Content

from trainer.app.kit.layout import BLANK
from trainer.app.kit.phrases import said
from trainer.app.kit.row_list import Row
from trainer.app.words.word_rows import word_row
from trainer.cards.word_entry import Group, Word

TOGETHER = 300
"""So many words are listed together; of more, one page at a time: a letter or a role, or a part of one."""


class Page(Struct, frozen=True):
    """Words that stand under one head."""

    head: str
    figure: str
    """How many they are, or which of how many."""
    words: Sequence[Word]


def pages_of(groups: Sequence[Group]) -> list[Page]:
    """Return a page for each group, several for one that is long."""
    pages: list[Page] = []
    for group in groups:
        count = len(group.words)
        for first in range(0, count, TOGETHER):
            last = min(first + TOGETHER, count)
            figure = f"{count:,}" if count <= TOGETHER else f"{first + 1:,} to {last:,} of {count:,}"
            pages.append(Page(group.head, figure, group.words[first:last]))
    return pages


def target_of(page: int, word: str) -> str:
    """Return the target of a word on a page: with several roles it stands on several pages."""
    return f"{page} {word}"


def page_and_word(target: str) -> tuple[int, str]:
    """Return the page and the word that a target stands for."""
    page, _, word = target.partition(" ")
    return int(page or 0), word


def glossary_rows(pages: Sequence[Page], shown: Sequence[int], width: int) -> list[Row]:
    """Lay out the pages that are shown, by their places."""
    rows: list[Row] = []
    for place in shown:
        page = pages[place]
        head = Content.assemble("  ", said(page.head, "bold $strong"), (f"  {page.figure}", "$quiet"))
        rows += [BLANK, Row(head.truncate(max(8, width), ellipsis=True))]
        rows += [word_row(word, width, target_of(place, word.id)) for word in page.words]
    return rows
