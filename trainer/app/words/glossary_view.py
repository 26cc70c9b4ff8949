"""The glossary, laid out: words under their letters, or under their roles."""

from collections.abc import Sequence

from textual.content import Content

from trainer.app.kit.layout import BLANK
from trainer.app.kit.phrases import said
from trainer.app.kit.row_list import Row
from trainer.app.words.word_rows import word_row
from trainer.cards.glossary import Group


def target_of(group: int, word: str) -> str:
    """Return the target of a word in a group: with several roles it stands in several groups."""
    return f"{group} {word}"


def group_and_word(target: str) -> tuple[int, str]:
    """Return the group and the word that a target stands for."""
    group, _, word = target.partition(" ")
    return int(group or 0), word


def glossary_rows(groups: Sequence[Group], shown: Sequence[int], width: int) -> list[Row]:
    """Lay out the groups that are shown, by their places."""
    rows: list[Row] = []
    for place in shown:
        group = groups[place]
        head = Content.assemble("  ", said(group.head, "bold $strong"), (f"  {len(group.words)}", "$quiet"))
        rows += [BLANK, Row(head.truncate(max(8, width), ellipsis=True))]
        rows += [word_row(word, width, target_of(place, word.id)) for word in group.words]
    return rows
